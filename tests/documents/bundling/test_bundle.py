"""A bundle: every part in its place, under its number, and nothing of it that acts or hides."""

import io
from datetime import date
from hashlib import sha256

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from gongkai.documents.bundling import Bundle, Part, bundle, preparing
from gongkai.documents.bundling.cleaner import answer
from gongkai.documents.bundling.preparing import Preparer, Unusable
from gongkai.documents.reading.guarded import Child
from gongkai.documents.redaction.rasters import packed, unpacked
from tests.documents.reading.pdfs import assembled, locked
from tests.documents.redaction.papers import EVERY_WAY, HELVETICA, SHEET, Maker, Paper, drawn, pdf, saved

TODAY = date(2026, 4, 1)
PHOTO = saved(Image.effect_noise((900, 600), 60), "JPEG")


def made(*parts: Part) -> Bundle:
    return bundle("行政诉讼证据材料", "虚构市教育局", "（2026）虚01行初100号", parts, TODAY)


def part(data: bytes, title: str = "材料", name: str = "a.pdf", heading: int = 1) -> Part:
    return Part(title, data, name, date(2026, 3, 1), heading)


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


@pytest.fixture(scope="module")
def mixed() -> Bundle:
    return made(
        part(pdf([Paper(), Paper(90)]), "申请表", "申请表.pdf"),
        part(PHOTO, "现场照片", "照片.jpg", 2),
        Part("答复书稿", b"PK\3\4 word", "答复书.docx"),
        part(locked(b"secret"), "加密件", "locked.pdf", 2),
        part(b"%PDF-1.7 nonsense", "损坏件", "broken.pdf", 3),
        part(saved(Image.new("1", (1240, 1754), 1), "TIFF"), "扫描件", "scan.tif"),
    )


def test_the_table_of_contents_says_where_each_part_is(mixed: Bundle) -> None:
    assert [(entry.title, entry.first, entry.last) for entry in mixed.entries] == [
        ("申请表", 3, 4), ("现场照片", 5, 5), ("答复书稿", 6, 6),
        ("加密件", 7, 7), ("损坏件", 8, 8), ("扫描件", 9, 9),
    ]  # fmt: skip
    cover, contents, *pages = texts(mixed.data)
    for words in (
        "行政诉讼证据材料",
        "虚构市教育局",
        "（2026）虚01行初100号",
        "2026年4月1日",
        "6 份",
        "9 页",
    ):
        assert words in cover
    assert "1 申请表2026年3月1日3–4" in contents.replace(" 3–4", "3–4").replace(" 2026", "2026")
    assert "答复书稿" in contents and "—" in contents
    assert "SECRET 8846" in pages[0] and "SECRET 8846" in pages[1]


def test_evidence_is_listed_with_what_it_proves_and_what_it_is_about() -> None:
    proving = Part("答复书", pdf([Paper()]), "a.pdf", date(2026, 3, 1), proves="答复没有逾期")
    bound = bundle(
        "证据材料", "虚构市教育局", "1号", [proving, part(pdf([Paper()]))], TODAY, concerns="2026-0001 校舍"
    )
    cover, contents, *_ = texts(bound.data)
    assert "涉及申请" in cover and "2026-0001 校舍" in cover
    assert "证据目录" in contents and "证明的事实" in contents and "答复没有逾期" in contents
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(bound.data).get_toc()]
    assert marks == ["封面", "证据目录", "答复书", "材料"]


def test_every_page_has_its_number_at_the_foot(mixed: Bundle) -> None:
    document = pypdfium2.PdfDocument(mixed.data)
    assert len(document) == 9
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        start, count = text.search(f"第 {number} 页　共 9 页").get_next()
        left, bottom, _, top = text.get_charbox(start)
        _, _, right, _ = text.get_charbox(start + count - 1)
        assert 0 < bottom < top < 40
        assert (left + right) / 2 == pytest.approx(page.get_width() / 2, abs=3)


def test_a_part_that_is_not_in_it_is_named_with_its_digest(mixed: Bundle) -> None:
    assert [warning.partition("：")[2].partition("，")[0] for warning in mixed.warnings] == [
        "这种文件不能转成页面", "这个 PDF 设有打开密码", "这个 PDF 已损坏",
    ]  # fmt: skip
    page = texts(mixed.data)[5].replace("\u200b", "")
    assert sha256(b"PK\3\4 word").hexdigest() in page
    assert "答复书.docx" in page and "9 字节" in page and "没有收入它的内容" in page
    assert b"PK\3\4" not in mixed.data
    with pikepdf.open(io.BytesIO(mixed.data)) as document:
        assert len(document.attachments) == 0


def test_bookmarks_lead_to_the_parts_level_by_level(mixed: Bundle) -> None:
    document = pypdfium2.PdfDocument(mixed.data)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [
        (0, "封面", 0), (0, "目录", 1), (0, "申请表", 2), (1, "现场照片", 4), (0, "答复书稿", 5),
        (1, "加密件", 6), (2, "损坏件", 7), (0, "扫描件", 8),
    ]  # fmt: skip


def test_a_picture_lies_on_a_sheet_of_a4_within_its_margins(mixed: Bundle) -> None:
    document = pypdfium2.PdfDocument(mixed.data)
    assert [round(side) for side in document[4].get_size()] == [842, 595]
    assert [round(side) for side in document[8].get_size()] == [595, 842]
    [image] = [held for held in document[4].get_objects() if isinstance(held, pypdfium2.PdfImage)]
    left, bottom, right, top = image.get_bounds()
    assert 40 < left < right < 802 and 40 < bottom < top < 555
    assert (right - left) / (top - bottom) == pytest.approx(1.5, abs=0.01)


def test_a_bundle_without_parts_has_a_cover_and_an_empty_table() -> None:
    assert len(texts(made().data)) == 2 and made().entries == ()


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [part(pdf([Paper(annotated=True)])), part(PHOTO), part(b"?", name="x.docx")]
    assert made(*parts).data == made(*parts).data


def test_pages_are_kept_as_they_are_however_they_lie() -> None:
    source = pdf(EVERY_WAY)
    bound = made(part(source)).data
    found = texts(bound)[2:]
    assert all("SECRET 8846" in text for text in found) and len(found) == len(EVERY_WAY)
    for number in range(1, len(EVERY_WAY) + 1):
        before, after = drawn(source, number, 200), drawn(bound, number + 2, 200)
        assert before.size == after.size
        above = (0, 0, before.width, before.height - 30)
        pairs = zip(before.crop(above).tobytes(), after.crop(above).tobytes(), strict=True)
        assert max(abs(one - other) for one, other in pairs) < 60


def test_a_page_turned_by_the_node_above_it_stands_as_it_did() -> None:
    with pikepdf.open(io.BytesIO(pdf([Paper()]))) as document:
        del document.pages[0].obj["/Rotate"]
        document.Root.Pages.Rotate = 270
        stream = io.BytesIO()
        document.save(stream)
    bound = pypdfium2.PdfDocument(made(part(stream.getvalue())).data)
    assert [round(side) for side in bound[2].get_size()] == [*SHEET[::-1]]


def test_a_ticket_gets_a_sheet_on_which_its_number_has_room() -> None:
    ticket = Maker()
    ticket.add(Paper(crop=(90, 380, 190, 420)))
    page = pypdfium2.PdfDocument(made(part(ticket.bytes())).data)[2]
    assert page.get_size() == (300, 200) and "第 3 页" in page.get_textpage().get_text_range()


def test_nothing_that_acts_or_was_attached_comes_along() -> None:
    maker = Maker()
    maker.add(Paper(annotated=True))
    document = maker.document
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(8846)"))
    document.Root.OpenAction = document.pages[0].obj.AA = script
    document.attachments["a.exe"] = b"attached 8846"
    document.docinfo["/Author"] = "AUTHOR 8846"
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
    document.pages[0].obj.Annots.append(document.make_indirect(link))
    bound = made(part(maker.bytes())).data
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(bound)) as document:
        document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    for trace in (b"JavaScript", b"app.alert", b"attached", b"AUTHOR", b"/Annot", b"the note"):
        assert trace not in stream.getvalue()
    assert drawn(bound, 3, 400).getpixel((240, 600 - 130)) == 0  # the stamp is part of the page now


@pytest.mark.parametrize("base", ["ON", "OFF"])
def test_a_hidden_layer_stays_hidden(base: str) -> None:
    maker = Maker()
    maker.add(Paper())
    document, page = maker.document, maker.document.pages[0]
    hidden, shown = (document.make_indirect(Dictionary(Type=Name.OCG, Name=String(n))) for n in "HS")
    settings = Dictionary(OFF=Array([hidden])) if base == "ON" else Dictionary(ON=Array([shown]))
    settings.BaseState = Name(f"/{base}")
    document.Root.OCProperties = Dictionary(OCGs=Array([hidden, shown]), D=settings)
    page.obj.Resources = Dictionary(Properties=Dictionary(H=hidden, S=shown))
    page.obj.Contents = Stream(
        document, b"/OC /H BDC 0 500 100 100 re f EMC /OC /S BDC 200 500 100 100 re f EMC"
    )
    image = drawn(made(part(maker.bytes()), part(maker.bytes())).data, 4, 400)
    assert image.getpixel((50, 50)) == 255 and image.getpixel((250, 50)) == 0


def test_a_form_is_bound_as_it_was_filled_in() -> None:
    maker = Maker()
    maker.add(Paper())
    document = maker.document
    field = document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("filled"),
                   Rect=Array([100, 100, 300, 130]), DA=String("/F 12 Tf 0 g"), F=4)
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=Dictionary(F=HELVETICA))
    )
    assert "filled" in texts(made(part(maker.bytes())).data)[2]


def test_a_page_that_leaves_its_state_open_does_not_move_the_number() -> None:
    maker = Maker()
    maker.add(Paper(), "q 5 0 0 5 100 100 cm q 1 0 0 rg")
    text = pypdfium2.PdfDocument(made(part(maker.bytes())).data)[2].get_textpage()
    start, _ = text.search("第 3 页").get_next()
    assert text.get_charbox(start)[1] < 40


def test_a_name_no_font_can_print_does_not_stop_the_bundle() -> None:
    assert len(made(part(b"?", "照片\U0001fae8" * 90, "\U0001fae8.docx")).data) > 1000


def test_a_bundle_of_many_parts_has_a_table_over_several_pages() -> None:
    found = made(*(part(pdf([Paper()]), f"第{place}份材料") for place in range(1, 61)))
    assert found.entries[0].first == 4
    contents = "".join(texts(found.data)[1:3])
    assert all(f"第{place}份材料" in contents for place in range(1, 61))
    assert f"{found.entries[59].first}" == "63" and "63 页" in texts(found.data)[0]


BROKEN = {
    "no size": b"<</Type/Page/Parent 2 0 R/MediaBox 7>>",
    "no unit": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/UserUnit/Many>>",
    "turned by a word": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Rotate(x)>>",
    "no drawing": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 7/Resources 7>>",
    "layers of no kind": b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_that_is_odd_costs_at_most_its_own_part(name: str) -> None:
    layers = b"/OCProperties 7" if name.startswith("layers") else b""
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    odd = assembled([b"<</Type/Catalog/Pages 2 0 R%s>>" % layers, pages, BROKEN[name]])
    found = made(part(odd), part(pdf([Paper()])))
    assert len(found.entries) == 2 and "SECRET" in texts(found.data)[-1]


def test_the_cleaner_answers_for_whatever_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unpacked(answer(pdf([Paper(annotated=True)])))[1].startswith(b"%PDF")
    assert "密码" in unpacked(answer(locked(b"secret")))[0]["unusable"]
    empty = io.BytesIO()
    pikepdf.new().save(empty)
    assert "损坏" in unpacked(answer(empty.getvalue()))[0]["unusable"]
    monkeypatch.setattr("gongkai.documents.bundling.cleaner.cleaned", lambda data: 1 / 0)
    assert "ZeroDivisionError" in unpacked(answer(b""))[0]["fault"]


class FromBeyond(Child):
    """A child that does not do what it is told."""

    answers: bytes | Exception = b""

    def ask(self, data: bytes, seconds: float) -> bytes:
        if isinstance(self.answers, Exception):
            raise self.answers
        return self.answers


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [(TimeoutError(), "中止了"), (packed({"fault": "Traceback …"}), "程序出错")],
)
def test_whatever_the_child_does_the_bundle_goes_on(
    monkeypatch: pytest.MonkeyPatch, reply: bytes | Exception, sentence: str
) -> None:
    monkeypatch.setattr(preparing, "Child", FromBeyond)
    monkeypatch.setattr(FromBeyond, "answers", reply)
    found = made(part(pdf([Paper()]), "甲"), part(PHOTO, "乙"))
    assert len(found.warnings) == 1 and sentence in found.warnings[0]
    assert len(found.entries) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空的"),
        (bytes(50_000_001), "超过 50 MB"),
        (b"\x89PNG\r\n\x1a\n?", "不是 PDF"),
        (b"text", "不能转成页面"),
    ],
)
def test_a_part_without_pages_says_why(data: bytes, sentence: str) -> None:
    with Preparer() as preparer, pytest.raises(Unusable, match=sentence) as refused:
        preparer.prepared(data, "")
    assert not str(refused.value).endswith("。")
