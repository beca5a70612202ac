"""Pictures of pages as a PDF (PDF/A-2b) that holds nothing else."""

import io
from collections.abc import Iterable
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms

from gongkai.documents.redaction.encoding import Encoded
from gongkai.documents.redaction.pages import PageSize

LARGEST = 14_400
METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">政府信息（部分公开）</rdf:li></rdf:Alt></dc:title></rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
).encode()


def assembled(pages: Iterable[tuple[PageSize, Encoded]]) -> bytes:
    """A file of these pages. The same pages give the same bytes."""
    document = pikepdf.new()
    for size, picture in pages:
        scale = min(1, LARGEST / max(size.width, size.height))
        sheet = PageSize(round(size.width * scale, 2), round(size.height * scale, 2))
        add_picture(document, sheet, picture, (0, 0, sheet.width, sheet.height))
    root = document.Root
    root.Lang = String("zh-CN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = Stream(document, METADATA, {"/Type": Name.Metadata, "/Subtype": Name.XML})
    profile = Stream(document, _profile(), {"/N": 3})
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"))
    intent.DestOutputProfile = document.make_indirect(profile)
    root.OutputIntents = Array([intent])
    stream = io.BytesIO()
    document.save(
        stream,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return stream.getvalue()


def add_picture(
    document: pikepdf.Pdf, sheet: PageSize, picture: Encoded, place: tuple[float, float, float, float]
) -> None:
    """A page of this size with the picture at ``place``: left, bottom, width and height in points."""
    left, bottom, width, height = place
    image = Stream(document, picture.data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = picture.size
    for key, value in picture.entries.items():
        image[key] = _as_object(value)
    page = document.add_blank_page(page_size=(sheet.width, sheet.height))
    page.obj.Resources = Dictionary(XObject=Dictionary(P=document.make_indirect(image)))
    page.obj.Contents = Stream(document, f"q {width} 0 0 {height} {left} {bottom} cm /P Do Q".encode())


def _as_object(value: object) -> object:
    if isinstance(value, str):
        return Name(value)
    if isinstance(value, bytes):
        return String(value)
    if isinstance(value, dict):
        return Dictionary({key: _as_object(held) for key, held in value.items()})
    if isinstance(value, list):
        return Array([_as_object(held) for held in value])
    return value


@lru_cache
def _profile() -> bytes:
    """The sRGB profile, without the moment it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]
