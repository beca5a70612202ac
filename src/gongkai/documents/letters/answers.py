"""Answers (答复书): granted, partly, denied, not held, needing creation, still unclear."""

from collections.abc import Iterator

from gongkai.documents.letters.facts import Facts, Values
from gongkai.documents.letters.letter import LetterIncomplete
from gongkai.documents.letters.wording import (
    REGULATION,
    Draft,
    bare,
    dated_notice,
    numbered,
    opening,
    quoted,
    remedies,
    sentence,
    under,
    words,
    you,
)
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import Decision
from gongkai.law.remedies import route_for

_EXEMPTIONS = {
    "denied.state_secret": "属于依法确定为国家秘密的政府信息",
    "denied.barred_by_law": "属于法律、行政法规禁止公开的政府信息",
    "denied.three_securities_one_stability": "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    "denied.third_party_rights": "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
    "denied.internal_affairs": "属于本机关人事管理、后勤管理、内部工作流程等方面的内部事务信息",
    "denied.deliberative": (
        "属于本机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息"
    ),
    "denied.enforcement_file": "属于行政执法案卷信息",
}
_CREATION = "除能够区分处理的外，需要行政机关对现有政府信息进行加工、分析的，行政机关可以不予提供"


def the_remedies(facts: Facts, served: Decision, named: str = "本答复") -> Iterator[str]:
    return remedies(facts, route_for(served, facts.day("decided_on")), named)


def granted(facts: Facts, values: Values, served: Decision) -> Draft:
    if served.code == "granted.already_public":
        lines = _already_public(facts, values)
        return Draft(words((opening(facts), *lines, *the_remedies(facts, served))))
    attached = values.choice("provision") == "attached"
    return Draft(
        words((opening(facts), *_provided(values, facts), *the_remedies(facts, served))),
        attachments=values.lines("content") if attached else (),
    )


def _already_public(facts: Facts, values: Values) -> Iterator[str]:
    yield (
        f"经审查，所申请公开的政府信息已经主动公开。{under('第三十六条第一项')}，"
        f"现告知{you(facts)}获取该政府信息的方式、途径："
    )
    yield from numbered(values.lines("access_ways"))


def _provided(values: Values, facts: Facts) -> Iterator[str]:
    yield f"经审查，所申请公开的政府信息可以公开。{under('第三十六条第二项')}，本机关决定予以公开，内容如下："
    yield from numbered(values.lines("content"))
    form = bare(values.text("provision_form"))
    if values.choice("provision") == "attached":
        yield f"上述政府信息以{form}的形式随本答复书提供，见附件。"
    else:
        yield (
            f"上述政府信息以{form}的形式提供。获取的方式、途径：{bare(values.text('way'))}；"
            f"获取的时间：{bare(values.text('time'))}。"
        )
    if deviation := values.text("deviation"):
        yield f"{under('第四十条')}，未按{you(facts)}要求的形式提供，理由是：{sentence(deviation)}"


def partly_granted(facts: Facts, values: Values, served: Decision) -> Draft:
    withheld = [_withheld(*row) for row in values.parts("withheld", 3)]
    classification = values.text("classification")
    lines = (
        opening(facts),
        "经审查，所申请公开的政府信息中含有不应当公开的内容，但是能够作区分处理。"
        f"{under('第三十七条')}，本机关决定部分公开：",
        "一、向申请人提供的政府信息",
        *numbered(values.lines("content")),
        f"上述政府信息以{bare(values.text('provision_form'))}的形式随本答复书提供，见附件。",
        "二、不予公开的内容及其依据、理由",
        *numbered(withheld, "。"),
        f"其中属于国家秘密的内容，定密情况为：{sentence(classification)}" if classification else "",
        "三、救济途径",
        *the_remedies(facts, served),
    )
    return Draft(words(lines), attachments=values.lines("content"))


def _withheld(part: str, article: str, reason: str) -> str:
    if not article or not reason:
        raise LetterIncomplete(
            f"不予公开的部分“{part}”没有写明依据或者理由，请补齐（第三十七条）。", ("withheld",)
        )
    basis = article if "《" in article else f"{REGULATION}{article}"
    return f"{bare(part)}。依据：{bare(basis)}。理由：{bare(reason)}"


def denied(facts: Facts, values: Values, served: Decision) -> Draft:
    lines = (
        opening(facts),
        f"经审查，所申请公开的政府信息{_EXEMPTIONS[served.code]}。{sentence(values.text('reason'))}",
        *_proof(values, served),
        f"{under(f'{served.article}、第三十六条第三项')}，本机关决定不予公开。",
        f"本机关对该信息能否区分处理作了判断（第三十七条）：{sentence(values.text('severance'))}",
        *the_remedies(facts, served),
    )
    return Draft(words(lines))


def _proof(values: Values, served: Decision) -> Iterator[str]:
    """What a refusal must show besides its reason."""
    match served.code.removeprefix("denied."):
        case "state_secret":
            yield (
                f"该信息的密级为{values.chosen('secrecy_level')}，保密期限为{bare(values.text('secrecy_term'))}，"
                f"定密依据为：{sentence(values.text('classified_by'))}"
            )
        case "barred_by_law":
            yield f"禁止公开的具体规定为：{sentence(values.text('barring_law'))}"
        case "three_securities_one_stability":
            yield f"公开后可能造成的危害为：{sentence(values.text('harm'))}"
        case "third_party_rights":
            yield f"{under('第三十二条')}，本机关书面征求了第三方的意见，{values.chosen('opinion')}。"
        case _:
            yield f"本机关选择不予公开的理由为：{sentence(values.text('discretion'))}"


def not_held(facts: Facts, values: Values, served: Decision) -> Draft:
    told = _nonexistent if served.code == "unable_to_provide.nonexistent" else _other_agency
    return Draft(words((opening(facts), *told(facts, values), *the_remedies(facts, served))))


def _nonexistent(facts: Facts, values: Values) -> Iterator[str]:
    yield "本机关对所申请公开的政府信息进行了检索，情况如下："
    yield from numbered(values.lines("search"))
    yield (
        f"经检索，没有找到所申请公开的政府信息。{under('第三十六条第四项')}，"
        f"现告知{you(facts)}：该政府信息不存在。"
    )
    if explanation := values.text("explanation"):
        yield f"不存在的原因：{sentence(explanation)}"


def _other_agency(facts: Facts, values: Values) -> Iterator[str]:
    yield f"经审查，{sentence(values.text('reason'))}"
    yield (
        f"{under('第十条、第三十六条第五项')}，现告知{you(facts)}：所申请公开的政府信息不属于本机关负责公开。"
    )
    name, contact = bare(values.text("agency_name")), bare(values.text("agency_contact"))
    if name:
        how = f"，联系方式：{contact}" if contact else ""
        yield f"负责公开该政府信息的行政机关为：{name}{how}。{you(facts)}可以向该机关提出申请。"


def needs_creation(facts: Facts, values: Values, served: Decision) -> Draft:
    available = values.text("available")
    lines = (
        opening(facts),
        f"经审查，本机关没有所申请公开内容的现成信息。{sentence(values.text('reason'))}",
        f"{under('第三十八条')}，行政机关向申请人提供的信息应当是已制作或者获取的政府信息；"
        f"{_CREATION}。因此，本机关无法提供。",
        f"与申请内容有关的现有信息：{sentence(available)}" if available else "",
        *the_remedies(facts, served),
    )
    return Draft(words(lines))


def still_unclear(facts: Facts, values: Values, served: Decision) -> Draft:
    title = letter_kind("supplement_notice").title
    asked = dated_notice(f"《{title}》", values.the_day("notice_on"), values.text("notice_number"))
    lines = (
        opening(facts),
        f"因申请内容不明确，本机关以{asked}告知{you(facts)}补正，并于"
        f"{chinese_date(values.the_day('supplemented_on'))}收到补正：{quoted(values.text('supplemented'))}。",
        f"经审查，补正后申请内容仍不明确：{sentence(values.text('reason'))}",
        f"{under('第三十条')}，因补正后申请内容仍不明确，本机关无法提供。"
        f"{you(facts)}明确申请内容后，可以重新提出申请。",
        *the_remedies(facts, served),
    )
    return Draft(words(lines))
