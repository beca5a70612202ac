"""Notices that close a case without providing anything, the confirmation of a withdrawal, and 更正."""

from collections.abc import Iterator
from dataclasses import replace

from gongkai.documents.letters.answers import the_remedies
from gongkai.documents.letters.facts import Facts, Values
from gongkai.documents.letters.wording import (
    FEE_RULES,
    REGULATION,
    Draft,
    bare,
    dated_notice,
    numbered,
    opening,
    quoted,
    remedies,
    sentence,
    the_application,
    under,
    words,
    you,
    yuan,
)
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import Decision
from gongkai.law.remedies import Route

_NAMED = "本告知"


def petition(facts: Facts, values: Values, served: Decision) -> Draft:
    return _closed(
        facts,
        served,
        f"经审查，该申请是以政府信息公开申请的形式进行信访、投诉、举报等活动。{sentence(values.text('reason'))}",
        f"{under('第三十九条第一款')}，现告知{you(facts)}：该申请不作为政府信息公开申请处理。",
        f"{you(facts)}的诉求可以通过下列渠道提出：{sentence(values.text('route'))}",
    )


def repeated(facts: Facts, values: Values, served: Decision) -> Draft:
    earlier = f"{chinese_date(values.the_day('earlier_on'))}以{values.text('earlier_number')}"
    return _closed(
        facts,
        served,
        f"经审查，就{you(facts)}申请公开的政府信息，本机关已于{earlier}作出答复，"
        f"现又申请公开相同内容。{sentence(values.text('reason'))}",
        f"{under('第三十六条第六项')}，现告知{you(facts)}：对该申请不予重复处理。",
    )


def public_publication(facts: Facts, values: Values, served: Decision) -> Draft:
    return _closed(
        facts,
        served,
        f"经审查，所申请的{quoted(values.text('publication'))}属于政府公报、报刊、书籍等公开出版物。",
        f"{under('第三十九条第二款')}，现告知{you(facts)}获取的途径：",
        *numbered(values.lines("where")),
    )


def excessive(facts: Facts, values: Values, served: Decision) -> Draft:
    title = letter_kind("reasons_notice").title
    asked = dated_notice(f"《{title}》", values.the_day("notice_on"), values.text("notice_number"))
    given = values.text("given_reasons")
    answer = f"{you(facts)}说明的理由为：{quoted(given)}。" if given else f"{you(facts)}未说明理由。"
    return _closed(
        facts,
        served,
        f"经核查，{you(facts)}申请公开政府信息的数量、频次明显超过合理范围，情况如下：",
        *numbered(values.lines("counted")),
        f"本机关以{asked}要求{you(facts)}说明理由。{answer}",
        f"经审查，本机关认为申请理由不合理：{sentence(values.text('finding'))}",
        f"{under('第三十五条')}，现告知{you(facts)}：对该申请不予处理。",
    )


def reissue(facts: Facts, values: Values, served: Decision) -> Draft:
    earlier = f"{chinese_date(values.the_day('earlier_on'))}以{values.text('earlier_number')}"
    return _closed(
        facts,
        served,
        f"经审查，该申请要求确认或者重新出具{you(facts)}已经获取的政府信息。本机关已于{earlier}提供："
        f"{sentence(values.text('earlier_content'))}",
        f"本机关提供政府信息的义务已经履行，现告知{you(facts)}：对该申请不予处理。",
    )


def registry_query(facts: Facts, values: Values, served: Decision) -> Draft:
    return _closed(
        facts,
        served,
        "经审查，所申请公开的政府信息属于法律、行政法规对获取有专门规定的信息："
        f"{sentence(values.text('special_rule'))}",
        f"{under('第三十六条第七项')}，现告知{you(facts)}依照上述规定办理查询。"
        f"办理查询的窗口：{sentence(values.text('window'))}",
    )


def lapsed(facts: Facts, values: Values, served: Decision) -> Draft:
    fee = served.code == "otherwise_handled.fee_lapsed"
    title = letter_kind("fee_notice" if fee else "supplement_notice").title
    notice = dated_notice(f"《{title}》", values.the_day("notice_on"), values.text("notice_number"))
    told = f"本机关{notice}已于{chinese_date(values.the_day('served_on'))}送达{you(facts)}，"
    until = f"在{chinese_date(values.the_day('expired_on'))}前（含当日）"
    return _closed(facts, served, *(_unpaid if fee else _unsupplemented)(values, told + "告知" + until))


def _unsupplemented(_: Values, told: str) -> Iterator[str]:
    yield f"{told}补正申请内容。期限届满，本机关未收到补正，也未收到不能按期补正的正当理由。"
    yield f"{under('第三十条')}，无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"


def _unpaid(values: Values, told: str) -> Iterator[str]:
    amount = values.money("amount")
    assert amount is not None
    yield f"{told}缴纳信息处理费{yuan(amount)}。期限届满，本机关未收到缴费。"
    yield (
        f"根据{FEE_RULES}（国办函〔2020〕109号）的规定，逾期未缴纳的，视为放弃申请，"
        "本机关不再处理该政府信息公开申请。"
    )


def withdrawal(facts: Facts, values: Values, served: Decision) -> Draft:
    if values.choice("ending") != "withdrawn":
        return _ended(facts, values, served)
    return _closed(
        facts,
        served,
        f"{you(facts)}于{chinese_date(values.the_day('withdrawn_on'))}以{bare(values.text('manner'))}的方式"
        "撤回该申请。本机关予以确认，自撤回之日起终止办理。",
        f"{you(facts)}仍需获取该政府信息的，可以重新提出申请。",
        named="本确认书",
    )


_ENDED = {
    "consultation": ("经审查，该申请的内容属于咨询。", "该申请不作为政府信息公开申请处理"),
    "not_government_information": (
        f"经审查，所申请公开的信息不属于{REGULATION}第二条规定的政府信息。",
        "该申请不作为政府信息公开申请处理",
    ),
    "ended": ("", "本机关终止办理该政府信息公开申请"),
}


def _ended(facts: Facts, values: Values, served: Decision) -> Draft:
    found, told = _ENDED[values.choice("ending")]
    route = values.text("route")
    drawn = _closed(
        facts,
        served,
        f"{found}{sentence(values.text('reason'))}",
        f"现告知{you(facts)}：{told}。",
        *((f"{you(facts)}可以向下列渠道提出：{sentence(route)}",) if route else ()),
    )
    return replace(drawn, title="政府信息公开申请告知书")


def rectification(facts: Facts, values: Values) -> Draft:
    result = values.choice("result")
    if result == "forward_letter":
        return Draft(
            words(_forward_letter(facts, values)),
            addressee=values.text("agency_name"),
            title="政府信息更正申请转送函",
        )
    told = {"rectified": _rectified, "refused": _refused}.get(result, _elsewhere)
    lines = (
        f"{the_application(facts).replace('政府信息公开申请', '政府信息更正申请')}"
        f"申请更正的记录为：{quoted(values.text('record'))}；提供的证据为：{sentence(values.text('evidence'))}",
        *told(facts, values),
        *remedies(facts, Route.EITHER_ROUTE, _NAMED),
    )
    return Draft(words(lines))


def _rectified(_: Facts, values: Values) -> Iterator[str]:
    yield (
        f"经审核，该记录与申请人自身相关且确有不准确之处。{under('第四十一条')}，本机关予以更正，"
        f"更正情况为：{sentence(values.text('detail'))}"
    )


def _refused(_: Facts, values: Values) -> Iterator[str]:
    yield f"经审核，{sentence(values.text('detail'))}{under('第四十一条')}，本机关不予更正。"


def _elsewhere(facts: Facts, values: Values) -> Iterator[str]:
    name, contact = bare(values.text("agency_name")), bare(values.text("agency_contact"))
    where = f"{name}（{contact}）" if contact else name
    done = (
        f"本机关已将该申请转送{where}处理"
        if values.choice("result") == "forwarded"
        else f"请{you(facts)}向{where}提出"
    )
    yield f"经审核，该记录不属于本机关职能范围，本机关无权更正。{under('第四十一条')}，{done}。"


def _forward_letter(facts: Facts, values: Values) -> Iterator[str]:
    yield (
        f"{bare(facts.applicant_name)}向本机关申请更正与其自身相关的政府信息（登记编号："
        f"{bare(facts.registration_number)}），本机关于{chinese_date(facts.day('received_on'))}收到。"
        f"申请更正的记录为：{quoted(values.text('record'))}；提供的证据为：{sentence(values.text('evidence'))}"
    )
    yield (
        f"经审核，该记录属于你单位职能范围。{under('第四十一条')}，现转送你单位处理，请将处理结果告知申请人。"
    )


def _closed(facts: Facts, served: Decision, *lines: str, named: str = _NAMED) -> Draft:
    """The application, why it is closed, the remedies."""
    return Draft(words((opening(facts), *lines, *the_remedies(facts, served, named))))
