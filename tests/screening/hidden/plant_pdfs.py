"""Hidden data planted in PDF files."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
from collections.abc import Callable
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.screening.hidden.carriers import Carrier, pdf, pdf_by_hand, picture, secret
from tests.screening.hidden.planting import Planted, plant

HIDDEN = "Secret 000000200001010000"


def changed(random: Random, change: Callable[[pikepdf.Pdf], object], by_hand: bool = False) -> Planted:
    carrier = (pdf_by_hand if by_hand else pdf)(random)
    return Planted(carrier.name, _changed(carrier, change), carrier.words)


def _changed(carrier: Carrier, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(carrier.data)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _any(document: pikepdf.Pdf, random: Random) -> pikepdf.Page:
    return document.pages[random.randrange(len(document.pages))]


def drawing(random: Random, content: str, **pictures: bytes) -> Planted:
    """Content added to a page of a file whose font ``/F`` is Helvetica."""

    def change(document: pikepdf.Pdf) -> None:
        page = _any(document, random)
        for name, data in pictures.items():
            image = document.make_stream(data)
            image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 120, 80
            image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
            page.obj.Resources.XObject = Dictionary({f"/{name}": image})
        page.contents_add(f"q {content} Q".encode())

    return changed(random, change, by_hand=True)


def _text(random: Random, before: str = "", size: float = 12, y: int = 0) -> str:
    return f"BT {before} /F {size} Tf 80 {y or random.randrange(100, 300)} Td ({HIDDEN}) Tj ET"


@plant("pdf.annotation")
def annotation(random: Random) -> Planted:
    kind = random.choice((Name.Text, Name.FreeText, Name.Highlight, Name.Square, Name.Stamp))

    def change(document: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=kind,
            Rect=[100, 100, 200, 130],
            Contents=String(secret(random)),
            T=String("甄示范"),
        )
        _any(document, random).obj.Annots = Array([document.make_indirect(note)])

    return changed(random, change)


@plant("pdf.form_value")
def form_value(random: Random) -> Planted:
    def change(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                V=String(HIDDEN),
                Rect=[100, 100, 300, 120],
                F=random.choice((4, 2)),
                DA=String("/Helv 10 Tf 0 g"),
            )
        )
        _any(document, random).obj.Annots = Array([field])
        document.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            NeedAppearances=random.random() < 0.5,
            DA=String("/Helv 10 Tf 0 g"),
            DR=Dictionary(
                Font=Dictionary(Helv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
            ),
        )

    return changed(random, change)


@plant("pdf.layer")
def layer(random: Random) -> Planted:
    def change(document: pikepdf.Pdf) -> None:
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("底稿")))
        page = document.pages[0]
        page.obj.Resources.Properties = Dictionary(L=group)
        document.Root.OCProperties = Dictionary(
            OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
        )
        page.contents_add(f"/OC /L BDC {_text(random)} EMC".encode())

    return changed(random, change, by_hand=True)


@plant("pdf.old_revision")
def old_revision(random: Random) -> Planted:
    """A later version behind the first, as programs save only what changed."""
    old = pdf_by_hand(random, 1)
    data = _plainly(old.data)
    number = data.count(b" 0 obj") + 1
    start = len(data)
    addition = b"\n%d 0 obj\n<</Old true>>\nendobj\n" % number
    xref = b"xref\n%d 1\n%010d 00000 n \n" % (number, start + 1)
    place = data.rindex(b"startxref") + 9
    previous = int(data[place:].split()[0])
    trailer = b"trailer\n<</Size %d/Prev %d/Root%s R>>\nstartxref\n%d\n%%%%EOF\n" % (
        number + 1,
        previous,
        _root(data),
        start + len(addition),
    )
    return Planted(old.name, data + addition + xref + trailer, old.words)


def _plainly(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _root(data: bytes) -> bytes:
    rest = data[data.rindex(b"/Root") + 5 :]
    return rest[: rest.index(b"R")].rstrip()


@plant("pdf.orphan")
def orphan(random: Random) -> Planted:
    """A picture left in the file that no page uses, put in as bytes and listed in the table."""
    carrier = pdf_by_hand(random, 1)
    data = _plainly(carrier.data)
    place = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    image = picture(random, "JPEG", (120, 80))
    number = int(data[place:].split()[2])
    added = (
        b"%d 0 obj\n<</Type/XObject/Subtype/Image/Width 120/Height 80/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (number, len(image), image)
    )
    table = data[place:].replace(b"xref\n0 %d\n" % number, b"xref\n0 %d\n" % (number + 1), 1)
    table = table.replace(b"trailer", b"%010d 00000 n \ntrailer" % place, 1).replace(
        b"/Size %d" % number, b"/Size %d" % (number + 1), 1
    )
    table = table[: table.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (place + len(added))
    return Planted(carrier.name, data[:place] + added + table, carrier.words)


@plant("pdf.attachment")
def attachment(random: Random) -> Planted:
    if random.random() < 0.5:
        return changed(
            random, lambda document: document.attachments.__setitem__("名单.txt", secret(random).encode())
        )

    def change(document: pikepdf.Pdf) -> None:
        file = document.make_stream(secret(random).encode())
        file.Type = Name.EmbeddedFile
        spec = Dictionary(Type=Name.Filespec, F=String("x.txt"), EF=Dictionary(F=file))
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FileAttachment,
            Rect=[10, 10, 30, 30],
            FS=document.make_indirect(spec),
        )
        _any(document, random).obj.Annots = Array([document.make_indirect(note)])

    return changed(random, change)


@plant("pdf.under_box")
def under_box(random: Random) -> Planted:
    y = random.randrange(100, 300)
    color = random.choice(("0 g", "1 g", "0.5 0.5 0.5 rg"))
    if random.random() < 0.3:
        return drawing(
            random,
            f"{_text(random, y=y)} q 300 0 0 30 70 {y - 8} cm /P Do Q",
            P=picture(random, "JPEG", (120, 80)),
        )
    return drawing(random, f"{_text(random, y=y)} {color} 70 {y - 6} 260 24 re f")


@plant("pdf.picture_under_box")
def picture_under_box(random: Random) -> Planted:
    return drawing(
        random,
        f"q 240 0 0 160 80 {(y := random.randrange(60, 200))} cm /P Do Q {random.choice(('0 g', '1 g'))} 85 {y + 60} 90 90 re f",
        P=picture(random, "JPEG", (120, 80)),
    )


@plant("pdf.invisible_text")
def invisible_text(random: Random) -> Planted:
    return drawing(random, _text(random, "3 Tr"))


@plant("pdf.white_text")
def white_text(random: Random) -> Planted:
    if random.random() < 0.4:
        y = random.randrange(100, 300)
        return drawing(random, f"1 1 1 rg 70 {y - 6} 260 24 re f {_text(random, '1 1 1 rg', y=y)}")
    return drawing(random, _text(random, "1 1 1 rg"))


@plant("pdf.tiny_text")
def tiny_text(random: Random) -> Planted:
    return drawing(random, _text(random, size=random.choice((0.5, 1, 1.5))))


@plant("pdf.off_page")
def off_page(random: Random) -> Planted:
    if random.random() < 0.5:
        return drawing(random, f"BT /F 12 Tf {random.choice((-400, 700))} 300 Td ({HIDDEN}) Tj ET")

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.obj.CropBox = Array([0, 90, 595, 842])
        page.contents_add(_text(random, y=40).encode())

    return changed(random, change, by_hand=True)


@plant("pdf.cropped")
def cropped(random: Random) -> Planted:
    return drawing(
        random,
        f"q 400 0 0 300 {random.choice((-200, 400))} 100 cm /P Do Q",
        P=picture(random, "JPEG", (120, 80)),
    )


@plant("pdf.unused")
def unused(random: Random) -> Planted:
    return drawing(random, "0 g", P=picture(random, "JPEG", (120, 80)))


@plant("pdf.author")
def author(random: Random) -> Planted:
    key = random.choice(("/Author", "/审批人", "/Reviewer"))
    return changed(random, lambda document: document.docinfo.__setitem__(key, secret(random)[:4]))


@plant("pdf.xmp")
def xmp(random: Random) -> Planted:
    inner = random.choice(
        (
            f"<dc:creator><rdf:Seq><rdf:li>{secret(random)[:4]}</rdf:li></rdf:Seq></dc:creator>",
            '<xmpMM:History xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><rdf:Seq><rdf:li stEvt:action="saved" stEvt:changed="/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"/></rdf:Seq></xmpMM:History>',
        )
    )
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'

    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(packet.encode())
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        document.Root.Metadata = stream

    return changed(random, change)


def _entry(random: Random, key: str, value: Callable[[pikepdf.Pdf], object], page: bool = True) -> Planted:
    def change(document: pikepdf.Pdf) -> None:
        (_any(document, random).obj if page else document.Root)[key] = value(document)

    return changed(random, change)


@plant("pdf.thumbnail")
def thumbnail(random: Random) -> Planted:
    def small(document: pikepdf.Pdf) -> pikepdf.Object:
        stream = document.make_stream(bytes(range(192)))
        stream.Width, stream.Height, stream.ColorSpace, stream.BitsPerComponent = 8, 8, Name.DeviceRGB, 8
        return stream

    return _entry(random, "/Thumb", small)


@plant("pdf.script")
def script(random: Random) -> Planted:
    action = random.choice(
        (
            Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
            Dictionary(S=Name.Launch, F=String("x.exe")),
            Dictionary(S=Name.SubmitForm, F=String("http://10.0.0.1/")),
        )
    )
    return _entry(random, "/OpenAction", lambda _: action, page=False)


@plant("pdf.private_data")
def private_data(random: Random) -> Planted:
    return _entry(
        random,
        "/PieceInfo",
        lambda document: Dictionary(
            Illustrator=Dictionary(Private=document.make_stream(secret(random).encode()))
        ),
    )


@plant("pdf.actual_text")
def actual_text(random: Random) -> Planted:
    return _entry(
        random,
        "/StructTreeRoot",
        lambda document: Dictionary(
            Type=Name.StructTreeRoot,
            K=document.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Span, ActualText=String(secret(random)))
            ),
        ),
        page=False,
    )


@plant("picture.alt_text")
def alt_text(random: Random) -> Planted:
    return _entry(
        random,
        "/StructTreeRoot",
        lambda document: Dictionary(
            Type=Name.StructTreeRoot,
            K=document.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(secret(random)))
            ),
        ),
        page=False,
    )


@plant("link.local")
def local_link(random: Random) -> Planted:
    def change(document: pikepdf.Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[10, 10, 60, 30],
            A=Dictionary(S=Name.URI, URI=String("file:///C:/Users/x/list.xlsx")),
        )
        _any(document, random).obj.Annots = Array([document.make_indirect(link)])

    return changed(random, change)
