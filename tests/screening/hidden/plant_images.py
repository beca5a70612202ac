"""Hidden data planted in pictures."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
import struct
import zlib
from random import Random

from PIL import Image, PngImagePlugin

from tests.screening.hidden.carriers import picture, secret
from tests.screening.hidden.planting import Planted, plant


def photograph(
    random: Random,
    gps: bool = False,
    artist: bool = False,
    kind: str = "JPEG",
    orientation: int = 0,
    **more: object,
) -> bytes:
    """A picture with properties a camera writes."""
    image = Image.open(io.BytesIO(picture(random, "PNG", (120, 80))))
    exif = Image.Exif()
    exif[0x0131] = "Demo"
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 2.0), 3: "E", 4: (114.0, 3.0, 4.0)})
    if artist:
        exif[0x013B] = "Zhen Shifan"
    if orientation:
        exif[0x0112] = orientation
    for tag, value in more.items():
        exif.get_ifd(0x8769)[int(tag.removeprefix("t"), 16)] = value
    out = io.BytesIO()
    if kind == "TIFF":  # Pillow takes directories inside others only like this
        for tag in (0x8825, 0x8769):
            if exif.get_ifd(tag):
                exif[tag] = dict(exif.get_ifd(tag))
    image.save(out, kind, exif=exif)
    return out.getvalue()


KINDS = ("JPEG", "PNG", "WEBP", "TIFF")


@plant("image.location")
def location(random: Random) -> Planted:
    kind = random.choice(KINDS)
    return Planted(f"图.{kind.lower()}", photograph(random, gps=True, kind=kind), ())


@plant("image.person")
def person(random: Random) -> Planted:
    kind = random.choice(KINDS)
    return Planted(f"图.{kind.lower()}", photograph(random, artist=True, kind=kind), ())


@plant("image.device")
def device(random: Random) -> Planted:
    kind = random.choice(KINDS)
    tag = random.choice(
        (
            {"tA431": f"SN{random.randrange(10**8)}"},
            {"t927C": b"Maker" + bytes(random.randrange(256) for _ in range(40))},
        )
    )
    return Planted(f"图.{kind.lower()}", photograph(random, kind=kind, **tag), ())


@plant("image.xmp")
def xmp(random: Random) -> Planted:
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>{secret(random)}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>'.encode()
    kind = random.choice(("JPEG", "WEBP", "PNG"))
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        return Planted("图.png", picture(random, "PNG", pnginfo=info), ())
    return Planted(f"图.{kind.lower()}", picture(random, kind, xmp=packet), ())


@plant("image.thumbnail")
def thumbnail(random: Random) -> Planted:
    """An Exif block of two directories by hand: Pillow writes no thumbnails."""
    small = picture(random, "JPEG", (16, 12))
    head = b"II*\0" + struct.pack("<I", 8)
    first = struct.pack("<HHHIII", 1, 0x0112, 3, 1, 1, 26)
    second = (
        struct.pack("<H", 2)
        + struct.pack("<HHII", 0x0201, 4, 1, 56)
        + struct.pack("<HHII", 0x0202, 4, 1, len(small))
        + struct.pack("<I", 0)
    )
    block = b"Exif\0\0" + head + first + second + small
    data = picture(random, "JPEG")
    return Planted(
        "图.jpeg", data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:], ()
    )


@plant("image.text")
def text(random: Random) -> Planted:
    if random.random() < 0.5:
        info = PngImagePlugin.PngInfo()
        random.choice((info.add_text, info.add_itxt))(
            random.choice(("Author", "Description", "作者"[:0] or "Title")), "ID 000000200001010000"
        )
        return Planted("图.png", picture(random, "PNG", pnginfo=info), ())
    kind = random.choice(("JPEG", "GIF"))
    return Planted(f"图.{kind.lower()}", picture(random, kind, comment=secret(random).encode()), ())


@plant("image.second")
def second(random: Random) -> Planted:
    data, other = picture(random, "JPEG"), picture(random, "JPEG")
    mark = b"\xff\xe2" + struct.pack(">H", 2 + 4 + 8) + b"MPF\0" + b"II*\0" + struct.pack("<I", 8)
    return Planted("图.jpeg", data[:2] + mark + data[2:] + other, ())


@plant("file.trailing")
def trailing(random: Random) -> Planted:
    from tests.screening.hidden.carriers import pdf_by_hand

    if random.random() < 0.3:
        carrier = pdf_by_hand(random)
        return Planted(carrier.name, carrier.data + b"\n" + secret(random).encode(), carrier.words)
    kind = random.choice(("JPEG", "PNG", "GIF", "WEBP"))
    return Planted(f"图.{kind.lower()}", picture(random, kind) + secret(random).encode() * 3, ())


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
