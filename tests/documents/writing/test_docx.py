"""The Word document, read back by python-docx."""

import io
from itertools import pairwise

import docx
import pytest
from documents.writing.reports import a_report, filled
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table

from gongkai.documents.writing import write
from gongkai.documents.writing.figures import figure_text
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import TABLES
from gongkai.law.report.layout import layout_of


def opened(report: FilledReport) -> Document:
    return docx.Document(io.BytesIO(write(report, "docx")))


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(a_report())


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
@pytest.mark.parametrize(("number", "name"), list(enumerate(TABLES)))
def test_every_square_shows_the_cell_that_covers_it(form: str, number: int, name: str) -> None:
    report = a_report(form)
    table: Table = opened(report).tables[number]
    grid = [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]
    for row in layout_of(name, report.tables[name]):
        for cell in row.cells:
            text = figure_text(report.tables[name], cell.address) if cell.address else cell.text
            covered = [line[cell.column : cell.column + cell.colspan] for line in grid]
            assert covered[cell.row : cell.row + cell.rowspan] == [[text] * cell.colspan] * cell.rowspan


def test_a_note_a_sign_and_a_unit_are_printed() -> None:
    texts = {cell.text for row in opened(a_report("fy2019")).tables[0].rows for cell in row.cells}
    assert {"7（其中修订16件）", "+10", "-18", "1082.36万元"} <= texts


def test_a_long_number_is_set_small_enough_for_its_cell() -> None:
    report = FilledReport("虚构局", 2023, {"table4": filled("fy2021", "table4", 1234567)})
    run = opened(report).tables[0].rows[3].cells[0].paragraphs[0].runs[0]
    assert run.text == "1234567" and run.font.size and run.font.size.pt == 6


def test_the_page_is_that_of_gb_t_9704(document: Document) -> None:
    section = document.sections[0]
    width, height = section.page_width or 0, section.page_height or 0
    left, right = section.left_margin or 0, section.right_margin or 0
    top, bottom = section.top_margin or 0, section.bottom_margin or 0
    text = (width - left - right, height - top - bottom)
    assert [round(Emu(side).mm) for side in (width, height, top, left)] == [210, 297, 37, 28]
    assert [round(Emu(side).mm) for side in text] == [156, 225]


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("表格数字", None, None),
    ],
)
def test_styles_name_the_official_faces(
    document: Document, style: str, face: str | None, size: int | None
) -> None:
    element = document.styles[style].element
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") if element.find(qn("w:rPr")) is not None else None
    assert (fonts.get(qn("w:eastAsia")) if fonts is not None else None) == face
    found = document.styles[style].font.size
    assert (found.pt if found else None) == size


def test_the_body_is_16_point_fangsong_indented_by_two_characters(document: Document) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "32"
    indent = document.styles["正文首行缩进两字"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_a_page_holds_22_lines(document: Document) -> None:
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    spacing = document.styles["Normal"].paragraph_format.line_spacing
    assert spacing and round(225 / (int(grid.get(qn("w:linePitch"))) / 20 * 25.4 / 72), 1) == 22.0


def test_page_numbers_stand_outside_with_dashes(document: Document) -> None:
    section = document.sections[0]
    sides = []
    for footer in (section.footer, section.even_page_footer):
        assert "".join(footer.paragraphs[0].text.split()) == "—1—"
        sides.append(footer.paragraphs[0].alignment)
    assert [side.name for side in sides if side is not None] == ["RIGHT", "LEFT"]
    assert document.settings.odd_and_even_pages_header_footer


def test_long_tables_repeat_their_header_and_rows_are_never_cut(document: Document) -> None:
    repeated = [
        [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        for table in document.tables
    ]
    assert repeated == [[False] * 14, [True] * 3 + [False] * 25, [True] * 3 + [False]]
    uncut = [r._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") for t in document.tables for r in t.rows]
    assert all(found is not None for found in uncut)


def test_column_headings_stay_with_the_row_under_them(document: Document) -> None:
    names = [row.cells[0].paragraphs[0].style for row in document.tables[0].rows[:3]]
    assert [style.name for style in names if style] == ["表头", "表头", "表格标签"]
    assert document.styles["表头"].paragraph_format.keep_with_next


def test_text_is_that_of_the_report_in_order(document: Document) -> None:
    lines = [(p.style.name if p.style else "", p.text) for p in document.paragraphs if p.text]
    assert lines == [
        ("Title", "虚构市教育局2023年\n政府信息公开工作年度报告"),
        ("Heading 1", "一、总体情况"),
        ("正文首行缩进两字", "（一）加强领导。由喆堃、赟㛃、𠮷同志负责。"),
        ("Heading 2", "（二）健全制度"),
        ("正文首行缩进两字", "本年度公开12条。"),
        ("Heading 1", "二、主动公开政府信息情况"),
        ("正文首行缩进两字", "各项数字见下表。"),
        ("Heading 1", "三、收到和处理政府信息公开申请情况"),
        ("Heading 1", "四、政府信息公开行政复议、行政诉讼情况"),
        ("Heading 1", "五、存在的主要问题及改进情况"),
        ("正文首行缩进两字", "问题：A&B < C，“100%”整改。"),
        ("Heading 1", "六、其他需要报告的事项"),
        ("署名前的正文", "无。"),
        ("署名", "虚构市教育局"),
        ("成文日期", "2024年1月29日"),
    ]
    assert document.paragraphs[2].runs[0].style.name == "二级标题引句"


def test_prose_stands_between_heading_and_table(document: Document) -> None:
    tags = [element.tag for element in document.element.body]
    tables = [number for number, tag in enumerate(tags) if tag == qn("w:tbl")]
    assert all(end - start > 1 for start, end in pairwise(tables))


def test_the_file_says_who_wrote_it(document: Document) -> None:
    assert document.core_properties.title == "虚构市教育局2023年政府信息公开工作年度报告"
    assert document.core_properties.author == "虚构市教育局"
    assert document.core_properties.language == "zh-CN"
