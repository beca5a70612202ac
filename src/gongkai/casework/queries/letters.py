"""Letters: who sees which, how far their approval is, what changed in them, the register of numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Application, Approval, CaseFile, Letter, NumberSequence, Service
from gongkai.casework.policies.enclosing import SUITED
from gongkai.casework.policies.signing import next_step, path_of, round_of
from gongkai.casework.queries.cases import cases_seen_by, is_one_of
from gongkai.documents.letters import Letter as Paper
from gongkai.law.approval import ApprovalStep, path
from gongkai.law.letters import letter_kind, letter_kinds


def letters_seen_by(account: Account) -> QuerySet[Letter]:
    """The letters of the cases a person may see, without what is in them."""
    seen = Letter.objects.filter(is_one_of(cases_seen_by(account)))
    return seen.select_related("case__agency", "case__section", "decision")


def find_letter(account: Account, pk: int) -> Letter | None:
    """A letter, if the person may see its case."""
    return (
        letters_seen_by(account)
        .select_related("drafted_by", "signed_by", "consultation")
        .filter(pk=pk)
        .first()
    )


def find_service(account: Account, pk: int) -> Service | None:
    """A service, if the person may see its case."""
    seen = letters_seen_by(account).values("pk")
    return Service.objects.filter(pk=pk, letter__in=seen).select_related("letter__case__agency").first()


def find_file(account: Account, pk: int) -> CaseFile | None:
    """A file that was not removed, if the person may see its case."""
    seen = cases_seen_by(account).select_related(None).values("pk")
    return (
        CaseFile.objects.filter(pk=pk, case__in=seen, removed_at=None).select_related("case__agency").first()
    )


def files_to_redact(case: Application) -> list[CaseFile]:
    """The files of a case whose pages can be drawn and that were found or are to be provided."""
    kinds = [CaseFile.Kind.FOUND, CaseFile.Kind.PROVIDED]
    return list(case.files.filter(removed_at=None, kind__in=kinds, media_type__in=SUITED))


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step of the approval path: ``done``, ``current`` or still to come, with the opinion given."""

    step: ApprovalStep
    state: str
    approval: Approval | None


def steps_of(letter: Letter) -> list[StepMark]:
    """The path of a letter and how far it is; only the round since it was last sent back counts."""
    given = {approval.step: approval for approval in round_of(letter)}
    reviewed = letter.state == Letter.State.IN_REVIEW
    current = next_step(letter, list(given.values())) if reviewed else None
    return [
        StepMark(
            step, "done" if step.code in given else "current" if step == current else "", given.get(step.code)
        )
        for step in path_of(letter)
    ]


def opinions_of(letter: Letter) -> list[tuple[str, Approval]]:
    """Every opinion ever given, in order, with the name of its step."""
    labels = {step.code: step.label for step in path(letter.path).steps}
    return [(labels.get(each.step, each.step), each) for each in letter.approvals.select_related("by")]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: ``same``, ``added`` or ``removed``."""

    change: str
    text: str


def changed_since_last_look(letter: Letter) -> list[Line]:
    """What differs from the words that were approved or sent back last; empty where nothing does."""
    last = letter.approvals.order_by("pk").last()
    if last is None or last.content_sha256 == content_hash(paper_of(letter)):
        return []
    version = letter.versions.filter(sha256=last.content_sha256).last()
    if version is None:
        return []
    return list(compare(_lines(Paper.from_json(version.content)), _lines(paper_of(letter))))


def compare(before: list[str], after: list[str]) -> Iterator[Line]:
    """Two texts line by line."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line("same", text) for text in before[i1:i2])
        else:
            yield from (Line("removed", text) for text in before[i1:i2])
            yield from (Line("added", text) for text in after[j1:j2])


def _lines(paper: Paper) -> list[str]:
    head = [paper.issuer, paper.title, f"{paper.addressee}："]
    return [*filter(None, head), *paper.body_text.splitlines(), *paper.attachments, *paper.contact]


def is_whole(letter: Letter) -> bool:
    """Whether what is kept is still what was signed."""
    return content_hash(paper_of(letter)) == letter.sha256


SHOWN = 300
"""Letters of a ledger that a page lists, the newest."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The numbers of one series in one year: the letters that bear them, and the numbers nobody bears."""

    agency: Agency
    series: str
    year: int
    last: int
    letters: tuple[Letter, ...]
    gaps: tuple[int, ...]
    titles: str
    most: int = SHOWN


def ledgers(account: Account, agencies: Iterable[Agency], year: int) -> list[Ledger]:
    """The registers of document numbers of a year. A gap is shown, never closed."""
    return [each for agency in agencies for each in _ledgers(account, agency, year)]


def _ledgers(account: Account, agency: Agency, year: int) -> Iterator[Ledger]:
    sequences = NumberSequence.objects.filter(agency=agency, year=year)
    last = {sequence.series: sequence.last for sequence in sequences}
    seen = (
        letters_seen_by(account)
        .filter(agency=agency, year=year)
        .prefetch_related("services")
        .defer("content", "fields")
    )
    borne = Letter.objects.filter(agency=agency, year=year).values_list("series", "serial")
    for series in _SERIES:
        if series not in last:
            continue
        numbers = {serial for name, serial in borne if name == series and serial}
        yield Ledger(
            agency=agency,
            series=series,
            year=year,
            last=last[series],
            letters=tuple(seen.filter(series=series).order_by("-serial")[:SHOWN]),
            gaps=tuple(number for number in range(1, last[series] + 1) if number not in numbers),
            titles=_titles(series),
        )


_SERIES = tuple(dict.fromkeys(kind.series for kind in letter_kinds() if kind.series))


def _titles(series: str) -> str:
    names = {"复": "答复书", "告": "告知书", "函": "征求意见书、协办函", "费": "收费通知书"}
    return names.get(series, "文书")


def years_of_letters(account: Account, this_year: int) -> list[int]:
    """The years in which letters were signed, the newest first; this year in any case."""
    signed = letters_seen_by(account).exclude(year=None).order_by()
    found = signed.values_list("year", flat=True).distinct()
    return sorted({*(year for year in found if year), this_year}, reverse=True)


def drafts_of(account: Account) -> QuerySet[Letter]:
    """Letters that are being written or approved, the oldest first."""
    states = (Letter.State.DRAFT, Letter.State.IN_REVIEW)
    return (
        letters_seen_by(account)
        .filter(state__in=states)
        .select_related("drafted_by")
        .order_by("drafted_at", "pk")
    )


def title_of(letter: Letter) -> str:
    """The name of its kind."""
    return letter_kind(letter.kind).title
