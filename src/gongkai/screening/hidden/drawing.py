"""Pictures, shapes and charts in documents, workbooks and slides."""

import io
import re
from collections.abc import Iterator
from functools import partial

from PIL import Image, UnidentifiedImageError

from gongkai.screening.hidden.hits import Hit, masked, unclean
from gongkai.screening.hidden.names import holds_data
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.picture import Picture, is_picture
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    drop,
    drop_all,
    each,
    local,
    text_of,
    unset,
)

_DRAWN = re.compile(
    r"(?:^|/)(?:document|header\d*|footer\d*|footnotes|endnotes|drawing\d+|vmldrawing\d+|"
    r"slide\d+|chart\w*|slidelayout\d+|slidemaster\d+)\.(?:xml|vml)$",
    re.IGNORECASE,
)
_SIDES = ("l", "t", "r", "b")
_CROP = 2_000
"""Of 100,000 parts of a side: less is no crop but a rounded edge."""
_HIDDEN_STYLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def drawing_hits(package: Package) -> Iterator[Hit]:
    """What drawings of any part hide, and what pictures in the package say of themselves."""
    for name in package.reachable():
        if not _DRAWN.search(name):
            continue
        tree = package.xml(name)
        if tree is not None:
            yield from _cropped(package, name, tree)
            yield from _described(package, name, tree)
            yield from _invisible(package, name, tree)
            if "chart" in name.lower():
                yield from _filtered(package, name, tree)
    yield from _pictures(package)


def _pictures(package: Package) -> Iterator[Hit]:
    names = dict.fromkeys(
        one.target for one in package.all_relations() if one.kind == "image" and not one.is_external
    )
    for name in names:
        if name not in package or not is_picture(data := package.read(name)):
            continue
        picture = Picture(data)
        hits = list(picture.hits())
        for code in dict.fromkeys(
            "picture.location" if hit.code == "image.location" else "picture.properties" for hit in hits
        ):
            yield Hit(
                code,
                f"插图（{name.rpartition('/')[2]}）",
                "",
                partial(_save, package, name, picture),
            )


def _save(package: Package, name: str, picture: Picture) -> None:
    package.write(name, picture.save())


def _cropped(package: Package, part: str, tree: Element) -> Iterator[Hit]:
    for one in each(tree, "srcRect"):
        cuts = [_number(attribute(one, side, "0")) for side in _SIDES]
        if max(cuts) > _CROP:
            yield Hit(
                "picture.cropped",
                f"插图（{part.rpartition('/')[2]}）",
                "",
                partial(_crop, package, part, one, cuts),
            )


def _number(text: str) -> int:
    try:
        return round(float(text.rstrip("%")) * (1000 if text.endswith("%") else 1))
    except ValueError:
        return 0


def _crop(package: Package, part: str, element: Element, cuts: list[int]) -> None:
    """Cuts the picture itself; a picture shown twice is cut in a copy of its own, so it is cut only once."""
    fill = element.getparent()
    blip = child(fill, "blip")
    key = attribute(blip, "embed") if blip is not None else ""
    found = next((one for one in package.relations(part) if one.key == key), None)
    if found is None or found.target not in package:
        drop(element)
        package.touch(part)
        return
    shown = [one for one in package.all_relations() if one.target == found.target]
    tree = package.xml(part)
    uses = 0 if tree is None else sum(attribute(one, "embed") == key for one in each(tree, "blip"))
    if len(shown) > 1 or uses > 1:
        unclean("被裁剪的图片在文件里用了不止一处")()
    package.write(found.target, _cut(package.read(found.target), cuts))
    drop(element)
    package.touch(part)


def _cut(data: bytes, cuts: list[int]) -> bytes:
    try:
        with Image.open(io.BytesIO(data)) as image:
            kind = image.format or "PNG"
            left, top, right, bottom = (max(cut, 0) / 100_000 for cut in cuts)
            width, height = image.size
            box = (
                round(width * left),
                round(height * top),
                round(width * (1 - right)),
                round(height * (1 - bottom)),
            )
            if box[0] >= box[2] or box[1] >= box[3] or kind not in ("JPEG", "PNG", "GIF", "BMP", "TIFF"):
                unclean("裁剪过的图片格式特殊")()
            stream = io.BytesIO()
            cut = image.crop(box)
            cut.save(stream, kind, **({"quality": 92} if kind == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        unclean("裁剪过的图片打不开")()
    return stream.getvalue()


def _described(package: Package, part: str, tree: Element) -> Iterator[Hit]:
    for one in each(tree, "docPr", "cNvPr", "shape", "imagedata"):
        for name in ("descr", "title", "alt", "name"):
            text = attribute(one, name)
            if text and holds_data(text):
                yield Hit(
                    "picture.alt_text",
                    f"插图（{part.rpartition('/')[2]}）",
                    masked(text),
                    partial(_undescribe, package, part, one, name),
                )


def _undescribe(package: Package, part: str, element: Element, name: str) -> None:
    unset(element, name)
    if name == "name":
        element.set("name", f"图形 {attribute(element, 'id')}".strip())
    package.touch(part)


def _invisible(package: Package, part: str, tree: Element) -> Iterator[Hit]:
    for one in each(tree, "docPr", "cNvPr"):
        if attribute(one, "hidden") in ("1", "true"):
            yield Hit(
                "shape.hidden",
                _place(part, one),
                masked(attribute(one, "name")),
                partial(drop_shape, package, part, one),
            )
    for one in each(tree, "shape", "rect", "textbox"):
        is_note = child(one, "ClientData") is not None or attribute(one, "type") == "#_x0000_t202"
        if not is_note and _HIDDEN_STYLE.search(attribute(one, "style")) and text_of(one).strip():
            yield Hit(
                "shape.hidden",
                _place(part, one),
                masked(text_of(one)),
                partial(drop_shape, package, part, one),
            )


def _place(part: str, element: Element) -> str:
    name = attribute(element, "name")
    return f"图形“{name}”" if name and not holds_data(name) else f"图形（{part.rpartition('/')[2]}）"


SHAPES = ("sp", "pic", "graphicFrame", "cxnSp", "grpSp")
ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
WORD = ("drawing", "pict", "object")


def drop_shape(package: Package, part: str, element: Element) -> None:
    """Takes out the shape an element belongs to, as a whole."""
    above = [element, *element.iterancestors()]
    names = [local(one) for one in above]
    for wanted in (WORD, ANCHORS, SHAPES, ("shape", "rect")):
        for name, one in zip(names, above, strict=True):
            if name in wanted:
                holder = one.getparent()
                is_choice = holder is not None and local(holder) in ("Choice", "Fallback")
                drop(
                    next((up for up in one.iterancestors() if local(up) == "AlternateContent"), one)
                    if is_choice
                    else one
                )
                package.touch(part)
                return
    drop(element)
    package.touch(part)


def _filtered(package: Package, part: str, tree: Element) -> Iterator[Hit]:
    """Series and categories a reader of the chart filtered out stay in its extensions."""
    found = [one for one in each(tree, "ext") if any(local(two).startswith("filtered") for two in one)]
    if found:
        yield Hit(
            "chart.filtered",
            f"图表（{part.rpartition('/')[2]}）",
            "",
            partial(_drop_found, package, part, found),
        )


def _drop_found(package: Package, part: str, found: list[Element]) -> None:
    drop_all(found)
    package.touch(part)
