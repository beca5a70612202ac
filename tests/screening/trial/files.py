"""Drafts as files of every format, the bytes laid down as other programs lay them."""

import csv
import html
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import xlsxwriter
from PIL import Image

from tests.documents.contents.makers import biff, old_book, zipped
from tests.documents.reading.pdfs import assembled, typeset
from tests.screening.trial.drafts import Draft, Grid, Value

_FORMATS = "http://schemas.openxmlformats.org"
_W = f"{_FORMATS}/wordprocessingml/2006/main"
_TYPES = (
    f'<Types xmlns="{_FORMATS}/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_FORMATS}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_FORMATS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def shown(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.0f}"


def text(random: Random, draft: Draft) -> bytes:
    joint = random.choice(("\t", "\t", " | ", "  ", "，"))
    lines = [draft.title]
    for block in draft.blocks:
        lines += [block] if isinstance(block, str) else [joint.join(map(shown, row)) for row in block.rows]
    return "\r\n".join(lines).encode(random.choice(("utf-8", "utf-8-sig", "gb18030")))


def separated(random: Random, draft: Draft) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    if draft.is_titled:
        writer.writerow([draft.title])
    for block in draft.blocks:
        writer.writerows(
            [[block]] if isinstance(block, str) else [[shown(value) for value in row] for row in block.rows]
        )
    return out.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "gb18030")))


def _covered(grid: Grid) -> dict[tuple[int, int], tuple[int, int] | None]:
    """Cells that reach over others, and (``None``) those that are reached over."""
    spans: dict[tuple[int, int], tuple[int, int] | None] = {}
    for row, column, height, width in grid.joined:
        spans |= {(row + down, column + right): None for down in range(height) for right in range(width)}
        spans[row, column] = (height, width)
    return spans


def page(random: Random, draft: Draft) -> bytes:
    encoding = random.choice(("utf-8", "utf-8", "gbk"))
    body = [f"<h1>{draft.title}</h1>"]
    for block in draft.blocks:
        body.append(f"<p>{html.escape(block)}</p>" if isinstance(block, str) else _html_table(random, block))
    head = f'<head><meta charset="{encoding}"><title>{draft.title}</title></head>'
    whole = f"<html>{head}<body>{''.join(body)}</body></html>"
    return whole.encode(encoding, "xmlcharrefreplace")


def _html_table(random: Random, grid: Grid) -> str:
    spans = _covered(grid)
    wrap = random.choice(
        ("{}", "<p>{}</p>", '<p class="MsoNormal"><span>{}</span></p>', "<span><font>{}</font></span>")
    )
    rows = []
    for number, row in enumerate(grid.rows):
        cells = []
        for column, value in enumerate(row):
            span = spans.get((number, column), (1, 1))
            if span:
                reach = f' rowspan="{span[0]}" colspan="{span[1]}"' if span != (1, 1) else ""
                cells.append(
                    f"<td{reach}>{wrap.format(html.escape(shown(value)).replace(chr(10), '<br>'))}</td>"
                )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def word(random: Random, draft: Draft) -> bytes:
    body = [_paragraph(random, draft.title)]
    for block in draft.blocks:
        body += [_paragraph(random, block)] if isinstance(block, str) else [_word_table(random, block)]
    whole = f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": whole})


def _paragraph(random: Random, words: str) -> str:
    """A paragraph; Word cuts one number into several runs when it is corrected or its language changes."""
    at = random.randrange(len(words)) if len(words) > 3 and random.random() < 0.4 else 0
    runs = "".join(_run(part) for part in (words[:at], words[at:]) if part)
    return f"<w:p>{runs}</w:p>"


def _run(words: str) -> str:
    parts = [f'<w:t xml:space="preserve">{html.escape(line)}</w:t>' for line in words.split("\n")]
    return f"<w:r>{'<w:br/>'.join(parts)}</w:r>"


def _word_table(random: Random, grid: Grid) -> str:
    spans = _covered(grid)
    rows = []
    for number, row in enumerate(grid.rows):
        cells = []
        for column, value in enumerate(row):
            span = spans.get((number, column), (1, 1))
            start = next(
                ((r, c, h, w) for r, c, h, w in grid.joined if r < number < r + h and c == column), None
            )
            if span is None and start is None:
                continue
            wide = span[1] if span else start[3] if start else 1
            properties = (f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else "") + (
                '<w:vMerge w:val="restart"/>'
                if span and span[0] > 1
                else "<w:vMerge/>"
                if span is None
                else ""
            )
            cells.append(
                f"<w:tc><w:tcPr>{properties}</w:tcPr>"
                f"{_paragraph(random, shown(value)) if span else '<w:p/>'}</w:tc>"
            )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = "<w:gridCol/>" * max(len(row) for row in grid.rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def workbook(random: Random, draft: Draft) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    at = 0
    if draft.is_titled:
        sheet.write_string(0, 0, draft.title)
        at = 1
    for block in draft.blocks:
        if isinstance(block, str):
            sheet.write_string(at, 0, block)
            at += 1
            continue
        for number, row in enumerate(block.rows):
            for column, value in enumerate(row):
                if value != "":
                    (sheet.write_string if isinstance(value, str) else sheet.write_number)(
                        at + number, column, value
                    )
        for row, column, height, width in block.joined:
            sheet.merge_range(
                at + row, column, at + row + height - 1, column + width - 1, block.rows[row][column]
            )
        at += len(block.rows)
    book.close()
    return out.getvalue()


def old_workbook(random: Random, draft: Draft) -> bytes:
    records, joined, at = b"", [], 0
    blocks: list[str | Grid] = [*([draft.title] if draft.is_titled else []), *draft.blocks]
    for block in blocks:
        rows = [[block]] if isinstance(block, str) else block.rows
        for number, row in enumerate(rows, at):
            for column, value in enumerate(row):
                records += _old_cell(number, column, value)
        if isinstance(block, Grid):
            joined += [(at + r, at + r + h - 1, c, c + w - 1) for r, c, h, w in block.joined]
        at += len(rows)
    records += biff(
        0x00E5, struct.pack("<H", len(joined)) + b"".join(struct.pack("<4H", *one) for one in joined)
    )
    return old_book([("Sheet1", 0, records)])


def _old_cell(row: int, column: int, value: Value) -> bytes:
    if isinstance(value, float):
        return biff(0x0203, struct.pack("<3Hd", row, column, 0, value))
    encoded = value.encode("utf-16-le")
    return (
        biff(0x0204, struct.pack("<3HHB", row, column, 0, len(encoded) // 2, 1) + encoded) if value else b""
    )


def typeset_pdf(random: Random, draft: Draft) -> bytes:
    body = [f"#set text(size: 8pt)\n= #{json.dumps(draft.title, ensure_ascii=False)}"]
    for block in draft.blocks:
        body.append(f"#{_string(block)}" if isinstance(block, str) else _typst_table(block))
    return typeset("#set page(margin: 30pt, flipped: true)\n" + "\n\n".join(body))


def _string(words: str) -> str:
    return json.dumps(words.replace("\u200b", ""), ensure_ascii=False)


def _typst_table(grid: Grid) -> str:
    spans, cells = _covered(grid), []
    for number, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            span = spans.get((number, column), (1, 1))
            if span:
                cells.append(f"table.cell(rowspan: {span[0]}, colspan: {span[1]})[#{_string(shown(value))}]")
    return f"#table(columns: {max(len(row) for row in grid.rows)}, {', '.join(cells)})"


SIZE, LEADING = 9.0, 16.0


def plain_pdf(random: Random, draft: Draft) -> bytes:
    """Ruled, in a font that is not in the file, as many converters leave it."""
    pages: list[list[str]] = [[]]
    y = 50.0
    for block in [draft.title, *draft.blocks]:
        rows = [[part] for part in _lines(block)] if isinstance(block, str) else block.rows
        widths = _widths([[shown(value) for value in row] for row in rows])
        for row in rows:
            texts = [shown(value).split("\n") for value in row]
            height = LEADING * max(map(len, texts))
            if y + height > 800:
                pages.append([])
                y = 50.0
            pages[-1] += _row(texts, widths, y, ruled=isinstance(block, Grid))
            y += height
    return _unembedded(["\n".join(one) for one in pages])


def _lines(words: str) -> list[str]:
    return [line[at : at + 90] for line in words.split("\n") for at in range(0, len(line), 90)]


def _wide(words: str) -> float:
    return sum(SIZE if ord(one) > 0x7E else SIZE / 2 for one in words)


def _widths(rows: list[list[str]]) -> list[float]:
    columns = max(map(len, rows))
    return [
        max(max((_wide(line) for line in row[at].split("\n")), default=0) for row in rows if at < len(row))
        + 10
        for at in range(columns)
    ]


def _row(texts: list[list[str]], widths: list[float], y: float, *, ruled: bool) -> list[str]:
    """What draws a row whose top is ``y`` points below that of the page."""
    x, height, out = 30.0, LEADING * max(map(len, texts)), []
    for lines, width in zip(texts, widths, strict=False):
        if ruled:
            out.append(f"0.5 w {x:.2f} {842 - y - height:.2f} {width:.2f} {height:.2f} re S")
        for number, line in enumerate(lines):
            code = line.replace("\u200b", "").encode("utf-16-be").hex()
            out.append(f"BT /F {SIZE} Tf {x + 4:.2f} {842 - y - 11 - number * LEADING:.2f} Td <{code}> Tj ET")
        x += width
    return out


_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    b"/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)


def _unembedded(contents: list[str]) -> bytes:
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(contents)))
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, *_FONT]
    for number, content in enumerate(contents):
        packed = zlib.compress(content.encode())
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1240 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (7 + 2 * number),
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        ]
    return assembled(objects)


def picture_pdf(random: Random, draft: Draft) -> bytes:
    """A scan: one grey picture a page and no text."""
    out = io.BytesIO()
    side = random.randrange(200, 400)
    Image.frombytes("L", (side, side), random.randbytes(side * side)).save(out, "PDF")
    return out.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Random, Draft], bytes]]] = {
    "txt": (".txt", text),
    "csv": (".csv", separated),
    "html": (".html", page),
    "docx": (".docx", word),
    "xlsx": (".xlsx", workbook),
    "xls": (".xls", old_workbook),
    "pdf": (".pdf", typeset_pdf),
    "plain pdf": (".pdf", plain_pdf),
}


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
