"""Pictures for paper and for sending: small enough, upright, and silent about who took them where."""

import io

import pytest
from PIL import Image

from gongkai.documents.posters.pictures import UnusablePicture, prepared
from tests.documents.posters.board import picture


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def photograph(size=(900, 600)) -> bytes:
    """Noise, which no format makes small, with a place and a name in its EXIF."""
    exif = Image.Exif()
    exif[0x010E] = "甄示范拍摄"
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    noise = Image.effect_noise(size, 90).convert("RGB")
    noise.save(file, "JPEG", quality=95, exif=exif, comment="示例路1号")
    return file.getvalue()


def test_what_the_camera_wrote_stays_behind():
    ready = prepared(photograph())
    assert ready.media_type == "image/jpeg" and ready.extension == "jpg"
    assert not opened(ready.data).getexif() and "comment" not in opened(ready.data).info
    assert "示例路".encode() not in ready.data and "甄示范".encode() not in ready.data


def test_a_picture_turned_by_its_exif_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    ready = prepared(picture("JPEG", (300, 100), exif=exif))
    assert (ready.width, ready.height) == (100, 300)


def test_a_picture_is_no_longer_and_no_heavier_than_asked():
    ready = prepared(photograph((3000, 2000)), longest=1200)
    assert (ready.width, ready.height) == (1200, 800)
    assert len(prepared(photograph(), at_most=20_000).data) <= 20_000


def test_a_drawing_stays_exact_and_a_gif_becomes_a_png():
    file = io.BytesIO()
    Image.new("P", (30, 20), 3).save(file, "GIF")
    ready = prepared(file.getvalue())
    assert ready.media_type == "image/png" and ready.extension == "png"


def test_transparency_is_kept_where_it_can_be_and_laid_on_white_where_not():
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(file, "PNG")
    assert opened(prepared(file.getvalue()).data).mode == "RGBA"
    noisy = Image.merge("RGBA", [Image.effect_noise((200, 200), 90)] * 4)
    file = io.BytesIO()
    noisy.save(file, "PNG")
    small = prepared(file.getvalue(), at_most=8_000)
    assert small.media_type == "image/jpeg" and opened(small.data).mode == "RGB"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是能识别的图片"),
        (b"<svg/>", "不是能识别的图片"),
        (picture()[:60], "读不出来"),
        (picture("JPEG")[:200], "读不出来"),
    ],
)
def test_what_is_no_picture_is_said_in_one_sentence(data, words):
    with pytest.raises(UnusablePicture, match=words):
        prepared(data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    with pytest.raises(UnusablePicture, match="像素太多"):
        prepared(file.getvalue())
