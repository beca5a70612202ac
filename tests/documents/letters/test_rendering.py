"""The files: PDF by its standard, tags and words; Word read back by python-docx and opened by LibreOffice."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
import segno
from documents.letters.cases import CASES, FACTS, facts_of, letter_of

from gongkai.documents.letters import FORMATS, Letter, blank_application_form, draft, render
from gongkai.documents.letters.letter import Cell, Table
from gongkai.documents.letters.qr import qr_code
from gongkai.documents.writing import Unwritable

SOFFICE = shutil.which("soffice")
_SPACES = re.compile(r"[\s\u200b\u2060]+|[￾\ufffe]")


def pdf_pages(letter: Letter) -> list[str]:
    pages = pypdfium2.PdfDocument(render(letter, "pdf"))
    return [_SPACES.sub("", page.get_textpage().get_text_range()) for page in pages]


def pdf_text(letter: Letter) -> str:
    return re.sub(r"—\d+—", "", "".join(pdf_pages(letter)))


def word(letter: Letter) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(letter, "docx")))


def printed_strings(letter: Letter) -> list[str]:
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row]
    lines = [paragraph.text for paragraph in letter.paragraphs]
    strings = [letter.title, letter.document_number, *cells, *lines, *letter.attachments, *letter.contact]
    return [_SPACES.sub("", text) for text in strings]


@pytest.mark.parametrize("name", CASES)
def test_the_pdf_says_all_the_letter_says(name: str) -> None:
    letter = letter_of(name)
    text = pdf_text(letter)
    assert [said for said in printed_strings(letter) if said not in text] == []


@pytest.mark.parametrize("name", CASES)
def test_the_word_file_says_all_the_letter_says(name: str) -> None:
    letter = letter_of(name)
    opened = word(letter)
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = _SPACES.sub("", "".join([*(p.text for p in opened.paragraphs), *cells]))
    assert [said for said in printed_strings(letter) if said not in text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_letter_gives_the_same_bytes(form: str) -> None:
    assert render(letter_of("receipt"), form) == render(letter_of("receipt"), form)


def test_the_pdf_is_an_archive_file_that_everyone_can_read() -> None:
    for name in ("answer_denied-state_secret", "receipt", "transfer_list"):
        data = render(letter_of(name), "pdf")
        for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"/MarkInfo"):
            assert claim in data
        assert re.search(rb"/Lang ?\(zh-CN\)", data)


def test_the_pdf_bears_title_author_and_the_day_of_the_letter() -> None:
    found = pypdfium2.PdfDocument(render(letter_of("supplement_notice"), "pdf")).get_metadata_dict()
    assert found["Title"] == "政府信息公开申请补正告知书"
    assert found["Author"] == "虚构市教育局"
    assert found["CreationDate"].startswith("D:20260309")


def test_pages_are_a4_and_numbered_with_dashes() -> None:
    letter = letter_of("answer_partly_granted")
    document = pypdfium2.PdfDocument(render(letter, "pdf"))
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(210, 297)}
    assert [f"—{number}—" in text for number, text in enumerate(pdf_pages(letter), 1)] == [True] * len(
        document
    )


def test_only_an_answer_has_a_red_head() -> None:
    def red(name: str) -> bool:
        page = pypdfium2.PdfDocument(render(letter_of(name), "pdf"))[0]
        pixels = page.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20)
        return any(r > 150 and g < 90 and b < 90 for _, (r, g, b) in pixels)

    assert red("answer_granted-attached")
    assert not red("notice_petition")
    assert not red("receipt")


def test_the_signature_never_stands_alone_on_a_page() -> None:
    values = CASES["notice_petition"][2]
    for length in range(0, 420, 28):
        facts = replace(FACTS, description="申请内容" + "很" * length)
        pages = pdf_pages(draft("notice_petition", facts, values))
        last = next(page for page in pages if "虚构市教育局2026年3月9日" in page)
        assert not last.startswith("虚构市教育局2026年3月9日")


@pytest.mark.parametrize("form", FORMATS)
def test_rare_characters_print(form: str) -> None:
    letter = replace(letter_of("supplement_notice"), addressee="赟㛃、𠮷示范")
    text = pdf_text(letter) if form == "pdf" else "".join(p.text for p in word(letter).paragraphs)
    assert "赟㛃、𠮷示范：" in text


def test_a_character_no_font_has_is_named_and_not_printed_as_a_blank() -> None:
    with pytest.raises(Unwritable, match=r"现有字体里没有这些字：\\u\{e123\}"):
        render(replace(letter_of("supplement_notice"), addressee="\ue123"), "pdf")


@pytest.mark.parametrize("name", ["receipt", "registration_form", "answer_denied-deliberative"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_very_long_description_runs_over_pages_and_loses_nothing(name: str, form: str) -> None:
    kind, _, values = CASES[name]
    description = "".join(f"第{number}件材料及其附件、" for number in range(1, 900))
    letter = draft(kind, replace(facts_of(name), description=description), values)
    if form == "pdf":
        text = pdf_text(letter)
        assert len(pdf_pages(letter)) > 3
    else:
        opened = word(letter)
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        text = "".join([*(p.text for p in opened.paragraphs), *cells])
    assert all(f"第{number}件材料及其附件" in text for number in range(1, 900))


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    odd = "#set text() *粗* $x$ <w:p>&amp; \\ @a `b` [c] %s"
    letter = letter_of("supplement_notice").with_body_text(odd)
    assert _SPACES.sub("", odd) in pdf_text(letter)
    assert odd in [paragraph.text for paragraph in word(letter).paragraphs]


def test_a_row_of_a_form_with_much_to_say_grows() -> None:
    long = Table("表", (1, 3), ((Cell("理由", label=True, lines=2), Cell("长" * 400)),))
    letter = replace(letter_of("publish_instead_sheet"), tables=(long,))
    assert "长" * 400 in pdf_text(letter)


def test_columns_of_the_list_are_named_on_every_page() -> None:
    items = [f"材料{n}｜虚教发〔2025〕{n}号｜000000-2025-{n:04}｜2025年8月20日｜1" for n in range(1, 80)]
    letter = draft("transfer_list", FACTS, CASES["transfer_list"][2] | {"items": items})
    pages = pdf_pages(letter)
    assert len(pages) > 2
    assert all("索引号" in page for page in pages[:-1])
    header = word(letter).tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")
    assert header


def test_copies_are_named_at_the_foot() -> None:
    letter = replace(letter_of("notice_petition"), copy_to=("虚构市信访局", "虚构市司法局"))
    assert "抄送：虚构市信访局，虚构市司法局。" in pdf_text(letter)
    assert "抄送：虚构市信访局，虚构市司法局。" in [p.text for p in word(letter).paragraphs]


def test_a_long_name_at_the_head_and_a_long_title_stay_on_the_paper() -> None:
    issuer = "虚构维吾尔自治区虚构哈萨克自治州虚构经济技术开发区管理委员会教育和体育局"
    letter = replace(
        letter_of("answer_granted-attached"), issuer=issuer, title="政府信息公开申请" * 4 + "答复书"
    )
    text = pdf_text(letter)
    assert issuer in text
    assert letter.title in text
    assert pdf_text(replace(letter, document_number="")).startswith(issuer)


@pytest.mark.parametrize("form", FORMATS)
def test_a_letter_not_yet_dated_is_signed_without_a_day(form: str) -> None:
    letter = replace(letter_of("supplement_notice"), dated=None, contact=())
    text = pdf_text(letter) if form == "pdf" else "".join(p.text for p in word(letter).paragraphs)
    assert text.endswith("虚构市教育局")


def test_the_blank_form_fits_one_sheet() -> None:
    assert len(pdf_pages(blank_application_form(FACTS.issuer, FACTS.office))) == 1


@pytest.mark.parametrize("name", ["receipt", "service_receipt", "third_party_reply_form", "review_sheet"])
def test_a_form_fits_one_sheet(name: str) -> None:
    assert len(pdf_pages(letter_of(name))) == 1


def test_the_code_is_the_one_of_the_address() -> None:
    address = "https://gongkai.example.gov.cn/chaxun/"
    code = qr_code(address)
    drawn = [[0] * code.size for _ in range(code.size)]
    for x, y, width in code.runs:
        drawn[y][x : x + width] = [1] * width
    matrix = segno.make_qr(address, error="m").matrix_iter(border=4)
    assert drawn == [list(row) for row in matrix]
    assert f'viewBox="0 0 {code.size} {code.size}"' in code.svg


def test_the_word_file_draws_every_bar_of_the_code() -> None:
    letter = letter_of("receipt")
    drawn = word(letter).element.xpath("//a:path/a:moveTo")
    assert len(drawn) == len(qr_code(letter.link).runs)


def test_an_address_too_long_for_a_code_is_refused_in_words() -> None:
    with pytest.raises(Unwritable, match="画不成二维码"):
        render(replace(letter_of("receipt"), link="https://example.gov.cn/" + "a" * 3000), "pdf")


def test_a_receipt_without_tracking_has_no_code() -> None:
    values = {key: value for key, value in CASES["receipt"][2].items() if key != "tracking_address"}
    letter = draft("receipt", FACTS, values)
    assert "二维码" not in pdf_text(letter)
    assert not word(letter).element.xpath("//w:drawing")


def test_another_format_is_refused_in_words() -> None:
    with pytest.raises(Unwritable, match="可写 pdf、docx"):
        render(letter_of("receipt"), "odt")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
def test_libreoffice_opens_the_word_files(tmp_path: Path) -> None:
    names = ("answer_partly_granted", "receipt", "transfer_list")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(render(letter_of(name), "docx"))
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in names)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name in names:
        pages = pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")
        text = _SPACES.sub("", "".join(page.get_textpage().get_text_range() for page in pages))
        assert letter_of(name).title in text
