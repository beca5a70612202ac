"""The receipt of an application (接收回执): its number, its query code, what happens next and by when."""

from datetime import date
from itertools import chain

from gongkai.casework.models import Application, OfficeProfile
from gongkai.casework.reckoning import deadline_of
from gongkai.documents.letters import Facts, Letter, Office, Paragraph, draft, render
from gongkai.documents.letters.letter import Cell, Table
from gongkai.law.letters import letter_kind

_LATER = "待双方确认后确定"


def receipt_pdf(case: Application, code: str, address: str, on: date) -> bytes:
    """The receipt to print. Raises ``Unwritable`` where the fonts are missing."""
    return render(receipt_paper(case, code, address, on), "pdf")


def receipt_paper(case: Application, code: str, address: str, on: date) -> Letter:
    """The receipt as a letter. ``address`` is that of the page to follow the case; neither number nor
    code is in it."""
    reckoned = deadline_of(case)
    facts = Facts(
        issuer=case.agency.name,
        applicant_name=case.applicant.identity.get("name", ""),
        registration_number=case.number,
        description=case.description,
        received_on=case.received_on,
        due_on=reckoned.due_on if reckoned else None,
        decided_on=on,
        office=_office(case),
    )
    if facts.due_on is None:
        return _unconfirmed(case, facts, code, address)
    return draft("receipt", facts, {"channel": case.channel, "query_code": code, "tracking_address": address})


def _office(case: Application) -> Office:
    profile = OfficeProfile.objects.filter(agency=case.agency_id).first()
    if profile is None:
        return Office()
    return Office(
        address=profile.address,
        postcode=profile.postcode,
        phone=profile.phone,
        hours=profile.hours,
        email=profile.email,
    )


def _unconfirmed(case: Application, facts: Facts, code: str, address: str) -> Letter:
    """Before both sides have confirmed there is no day of receipt to print (第三十一条第三项)."""
    pairs = (
        ("登记编号", case.number, "查询码", code),
        ("申请人", facts.applicant_name, "申请渠道", case.get_channel_display()),
    )
    wide = (
        ("申请公开的内容", case.description, 3),
        ("送达本机关", f"{case.arrived_on.year}年{case.arrived_on.month}月{case.arrived_on.day}日", 1),
        ("收到申请之日", f"{_LATER}（《中华人民共和国政府信息公开条例》第三十一条）", 1),
        ("答复期限", "自收到申请之日的次日起20个工作日（第三十三条）", 1),
    )
    rows = chain(
        ((Cell(a, label=True), Cell(b), Cell(c, label=True), Cell(d)) for a, b, c, d in pairs),
        ((Cell(label, label=True, lines=lines), Cell(_line(text), span=3)) for label, text, lines in wide),
    )
    notes = (
        f"凭登记编号和查询码可以查询办理进度，网址：{address} 。查询码请自行保管，不要告诉他人。",
        "本机关确认收到后，收到申请之日和答复期限会显示在查询页面上。",
        "需要补正、征求意见、延长期限或者缴纳信息处理费的，答复期限会有变化，本机关将另行告知。",
    )
    kind = letter_kind("receipt")
    return Letter(
        kind=kind.code,
        issuer=facts.issuer,
        title=kind.printed_title,
        addressee=facts.applicant_name,
        paragraphs=tuple(map(Paragraph, notes)),
        tables=(Table(kind.title, (6, 8, 6, 8), tuple(rows)),),
        dated=facts.decided_on,
        contact=facts.office.lines,
        link=address,
    )


def _line(text: str) -> str:
    """A text on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
