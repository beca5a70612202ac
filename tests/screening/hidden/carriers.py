"""Ordinary files of many makers, with the words their readers see; all people in them are invented."""
# ruff: noqa: E501, PLR0913, PLR0917 (what is planted is written in one piece)

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import docx
import openpyxl
import pikepdf
import typst
import xlsxwriter
from docx.shared import Pt, RGBColor
from openpyxl.styles import Alignment, Font, PatternFill
from PIL import Image, ImageDraw

from tests.screening.hidden.packages import packed

WORDS = (
    "本年度主动公开信息情况", "示例县人民政府办公室", "依申请公开办理流程", "公共企事业单位信息公开", "行政许可事项目录",
    "部门预算公开说明", "年度工作要点", "政策解读材料", "会议纪要摘要", "惠民补贴发放标准", "招标公告", "办事指南",
)  # fmt: skip
NAMES = ("甄示范", "贾样本", "甄样例", "贾示例", "甄虚构", "贾假设")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file and the words a reader of it sees."""

    name: str
    data: bytes
    words: tuple[str, ...]


def secret(random: Random) -> str:
    """An invented person with an impossible number."""
    return f"{random.choice(NAMES)}{random.choice('甲乙丙丁戊己')}{random.randrange(10**6):06d}000000{random.randrange(10**4):04d}"


def sentences(random: Random, count: int) -> list[str]:
    return [f"{random.choice(WORDS)}第{random.randrange(1, 999)}项第{number}款" for number in range(count)]


def picture(random: Random, kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    image = Image.new("RGB", size, (random.randrange(256), 200, random.randrange(256)))
    ImageDraw.Draw(image).rectangle((5, 5, 20, 20), fill=(random.randrange(256), 0, 0))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def word(random: Random) -> Carrier:
    """By python-docx: paragraphs, a table with shaded head, a header, sometimes a picture."""
    document = docx.Document()
    document.core_properties.author = ""
    words = sentences(random, random.randrange(3, 9))
    for number, text in enumerate(words):
        if number == 0:
            document.add_heading(text, level=1)
        else:
            run = document.add_paragraph().add_run(text)
            run.font.size = Pt(random.choice((9, 12, 16)))
            if random.random() < 0.3:
                run.font.color.rgb = RGBColor(200, 0, 0)
    table = document.add_table(rows=2, cols=2)
    table.style = random.choice(("Table Grid", "Light Shading Accent 1", "Medium Grid 3"))
    for row in range(2):
        for column in range(2):
            cell = f"表{row}{column}{random.randrange(100)}"
            table.cell(row, column).text = cell
            words.append(cell)
    if random.random() < 0.5:
        document.sections[0].header.paragraphs[0].text = "示例县政府文件"
    if random.random() < 0.4:
        document.add_picture(io.BytesIO(picture(random)))
    out = io.BytesIO()
    document.save(out)
    return Carrier("文件.docx", out.getvalue(), tuple(words))


def book(random: Random) -> Carrier:
    """By openpyxl or xlsxwriter: two sheets, formats, formulas with their results."""
    return random.choice((_book_of_openpyxl, _book_of_xlsxwriter))(random)


def _book_of_openpyxl(random: Random) -> Carrier:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "公开目录"
    words = sentences(random, random.randrange(3, 12))
    sheet["A1"], sheet["B1"] = "事项", "件数"
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFFFF", size=12)
        cell.fill = PatternFill("solid", fgColor=random.choice(("FF305496", "FFC00000", "FF000000")))
        cell.alignment = Alignment(horizontal="center")
    for number, text in enumerate(words, 2):
        sheet.cell(number, 1, text)
        sheet.cell(number, 2, random.randrange(1, 500))
    sheet.cell(2, 3, 5).number_format = random.choice(("0.00", "#,##0;-#,##0", '0"件"', "0.0%;;"))
    other = workbook.create_sheet("说明")
    other["A1"] = sentences(random, 1)[0]
    words.append(other["A1"].value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:B3"
    out = io.BytesIO()
    workbook.save(out)
    return Carrier("目录.xlsx", out.getvalue(), tuple(words))


def _book_of_xlsxwriter(random: Random) -> Carrier:
    out = io.BytesIO()
    words = sentences(random, random.randrange(3, 12))
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet, other = workbook.add_worksheet("公开目录"), workbook.add_worksheet("说明")
        head = workbook.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF"})
        sheet.write_row(0, 0, ("事项", "件数"), head)
        for number, text in enumerate(words, 1):
            sheet.write(number, 0, text)
            sheet.write(number, 1, random.randrange(1, 500))
        sheet.write_formula(len(words) + 1, 1, "=SUM(B2:B3)", None, 42)
        sheet.set_column(0, 0, 40)
        other.write(0, 0, "本表由示例县汇总")
        words.append("本表由示例县汇总")
    return Carrier("目录.xlsx", out.getvalue(), tuple(words))


def slides(random: Random, count: int = 2) -> Carrier:
    """Part by part: a master, a layout and slides with a title and a text box each."""
    words = sentences(random, 2 * count)
    types = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/>'
        for n in range(1, count + 1)
    )
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    tree = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    content = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/><Override PartName="/ppt/slideMasters/slideMaster1.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml"/><Override PartName="/ppt/slideLayouts/slideLayout1.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"/><Override PartName="/ppt/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'{_HEAD}<p:presentation {P}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rIdM"/></p:sldMasterIdLst><p:sldIdLst>'
        + "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, count + 1))
        + '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rIdM" Type="{rels}/slideMaster" Target="slideMasters/slideMaster1.xml"/><Relationship Id="rIdT" Type="{rels}/theme" Target="theme/theme1.xml"/>'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{rels}/slide" Target="slides/slide{n}.xml"/>'
            for n in range(1, count + 1)
        )
        + "</Relationships>",
        "ppt/slideMasters/slideMaster1.xml": f'{_HEAD}<p:sldMaster {P}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{tree}</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>',
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/slideLayout" Target="../slideLayouts/slideLayout1.xml"/><Relationship Id="rId2" Type="{rels}/theme" Target="../theme/theme1.xml"/></Relationships>',
        "ppt/slideLayouts/slideLayout1.xml": f'{_HEAD}<p:sldLayout {P} type="blank"><p:cSld name="空白"><p:spTree>{tree}</p:spTree></p:cSld></p:sldLayout>',
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/slideMaster" Target="../slideMasters/slideMaster1.xml"/></Relationships>',
        "ppt/theme/theme1.xml": _theme(),
    }
    for n in range(1, count + 1):
        shapes = text_box(2, words[2 * n - 2], 500_000, 400_000) + text_box(
            3, words[2 * n - 1], 500_000, 2_000_000
        )
        content[f"ppt/slides/slide{n}.xml"] = (
            f"{_HEAD}<p:sld {P}><p:cSld><p:spTree>{tree}{shapes}</p:spTree></p:cSld></p:sld>"
        )
        content[f"ppt/slides/_rels/slide{n}.xml.rels"] = (
            f'{_HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rels}/slideLayout" Target="../slideLayouts/slideLayout1.xml"/></Relationships>'
        )
    return Carrier("演示.pptx", packed({name: text.encode() for name, text in content.items()}), tuple(words))


def text_box(
    number: int, text: str, left: int, top: int, run: str = "", fill: str = "<a:noFill/>", hidden: str = ""
) -> str:
    return f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="文本框 {number}"{hidden}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="4000000" cy="800000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN" sz="1800">{run}</a:rPr><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'


def _theme() -> str:
    colors = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "000000"),
            ("lt1", "FFFFFF"),
            ("dk2", "1F497D"),
            ("lt2", "EEECE1"),
            ("accent1", "4F81BD"),
            ("accent2", "C0504D"),
            ("accent3", "9BBB59"),
            ("accent4", "8064A2"),
            ("accent5", "4BACC6"),
            ("accent6", "F79646"),
            ("hlink", "0000FF"),
            ("folHlink", "800080"),
        )
    )
    fonts = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="默认"><a:themeElements><a:clrScheme name="默认">{colors}</a:clrScheme><a:fontScheme name="默认"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme><a:fmtScheme name="默认"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>'


_OPEN = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("meta", "meta"), ("presentation", "presentation"), ("manifest", "manifest"), ("script", "script"), ("number", "datastyle"))
) + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def open_document(kind: str, body: str, styles: str = "") -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    return packed({
        "mimetype": media.encode(),
        "content.xml": f'{_HEAD}<office:document-content {_OPEN} office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>'.encode(),
        "styles.xml": f'{_HEAD}<office:document-styles {_OPEN} office:version="1.2"><office:styles></office:styles></office:document-styles>'.encode(),
        "meta.xml": f'{_HEAD}<office:document-meta {_OPEN} office:version="1.2"><office:meta><meta:generator>LibreOffice</meta:generator></office:meta></office:document-meta>'.encode(),
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest {_OPEN} manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>{entries}</manifest:manifest>'.encode(),
    })  # fmt: skip


def open_text(random: Random) -> Carrier:
    words = sentences(random, random.randrange(3, 9))
    body = "".join(f"<text:p>{text}</text:p>" for text in words)
    return Carrier("文件.odt", open_document("text", body), tuple(words))


def open_book(random: Random) -> Carrier:
    words = sentences(random, random.randrange(3, 9))
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell></table:table-row>'
        for n, text in enumerate(words, 1)
    )
    return Carrier(
        "目录.ods",
        open_document(
            "spreadsheet",
            f'<table:table table:name="目录"><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>',
        ),
        tuple(words),
    )


def open_slides(random: Random) -> Carrier:
    words = sentences(random, 3)
    pages = "".join(
        f'<draw:page draw:name="页{n}" draw:style-name="dp0"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="15cm" svg:height="3cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>'
        for n, text in enumerate(words)
    )
    styles = '<style:style style:name="dp0" style:family="drawing-page"/>'
    return Carrier("演示.odp", open_document("presentation", pages, styles), tuple(words))


def letters(random: Random, count: int) -> list[str]:
    """Words in letters every font of a PDF has."""
    return [f"Annual report item {random.randrange(10**6)} part {number}" for number in range(count)]


def pdf(random: Random) -> Carrier:
    """By pikepdf or typst."""
    return random.choice((pdf_by_hand, _pdf_of_typst))(random)


def pdf_by_hand(random: Random, pages: int = 0) -> Carrier:
    document, words = pikepdf.new(), []
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(pages or random.randrange(1, 4)):
        lines = letters(random, random.randrange(3, 8))
        words += lines
        page = document.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
        drawing = "0.2 0.4 0.8 rg 50 780 200 24 re f 1 1 1 rg BT /F 12 Tf 60 786 Td (HEADING) Tj ET 0 g\n"
        drawing += "".join(
            f"BT /F 12 Tf 60 {740 - 24 * n} Td ({text}) Tj ET\n" for n, text in enumerate(lines)
        )
        page.obj.Contents = document.make_stream(drawing.encode())
    out = io.BytesIO()
    document.save(out)
    return Carrier("报告.pdf", out.getvalue(), tuple(words))


def _pdf_of_typst(random: Random) -> Carrier:
    words = letters(random, random.randrange(3, 9))
    text = (
        "#set page(width: 595pt, height: 842pt, margin: 60pt)\n#rect(fill: blue)[#text(fill: white)[Heading]]\n"
        + "\n\n".join(words)
    )
    return Carrier("报告.pdf", typst.compile(text.encode()), tuple(words))


def page(random: Random) -> Carrier:
    words = sentences(random, random.randrange(3, 9))
    rows = "".join(f"<p>{text}</p>\n" for text in words[:-1])
    text = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>公告</title><meta name="viewport" content="width=device-width"><style>.h{{color:#fff;background:#036}}</style></head><body><!-- 正文开始 --><h1 class="h">{words[-1]}</h1>{rows}<!-- 正文结束 --></body></html>'
    return Carrier("公告.html", text.encode(), tuple(words))


def table(random: Random) -> Carrier:
    words = sentences(random, random.randrange(3, 30))
    out = io.StringIO()
    csv.writer(out).writerows([["序号", "事项"], *([n, text] for n, text in enumerate(words))])
    return Carrier(
        "名录.csv", out.getvalue().encode(random.choice(("utf-8-sig", "utf-8", "gb18030"))), tuple(words)
    )


def note(random: Random) -> Carrier:
    words = sentences(random, random.randrange(3, 30))
    return Carrier("说明.txt", "\r\n".join(words).encode(random.choice(("utf-8", "gb18030"))), tuple(words))


def image(kind: str) -> Callable[[Random], Carrier]:
    def made(random: Random) -> Carrier:
        size = (random.randrange(40, 200), random.randrange(40, 200))
        return Carrier(f"图.{kind.lower()}", picture(random, kind, size), ())

    return made


def archive(random: Random) -> Carrier:
    inside = [random.choice((word, book, page, table))(random) for _ in range(random.randrange(1, 4))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for number, one in enumerate(inside):
            file.writestr(f"附件{number}/{one.name}", one.data)
    return Carrier("附件.zip", out.getvalue(), ())


CARRIERS: tuple[Callable[[Random], Carrier], ...] = (
    word, book, slides, open_text, open_book, open_slides, pdf, page, table, note, image("JPEG"), image("PNG"),
    image("TIFF"), image("WEBP"), image("GIF"), archive,
)  # fmt: skip
