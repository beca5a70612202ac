"""Hidden data planted in workbooks."""
# ruff: noqa: E501, PLR0913, PLR0917 (what is planted is written in one piece)

import io
from collections.abc import Callable
from random import Random

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.screening.hidden.carriers import _book_of_openpyxl, _book_of_xlsxwriter, book, picture, secret
from tests.screening.hidden.packages import after, before, edited, related
from tests.screening.hidden.planting import Planted, plant

MAIN, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
_MAIN_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def changed(random: Random, change: Callable[[openpyxl.Workbook, Worksheet], object]) -> Planted:
    """A workbook changed by openpyxl."""
    carrier = _book_of_openpyxl(random)
    workbook = openpyxl.load_workbook(io.BytesIO(carrier.data))
    change(workbook, workbook.worksheets[0])
    out = io.BytesIO()
    workbook.save(out)
    return Planted(carrier.name, out.getvalue(), carrier.words)


def _hidden_sheet(random: Random, state: str) -> Planted:
    """By xlsxwriter half the time, with a formula on the visible sheet that looks into the hidden one."""
    if random.random() < 0.5 and state == "hidden":
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as workbook:
            first, hidden = workbook.add_worksheet("汇总"), workbook.add_worksheet("名单")
            hidden.write(0, 0, secret(random))
            hidden.write(1, 0, 7)
            hidden.hide()
            first.write(0, 0, "合计")
            first.write_formula(0, 1, "=SUM(名单!A2:A9)", None, 7)
            workbook.define_name("清单", "=名单!$A$1")
        return Planted("表.xlsx", out.getvalue(), ("合计",))

    def change(workbook: openpyxl.Workbook, _: Worksheet) -> None:
        sheet = workbook.create_sheet("名单", random.choice((0, 1, 2)))
        sheet["A1"] = secret(random)
        sheet.sheet_state = state
        workbook.active = next(n for n, one in enumerate(workbook.worksheets) if one.sheet_state == "visible")

    return changed(random, change)


@plant("sheet.hidden")
def hidden_sheet(random: Random) -> Planted:
    return _hidden_sheet(random, "hidden")


@plant("sheet.very_hidden")
def very_hidden_sheet(random: Random) -> Planted:
    return _hidden_sheet(random, "veryHidden")


def _row(random: Random, **options: object) -> Planted:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        number = random.randrange(20, 60)
        sheet.cell(number, random.randrange(1, 5), secret(random))
        for name, value in options.items():
            setattr(sheet.row_dimensions[number], name, value)
        if "filtered" in options:
            sheet.auto_filter.ref = "A1:E99"
            sheet.auto_filter.add_filter_column(0, ["甲"])
            sheet.row_dimensions[number].hidden = True

    return changed(random, change)


@plant("row.hidden")
def hidden_row(random: Random) -> Planted:
    return _row(random, hidden=True)


@plant("row.flat")
def flat_row(random: Random) -> Planted:
    return _row(random, height=random.choice((0.1, 0.75, 1)))


@plant("row.filtered")
def filtered_row(random: Random) -> Planted:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        number = random.randrange(20, 60)
        sheet.cell(number, 1, secret(random))
        sheet.auto_filter.ref = "A1:E99"
        sheet.auto_filter.add_filter_column(0, ["甲"])
        sheet.row_dimensions[number].hidden = True

    return changed(random, change)


@plant("row.collapsed")
def collapsed_row(random: Random) -> Planted:
    return _row(random, hidden=True, outlineLevel=1)


def _column(random: Random, **options: object) -> Planted:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        letter = random.choice("DEFH")
        sheet[f"{letter}{random.randrange(2, 9)}"] = secret(random)
        for name, value in options.items():
            setattr(sheet.column_dimensions[letter], name, value)

    return changed(random, change)


@plant("column.hidden")
def hidden_column(random: Random) -> Planted:
    return _column(random, hidden=True)


@plant("column.flat")
def flat_column(random: Random) -> Planted:
    return _column(random, width=random.choice((0.05, 0.1, 0.2)))


@plant("column.collapsed")
def collapsed_column(random: Random) -> Planted:
    return _column(random, hidden=True, outlineLevel=1)


def _cell(random: Random, style: Callable[[object], None], value: object = None) -> Planted:
    def change(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        cell = sheet[f"{random.choice('CDEF')}{random.randrange(4, 40)}"]
        cell.value = value if value is not None else secret(random)
        style(cell)

    return changed(random, change)


@plant("cell.white_text")
def white_cell(random: Random) -> Planted:
    def white(cell: object) -> None:
        color = random.choice(("FFFFFFFF", "00FFFFFF", "FFFEFEFE"))
        if random.random() < 0.4:
            color = "FFC00000"
            cell.fill = PatternFill("solid", fgColor=color)
        cell.font = Font(color=color)

    return _cell(random, white)


@plant("cell.tiny_text")
def tiny_cell(random: Random) -> Planted:
    return _cell(random, lambda cell: setattr(cell, "font", Font(size=1)))


@plant("cell.format")
def format_cell(random: Random) -> Planted:
    if random.random() < 0.5:
        return _cell(
            random, lambda cell: setattr(cell, "number_format", random.choice((";;;", '"";"";"";""')))
        )
    return _cell(
        random,
        lambda cell: setattr(cell, "number_format", random.choice((";;;", ";;"))),
        random.randrange(1, 10**6),
    )


@plant("cell.under_merge")
def under_merge(random: Random) -> Planted:
    carrier = _book_of_openpyxl(random)
    row = random.randrange(70, 90)
    cells = f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}" t="inlineStr"><is><t>{secret(random)}</t></is></c></row>'
    data = before(carrier.data, SHEET, "</sheetData>", cells)
    merge = f'<mergeCells count="1"><mergeCell ref="A{row}:B{row}"/></mergeCells>'
    return Planted(carrier.name, before(data, SHEET, "<pageMargins", merge), carrier.words)


@plant("cell.phonetic")
def phonetic(random: Random) -> Planted:
    carrier = _book_of_xlsxwriter(random)
    hint = f'<rPh sb="0" eb="1"><t>{secret(random)}</t></rPh></si>'
    return Planted(
        carrier.name,
        edited(carrier.data, "xl/sharedStrings.xml", lambda text: text.replace("</si>", hint, 1)),
        carrier.words,
    )


@plant("book.orphan_string")
def orphan_string(random: Random) -> Planted:
    carrier = _book_of_xlsxwriter(random)
    return Planted(
        carrier.name,
        before(carrier.data, "xl/sharedStrings.xml", "</sst>", f"<si><t>{secret(random)}</t></si>"),
        carrier.words,
    )


@plant("book.pivot_cache")
def pivot_cache(random: Random) -> Planted:
    carrier = book(random)
    records = f'<pivotCacheRecords {_MAIN_NS} count="1"><r><s v="{secret(random)}"/></r></pivotCacheRecords>'
    fields = f'<pivotCacheDefinition {_MAIN_NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" recordCount="1"><cacheSource type="worksheet"><worksheetSource ref="A1:A2" sheet="公开目录"/></cacheSource><cacheFields count="1"><cacheField name="姓名"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    data, key = related(
        carrier.data, MAIN, "pivotCacheDefinition", name, fields.encode(), f"{_TYPE}.pivotCacheDefinition+xml"
    )
    data, _ = related(
        data,
        name,
        "pivotCacheRecords",
        "xl/pivotCache/pivotCacheRecords1.xml",
        records.encode(),
        f"{_TYPE}.pivotCacheRecords+xml",
    )
    return Planted(
        carrier.name,
        before(
            data,
            MAIN,
            "</workbook>",
            f'<pivotCaches><pivotCache cacheId="1" r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pivotCaches>',
        ),
        carrier.words,
    )


def _part(
    random: Random, kind: str, name: str, content: bytes, type_: str = "application/xml", source: str = MAIN
) -> Planted:
    carrier = book(random)
    return Planted(carrier.name, related(carrier.data, source, kind, name, content, type_)[0], carrier.words)


@plant("book.data_model")
def data_model(random: Random) -> Planted:
    return _part(
        random,
        "http://schemas.microsoft.com/office/2007/relationships/powerPivotData",
        "xl/model/item.data",
        secret(random).encode(),
        "application/vnd.openxmlformats-officedocument.model+data",
    )


@plant("book.external_link")
def external_link(random: Random) -> Planted:
    carrier = book(random)
    xml = f'<externalLink {_MAIN_NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook r:id="rId1"><sheetNames><sheetName val="名单"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{secret(random)}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
    data, key = related(
        carrier.data,
        MAIN,
        "externalLink",
        "xl/externalLinks/externalLink1.xml",
        xml.encode(),
        f"{_TYPE}.externalLink+xml",
    )
    data = before(
        data,
        MAIN,
        "</workbook>",
        f'<externalReferences><externalReference r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></externalReferences>',
    )
    return Planted(
        carrier.name,
        before(data, SHEET, "</sheetData>", '<row r="900"><c r="A900"><f>[1]名单!$B$2</f><v>9</v></c></row>'),
        carrier.words,
    )


@plant("book.name")
def name(random: Random) -> Planted:
    carrier = _book_of_openpyxl(random)
    entry = random.choice(
        (
            '<definedName name="藏" hidden="1">公开目录!$A$1</definedName>',
            f'<definedName name="值">"{secret(random)}"</definedName>',
            '<definedName name="旧">#REF!</definedName>',
            f'<definedName name="注" comment="{secret(random)}">公开目录!$A$1</definedName>',
        )
    )
    data = edited(
        carrier.data,
        MAIN,
        lambda text: (
            text.replace("<definedNames>", "<definedNames>" + entry, 1)
            if "<definedNames>" in text
            else text.replace("<calcPr", f"<definedNames>{entry}</definedNames><calcPr", 1)
        ),
    )
    return Planted(carrier.name, data, carrier.words)


@plant("book.comment")
def comment(random: Random) -> Planted:
    return changed(
        random, lambda _, sheet: setattr(sheet["A2"], "comment", Comment(secret(random), "甄示范"))
    )


@plant("book.threaded_comment")
def threaded(random: Random) -> Planted:
    xml = f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" id="{{1}}"><text>{secret(random)}</text></threadedComment></ThreadedComments>'
    return _part(
        random,
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "xl/threadedComments/threadedComment1.xml",
        xml.encode(),
        "application/vnd.ms-excel.threadedcomments+xml",
        SHEET,
    )


@plant("book.connection")
def connection(random: Random) -> Planted:
    if random.random() < 0.5:
        return _part(
            random,
            "customXml",
            "customXml/item1.xml",
            b'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>',
        )
    return _part(
        random,
        "connections",
        "xl/connections.xml",
        f'<connections {_MAIN_NS}><connection id="1" name="库"><dbPr connection="Server=10.0.0.1;User=x" command="SELECT"/></connection></connections>'.encode(),
        f"{_TYPE}.connections+xml",
    )


@plant("book.revision")
def revision(random: Random) -> Planted:
    return _part(
        random,
        "revisionHeaders",
        "xl/revisions/revisionHeaders.xml",
        f'<headers {_MAIN_NS}><header userName="{secret(random)}"/></headers>'.encode(),
        f"{_TYPE}.revisionHeaders+xml",
    )


@plant("book.custom_view")
def custom_view(random: Random) -> Planted:
    carrier = book(random)
    view = '<customWorkbookViews><customWorkbookView name="甄示范" guid="{00000000-0000-0000-0000-000000000001}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews>'
    return Planted(carrier.name, before(carrier.data, MAIN, "</workbook>", view), carrier.words)


@plant("book.scenario")
def scenario(random: Random) -> Planted:
    carrier = book(random)
    xml = f'<scenarios><scenario name="方案" user="甄示范"><inputCells r="A1" val="{secret(random)}"/></scenario></scenarios>'
    return Planted(carrier.name, after(carrier.data, SHEET, "</sheetData>", xml), carrier.words)


@plant("book.unused_header")
def unused_header(random: Random) -> Planted:
    carrier = book(random)
    part = random.choice(("evenHeader", "firstFooter"))
    xml = f"<headerFooter><oddHeader>&amp;C第&amp;P页</oddHeader><{part}>&amp;L{secret(random)}</{part}></headerFooter>"
    return Planted(
        carrier.name,
        edited(carrier.data, SHEET, lambda text: text.replace("</worksheet>", xml + "</worksheet>", 1)),
        carrier.words,
    )


@plant("props.path")
def path(random: Random) -> Planted:
    carrier = book(random)
    xml = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\甄示范\\Desktop\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    return Planted(carrier.name, before(carrier.data, MAIN, "<bookViews", xml), carrier.words)


@plant("part.printer")
def printer(random: Random) -> Planted:
    device = f"\\\\server{random.randrange(99)}\\财务室".encode("utf-16-le").ljust(64, b"\0")
    return _part(
        random,
        "printerSettings",
        "xl/printerSettings/printerSettings1.bin",
        device + bytes(200),
        f"{_TYPE}.printerSettings",
        SHEET,
    )


@plant("shape.behind")
def behind(random: Random) -> Planted:
    carrier = book(random)
    names = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    corner = "<xdr:from><xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    box = f'<xdr:twoCellAnchor>{corner.format(3, 5)}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{secret(random)}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'
    drawing = f'<xdr:wsDr {names}>{box}<xdr:twoCellAnchor>{corner.format(2, 6)}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="图"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="PICKEY"/><a:stretch/></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>'
    data, key = related(
        carrier.data,
        SHEET,
        "drawing",
        "xl/drawings/drawing9.xml",
        drawing.encode(),
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    )
    data, inner = related(
        data, "xl/drawings/drawing9.xml", "image", "xl/media/planted.png", picture(random), "image/png"
    )
    data = edited(data, "xl/drawings/drawing9.xml", lambda text: text.replace("PICKEY", inner))
    reference = f'<drawing r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    return Planted(carrier.name, before(data, SHEET, "</worksheet>", reference), carrier.words)
