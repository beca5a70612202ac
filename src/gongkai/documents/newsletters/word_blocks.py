"""The blocks of an article as WordprocessingML in the styles of the newsletter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from gongkai.documents.articles import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.links import words_of
from gongkai.documents.articles.normal import normalized
from gongkai.documents.posters.blocks import column_widths, plain, runs
from gongkai.documents.posters.pictures import Prepared, UnusablePicture, prepared
from gongkai.documents.writing.docx import TEXT_WIDTH

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'
_WIDEST, _HIGHEST = 4_320_000, 3_240_000  # EMU: 120 mm by 90 mm
_EMU_PER_PIXEL = 9525
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the document: the name of its relation, its place in the file, its bytes."""

    id: str
    target: str
    data: bytes


@dataclass(slots=True)
class WordBlocks:
    """Writes articles, and keeps what the document must carry for them: pictures, and links by address."""

    drawn: list[Drawn] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    def written(self, article: Article, pictures: Mapping[str, bytes]) -> str:
        return "".join(part for block in normalized(article).blocks for part in self._block(block, pictures))

    def _block(self, block: Block, pictures: Mapping[str, bytes]) -> Iterator[str]:
        match block:
            case Heading():
                yield line(f"NewsHeading{block.level}", plain(block.text))
            case Paragraph():
                yield self._paragraph("Body", block.text)
            case Listing():
                for number, item in enumerate(block.items, 1):
                    yield self._paragraph("NewsListed", item, f"{number}." if block.ordered else "·")
            case Grid():
                yield line("NewsCaption", plain(block.caption)) if block.caption else ""
                yield _table(block)
            case Picture():
                yield from self._picture(block, pictures)

    def _paragraph(self, style: str, text: str, mark: str = "") -> str:
        words = "".join(self._run(part, address) for part, address in runs(plain(text)))
        lead = run(f"{mark}\t") if mark else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{lead}{words}</w:p>'

    def _run(self, words: str, address: str) -> str:
        if not address:
            return run(words)
        name = self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{name}">{run(words)}</w:hyperlink>'

    def _picture(self, picture: Picture, pictures: Mapping[str, bytes]) -> Iterator[str]:
        try:
            ready = prepared(pictures[picture.sha256])
        except (KeyError, UnusablePicture):
            yield line("NewsCaption", f"图片：{plain(picture.alternative)}")
        else:
            number = len(self.drawn) + 1
            drawn = Drawn(f"rIdPicture{number}", f"media/picture{number}.{ready.extension}", ready.data)
            self.drawn.append(drawn)
            shape = _drawing(drawn.id, number, ready, plain(picture.alternative))
            yield f'<w:p><w:pPr><w:pStyle w:val="NewsPicture"/></w:pPr><w:r>{shape}</w:r></w:p>'
        if picture.caption:
            yield line("NewsCaption", plain(picture.caption))


def line(style: str, text: str) -> str:
    """A paragraph of plain words."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def run(text: str, properties: str = "") -> str:
    words = (
        escape(text)
        .replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        .replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    )
    return f'<w:r><w:rPr>{_CHINESE}{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _table(grid: Grid) -> str:
    shares = column_widths(grid.rows)
    total = sum(shares) or 1
    edges = [round(TEXT_WIDTH * share / total) for share in accumulate(shares, initial=0.0)]
    widths = [end - start for start, end in pairwise(edges)]
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    rows = "".join(_row(row, widths, number < grid.header_rows) for number, row in enumerate(grid.rows))
    caption = f"<w:tblCaption w:val={quoteattr(plain(grid.caption))}/>" if grid.caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
    )


def _row(row: tuple[str, ...], widths: list[int], is_head: bool) -> str:
    style = "NewsHead" if is_head else "NewsCell"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{line(style, words_of(plain(cell)))}</w:tc>"
        for cell, wide in zip(row, widths, strict=True)
    )
    heads = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{heads}</w:trPr>{cells}</w:tr>"


def _drawing(relation: str, number: int, picture: Prepared, alternative: str) -> str:
    wide, high = picture.width * _EMU_PER_PIXEL, picture.height * _EMU_PER_PIXEL
    scale = min(1.0, _WIDEST / wide, _HIGHEST / high)
    extent = f'cx="{max(1, round(wide * scale))}" cy="{max(1, round(high * scale))}"'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="picture{number}" descr={quoteattr(alternative)}/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="picture{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
