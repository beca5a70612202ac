"""An article as a Word document: the same layout as the PDF, for those who must change the paper.

The parts that never change are those of the annual report's Word file, with styles of its own added.
Headings, lists, links and header rows are Word's own, so that a reader aloud and an outline find them.
"""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw

from gongkai.documents.articles.article import Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.normal import printable
from gongkai.documents.articles.papers.paper import (
    CODE_LABEL,
    Paper,
    Shown,
    agency_indent,
    centered_columns,
    column_shares,
    linked,
    printed,
    shown,
    table_size,
    title_lines,
)
from gongkai.documents.letters.qr import qr_code
from gongkai.documents.writing.docx import CHARACTER, TEXT_WIDTH, standing_parts
from gongkai.law.limits import chinese_date

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" '
    'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_EMU = 36_000  # a millimetre
_CODE_MM = 26.0
_TYPES = (
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.numbering+xml"/></Types>'
)
_BULLETS = 1
_LEVEL = (
    '<w:abstractNum w:abstractNumId="{}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="1120" w:hanging="480"/></w:pPr></w:lvl></w:abstractNum>'
)


def to_docx(paper: Paper) -> bytes:
    """A .docx file. The same paper gives the same bytes. Raises ``Unwritable`` for an address too long."""
    writer = _Writer(paper)
    body = "".join(writer.body())
    document = f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}{_PAGE}</w:body></w:document>"
    parts = {name: text.encode() for name, text in _standing().items()}
    parts["word/_rels/document.xml.rels"] = writer.relations.xml(parts["word/_rels/document.xml.rels"])
    parts |= {
        "word/document.xml": document.encode(),
        "word/numbering.xml": _numbering(writer.lists).encode(),
        "docProps/core.xml": _core(paper).encode(),
    }
    return _packed(parts | writer.relations.media)


class _Relations:
    """What the document points at, by the id under which it does."""

    def __init__(self) -> None:
        self.media: dict[str, bytes] = {}
        self._entries: list[str] = []

    def link(self, target: str) -> str:
        return self._add("hyperlink", target, ' TargetMode="External"')

    def picture(self, drawn: Shown) -> str:
        name = f"media/image{len(self.media) + 1}.{drawn.kind}"
        self.media[f"word/{name}"] = drawn.data
        return self._add("image", name)

    def numbering(self) -> None:
        self._add("numbering", "numbering.xml")

    def xml(self, standing: bytes) -> bytes:
        return standing.replace(b"</Relationships>", f"{''.join(self._entries)}</Relationships>".encode())

    def _add(self, kind: str, target: str, mode: str = "") -> str:
        name = f"rIdA{len(self._entries) + 1}"
        self._entries.append(
            f'<Relationship Id="{name}" Type="{_R}/{kind}" Target={quoteattr(target)}{mode}/>'
        )
        return name


class _Writer:
    """One walk over a paper."""

    def __init__(self, paper: Paper) -> None:
        self.relations = _Relations()
        self.relations.numbering()
        self.lists = 0
        self._paper = paper
        self._drawings = 0

    def body(self) -> Iterator[str]:
        paper = self._paper
        if paper.index_number:
            yield _line("IndexNumber", f"索引号：{paper.index_number}")
        yield _line("Title", "\n".join(title_lines(paper.title)))
        if paper.document_number:
            yield _line("DocumentNumber", paper.document_number)
        blocks = printed(paper).blocks
        for place, block in enumerate(blocks):
            yield from self._block(block, is_last=place == len(blocks) - 1)
        yield from _signature(paper)
        if paper.address:
            yield self._drawing(_code(paper.address), CODE_LABEL)
            yield _line("Caption", CODE_LABEL)
            yield _styled("Address", self._span({"text": paper.address, "target": paper.address}, ""))

    def _block(self, block: Block, *, is_last: bool) -> Iterator[str]:
        match block:
            case Heading():
                yield _line(f"Heading{block.level}", block.text)
            case Paragraph():
                # A line broken by hand would be drawn out over the whole width.
                aligned = '<w:jc w:val="left"/>' if "\n" in block.text else ""
                yield _styled("Closing" if is_last else "Body", self._words(block.text), aligned)
            case Listing():
                yield from self._listing(block)
            case Grid():
                yield from self._table(block)
            case Picture():
                yield from self._picture(block)

    def _words(self, text: str, properties: str = "") -> str:
        return "".join(self._span(span, properties) for span in linked(text, self._paper))

    def _span(self, span: dict[str, str], properties: str) -> str:
        if not span["target"]:
            return _run(span["text"], properties)
        words = _run(span["text"], properties, '<w:rStyle w:val="Hyperlink"/>')
        return f'<w:hyperlink r:id="{self.relations.link(span["target"])}">{words}</w:hyperlink>'

    def _listing(self, listing: Listing) -> Iterator[str]:
        number = _BULLETS
        if listing.ordered:
            self.lists += 1
            number = _BULLETS + self.lists
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        for item in listing.items:
            yield _styled("ListItem", self._words(item), properties)

    def _table(self, grid: Grid) -> Iterator[str]:
        shares = column_shares(grid)
        edges = [round(TEXT_WIDTH * share / sum(shares)) for share in accumulate(shares, initial=0.0)]
        widths = [end - start for start, end in pairwise(edges)]
        columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
        aligned = ['<w:jc w:val="center"/>' if centered else "" for centered in centered_columns(grid)]
        size = f'<w:sz w:val="{round(2 * table_size(grid))}"/>'
        squares = list(zip(widths, aligned, strict=True))
        rows = "".join(
            self._row(row, squares, size, is_head=place < grid.header_rows)
            for place, row in enumerate(grid.rows)
        )
        described = f"<w:tblCaption w:val={quoteattr(printable(grid.caption))}/>" if grid.caption else ""
        if grid.caption:
            yield _line("Caption", grid.caption, "<w:keepNext/>")
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{described}</w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
            '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
        )

    def _row(self, row: tuple[str, ...], squares: list[tuple[int, str]], size: str, *, is_head: bool) -> str:
        style, heads = ("SquareHead", "<w:tblHeader/>") if is_head else ("Square", "")
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{_styled(style, self._words(cell, size), '' if is_head else aligned)}</w:tc>"
            for cell, (wide, aligned) in zip(row, squares, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{heads}</w:trPr>{cells}</w:tr>"

    def _picture(self, picture: Picture) -> Iterator[str]:
        drawn = shown(self._paper.pictures.get(picture.sha256))
        alternative = picture.alternative or picture.caption or "图片"
        if drawn is None:
            yield _line("Body", f"〔图片：{alternative}〕")
            return
        yield self._drawing(drawn, alternative, "<w:keepNext/>" if picture.caption else "")
        if picture.caption:
            yield _line("Caption", picture.caption)

    def _drawing(self, drawn: Shown, alternative: str, properties: str = "") -> str:
        self._drawings += 1
        across, down = (round(side * _EMU) for side in (drawn.width, drawn.height))
        name = self.relations.picture(drawn)
        named = f'id="{self._drawings}" name="图 {self._drawings}" descr={quoteattr(printable(alternative))}'
        shape = (
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self._drawings}" name="图 {self._drawings}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        return _styled(
            "Drawing",
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {named}/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            properties,
        )


def _signature(paper: Paper) -> Iterator[str]:
    """The agency centered over the date, after two empty lines."""
    dated = chinese_date(paper.formed_on) if paper.formed_on else ""
    if not paper.agency and not dated:
        return
    yield '<w:p><w:pPr><w:pStyle w:val="Signature"/></w:pPr></w:p>' * 2
    if paper.agency:
        indent = agency_indent(paper.agency, dated)
        right = f'<w:ind w:rightChars="{round(indent * 100)}" w:right="{round(indent * CHARACTER)}"/>'
        yield _line("Signature", paper.agency, right)
    if dated:
        yield _line("Dated", dated)


def _code(address: str) -> Shown:
    """The QR code of an address as a picture."""
    code = qr_code(address)
    drawn = Image.new("1", (code.size, code.size), 1)
    pen = ImageDraw.Draw(drawn)
    for x, y, width in code.runs:
        pen.rectangle((x, y, x + width - 1, y), fill=0)
    out = io.BytesIO()
    drawn.resize((code.size * 8, code.size * 8), Image.Resampling.NEAREST).save(out, "PNG")
    return Shown(out.getvalue(), "png", _CODE_MM, _CODE_MM)


def _line(style: str, text: str, properties: str = "") -> str:
    return _styled(style, _run(text), properties)


def _styled(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(text: str, properties: str = "", style: str = "") -> str:
    words = (
        escape(printable(text))
        .replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        .replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    )
    return f'<w:r><w:rPr>{style}{_HINT}{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _numbering(ordered: int) -> str:
    """One list for all bullets; each numbered list begins with 1."""
    numbers = "".join(
        f'<w:num w:numId="{_BULLETS + count}"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for count in range(1, ordered + 1)
    )
    return (
        f'{_HEAD}<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{_LEVEL.format(1, 'bullet', '•')}{_LEVEL.format(2, 'decimal', '%1.')}"
        f'<w:num w:numId="{_BULLETS}"><w:abstractNumId w:val="1"/></w:num>{numbers}</w:numbering>'
    )


@lru_cache
def _standing() -> dict[str, str]:
    added = (resources.files("gongkai.documents.articles.papers") / "word" / "styles.xml").read_text("utf-8")
    parts = dict(standing_parts())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{added}</w:styles>")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", _TYPES)
    return parts


def _core(paper: Paper) -> str:
    title = " ".join(printable(paper.title).split())
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(printable(paper.agency))}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as one file, each with the same old date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
