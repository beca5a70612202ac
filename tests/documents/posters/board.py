"""A board with visibly invented sheets, and what a reader finds on a PDF."""

import io
from datetime import date

import pikepdf
import pypdfium2
from PIL import Image

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.posters import Board, DirectoryRow, DirectorySheet, GuideSheet, PosterSheet

BOARD = Board("示例市教育局", "0000-0000000", "https://gk.example.gov.cn/items/2026-00012")
PICTURE = "a" * 64


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 250), **options) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def article(paragraphs: int = 2) -> Article:
    words = "坚持免试就近入学原则，公办学校实行划片招生，详见[招生平台](https://rx.example.gov.cn/)。"
    return Article((
        Heading("一、总体要求"),
        *(Paragraph(f"第{number}段。{words}") for number in range(1, paragraphs + 1)),
        Heading("（一）具体安排", 2),
        Listing(("适龄儿童", "随迁子女"), ordered=True),
        Grid((("学校", "人数"), ("示例第一小学", "12"), ("示例第二中学", "8")), 1, "招生计划"),
        Picture(PICTURE, "学区划分示意图", "图1　学区划分"),
    ))  # fmt: skip


def sheet(**changes) -> PosterSheet:
    given = {
        "board": BOARD,
        "title": "2026年义务教育阶段招生入学工作安排",
        "article": article(),
        "section": "基础教育科",
        "document_number": "示教〔2026〕12号",
        "formed_on": date(2026, 4, 1),
        "published_on": date(2026, 4, 8),
        "pictures": {PICTURE: picture()},
    }
    return PosterSheet(**given | changes)


def finder(count: int = 3) -> DirectorySheet:
    rows = tuple(
        DirectoryRow(
            f"甄示范{number}", "行政审批科", f"{number}02室", "0000-0000001", ("教师资格认定", "学籍证明")
        )
        for number in range(1, count + 1)
    )
    return DirectorySheet(BOARD, rows, date(2026, 3, 2), (("办公时间", "周一至周五"),))


def guide(**changes) -> GuideSheet:
    disclosures = {
        "basis": ("《教师资格条例》第十三条。",),
        "duty": ("市教育局负责初级中学、小学、幼儿园教师资格的认定。",),
        "conditions": ("1. 中国公民；", "2. 教师资格考试合格。"),
        "procedure": ("1. 网上报名；", "2. 现场确认；", "3. 审核；", "4. 领证。"),
        "discipline": ("不得收取任何费用，一次告知全部材料。",),
        "result": ("符合条件的发给教师资格证书。",),
    }
    facts = (("承办科室", "行政审批科"), ("办理时限", "30个工作日"), ("收费", "不收费"))
    given = {"board": BOARD, "title": "教师资格认定", "disclosures": disclosures, "facts": facts}
    return GuideSheet(**given | changes)


def pages(pdf: bytes) -> list[str]:
    """The words of each page without blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return ["".join(text.split()).replace("\u200b", "") for text in texts]


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimeters."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(points / 72 * 25.4) for points in page.get_size()) for page in document]


def smallest_type(pdf: bytes, words: str) -> float:
    """The height in points of the em of the smallest type these words are set in."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            search = text.search(words)
            while (hit := search.get_next()) is not None:
                left, _bottom, right, _top = text.get_charbox(hit[0], loose=True)
                found.append(right - left)
    return min(found)


def is_tagged(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        marked = bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root
        title = str(document.docinfo.get("/Title", ""))
        return marked and str(root.Lang).startswith("zh") and bool(title)
