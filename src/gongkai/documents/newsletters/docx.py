"""The issue as a Word document: the same words and order as the PDF, for those who must change it.

The parts that never change are those of the annual report's Word file, with styles of its own added.
"""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from xml.sax.saxutils import escape, quoteattr

from gongkai.documents.newsletters.issue import Newsletter, NewsletterItem
from gongkai.documents.newsletters.word_blocks import NAMESPACES, Drawn, WordBlocks, line, run
from gongkai.documents.posters.blocks import plain
from gongkai.documents.writing.docx import packed, standing_parts
from gongkai.law.limits import chinese_date

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1814" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" '
    'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
_NAME_HALF_POINTS = (60, 128)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DEFAULTS = (
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
)


def newsletter_docx(issue: Newsletter) -> bytes:
    """A .docx file; the same issue gives the same bytes."""
    blocks = WordBlocks()
    body = "".join(_body(issue, blocks))
    parts = _standing() | {
        "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body>{body}{_PAGE}</w:body></w:document>",
        "docProps/core.xml": _core(issue),
    }
    relations = parts["word/_rels/document.xml.rels"]
    added = _relations(blocks)
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", f"{added}</Relationships>")
    return _with_media(packed(parts), blocks.drawn)


@lru_cache
def _standing() -> dict[str, str]:
    added = (resources.files("gongkai.documents.newsletters") / "word" / "styles.xml").read_text("utf-8")
    parts = dict(standing_parts())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{added}</w:styles>")
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace("<Override", f"{_DEFAULTS}<Override", 1)
    return parts


def _core(issue: Newsletter) -> str:
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(issue.title)}</dc:title><dc:creator>{escape(plain(issue.agency))}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _body(issue: Newsletter, blocks: WordBlocks) -> Iterator[str]:
    name = plain(issue.name)
    points = min(max(800 // max(len(name), 1), _NAME_HALF_POINTS[0]), _NAME_HALF_POINTS[1])
    sized = run(name, f'<w:sz w:val="{points}"/><w:szCs w:val="{points}"/>')
    yield f'<w:p><w:pPr><w:pStyle w:val="NewsName"/></w:pPr>{sized}</w:p>'
    yield line("NewsIssue", issue.issue)
    yield line("NewsMaker", f"{plain(issue.agency)}\t{chinese_date(issue.dated)}")
    yield line("NewsContents", "本期要目")
    for item in issue.items:
        section = f"　{plain(item.section)}" if item.section else ""
        yield line("NewsEntry", f"·\t{_title(item)}{section}")
    for item in issue.items:
        yield line("NewsTitle", _title(item))
        yield line("NewsSource", item.source) if item.source else ""
        yield blocks.written(item.article, item.pictures)
    yield line("Normal", "")
    for kind, names in issue.recipients:
        yield line("NewsColophon", f"{kind}：\t{names}")
    yield line("NewsColophon", f"{plain(issue.agency)}编\t{chinese_date(issue.dated)}印发")
    yield line("NewsCopies", issue.printed_copies) if issue.copies else ""


def _title(item: NewsletterItem) -> str:
    return " ".join(plain(item.title).split())


def _relations(blocks: WordBlocks) -> str:
    pictures = (
        f'<Relationship Id="{drawn.id}" Type="{_RELATION}/image" Target="{drawn.target}"/>'
        for drawn in blocks.drawn
    )
    links = (
        f'<Relationship Id="{name}" Type="{_RELATION}/hyperlink" Target={quoteattr(address)} '
        'TargetMode="External"/>'
        for address, name in blocks.links.items()
    )
    return "".join((*pictures, *links))


def _with_media(document: bytes, drawn: list[Drawn]) -> bytes:
    """The file with its pictures, each with the same old date."""
    file = io.BytesIO(document)
    with zipfile.ZipFile(file, "a") as archive:
        for picture in drawn:
            archive.writestr(zipfile.ZipInfo(f"word/{picture.target}"), picture.data)
    return file.getvalue()
