"""What a letter does once it takes effect, and the files that go with it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.log import append, locked, note
from gongkai.casework.models import CaseEvent, CaseFile, Consultation, Letter
from gongkai.casework.policies import signing
from gongkai.casework.policies.enclosing import enclosed, offered

Kind = CaseEvent.Kind


class UnableToEnclose(ActionRefused):
    """The letter is not a draft any more, or the file does not belong with it."""


@transaction.atomic
def enclose_files(*, letter: Letter, files: Collection[int], by: Account, at: datetime) -> Letter:
    """Choose the files (by key) that the applicant gets with the answer, once it is served."""
    case = locked(letter.case)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    letter.case = case
    refusal = signing.may_edit(letter, by)
    if refusal is None and not set(files) <= {file.pk for file in offered(letter)}:
        refusal = Refusal(
            "所选的文件不在本案里，或者不是提供给申请人的；请重新选择。", "《条例》第三十六条第二项"
        )
    if refusal:
        raise UnableToEnclose(refusal)
    letter.act = {**(letter.act or {}), "files": sorted(files)}
    letter.save(update_fields=["act"])
    note(case, by, at, "enclosed_files", {"number": case.number, "files": len(files)})
    return letter


def take_effect(letter: Letter, on: date, by: Account | None, at: datetime) -> None:
    """Enter what the letter does to the clock, once: on the day of signing or of service.

    An answer closes the cases that were joined to its own as well; each counts once. What it encloses can
    be seen by the applicant from then on.
    """
    if letter.effective_on is not None:
        return
    letter.effective_on = on
    letter.save(update_fields=["effective_on"])
    if letter.consultation_id and letter.act and letter.act["kind"] == Kind.CONSULTATION_OPENED:
        Consultation.objects.filter(pk=letter.consultation_id).update(sent_on=on)
    if not letter.act:
        return
    details = {name: value for name, value in letter.act.items() if name not in {"kind", "files"}}
    kind = letter.act["kind"]
    append(case=letter.case, kind=kind, on=on, by=by, at=at, details=details, letter=letter)
    if kind != Kind.ANSWERED:
        return
    shown = [file.pk for file in enclosed(letter)]
    CaseFile.objects.filter(pk__in=shown).update(shown_to_applicant=True)
    for joined in letter.case.joined.exclude(state="closed"):
        append(case=locked(joined), kind=kind, on=on, by=by, at=at, details=details, letter=letter)
