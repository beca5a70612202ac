"""Word files: DOCX, DOCM, DOTX."""

import re
from collections.abc import Iterator
from functools import partial

from gongkai.screening.hidden.anchors import anchor_hits
from gongkai.screening.hidden.drawing import drawing_hits
from gongkai.screening.hidden.hits import Hit, masked, unclean
from gongkai.screening.hidden.office import container_hit, drop_titles, is_machine_number, office_hits
from gongkai.screening.hidden.package import Package, Relation
from gongkai.screening.hidden.tree import Element, attribute, child, drop, each, is_on, local, text_of
from gongkai.screening.hidden.word_changes import change_hits, comment_hits
from gongkai.screening.hidden.word_styles import Styles
from gongkai.screening.hidden.word_text import text_hits

_STORIES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_NUMBERING = re.compile(r"[\s\d\-—–－·第页共/Page of]*")


class Word:
    """A document."""

    def __init__(self, data: bytes) -> None:
        self._raw = data
        self.package = Package(data)
        self.main = self.package.main()

    def hits(self) -> Iterator[Hit]:
        package, main = self.package, self.main
        yield from container_hit(self._raw, lambda _: None)
        yield from office_hits(package)
        yield from drawing_hits(package)
        styles = self._styles()
        for part, label in self._stories():
            yield from change_hits(package, part, label)
            yield from text_hits(package, part, label, styles)
            yield from anchor_hits(package, part, label)
        yield from comment_hits(package, main)
        yield from self._settings()
        yield from self._headers()
        yield from self._notes()
        yield from self._glossary()
        if any(True for _ in package.related(main, "aFChunk", "subDocument")):
            yield Hit("word.inserted_file", "正文", "", unclean("正文里整个插入了另一个文件"))

    def save(self) -> bytes:
        drop_titles(self.package)
        return self.package.save()

    def _styles(self) -> Styles:
        return Styles(
            next((self.package.xml(one.target) for one in self.package.related(self.main, "styles")), None)
        )

    def _stories(self) -> Iterator[tuple[str, str]]:
        yield self.main, "正文"
        for one in self.package.related(self.main, *_STORIES):
            yield one.target, _STORIES[one.kind]

    def _settings(self) -> Iterator[Hit]:
        package = self.package
        for relation in package.related(self.main, "settings"):
            tree = package.xml(relation.target)
            if tree is None:
                continue
            own = [one for one in each(tree, "docVar") if not is_machine_number(attribute(one, "val"))]
            if own:
                holder = own[0].getparent()
                assert holder is not None
                excerpt = masked(attribute(own[0], "val"))
                yield Hit("word.variable", "文档设置", excerpt, partial(self._drop, relation.target, holder))
            if (merge := child(tree, "mailMerge")) is not None:
                yield Hit("word.mail_merge", "文档设置", "", partial(self._drop_merge, relation, merge))

    def _drop(self, part: str, element: Element) -> None:
        drop(element)
        self.package.touch(part)

    def _drop_merge(self, settings: Relation, merge: Element) -> None:
        for one in list(
            self.package.related(settings.target, "mailMergeSource", "recipientData", "mailMergeHeaderSource")
        ):
            self.package.drop(one)
        self._drop(settings.target, merge)

    def _headers(self) -> Iterator[Hit]:
        """Headers and footers of first and even pages where the document has no such pages."""
        package, tree = self.package, self.package.xml(self.main)
        if tree is None:
            return
        settings = next((package.xml(one.target) for one in package.related(self.main, "settings")), None)
        differ = is_on(child(settings, "evenAndOddHeaders"))
        first = any(is_on(child(one, "titlePg")) for one in each(tree, "sectPr"))
        shown, unused = set[str](), list[Element]()
        for one in each(tree, "headerReference", "footerReference"):
            kind = attribute(one, "type", "default")
            section = one.getparent()
            titled = is_on(child(section, "titlePg")) or (first and section is None)
            is_shown = kind == "default" or (kind == "even" and differ) or (kind == "first" and titled)
            if is_shown:
                shown.add(self._words(one))
            else:
                unused.append(one)
        for one in unused:
            words = self._words(one)
            if words and words not in shown:
                label = "页眉" if local(one) == "headerReference" else "页脚"
                yield Hit(
                    "word.unused_header", f"不显示的{label}", masked(words), partial(self._drop_header, one)
                )

    def _words(self, reference: Element) -> str:
        key = attribute(reference, "id")
        relation = next((one for one in self.package.relations(self.main) if one.key == key), None)
        tree = self.package.xml(relation.target) if relation is not None else None
        text = "" if tree is None else "".join(one.text or "" for one in each(tree, "t")).strip()
        return "" if _NUMBERING.fullmatch(text) else text

    def _drop_header(self, reference: Element) -> None:
        key = attribute(reference, "id")
        drop(reference)
        self.package.touch(self.main)
        tree = self.package.xml(self.main)
        if tree is not None and any(
            attribute(one, "id") == key for one in each(tree, "headerReference", "footerReference")
        ):
            return
        for one in [one for one in self.package.relations(self.main) if one.key == key]:
            self.package.drop(one)

    def _notes(self) -> Iterator[Hit]:
        tree = self.package.xml(self.main)
        for relation in list(self.package.related(self.main, "footnotes", "endnotes")):
            notes, name = self.package.xml(relation.target), relation.kind[:-1]
            if notes is None or tree is None:
                continue
            used = {attribute(one, "id") for one in each(tree, f"{name}Reference")}
            for one in list(notes):
                is_note = local(one) == name and attribute(one, "type", "normal") == "normal"
                if is_note and attribute(one, "id") not in used and text_of(one).strip():
                    yield Hit(
                        "word.orphan_note",
                        _STORIES[relation.kind],
                        masked(text_of(one)),
                        partial(self._drop, relation.target, one),
                    )

    def _glossary(self) -> Iterator[Hit]:
        for relation in list(self.package.related(self.main, "glossaryDocument")):
            tree = self.package.xml(relation.target)
            entries = list(each(tree, "docPart")) if tree is not None else []
            own = [one for one in entries if not _is_placeholder(one) and text_of(one).strip()]
            if own:
                yield Hit(
                    "word.building_block",
                    "自动图文集",
                    masked(text_of(own[0])),
                    partial(self.package.drop, relation),
                )


def _is_placeholder(entry: Element) -> bool:
    return any(attribute(one, "val") == "bbPlcHdr" for one in each(entry, "type"))
