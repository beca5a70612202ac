"""Letters to the applicant while the case runs: supplement, reasons, extension, delay, consultation, fee."""

from collections.abc import Iterator

from gongkai.documents.letters.facts import Facts, Values
from gongkai.documents.letters.letter import LetterIncomplete
from gongkai.documents.letters.wording import (
    FEE_RULES,
    REGULATION,
    Draft,
    bare,
    contact_way,
    limit,
    numbered,
    opening,
    under,
    words,
    you,
    yuan,
)
from gongkai.law.breach import LawBreach
from gongkai.law.fees import Basis, Fee, fee
from gongkai.law.limits import chinese_date
from gongkai.law.rulebook import CountingRules

# By the choice of the switch ``fee_clock``.
AFTER_PAYMENT = {
    "restart": "缴费后，本机关继续办理该申请，办理期限自缴费次日起重新计算。",
    "suspend": "缴费后，本机关继续办理该申请，等待缴费的时间不计算在办理期限内。",
}
_CONSULTED = {
    "third_party": ("公开后可能损害第三方的合法权益", "第三十二条"),
    "co_maker": ("由本机关与其他行政机关共同制作", "第三十四条"),
    "agency": ("涉及其他行政机关", "第十一条"),
}


def supplement(facts: Facts, values: Values) -> Draft:
    who, by = you(facts), chinese_date(values.the_day("supplement_by"))
    return Draft(
        words(
            (
                opening(facts),
                "经审查，申请内容有下列不明确之处：",
                *numbered(values.lines("unclear")),
                f"{under('第三十条')}，请{who}在{by}前（含当日）对申请作如下补正：",
                *numbered(values.lines("items")),
                f"补正材料请以书面形式当面提交或者邮寄至本机关{contact_way(facts)}，并注明登记编号。",
                f"无正当理由逾期不补正的，视为{who}放弃申请，本机关不再处理该政府信息公开申请。",
                "本机关答复该申请的期限，自收到补正的申请之日起计算。",
            )
        )
    )


def reasons(facts: Facts, values: Values) -> Draft:
    who, by = you(facts), chinese_date(values.the_day("reply_by"))
    return Draft(
        words(
            (
                opening(facts),
                f"经核查，{who}申请公开政府信息的数量、频次情况如下：",
                *numbered(values.lines("counted")),
                f"本机关认为，上述数量、频次明显超过合理范围。{under('第三十五条')}，"
                f"请{who}在{by}前（含当日）以书面形式说明下列事项：",
                *numbered(values.lines("explain")),
                f"书面说明请当面提交或者邮寄至本机关{contact_way(facts)}，并注明登记编号。",
                "本机关认为申请理由不合理的，将告知不予处理；认为申请理由合理，但无法在规定的期限内答复的，"
                "可以确定延迟答复的合理期限并告知。",
            )
        )
    )


def extension(facts: Facts, values: Values) -> Draft:
    due, new_due = facts.day("due_on"), facts.day("new_due_on")
    if new_due <= due:
        raise LetterIncomplete(
            f"延长后的期限（{chinese_date(new_due)}）应当晚于原期限（{chinese_date(due)}），请改正。",
            ("new_due_on",),
        )
    most = limit("extension", facts.day("decided_on"))
    return Draft(
        words(
            (
                opening(facts),
                f"该申请原应在{chinese_date(due)}前（含当日）答复。因{bare(values.text('reason'))}，"
                f"本机关不能在该期限内答复。",
                f"{under('第三十三条第二款')}，经本机关政府信息公开工作机构负责人同意，"
                f"答复期限延长至{chinese_date(new_due)}（延长的期限最长不超过{most}）。",
                "特此告知。",
            )
        )
    )


def delay(facts: Facts, values: Values) -> Draft:
    who = you(facts)
    return Draft(
        words(
            (
                opening(facts),
                f"{who}已按本机关的要求说明申请的理由。经审查，本机关认为申请理由合理，"
                f"但因{bare(values.text('reason'))}，无法在规定的期限内答复。",
                f"{under('第三十五条')}，本机关确定延迟答复的期限，"
                f"在{chinese_date(values.the_day('until'))}前（含当日）答复该申请。",
                "特此告知。",
            )
        )
    )


def consultation(facts: Facts, values: Values) -> Draft:
    why, article = _CONSULTED[values.choice("consulted")]
    return Draft(
        words(
            (
                opening(facts),
                f"经审查，所申请公开的政府信息{why}。{under(article)}，"
                f"本机关已于{chinese_date(values.the_day('sent_on'))}向{values.chosen('consulted')}征求意见。",
                f"{under('第三十三条第三款')}，征求第三方和其他机关意见所需时间不计算在答复期限内。"
                "意见征求完毕后，本机关继续办理并在期限内答复。",
                "特此告知。",
            )
        )
    )


def fee_notice(facts: Facts, values: Values) -> Draft:
    return Draft(words(_fee(facts, values)))


def _fee(facts: Facts, values: Values) -> Iterator[str]:
    on, who = facts.day("decided_on"), you(facts)
    reckoned = _reckoned(values, facts)
    given = values.money("amount")
    amount = reckoned.amount if given is None else given
    yield opening(facts)
    yield f"经核查，{bare(values.text('reason'))}，明显超过合理范围。"
    yield (
        f"根据{REGULATION}第四十二条和{FEE_RULES}（国办函〔2020〕109号）的规定，本机关决定对该申请"
        f"{values.chosen('basis')}信息处理费，应缴金额为{yuan(amount)}。"
    )
    yield "计算清单如下："
    yield from numbered(values.lines("calculation") or reckoned.steps)
    yield f"请{who}自收到本通知次日起{limit('fee_payment', on)}内，按下列方式缴纳："
    yield from numbered(values.lines("payment"))
    yield f"逾期未缴纳的，视为{who}放弃申请，本机关不再处理该政府信息公开申请。"
    yield AFTER_PAYMENT[CountingRules.load().fee_clock]


def _reckoned(values: Values, facts: Facts) -> Fee:
    basis: Basis = "case" if values.choice("basis") == "case" else "page"
    try:
        return fee(basis, values.number("quantity"), facts.day("decided_on"))
    except LawBreach as breach:
        raise LetterIncomplete(str(breach), ("quantity",)) from breach
