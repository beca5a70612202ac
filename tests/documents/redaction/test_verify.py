"""What must not be in a redacted file is found there."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from gongkai.documents import redaction
from gongkai.documents.redaction import Box, redact, verify
from gongkai.documents.redaction.encoding import toned
from tests.documents.redaction.papers import HELVETICA, Paper, pdf, saved


@pytest.fixture(scope="module")
def clean() -> bytes:
    photo = saved(Image.effect_noise((300, 300), 80), "JPEG")
    return redact(photo, "", [Box(1, 0, 0, 0.5, 0.5, "第十五条", "个人隐私")], dpi=100)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        stream = io.BytesIO()
        document.save(stream, fix_metadata_version=False)
        return stream.getvalue()


def with_words(document: pikepdf.Pdf) -> None:
    page = document.pages[0].obj
    page.Resources.Font = Dictionary(F=HELVETICA)
    page.Contents = Stream(document, page.Contents.read_bytes() + b" BT /F 9 Tf 3 Tr (secret) Tj ET")


def with_a_note(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])])


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = b"secret"


def with_properties(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = String("secret")


def with_metadata(document: pikepdf.Pdf) -> None:
    document.Root.Metadata = Stream(document, b"<secret/>")


def with_layers(document: pikepdf.Pdf) -> None:
    document.Root.OCProperties = Dictionary(OCGs=Array([]))


def with_exif(document: pikepdf.Pdf) -> None:
    exif = Image.Exif()
    exif[0x010F] = "secret"
    photo = saved(Image.effect_noise((30, 30), 80), "JPEG", exif=exif)
    document.pages[0].obj.Resources.XObject["/P"].write(photo, filter=Name.DCTDecode)


def with_a_second_picture(document: pikepdf.Pdf) -> None:
    held = document.pages[0].obj.Resources.XObject
    held["/Q"] = Stream(document, b"secret")


def with_a_mask(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources.XObject["/P"].SMask = Stream(document, b"secret")


def with_something_unused(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.Hidden = document.make_indirect(Stream(document, b"secret"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (with_words, "取出文字"), (with_a_note, "/Annots"), (with_attachment, "附件"),
        (with_properties, "文档属性"), (with_metadata, "元数据"), (with_layers, "/OCProperties"),
        (with_exif, "图片带有别的内容"), (with_a_second_picture, "图片以外的资源"),
        (with_a_mask, "图片带有别的内容"), (with_something_unused, "没有用到"),
    ],
)  # fmt: skip
def test_anything_but_pictures_is_found(
    clean: bytes, change: Callable[[pikepdf.Pdf], None], sentence: str
) -> None:
    assert verify(changed(clean, lambda document: None)) == ()
    found = verify(changed(clean, change))
    assert any(sentence in one for one in found), found


def test_an_older_version_before_the_end_is_found(clean: bytes) -> None:
    assert any("旧版本" in one for one in verify(clean + clean))
    assert any("还有内容" in one for one in verify(clean + b"\nsecret"))


def test_a_lock_is_found(clean: bytes) -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(clean)) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="x", user=""))
    assert any("加密" in one for one in verify(stream.getvalue()))


def test_what_is_no_file_is_not_passed() -> None:
    assert verify(b"nothing") == ("文件打不开，无法核对。",)


def test_an_ordinary_file_is_not_passed() -> None:
    assert len(verify(pdf([Paper()]))) > 3


def test_nothing_is_handed_out_that_was_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "verify", lambda data: ("第 1 页还能取出文字。",))
    with pytest.raises(AssertionError, match="more than pictures"):
        redact(pdf([Paper()]), "", [])


def test_a_flat_drawing_is_smaller_as_a_palette_and_a_photo_as_jpeg() -> None:
    flat = Image.new("RGB", (400, 400), "#0050a0")
    flat.paste("#f0f0f0", (100, 100, 300, 300))
    assert toned(flat).entries["/Filter"] == "/FlateDecode"
    assert toned(Image.effect_noise((400, 400), 90).convert("RGB")).entries["/Filter"] == "/DCTDecode"
