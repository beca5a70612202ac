"""The gate before a signature: what the file must hold, each lack with its article, all at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.policies import Refusal
from gongkai.casework.lettering import UnableToDraft, content_hash, paper_of, profile_of, remedies_of
from gongkai.casework.models import CaseEvent, Letter
from gongkai.casework.policies.acts import lawful
from gongkai.casework.policies.evidence import evidence
from gongkai.casework.policies.signing import round_of
from gongkai.casework.reckoning import calendar_of, deadline_of
from gongkai.documents.letters import render
from gongkai.documents.letters.wording import quoted
from gongkai.documents.writing import Unwritable
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date

Kind = CaseEvent.Kind
_NUMBERED = "《条例》第三十六条"
# What people leave in a text to be filled in later.
_PLACEHOLDER = re.compile(
    r"[×✕]{2,}|[Xx＊*]{3,}|[_＿]{2,}|[□○]{2,}|…{3,}|\.{4,}|某某|待定稿|待填|待补|此处填写|【[^】]*】|〔\s*〕|\{[^}]*\}"
)


@dataclass(frozen=True, slots=True)
class Lateness:
    """An answer that is signed after its day: still owed, but marked as late and explained."""

    due_on: date
    days: int

    @property
    def sentence(self) -> str:
        return (
            f"答复期限到{chinese_date(self.due_on)}为止，已经超过{self.days}个工作日。"
            "逾期也必须答复；签发的人要写明逾期的原因，记入办理记录。"
        )

    @property
    def article(self) -> str:
        return "《条例》第三十三条"


def obstacle(letter: Letter, on: date) -> Refusal | None:
    """The first thing that stands against signing a letter on a day."""
    return next(iter(obstacles(letter, on)), None)


def obstacles(letter: Letter, on: date) -> list[Refusal]:
    """Everything that stands against signing a letter on a day, all at once; nothing once it is signed."""
    if letter.state in {Letter.State.SIGNED, Letter.State.DROPPED}:
        return []
    if not letter.case.is_open and letter.act:
        return [Refusal("案件已经办结，不能再签发影响办理的文书；这份草稿请作废。")]
    return [found for check in _CHECKS for found in check(letter, on)]


def lateness(letter: Letter, on: date) -> Lateness | None:
    """How late an answer would be if it were signed on a day; ``None`` where it is in time."""
    if not _answers(letter) or letter.fields.get("ending") == "withdrawn":
        return None
    reckoned = deadline_of(letter.case)
    if reckoned is None or reckoned.due_on is None or on <= reckoned.due_on:
        return None
    days = calendar_of(letter.case.agency).working_days_between(reckoned.due_on, on)
    return Lateness(reckoned.due_on, days)


def _answers(letter: Letter) -> bool:
    return letter.act is not None and letter.act["kind"] == Kind.ANSWERED


def _names(letter: Letter, on: date) -> Iterator[Refusal]:
    """The organ as it is called today, and what its letters must say about it."""
    name, said = letter.case.agency.name, paper_of(letter).issuer
    if said != name:
        yield Refusal(
            f"文书上的发文机关是“{said}”，本机关现在的名称是“{name}”；请重新生成文书。",
            "《条例》第三十六条",
        )
    try:
        profile = profile_of(letter.case)
    except UnableToDraft as missing:
        yield missing.refusal
        return
    if letter_kind(letter.kind).series and not profile.letter_mark.strip():
        yield Refusal("还没有填写机关代字，编不出文号；请工作机构负责人先填写机关信息。", "GB/T 9704")


def _only_answer(letter: Letter, on: date) -> Iterator[Refusal]:
    """A case is answered once, and as was decided last."""
    if not _answers(letter):
        return
    if letter.decision is not None and letter.decision.superseded:
        yield Refusal("办理结果已经改过，这份文书是按以前的结果写的；请作废，用新起草的那份。", _NUMBERED)
    others = letter.case.letters.filter(state=Letter.State.SIGNED).exclude(pk=letter.pk)
    signed = next((each for each in others if _answers(each)), None)
    if signed:
        yield Refusal(
            f"本件已经签发过答复（{signed.document_number}），不能再签发一份；原答复有错的，另行更正。",
            _NUMBERED,
        )


def _in_time(letter: Letter, on: date) -> Iterator[Refusal]:
    """What the letter does to the clock must be lawful on the day of signature."""
    if not letter.act:
        return
    kind, details = letter.act["kind"], {k: v for k, v in letter.act.items() if k not in {"kind", "files"}}
    until = details.get("until")
    if until and date.fromisoformat(until) <= on:
        told = chinese_date(date.fromisoformat(until))
        yield Refusal(
            f"文书里给的期限（{told}）到签发之日已经过了；请改期限，重新起草。",
            "《条例》第三十条、第三十五条",
        )
        return
    event = CaseEvent(case=letter.case, kind=kind, on=on, details=details).to_law()
    against = lawful(letter.case, event) if event else None
    if against:
        yield against


def _evidence(letter: Letter, on: date) -> Iterator[Refusal]:
    if _answers(letter):
        yield from evidence(letter, on)


def _remedies(letter: Letter, on: date) -> Iterator[Refusal]:
    """The paragraph on remedies that the law of the day of signature requires, word for word."""
    try:
        required = remedies_of(letter, on)
    except UnableToDraft:
        return  # said by _names
    article = "《行政复议法》第二十条、第二十三条"
    said = _plain(paper_of(letter).body_text)
    if not required or all(_plain(line) in said for line in required):
        return
    if "行政复议" not in said:
        yield Refusal("文书没有告知救济途径；请重新生成，或者把救济途径一段补回来。", article)
    else:
        yield Refusal(
            f"文书告知的救济途径，与{chinese_date(on)}签发应当告知的不一致（法律、复议机关或者法院有变动，或者改过这一段）；"
            "请重新生成，或者改成应当告知的内容。",
            article,
        )


_SELF = re.compile("本答复|本告知|本确认书")


def _plain(text: str) -> str:
    """Whatever the letter calls itself, and however its lines are spaced."""
    return "".join(_SELF.sub("本决定", text).split())


def _finished(letter: Letter, on: date) -> Iterator[Refusal]:
    own = paper_of(letter).body_text.replace(quoted(letter.case.description), "")  # not the applicant's words
    left = sorted(set(_PLACEHOLDER.findall(own)))
    if left:
        yield Refusal(f"正文里还有没有填完的地方：{'、'.join(left[:5])}；请填好或者删去。")


def _as_approved(letter: Letter, on: date) -> Iterator[Refusal]:
    """Everybody of the round looked at the same words."""
    current = content_hash(paper_of(letter))
    if any(each.content_sha256 != current for each in round_of(letter)):
        yield Refusal("文书的内容与前面审批的不是同一份；请退回，改好后重新审批。", "《条例》第十七条")


def _printable(letter: Letter, on: date) -> Iterator[Refusal]:
    """A character that no font has is said now, not to the last of those who approve."""
    try:
        render(paper_of(letter), "pdf")
    except Unwritable as error:
        yield Refusal(str(error))


_CHECKS: tuple[Callable[[Letter, date], Iterator[Refusal]], ...] = (
    _names, _only_answer, _in_time, _evidence, _remedies, _finished, _as_approved, _printable,
)  # fmt: skip
