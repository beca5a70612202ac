"""No archive, and no XML in one, costs more than its due."""

import io
import struct
import time
import zipfile

import pytest

from gongkai.documents.reading.archives import Archive, parse_xml
from gongkai.documents.reading.content import Unreadable


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_parts_are_read_by_name() -> None:
    archive = Archive(zipped(a=b"<x>1</x>"))
    assert archive.read("a") == b"<x>1</x>"
    root = archive.xml("a")
    assert root is not None and root.text == "1"
    assert archive.xml("b") is None


def test_a_bomb_is_not_inflated() -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="压缩炸弹"):
        Archive(zipped(a=bytes(200_000_000))).read("a")
    archive = Archive(zipped(a=bytes(30_000_000), b=bytes(30_000_000), c=bytes(30_000_000)))
    assert len(archive.read("a")) + len(archive.read("b")) == 60_000_000
    with pytest.raises(Unreadable, match="压缩炸弹"):
        archive.read("c")
    assert time.monotonic() - begun < 10


def test_an_archive_of_countless_files_is_not_listed() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        Archive(zipped(**{str(number): b"" for number in range(10_001)}))


def test_a_directory_that_lies_about_its_size_is_not_followed() -> None:
    data = bytearray(zipped(a=b"x"))
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<L", data, end + 12, 0xFFFF_0000)
    with pytest.raises(Unreadable, match="压缩炸弹"):
        Archive(bytes(data))


@pytest.mark.parametrize("cut", [10, 60, 100, 130])
def test_a_cut_archive_is_damaged(cut: int) -> None:
    with pytest.raises(Unreadable, match="损坏"):
        Archive(zipped(a=b"x" * 100)[:-cut] or b"PK").read("a")


def test_spoilt_parts_are_damaged() -> None:
    data = bytearray(zipped(a=b"the text of a part" * 9))
    data[35:60] = bytes(25)
    with pytest.raises(Unreadable, match="损坏"):
        Archive(bytes(data)).read("a")
    strange = bytearray(zipped(a=b"x"))
    for place in (8, strange.find(b"PK\x01\x02") + 10):
        struct.pack_into("<H", strange, place, 99)
    with pytest.raises(Unreadable, match="损坏"):
        Archive(bytes(strange)).read("a")


def test_a_locked_part_needs_its_password() -> None:
    data = bytearray(zipped(a=b"x"))
    for place in (6, data.find(b"PK\x01\x02") + 8):
        data[place] |= 1
    with pytest.raises(Unreadable, match="密码"):
        Archive(bytes(data)).read("a")


def test_an_end_mark_alone_is_damaged() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        Archive(b"PK\x03\x04 PK\x05\x06 short")
    with pytest.raises(Unreadable, match="损坏"):
        Archive(b"PK\x03\x04" + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 3, 3, 46, 900, 0))


BILLION = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 if n > 1 else str()};' * 10}'>" for n in range(1, 10))
    + "]><x>&a9;</x>"
)


@pytest.mark.parametrize(
    "xml",
    [
        BILLION,
        "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><x>&f;</x>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>",
        f"<!DOCTYPE x [<!ENTITY a '{'x' * 50_000}'>]><x>{'&a;' * 20_000}</x>",
        "<!DOCTYPE x><x/>",
    ],
)
def test_xml_with_entities_or_a_doctype_is_refused(xml: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="实体声明"):
        parse_xml(xml.encode())
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("xml", [b"", b"<x>", b"no", b"<x>&undefined;</x>", b"<a>" * 1_000 + b"</a>" * 1_000])
def test_broken_or_bottomless_xml_is_damaged(xml: bytes) -> None:
    with pytest.raises(Unreadable, match="损坏"):
        parse_xml(xml)
