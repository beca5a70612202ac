"""The bytes of a file of any kind → its contents; and a copy in which some places say something else."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from gongkai.documents.contents import (
    bundles,
    covering,
    older,
    opendocument,
    pages,
    plain,
    printed,
    slides,
    structured,
    word,
    workbook,
)
from gongkai.documents.contents.bundles import Budget
from gongkai.documents.contents.copying import workbook_copy
from gongkai.documents.contents.holding import Collector, Contents
from gongkai.documents.contents.kinds import KINDS, PICTURES, UNHEARD, kind_of, parsed_json
from gongkai.documents.contents.packages import Package
from gongkai.documents.contents.pieces import Unwritable
from gongkai.documents.reading import mhtml, sniff, wordxml
from gongkai.documents.reading.archives import DAMAGED, parse_xml
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Content, Unreadable
from gongkai.documents.reading.worker import TOO_NESTED
from gongkai.documents.redaction import Unredactable, redact

MAX_BYTES = 50_000_000
NO_SUCH_PLACE = "文件里找不到“{}”，没有改写；文件可能已换过，请重新检查后再试。"
_SENTENCES = {
    sniff.BINARY: "认不出这是什么文件，读不了；请提供 Word、Excel、PDF、网页、图片或 ZIP 压缩包。",
    sniff.PACKED: "这种压缩包打不开，里面有什么无法审查；请解压后上传，或改用 ZIP 格式。",
    sniff.SLIDES: "这是旧版演示文稿（.ppt），读不了；请另存为 .pptx 再试。",
}
_PACKAGES = {
    "docx": (word.read, word.change, word.STRICT),
    "xlsx": (workbook.read, workbook.change, workbook.STRICT),
    "pptx": (slides.read, slides.change, ()),
}
_OPEN = frozenset({"odt", "ods", "odp"})


def read_contents(data: bytes, name: str) -> Contents:
    """What stands in a file. Untrusted files belong in :mod:`gongkai.documents.contents.guarded`.

    Raises :class:`Unreadable` with one Chinese sentence.
    """
    check_size(data)
    try:
        return _read(data, name, 0, Budget())
    except RecursionError as error:
        raise Unreadable(TOO_NESTED) from error


def check_size(data: bytes) -> None:
    """Raises :class:`Unreadable` where a file is larger than any that is read."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"文件有 {len(data) / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限，没有读取；"
            "请分成几个文件再试。"
        )


def _read(data: bytes, name: str, depth: int, budget: Budget) -> Contents:
    kind = _kind(data)
    try:
        if kind in _PACKAGES:
            return _package(data, kind, depth, budget)
        if kind == "zip":
            return bundles.read_zip(data, name, depth, budget, _read)
        if kind in PICTURES or kind in UNHEARD:
            what = "图片" if kind in PICTURES else "音像"
            return Collector().contents(kind, unscanned=[f"整个文件（{what}）"])
        if kind in ("text", "csv"):
            return plain.read(data, name)
        return _READERS[kind](data)
    except (ValueError, KeyError, IndexError, OverflowError, AssertionError) as error:
        raise Unreadable(DAMAGED) from error


def _kind(data: bytes) -> str:
    try:
        kind = kind_of(data)
    except Unreadable as error:
        raise Unreadable(_SENTENCES.get(str(error), str(error))) from error
    if kind not in _READERS and kind not in _READ_OTHERWISE:
        raise Unreadable(KINDS[kind].refusal or _SENTENCES[sniff.BINARY])
    return kind


def _package(data: bytes, kind: str, depth: int, budget: Budget) -> Contents:
    read, _, strict = _PACKAGES[kind]
    package = Package(data, strict)
    contents = read(package)
    held = bundles.read_embedded(package, depth, budget, _read)
    if not held:
        return contents
    is_scannable = contents.is_scannable and all(member.is_scannable for _, member in held)
    return replace(contents, members=tuple(held), is_scannable=is_scannable)


def _open_document(data: bytes, changes: Mapping[str, str]) -> tuple[opendocument.Walk, Package]:
    package, walk = Package(data), opendocument.Walk(changes)
    for name, act in (("content.xml", walk.body), ("styles.xml", walk.edges)):
        root = package.parsed(name)
        if root is None and name == "content.xml":
            raise Unreadable(DAMAGED)
        done = len(walk.done)
        if root is not None:
            act(root)
            if len(walk.done) > done:
                package.change(name, root)
    return walk, package


def _flat(data: bytes) -> Contents:
    walk = opendocument.Walk({})
    walk.body(parse_xml(data.removeprefix(BOMS[0][0])))
    return walk.contents("fodt")


def _of_rows(extract: Callable[[bytes], Content]) -> Callable[[bytes], Contents]:
    def read(data: bytes) -> Contents:
        collector = Collector()
        content = extract(data)
        older.collect_rows(content.rows, collector)
        return collector.contents(content.kind)

    return read


_READERS: dict[str, Callable[[bytes], Contents]] = {
    "html": pages.read,
    "svg": pages.read,
    "pdf": printed.read,
    "doc": older.read_doc,
    "rtf": older.read_rtf,
    "xls": older.read_xls,
    "xlsb": older.read_xlsb,
    "mhtml": _of_rows(mhtml.extract),
    "wordxml": _of_rows(wordxml.extract),
    "fodt": _flat,
    "odt": lambda data: _open_document(data, {})[0].contents("odt"),
    "ods": lambda data: _open_document(data, {})[0].contents("ods"),
    "odp": lambda data: _open_document(data, {})[0].contents("odp"),
    "xmlss": lambda data: structured.xml_workbook(data, {})[0],
    "json": lambda data: structured.read_json(parsed_json(data)),
    "ofd": structured.read_ofd,
}
_READ_OTHERWISE = frozenset({*_PACKAGES, "zip", "text", "csv", *PICTURES, *UNHEARD})


def rewrite(data: bytes, name: str, changes: Mapping[str, str]) -> bytes:
    """A copy in which the text at each place (of a passage or cell of :func:`read_contents`) is the new one;
    all else is as it was.

    A PDF comes back as pictures of its pages, with what changes covered; a workbook of Excel 97–2003 as an
    ``.xlsx`` of its visible cells (:func:`copy_name` gives the name). Raises :class:`Unwritable`, or
    :class:`Unreadable` where the file cannot be read, each with one Chinese sentence.
    """
    if not changes:
        return data
    try:
        copy, done = _rewritten(data, name, changes, 0)
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise Unreadable(DAMAGED) from error
    missing = sorted(changes.keys() - done)
    if missing:
        raise Unwritable(NO_SUCH_PLACE.format(missing[0]))
    return copy


def copy_name(data: bytes, name: str) -> str:
    """What a copy made by :func:`rewrite` must be called."""
    return f"{name.rpartition('.')[0] or name}.xlsx" if _kind(data) == "xls" else name


def _rewritten(data: bytes, name: str, changes: Mapping[str, str], depth: int) -> tuple[bytes, set[str]]:
    kind = _kind(data)
    if kind in _PACKAGES:
        return _package_rewritten(data, kind, changes, depth)
    if kind == "zip":
        package = Package(data)
        parts, done = bundles.rewrite_members(bundles.members(data, name), changes, depth, _rewritten)
        package.changed |= parts
        return package.saved(), done
    if kind in _OPEN:
        walk, package = _open_document(data, changes)
        return package.saved(), walk.done
    if kind in ("text", "csv"):
        return plain.rewrite(data, name, changes)
    if kind in ("html", "svg"):
        return pages.rewrite(data, changes)
    if kind == "pdf":
        return _covered(data, name, changes)
    if kind == "xls":
        return workbook_copy(older.read_xls(data), changes)
    if kind == "xmlss":
        _, copy, done = structured.xml_workbook(data, changes)
        return copy, done
    label = KINDS[kind].label
    raise Unwritable(
        f"{label}不能直接改写；请在原来的软件里改好，或另存为 Word、Excel 新格式（.docx、.xlsx）再试。"
    )


def _package_rewritten(
    data: bytes, kind: str, changes: Mapping[str, str], depth: int
) -> tuple[bytes, set[str]]:
    _, change, strict = _PACKAGES[kind]
    package = Package(data, strict)
    done = change(package, changes)
    if len(done) < len(changes):
        parts, places = bundles.rewrite_members(bundles.embedded(package), changes, depth, _rewritten)
        package.changed |= parts
        done |= places
    return package.saved(), done


def _covered(data: bytes, name: str, changes: Mapping[str, str]) -> tuple[bytes, set[str]]:
    boxes, done = covering.boxes_of(data, changes)
    try:
        return redact(data, name, boxes), done
    except Unredactable as error:
        raise Unwritable(str(error)) from error
