"""Bugs sown into the gate, one at a time: each must be found.

``python -m tests.publishing.seeded_bugs`` lets the random histories hunt for each and prints a table;
the test suite plays for each the short history that is made for it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from django.db import connection

from gongkai.law.publishing import review as law
from gongkai.publishing.actions import (
    delegating,
    drafting,
    referring,
    releasing,
    reviewing,
    scanning,
)
from gongkai.publishing.models import Planned, Publication, PublishedFile
from gongkai.publishing.models.publication import LivePublications
from gongkai.publishing.policies import drafting as may_write
from gongkai.publishing.policies import findings, parts, release
from gongkai.publishing.policies import review as steps

Made = Callable[..., Any]


@dataclass(frozen=True)
class Bug:
    """What is done to the program, and the history in which it shows."""

    sow: Callable[[ExitStack], None]
    script: str


def _set(where: object, **values: Any) -> Callable[[ExitStack], None]:
    def sow(stack: ExitStack) -> None:
        for name, value in values.items():
            stack.enter_context(patch.object(where, name, value))

    return sow


def _both(*sown: Callable[[ExitStack], None]) -> Callable[[ExitStack], None]:
    def sow(stack: ExitStack) -> None:
        for each in sown:
            each(stack)

    return sow


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _no_gaps(*kinds: str) -> Callable[[ExitStack], None]:
    """The law of the review no longer minds some things."""

    def without(made: Made) -> Made:
        def asked(*given: Any) -> Any:
            found = made(*given)
            if isinstance(found, tuple):
                return tuple(gap for gap in found if not gap.code.startswith(kinds))
            return None if found is not None and found.code.startswith(kinds) else found

        return asked

    return _both(
        _set(law, taking_gap=without(law.taking_gap)), _set(law, review_gaps=without(law.review_gaps))
    )


def _trigger_off(*names: str) -> Callable[[ExitStack], None]:
    """SQLite forgets a trigger until the transaction is taken back."""

    def sow(_: ExitStack) -> None:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")

    return sow


def _without(words: str) -> Callable[[ExitStack], None]:
    """The gate forgets the obstacles that say these words."""
    real = release.obstacles

    def asked(*given: Any) -> Any:
        return [refusal for refusal in real(*given) if words not in refusal.message]

    return _set(releasing, obstacles=asked)


def _lax_standing(words: str) -> Callable[[ExitStack], None]:
    real = findings.standing

    def asked(*given: Any) -> Any:
        return [refusal for refusal in real(*given) if words not in refusal.message]

    return _both(*(_set(where, standing=asked) for where in (release, reviewing, releasing)))


def _authors_forgotten() -> Callable[[ExitStack], None]:
    def asked(sheet: Any) -> Any:
        known = real(sheet)
        return replace(known, drafters=frozenset())

    real = steps.as_law_knows
    return _set(steps, as_law_knows=asked)


def _hash_without(part: str) -> Callable[[ExitStack], None]:
    real = release.content_hash

    def asked(content: Any, files: Any, kind: str = "", place: Any = ()) -> str:
        if part == "files":
            return real(content, (), kind, place)
        if part == "names":
            return real(content, [replace(line, name="") for line in files], kind, place)
        if part == "bytes":
            return real(content, [replace(line, sha256="") for line in files], kind, place)
        return real(replace(content, article=type(content.article)()), files, kind, place)

    return _set(release, content_hash=asked)


def _still_there(publication: Any, end: str, *_: Any) -> None:
    """Taking back is written down for the item alone."""
    publication.item.revision += 1


def _unlocked(item: Any, revision: int | None = None) -> Any:
    return type(item).objects.select_related("agency", "node", "section").get(pk=item.pk)


def _old_run(*, planned: Any, by: Any, at: Any) -> Any:
    """As it was: the plan is taken as it was read, and the sheet is not compared."""
    return releasing.publish_item(item=planned.item, channels=planned.channels, by=planned.by, at=at)


def _ungated(*, planned: Any, by: Any, at: Any) -> Any:
    planned = Planned.objects.get(pk=planned.pk)
    sheet = planned.item.sheets.last()
    if planned.done_at is not None or sheet is None:
        return None
    Planned.objects.filter(pk=planned.pk).update(done_at=at, outcome="x")
    return releasing._release(planned.item, sheet, planned.channels, planned.by, at, "")


def _scan_of_any_rules(real: Made) -> Made:
    def asked(item: Any, parts: Any, rules: str) -> Any:
        found = findings._scans(item, parts)
        return real(item, parts, next((scan.rules for scan in found.values()), rules))

    return asked


def _waived_by_kind(real: Made) -> Made:
    def asked(item: Any, parts: Any) -> Any:
        kinds = {waiver.kind: waiver for waiver in item.waivers.all()}
        return [replace(found, waiver=kinds.get(found.finding["kind"])) for found in real(item, parts)]

    return asked


def _files_anyway(real: Made) -> Made:
    def asked(sheet: Any, checks: Any, answers: Any, files: Any) -> None:
        real(sheet, checks, answers, [line.sha256 for line in sheet.edition.files.all()])

    return asked


def _answers_anyway(real: Made) -> Made:
    def asked(sheet: Any, checks: Any, answers: Any, files: Any) -> None:
        real(sheet, checks, dict.fromkeys(checks, "clear"), files)

    return asked


def _three_steps(real: Made) -> Made:
    return lambda sheet: None if len(sheet.taken) > 2 else real(sheet)


def _for_anybody(sheet: Any, step: Any, by: Any, on: Any) -> tuple[str, None]:
    return step.roles[0], None


def _of_authors_too(real: Made) -> Made:
    """Standing in for somebody hides whose place it is."""

    def asked(*given: Any) -> Any:
        return real(*given)[0], None

    return asked


def _agreed(refused: Made) -> Made:
    return lambda sheet, seen, by, on: refused(sheet, sheet.edition.sha256, by, on)


BUGS: dict[str, Bug] = {
    "authors are forgotten": Bug(_authors_forgotten(), "the author agrees"),
    "who changed a word is no author": Bug(_set(drafting, _lend_a_hand=_nothing), "an editor agrees"),
    "an edition keeps the authors of its first round": Bug(
        _set(reviewing, _authors_of=lambda edition: set(range(999))), "an editor who took it back agrees"
    ),
    "earlier authors are forgotten": Bug(
        _set(reviewing, authors_now=lambda item: set(item.hands.values_list("account_id", flat=True))),
        "an editor of a round before agrees",
    ),
    "anybody takes any step": Bug(_set(steps, acting_role=_for_anybody), "a stranger agrees"),
    "steps in any order": Bug(
        _both(_no_gaps("out_of_turn"), _set(law, step_now=lambda sheet: sheet.path.reviews[-1])),
        "out of turn",
    ),
    "one person is enough": Bug(_no_gaps("too_few"), "one person takes every step"),
    "a step may be left out": Bug(
        _both(_no_gaps("not_taken", "unanswered"), _set(law, step_now=_three_steps(law.step_now))),
        "three of four steps",
    ),
    "the secrecy review is left out": Bug(
        _both(_no_gaps("not_taken", "unanswered"), _set(releasing, sheet_of=lambda item: item.sheets.last()),
              _without("审查表")),
        "three of four steps",
    ),
    "who stands in for an author is not asked": Bug(
        _set(steps, acting_role=_of_authors_too(steps.acting_role)), "in the place of an author"
    ),
    "anybody may be asked to stand in": Bug(
        _set(
            delegating,
            roles_in=lambda agency, person: {"section_head", "officer"},
            may_stand_in=_nothing,
        ),
        "a stranger is asked to stand in",
    ),
    "files need not be looked at": Bug(
        _set(reviewing, _check_answers=_files_anyway(reviewing._check_answers)), "a file is not looked at"
    ),
    "questions need no answer": Bug(
        _set(reviewing, _check_answers=_answers_anyway(reviewing._check_answers)),
        "a question is not answered",
    ),
    "what was found is let through": Bug(
        _set(reviewing, _check_answers=_nothing), "what was found is agreed to"
    ),
    "what was seen is not compared": Bug(
        _set(reviewing, _check=_agreed(reviewing._check)), "another text is agreed to"
    ),
    "editing goes on during the review": Bug(
        _set(drafting, _check=_nothing), "changed during the review"
    ),
    "the working copy is not compared": Bug(_without("内容又改过"), "changed words after the review"),
    "the hash leaves the words out": Bug(_hash_without("words"), "changed words after the review"),
    "the hash leaves files out": Bug(_hash_without("files"), "a file more after the review"),
    "the hash leaves names out": Bug(_hash_without("names"), "another name after the review"),
    "the hash leaves bytes out": Bug(_hash_without("bytes"), "another file after the review"),
    "the gate minds nothing": Bug(
        _set(releasing, obstacles=lambda *_: []), "withheld after the review"
    ),
    "what is public is withheld in silence": Bug(
        _set(drafting, _is_public=lambda item: False), "withheld while it is public"
    ),
    "a later refusal does not count": Bug(_without("又送审过"), "the same words returned later"),
    "screening blocks nothing": Bug(_lax_standing("不得发布"), "a number in the words"),
    "what was not screened passes": Bug(
        _lax_standing("还没有按现行规则"), "new rules after the review"
    ),
    "scans of any rules count": Bug(
        _both(*(
            _set(where, standing=_scan_of_any_rules(findings.standing)) for where in (release, reviewing)
        )),
        "new rules after the review",
    ),
    "a new name is not screened": Bug(
        _both(
            *(_set(where, file_part=lambda name, sha256: sha256) for where in (parts, scanning))
        ),
        "a number in the name of a file",
    ),
    "authors let findings stand": Bug(
        _set(scanning, may_waive=lambda item, by: None), "an author lets it stand"
    ),
    "one word for every finding of a kind": Bug(
        _set(findings, found_in=_waived_by_kind(findings.found_in)), "one word for two findings"
    ),
    "one person vouches for a picture": Bug(
        _lax_standing("只有图像"), "a picture seen by one"
    ),
    "going on the website asks nothing": Bug(
        _set(releasing, standing=lambda *_: []), "new rules before the website"
    ),
    "plans do not ask the gate": Bug(_set(releasing, run_planned=_ungated), "changed after it was planned"),
    "plans run again": Bug(_set(releasing, run_planned=_old_run), "a plan runs twice"),
    "planning asks nothing": Bug(
        _set(releasing, obstacles=lambda *_: []), "changed before it was planned"
    ),
    "the authority need not be asked": Bug(
        _set(reviewing, open_doubts=lambda sheet: set()), "the authority is not asked"
    ),
    "any word of the authority is a yes": Bug(
        _set(referring.Referral, Answer=type("Any", (), {"values": ["perhaps"], "WITHHOLD": "no"})),
        "the authority does not say yes",
    ),
    "anybody publishes": Bug(_set(releasing, may_publish=lambda item, by: None), "a stranger publishes"),
    "anybody withdraws": Bug(_set(releasing, may_withdraw=lambda item, by: None), "a stranger withdraws"),
    "anybody writes": Bug(_set(may_write, may_work_on=lambda item, by: None), "a stranger writes"),
    "a stale page wins": Bug(_set(drafting, locked=_unlocked), "a stale page"),
    "withdrawn, but search still finds it": Bug(
        _set(releasing, take_out=_nothing), "it goes out and back"
    ),
    "withdrawn, but still live": Bug(_set(releasing, _end=_still_there), "it goes out and back"),
    "the portal shows what has ended": Bug(
        _set(LivePublications, live=lambda self: self.all()), "it goes out and back"
    ),
    "public notices stay": Bug(_set(releasing, _take_back=_nothing), "a public notice ends"),
    "files are not handed out": Bug(
        _set(releasing, _hand_out_files=_nothing), "a masked copy goes out"
    ),
    "the words are not compared": Bug(_set(Publication, check_words=_nothing), "the database: words"),
    "the bytes are not compared": Bug(_set(PublishedFile, check_bytes=_nothing), "the database: bytes"),
    "the trigger of the gate is gone": Bug(_trigger_off("publishing_gate"), "the database: complete"),
    "the trigger of what went out is gone": Bug(
        _trigger_off("publishing_publication_stays"), "the database: update"
    ),
    "the trigger of files is gone": Bug(_trigger_off("publishing_file_gate"), "the database: file"),
    "half of a deed stays": Bug(
        _set(releasing, publish_item=releasing.publish_item.__wrapped__), "a crash: publish"
    ),
}  # fmt: skip


@contextmanager
def sown(bug: Bug) -> Iterator[None]:
    """The program with one bug in it."""
    with ExitStack() as stack:
        bug.sow(stack)
        yield
