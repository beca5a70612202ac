"""Letters that ask or tell others than the applicant; none of them says who applied."""

from gongkai.documents.letters.facts import Facts, Values
from gongkai.documents.letters.letter import printable
from gongkai.documents.letters.wording import (
    Draft,
    bare,
    contact_way,
    dated_notice,
    limit,
    numbered,
    quoted,
    remedies,
    sentence,
    under,
    words,
)
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date
from gongkai.law.remedies import Route

_GROUNDS = {
    "unfounded": "经审查，本机关认为不同意公开的理由不成立",
    "public_interest": "经审查，本机关认为不公开可能对公共利益造成重大影响",
    "silence": "因逾期未提出意见，依法由本机关决定是否公开",
}
_OPINIONS = {"refuse": "不同意公开", "partly": "只同意部分公开", "silent": "逾期未提出意见"}


def third_party(facts: Facts, values: Values) -> Draft:
    period = limit("third_party_opinion", facts.day("decided_on"))
    reply = letter_kind("third_party_reply_form").title
    return Draft(
        words(
            (
                f"本机关收到一件政府信息公开申请（登记编号：{printable(facts.registration_number)}），"
                f"申请公开的政府信息为：{quoted(values.text('information'))}。",
                f"经审查，公开该信息可能影响你（单位）的下列权益：{sentence(values.text('harm'))}",
                f"{under('第三十二条')}，现书面征求你（单位）的意见。请自收到本意见书之日起{period}内，"
                "就是否同意公开提出意见：",
                "（1）同意公开；",
                "（2）同意部分公开，并写明不同意公开的部分和理由；",
                "（3）不同意公开，并写明理由。",
                f"请填写所附《{reply}》，签名或者盖章后当面提交或者邮寄至本机关{contact_way(facts)}。",
                "逾期未提出意见的，由本机关依照上述条例的规定决定是否公开。不同意公开且有合理理由的，"
                "本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，"
                "并将决定公开的政府信息内容和理由书面告知你（单位）。",
            )
        ),
        attachments=(reply,),
        addressee=values.text("third_party_name"),
    )


def third_party_disclosure(facts: Facts, values: Values) -> Draft:
    inquiry = letter_kind("third_party_inquiry").title
    asked = dated_notice(f"《{inquiry}》", values.the_day("inquiry_on"), values.text("inquiry_number"))
    return Draft(
        words(
            (
                f"本机关以{asked}就一件政府信息公开申请（登记编号：{printable(facts.registration_number)}）"
                f"征求过你（单位）的意见，你（单位）{_OPINIONS[values.choice('opinion')]}。",
                f"{_GROUNDS[values.choice('ground') or 'silence']}。"
                f"{under('第三十二条')}，本机关决定予以公开。现将决定公开的政府信息内容和理由告知如下：",
                "一、决定公开的政府信息内容",
                sentence(values.text("information")),
                "二、决定公开的理由",
                sentence(values.text("reasons")),
                "三、救济途径",
                *remedies(facts, Route.EITHER_ROUTE, "本告知"),
            )
        ),
        addressee=values.text("third_party_name"),
    )


def co_maker(facts: Facts, values: Values) -> Draft:
    period = limit("co_maker_opinion", facts.day("decided_on"))
    proposed = bare(values.text("opinion_proposed"))
    return Draft(
        words(
            (
                f"本机关收到一件政府信息公开申请（登记编号：{printable(facts.registration_number)}），"
                f"所申请公开的{quoted(values.text('information'))}由本机关牵头、与你单位共同制作。",
                f"本机关的初步意见是：{proposed}。" if proposed else "",
                f"{under('第三十四条')}，现征求你单位对公开该信息的意见。请自收到本意见书之日起{period}内"
                f"书面回复本机关{contact_way(facts)}；不同意公开或者只同意部分公开的，请写明依据和理由。",
                "逾期未提出意见的，视为同意公开。",
            )
        ),
        addressee=values.text("agency_name"),
    )


def assistance(facts: Facts, values: Values) -> Draft:
    return Draft(
        words(
            (
                f"本机关正在办理一件政府信息公开申请（登记编号：{printable(facts.registration_number)}），"
                f"涉及{quoted(values.text('information'))}。为依法按期答复，请你单位协助下列事项：",
                *numbered(values.lines("questions")),
                f"请在{chinese_date(values.the_day('reply_by'))}前（含当日）书面回复本机关{contact_way(facts)}，"
                "并附有关材料；不能按期回复的，请在该日之前说明原因。",
            )
        ),
        addressee=values.text("agency_name"),
    )
