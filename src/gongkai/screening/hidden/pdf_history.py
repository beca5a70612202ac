"""What was saved over in a PDF and is still in its bytes."""

import re
from collections.abc import Callable, Iterator

import pikepdf

_END = re.compile(rb"%%EOF")
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,10})[ ](\d{1,5})[ ]obj\b")
_LINEAR = re.compile(rb"/Linearized\b")
_CONTENT_TYPES = ("/Page", "/Filespec", "/EmbeddedFile", "/Annot")
_MOST_OBJECTS = 50_000


def superseded(data: bytes) -> bool:
    """Whether objects were added behind the end of an earlier version."""
    ends = [found.end() for found in _END.finditer(data)]
    first = 1 if _LINEAR.search(data[:2048]) else 0
    if len(ends) <= first + 1:
        return False
    return bool(_OBJECT.search(data, ends[first], ends[-1]))


def trailing(data: bytes) -> int:
    """How many bytes stand behind the end of the file."""
    place = data.rfind(b"%%EOF")
    rest = data[place + 5 :] if place >= 0 else b""
    return len(rest) if rest.strip(b"\0\r\n \t") else 0


def orphans(document: pikepdf.Pdf) -> bool:
    """Whether the file holds pages, pictures or attachments that nothing leads to."""
    if len(document.objects) > _MOST_OBJECTS:
        return False
    reached = _reached(document)
    for one in document.objects:
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream) or one.objgen in reached:
            continue
        kind, subtype = str(one.get("/Type", "")), str(one.get("/Subtype", ""))
        if kind in _CONTENT_TYPES or subtype == "/Image":
            return True
        if (
            isinstance(one, pikepdf.Stream)
            and kind not in ("/ObjStm", "/XRef", "/Metadata")
            and _draws_text(one)
        ):
            return True
    return False


def _draws_text(stream: pikepdf.Stream) -> bool:
    if any(key in stream for key in ("/Length1", "/Length2", "/Length3", "/FunctionType", "/N")):
        return False
    try:
        data = stream.read_bytes()
    except (pikepdf.PdfError, NotImplementedError, ValueError):
        return False
    return b"BT" in data and (b"Tj" in data or b"TJ" in data)


def _reached(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The indirect objects the trailer leads to."""
    found: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [document.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            parts = list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            parts = [value for _, value in one.items()]
        else:
            continue
        for part in parts:
            if not isinstance(part, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
                continue
            if part.is_indirect:
                if part.objgen in found:
                    continue
                found.add(part.objgen)
            waiting.append(part)
    return found


def unused_pictures(document: pikepdf.Pdf) -> Iterator[Callable[[], None]]:
    """Pictures in the resources of pages that no page draws, each with its removal."""
    drawn, offered = set[tuple[int, int]](), dict[tuple[int, int], list[tuple[pikepdf.Object, str]]]()
    for page in document.pages:
        resources = page.obj.get("/Resources")
        pictures = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(pictures, pikepdf.Dictionary):
            continue
        content = _content(page.obj)
        for key, one in pictures.items():
            if re.search(re.escape(key.encode()) + rb"\s+Do\b", content) or one.get("/Subtype") != "/Image":
                drawn.add(one.objgen)
            else:
                offered.setdefault(one.objgen, []).append((pictures, key))
    for number, places in offered.items():
        if number not in drawn and number != (0, 0):

            def remove(found: list[tuple[pikepdf.Object, str]] = places) -> None:
                for pictures, key in found:
                    if key in pictures:
                        del pictures[key]

            yield remove


def _content(page: pikepdf.Object) -> bytes:
    """What a page draws, with what its forms draw."""
    try:
        contents = page.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        data = b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
    except (pikepdf.PdfError, NotImplementedError):
        return b""
    for one in entries_of(page.Resources.get("/XObject")):
        if one.get("/Subtype") == "/Form":
            data += b"\n" + one.read_bytes()
    return data


def entries_of(dictionary: object) -> list[pikepdf.Object]:
    """What a dictionary of a PDF holds; nothing where it is none."""
    if not isinstance(dictionary, pikepdf.Dictionary):
        return []
    return [value for _, value in dictionary.items()]
