"""Ways through the seven questions, the facts of letters, and papers for tests of decisions."""

from datetime import date

import pikepdf

from gongkai.casework.actions.closing import record_search
from gongkai.casework.actions.deciding import decide
from gongkai.casework.actions.files import add_file
from gongkai.casework.actions.letters import approve_letter, submit_letter
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Application, Letter
from tests.casework.cases import moment, profile, register

MONDAY, TUESDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 10)

OURS = {"clarity": "clear", "nature": "government_information", "responsible": "made_here"}
FOUND = OURS | {"existence": "found", "already_public": "no"}
NOT_FOUND = OURS | {"existence": "not_found"}
GRANTED = FOUND | {"exemption": "none", "form_all": "as_requested", "fee_all": "free"}
PARTLY = FOUND | {
    "exemption": "internal_affairs", "discretion_internal_affairs": "withhold",
    "severance_internal_affairs": "severable", "form_part": "as_requested", "fee_part": "free",
}  # fmt: skip
SECRET = FOUND | {"exemption": "state_secret", "severance_state_secret": "inseparable"}
PRIVATE = FOUND | {
    "exemption": "third_party_rights", "third_party_answer": "objects_with_reason", "public_interest": "no",
    "severance_third_party_rights": "inseparable",
}  # fmt: skip

FACTS = {
    "search": {"search": ["2025年9月8日，甄示范在档案室以“校舍”检索，没有检索到"]},
    "granted": {"content": ["校舍维修改造项目清单"], "provision_form": "纸质复制件", "provision": "attached"},
    "later": {
        "content": ["校舍维修改造项目清单"], "provision_form": "查阅", "provision": "later",
        "way": "持本答复书到档案室", "time": "工作日",
    },
    "partly": {
        "content": ["校舍维修改造项目清单"], "provision_form": "纸质复制件",
        "withheld": [{"part": "第3页值班表", "article": "第十六条第一款", "reason": "属于内部事务信息"}],
    },
    "secret": {
        "reason": "摘自上级机关的秘密级文件", "severance": "各部分均属上述内容",
        "secrecy_level": "confidential", "secrecy_term": "10年", "classified_by": "派生自示密发〔2024〕1号",
    },
    "private": {"reason": "属于第三方的报价明细", "severance": "各部分均属上述内容", "opinion": "refuse"},
}  # fmt: skip


def a_case(cast, on: date = MONDAY, **changes) -> Application:
    profile(cast)
    return register(cast, on, **changes).case


def searched(cast, case: Application, found: bool = False, on: date = MONDAY) -> None:
    record_search(
        case=case, system="档案室", terms="校舍", period="2020—2025年", result="没有检索到", found=found,
        searched_by="甄示范", on=on, by=cast.officer, at=moment(on),
    )  # fmt: skip


def decided(cast, case: Application, answers, facts, on: date = TUESDAY, **more) -> Letter:
    return decide(
        case=case, answers=answers, facts=facts, by=more.pop("by", cast.officer), at=moment(on), **more
    )


def nonexistent(cast, on: date = TUESDAY) -> Letter:
    """The draft that says the information does not exist, with everything behind it."""
    case = a_case(cast)
    searched(cast, case)
    return decided(cast, case, NOT_FOUND, FACTS["search"], on)


def a_pdf() -> bytes:
    """A page with a word on it."""
    import io

    document, stream = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(400, 600))
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
    )
    page.Contents = document.make_stream(
        b"BT /F 24 Tf 60 500 Td (OPEN) Tj ET BT /F 24 Tf 60 300 Td (HIDDEN) Tj ET"
    )
    document.save(stream)
    return stream.getvalue()


def kept(cast, case: Application, kind: str, name: str = "校舍清单.pdf"):
    return add_file(case=case, kind=kind, name=name, data=a_pdf(), by=cast.officer, at=moment(TUESDAY))


def approve(letter: Letter, by, on: date, **more) -> Letter:
    letter.refresh_from_db()
    return approve_letter(
        letter=letter, seen=content_hash(paper_of(letter)), by=by, at=moment(on, 14), **more
    )


def submit(letter: Letter, on: date) -> Letter:
    return submit_letter(letter=letter, by=letter.drafted_by, at=moment(on, 11))
