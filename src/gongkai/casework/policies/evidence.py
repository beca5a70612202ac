"""What the file must prove before a decision may be signed: one check for each precondition."""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent, CaseFile, Consultation, Letter
from gongkai.casework.policies.enclosing import enclosed
from gongkai.casework.reckoning import LIMITS, calendar_of, events_of
from gongkai.law.clock.events import Consulted
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import DECISIONS, Decision, Precondition

Kind = CaseEvent.Kind
_DECISIONS = {found.code: found for found in DECISIONS}
_ON_THE_MERITS = ("granted", "partly_granted", "denied", "unable_to_provide")


def evidence(letter: Letter, on: date) -> list[Refusal]:
    """What is missing in the file of an answer, all at once."""
    decision = decision_of(letter)
    if decision is None:
        return [Refusal("文书没有对应的办理结果；请先走七步，确定办理结果。", "《条例》第三十六条")]
    kinds = {each.kind for each in enclosed(letter)}
    file = File(letter.case, letter.fields, decision, on, kinds)
    checks = [_CHECKS[needed] for needed in decision.preconditions]
    return list(dict.fromkeys(found for check in (*checks, *_ALWAYS) for found in check(file)))


def missing_for(case: Application, decision: Decision, on: date) -> Mapping[Precondition, Refusal | None]:
    """For each precondition of a decision the first thing that the file lacks; what is only written in
    the letter is not asked about."""
    file = File(case, {}, decision, on)
    return {
        needed: next(iter(_CHECKS[needed](file)), None) if needed in IN_THE_FILE else None
        for needed in decision.preconditions
    }


def decision_of(letter: Letter) -> Decision | None:
    """The decision a letter serves."""
    code = letter.decision.code if letter.decision else (letter.act or {}).get("decision", "")
    return _DECISIONS.get(code)


class File:
    """The file of a case, as the checks ask for it; each thing is read once."""

    def __init__(
        self,
        case: Application,
        fields: Mapping[str, Any],
        decision: Decision,
        on: date,
        enclosed_kinds: Set[str] | None = None,
    ) -> None:
        self.case, self.fields, self.decision, self.on = case, fields, decision, on
        self._enclosed_kinds = enclosed_kinds

    def says(self, *codes: str) -> bool:
        """Whether the letter states one of these."""
        return any(self.fields.get(code) for code in codes)

    @cached_property
    def events(self) -> list[CaseEvent]:
        return events_of(self.case)

    def last(self, kind: str) -> CaseEvent | None:
        return next((event for event in reversed(self.events) if event.kind == kind), None)

    @cached_property
    def consultations(self) -> list[Consultation]:
        return list(self.case.consultations.exclude(sent_on=None).prefetch_related("letters"))

    @property
    def third_parties(self) -> list[Consultation]:
        return [each for each in self.consultations if each.kind == Consulted.THIRD_PARTY]

    @cached_property
    def kinds_of_files(self) -> set[str]:
        return set(self.case.files.filter(removed_at=None).values_list("kind", flat=True))

    @property
    def provided_kinds(self) -> Set[str]:
        """The kinds of the files that go with the letter; before there is one, of all files."""
        return self.kinds_of_files if self._enclosed_kinds is None else self._enclosed_kinds

    @property
    def withheld(self) -> list[str]:
        """The lines of what a partial grant withholds."""
        given = self.fields.get("withheld") or []
        return given.splitlines() if isinstance(given, str) else list(given)


Check = Callable[[File], Iterator[Refusal]]


def _access_way(file: File) -> Iterator[Refusal]:
    if not file.says("access_ways"):
        yield Refusal("没有写明获取该信息的方式、途径。", "《条例》第三十六条第一项")


def _provision(file: File) -> Iterator[Refusal]:
    """What is provided lies in the file, unless the letter says where and when it can be had."""
    if file.fields.get("provision") == "later":
        if not (file.says("way") and file.says("time")):
            yield Refusal("没有写明获取的方式、途径和时间。", "《条例》第三十六条第二项")
    elif file.decision.code == "partly_granted":
        if CaseFile.Kind.REDACTED not in file.provided_kinds:
            yield Refusal(
                "没有随附区分处理后的文件；请在案卷里遮盖不公开的部分，或者上传已经遮盖的文件。",
                "《条例》第三十七条",
            )
    elif file.provided_kinds.isdisjoint({CaseFile.Kind.PROVIDED, CaseFile.Kind.REDACTED}):
        yield Refusal(
            "没有随附要提供给申请人的文件；请上传，或者在文书里写明获取的方式、途径和时间。",
            "《条例》第三十六条第二项",
        )


def _exemption_reason(file: File) -> Iterator[Refusal]:
    if not file.says("reason", "withheld"):
        yield Refusal("没有写明不予公开的依据和理由。", "《条例》第三十六条第三项")


def _severance(file: File) -> Iterator[Refusal]:
    if not file.says("severance", "withheld"):
        yield Refusal("没有写明能否区分处理的判断。", "《条例》第三十七条")


def _classification(file: File) -> Iterator[Refusal]:
    article = "《条例》第十四条、《保守国家秘密法》第十七条、第十八条"
    lacks = [
        label
        for code, label in (
            ("secrecy_level", "密级"),
            ("secrecy_term", "保密期限"),
            ("classified_by", "定密责任人或者定密依据"),
        )
        if file.fields and not file.says(code)
    ]
    if lacks:
        yield Refusal(f"没有写明{'、'.join(lacks)}；没有定密的，不能以国家秘密为由不公开。", article)
    yield from _classification_file(file)


def _classification_file(file: File) -> Iterator[Refusal]:
    if CaseFile.Kind.CLASSIFICATION not in file.kinds_of_files:
        yield Refusal(
            "案卷里没有定密依据的材料（定密审批表、首页密级标志或者派生定密的来源文件）；请上传为“定密依据”。",
            "《条例》第十四条、《保守国家秘密法》第十七条、第十八条",
        )


def _third_party(file: File) -> Iterator[Refusal]:
    if not file.third_parties:
        yield Refusal("还没有书面征求第三方的意见；请先发征求意见书。", "《条例》第十五条、第三十二条")


def _search(file: File) -> Iterator[Refusal]:
    article = "《条例》第三十六条第四项"
    found = list(file.case.searches.values_list("found", flat=True))
    if not found:
        yield Refusal("没有检索记录；请登记何人、何时、在何处、以何词检索，结果如何。", article)
    elif all(found):
        yield Refusal(
            "检索记录都写着检索到相关信息，与“信息不存在”不符；请核对检索记录或者办理结果。", article
        )


def _responsible(file: File) -> Iterator[Refusal]:
    if not file.says("reason"):
        yield Refusal("没有写明不属于本机关负责公开的理由。", "《条例》第三十六条第五项")


def _supplement(file: File) -> Iterator[Refusal]:
    asked, came = file.last(Kind.SUPPLEMENT_REQUESTED), file.last(Kind.SUPPLEMENTED)
    if asked is None:
        yield Refusal("没有发过补正告知书，不能这样办结。", "《条例》第三十条")
    elif file.decision.code == "unable_to_provide.still_unclear":
        if came is None:
            yield Refusal("没有收到补正的记录，说不上补正后仍不明确；请先登记收到补正。", "《条例》第三十条")
    elif came is not None:
        yield Refusal(f"申请人已于{chinese_date(came.on)}补正，不能按逾期不补正办结。", "《条例》第三十条")
    else:
        yield from _not_over(asked.details.get("until"), file.on, "补正期限", "《条例》第三十条")


def _not_over(until: str | None, on: date, what: str, article: str) -> Iterator[Refusal]:
    if until and on <= date.fromisoformat(until):
        yield Refusal(
            f"{what}到{chinese_date(date.fromisoformat(until))}为止，还没有过，不能按逾期办。", article
        )


def _earlier_answer(file: File) -> Iterator[Refusal]:
    if not (file.says("earlier_number") and file.says("earlier_on")):
        yield Refusal("没有写明先前答复或者提供的日期和文号。", "《条例》第三十六条第六项")


def _reasons(file: File) -> Iterator[Refusal]:
    asked, given = file.last(Kind.REASONS_REQUESTED), file.last(Kind.REASONS_GIVEN)
    if asked is None:
        yield Refusal("没有要求过申请人说明理由；请先发说明理由告知书。", "《条例》第三十五条")
    elif given is None:
        yield from _not_over(asked.details.get("until"), file.on, "说明理由的期限", "《条例》第三十五条")


def _fee(file: File) -> Iterator[Refusal]:
    article = "《政府信息公开信息处理费管理办法》"
    noticed, paid = file.last(Kind.FEE_NOTICED), file.last(Kind.FEE_PAID)
    if noticed is None:
        yield Refusal("没有送达过收费通知，不能按逾期不缴费办结。", article)
    elif paid is not None and paid.on >= noticed.on:
        yield Refusal(f"申请人已于{chinese_date(paid.on)}缴费，不能按逾期不缴费办结。", article)
    else:
        end = LIMITS.on("fee_payment", noticed.on).end(noticed.on, calendar_of(file.case.agency))
        yield from _not_over(end.isoformat(), file.on, "缴费期限", article)


def _proper_route(file: File) -> Iterator[Refusal]:
    if not file.says("route", "where", "window"):
        yield Refusal("没有告知相应的办理或者获取途径。", "《条例》第三十六条第七项、第三十九条")


def _nobody_is_still_asked(file: File) -> Iterator[Refusal]:
    """A decision on the merits waits for all who were asked; silence is entered once their time is over."""
    if file.decision.code.partition(".")[0] not in _ON_THE_MERITS:
        return
    for each in file.consultations:
        if each.is_open:
            yield Refusal(
                f"征求{Consulted(each.kind).label}意见（{each.masked_name}）还没有结束；"
                "请登记意见，期满没有答复的登记“逾期未提出意见”。",
                "《条例》第三十二条至第三十四条",
            )


def _third_parties_are_heeded(file: File) -> Iterator[Refusal]:
    """An objection with good reason bars disclosure, unless the public interest weighs more (第三十二条);
    where all agreed there is nobody to protect (第十五条)."""
    answers = {each.answer for each in file.third_parties}
    if file.decision.code == "denied.third_party_rights" and answers == {Consultation.Answer.AGREED}:
        yield Refusal(
            "第三方都同意公开，不能再以保护第三方合法权益为由不公开；请改为公开，或者改写别的依据。",
            "《条例》第十五条",
        )
    if file.decision.code == "partly_granted":
        if not file.third_parties and any("第十五条" in line for line in file.withheld):
            yield from _third_party(file)
    elif file.decision.code == "granted.provided":
        for each in file.third_parties:
            if (
                each.objection_accepted
                and not each.public_interest
                and each.answer != Consultation.Answer.AGREED
            ):
                yield Refusal(
                    f"第三方（{each.masked_name}）不同意公开，本机关也认为理由成立，不能全部公开；"
                    "请改为部分公开或者不予公开，或者写明不公开对公共利益的重大影响。",
                    "《条例》第三十二条",
                )


def _third_parties_are_told(file: File) -> Iterator[Refusal]:
    """Whoever is overruled in the public interest is told in writing what is disclosed and why."""
    if file.decision.code not in {"granted.provided", "partly_granted"}:
        return
    for each in file.third_parties:
        told = any(
            letter.kind == "third_party_disclosure_notice" and letter.state == Letter.State.SIGNED
            for letter in each.letters.all()
        )
        if each.public_interest and not told:
            yield Refusal(
                f"以公共利益为由公开的，要把公开的内容和理由书面告知第三方（{each.masked_name}）；请先签发告知第三方的文书。",
                "《条例》第三十二条",
            )


def _secrets_in_part(file: File) -> Iterator[Refusal]:
    if file.decision.code == "partly_granted" and file.says("classification"):
        yield from _classification_file(file)


_P = Precondition
_CHECKS: Mapping[Precondition, Check] = {
    _P.ACCESS_WAY: _access_way,
    _P.PROVISION: _provision,
    _P.EXEMPTION_REASON: _exemption_reason,
    _P.SEVERANCE_TEST: _severance,
    _P.CLASSIFICATION_PROOF: _classification,
    _P.THIRD_PARTY_CONSULTATION: _third_party,
    _P.SEARCH_RECORD: _search,
    _P.RESPONSIBLE_AGENCY: _responsible,
    _P.SUPPLEMENT_NOTICE: _supplement,
    _P.EARLIER_ANSWER: _earlier_answer,
    _P.REASONS_REQUEST: _reasons,
    _P.FEE_NOTICE: _fee,
    _P.PROPER_ROUTE: _proper_route,
}
_ALWAYS: tuple[Check, ...] = (
    _nobody_is_still_asked, _third_parties_are_heeded, _third_parties_are_told, _secrets_in_part,
)  # fmt: skip
IN_THE_FILE = frozenset(
    {
        _P.PROVISION, _P.CLASSIFICATION_PROOF, _P.THIRD_PARTY_CONSULTATION, _P.SEARCH_RECORD,
        _P.SUPPLEMENT_NOTICE, _P.REASONS_REQUEST, _P.FEE_NOTICE,
    }
)  # fmt: skip
"""The preconditions that are proved by the file; the others are written in the letter itself."""
