"""Presentations: PPTX, PPTM, PPSX."""

from collections.abc import Iterator
from functools import partial

from gongkai.screening.hidden.anchors import Placed, covered, words_of
from gongkai.screening.hidden.drawing import drawing_hits, drop_shape
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.office import container_hit, drop_titles, office_hits
from gongkai.screening.hidden.package import Package, Relation
from gongkai.screening.hidden.tree import Element, attribute, child, children, drop, drop_all, each, local

_TINIEST = 250
"""Hundredths of a point."""
_FILLED = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
_OF_PROGRAMS = ("KSO", "COMMONDATA", "THINKCELL", "MH", "ISPRING")


class Slides:
    """A presentation."""

    def __init__(self, data: bytes) -> None:
        self._raw = data
        self.package = Package(data)
        self.main = self.package.main()

    def hits(self) -> Iterator[Hit]:
        package = self.package
        yield from container_hit(self._raw, lambda _: None)
        yield from office_hits(package)
        yield from drawing_hits(package)
        for number, slide in enumerate(self._slides(), 1):
            label, tree = f"第{number}页幻灯片", package.xml(slide.target)
            if tree is None:
                continue
            if attribute(tree, "show", "1") in ("0", "false"):
                yield Hit("slide.hidden", label, "", partial(self._drop_slide, slide))
            yield from self._notes(slide, label)
            yield from self._comments(slide, label)
            yield from self._texts(slide, label, tree)
            yield from self._shapes(slide, label, tree)
        yield from self._tags()

    def save(self) -> bytes:
        drop_titles(self.package)
        return self.package.save()

    def _slides(self) -> list[Relation]:
        """In the order of the show."""
        tree = self.package.xml(self.main)
        by_key = {one.key: one for one in self.package.related(self.main, "slide")}
        keys = (
            [
                next((str(v) for k, v in one.attrib.items() if str(k).endswith("}id")), "")
                for one in each(tree, "sldId")
            ]
            if tree is not None
            else []
        )
        return [by_key[key] for key in keys if key in by_key]

    def _drop_slide(self, slide: Relation) -> None:
        """With the places sections and other slides name it at."""
        tree = self.package.xml(self.main)
        entry = (
            next((one for one in each(tree, "sldId") if slide.key in one.attrib.values()), None)
            if tree is not None
            else None
        )
        number = attribute(entry, "id") if entry is not None else ""
        for one in [
            one
            for one in self.package.all_relations()
            if one.target == slide.target and one.kind == "slide" and one is not slide
        ]:
            self.package.drop(one)
        self.package.drop(slide)
        if tree is not None:
            drop_all([one for one in each(tree, "sldId") if attribute(one, "id") == number])
            drop_all(each(tree, "custShowLst"))
            self.package.touch(self.main)

    def _notes(self, slide: Relation, label: str) -> Iterator[Hit]:
        for one in list(self.package.related(slide.target, "notesSlide")):
            tree = self.package.xml(one.target)
            bodies = (
                [shape for shape in each(tree, "sp") if not _is_number(shape)] if tree is not None else []
            )
            text = "".join(map(words_of, bodies))
            if text:
                yield Hit("slide.notes", f"{label}的备注", masked(text), partial(self.package.drop, one))

    def _comments(self, slide: Relation, label: str) -> Iterator[Hit]:
        for one in list(self.package.related(slide.target, "comments", "comment")):
            tree = self.package.xml(one.target)
            if tree is not None and len(tree):
                yield Hit("slide.comment", label, "", partial(self.package.drop, one))

    def _texts(self, slide: Relation, label: str, tree: Element) -> Iterator[Hit]:
        found: dict[str, list[Element]] = {}
        ground = self._is_white_ground(slide, tree)
        for run in each(tree, "r", "fld"):
            if not words_of(run):
                continue
            properties = child(run, "rPr")
            size = attribute(properties, "sz") if properties is not None else ""
            if size.isdigit() and int(size) <= _TINIEST:
                found.setdefault("slide.tiny_text", []).append(run)
            elif ground and _is_white(properties) and _stands_free(run, tree):
                found.setdefault("slide.white_text", []).append(run)
        for code, runs in found.items():
            yield Hit(
                code, label, masked("".join(map(words_of, runs))), partial(self._drop_all, slide.target, runs)
            )

    def _is_white_ground(self, slide: Relation, tree: Element) -> bool:
        """Whether neither the slide nor what it is made after has a ground or large pictures of its own."""
        names = [slide.target]
        for kind in ("slideLayout", "slideMaster"):
            names += [one.target for one in self.package.related(names[-1], kind)][:1]
        for name in names:
            part = tree if name == slide.target else self.package.xml(name)
            ground = child(part, "cSld", "bg")
            if ground is not None and not _is_plain(ground):
                return False
            if name != slide.target and part is not None and any(True for _ in each(part, "pic")):
                return False
        return True

    def _shapes(self, slide: Relation, label: str, tree: Element) -> Iterator[Hit]:
        size = child(self.package.xml(self.main), "sldSz")
        if size is None:
            return
        width, height = int(attribute(size, "cx", "0") or 0), int(attribute(size, "cy", "0") or 0)
        shapes = [
            one for shape in children(child(tree, "cSld", "spTree")) if (one := _placed(shape)) is not None
        ]
        for one in shapes:
            if one.is_outside(width, height) and (one.text or one.is_picture):
                yield Hit(
                    "shape.off_page",
                    f"{label}边上的图形",
                    masked(one.text),
                    partial(drop_shape, self.package, slide.target, one.element),
                )
        for one in covered(shapes):
            yield Hit(
                "shape.behind",
                f"{label}的文本框",
                masked(one.text),
                partial(drop_shape, self.package, slide.target, one.element),
            )

    def _tags(self) -> Iterator[Hit]:
        for one in list(self.package.all_relations()):
            if one.kind != "tags":
                continue
            tree = self.package.xml(one.target)
            own = (
                [
                    tag
                    for tag in each(tree, "tag")
                    if not attribute(tag, "name").upper().startswith(_OF_PROGRAMS)
                ]
                if tree is not None
                else []
            )
            if own:
                yield Hit(
                    "slide.tag",
                    "幻灯片标签",
                    masked(attribute(own[0], "val")),
                    partial(self.package.drop, one),
                )

    def _drop_all(self, part: str, elements: list[Element]) -> None:
        for element in elements:
            drop(element)
        self.package.touch(part)


def _is_number(shape: Element) -> bool:
    """Whether a shape of a notes page only repeats the number of the page, a date or the slide."""
    return any(
        attribute(one, "type") in ("sldNum", "dt", "hdr", "ftr", "sldImg") for one in each(shape, "ph")
    )


def _is_white(properties: Element | None) -> bool:
    fill = child(properties, "solidFill")
    return fill is not None and any(
        attribute(one, "val").lower() in ("ffffff", "bg1", "lt1") and not len(one) for one in fill
    )


def _is_plain(ground: Element) -> bool:
    colors = [attribute(one, "val").lower() for one in each(ground, "srgbClr", "schemeClr")]
    return not any(True for _ in each(ground, "gradFill", "blipFill", "pattFill")) and all(
        one in ("ffffff", "bg1", "lt1", "phclr") for one in colors
    )


def _stands_free(run: Element, tree: Element) -> bool:
    """Whether nothing painted lies under a run: no fill of its shape, no other shape or picture."""
    holder = next((up for up in run.iterancestors() if local(up) in ("sp", "graphicFrame")), None)
    if holder is None or local(holder) != "sp" or child(holder, "style") is not None:
        return False
    if any(child(holder, "spPr", one) is not None for one in _FILLED):
        return False
    own = _placed(holder)
    others = [
        one
        for shape in each(tree, "sp", "pic", "graphicFrame")
        if shape is not holder and (one := _placed(shape)) is not None
    ]
    painted = [
        one
        for one in others
        if one.is_picture or any(child(one.element, "spPr", name) is not None for name in _FILLED)
    ]
    if own is None:
        return not painted
    return not any(_touch(own, one) for one in painted)


def _touch(one: Placed, other: Placed) -> bool:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    return across > 0 and min(one.top + one.height, other.top + other.height) - max(one.top, other.top) > 0


def _placed(shape: Element) -> Placed | None:
    """The box of a shape; a placeholder without one stands where its layout says."""
    holder = child(shape, "grpSpPr") if local(shape) == "grpSp" else child(shape, "spPr")
    frame = child(shape, "xfrm") if local(shape) == "graphicFrame" else child(holder, "xfrm")
    start, size = child(frame, "off"), child(frame, "ext")
    if start is None or size is None:
        return None
    left, top, width, height = (
        _whole(one, key) for one, key in ((start, "x"), (start, "y"), (size, "cx"), (size, "cy"))
    )
    return Placed(shape, left, top, width, height, words_of(shape), local(shape) == "pic")


def _whole(element: Element, key: str) -> int:
    try:
        return int(attribute(element, key, "0"))
    except ValueError:
        return 0
