"""Files inside files: ZIP archives, and what is embedded in Office documents."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.documents.contents.holding import Collector, Contents, Names, inside
from gongkai.documents.contents.packages import Package, entry_name
from gongkai.documents.contents.pieces import Unwritable
from gongkai.documents.reading.archives import BOMB, Archive
from gongkai.documents.reading.content import Unreadable

DEEPEST = 4
MOST_MEMBERS = 1_000
MOST_UNPACKED = 200_000_000
TOO_DEEP = f"压缩包一层套一层，超过 {DEEPEST} 层，疑似异常文件，没有读取；请解压后重新打包，再试。"
TOO_MANY = f"压缩包里的文件超过 {MOST_MEMBERS} 个，没有读取；请分成几个压缩包，再试。"


@dataclass(slots=True)
class Budget:
    """What may still be opened of one file and all that is in it."""

    members: int = MOST_MEMBERS
    size: int = MOST_UNPACKED

    def spend(self, size: int) -> None:
        """Raises :class:`Unreadable` where it is too much."""
        self.members -= 1
        self.size -= size
        if self.members < 0:
            raise Unreadable(TOO_MANY)
        if self.size < 0:
            raise Unreadable(BOMB)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its name, the words before the places in it, its part, and its bytes or why
    there are none."""

    name: str
    prefix: str
    part: str
    data: bytes
    error: str = ""


Opener = Callable[[bytes, str, int, Budget], Contents]
Rewriter = Callable[[bytes, str, Mapping[str, str], int], tuple[bytes, set[str]]]


def read_zip(data: bytes, name: str, depth: int, budget: Budget, opened: Opener) -> Contents:
    """What stands in the files of an archive; one that cannot be read is unscanned. Raises
    :class:`Unreadable` where the archive cannot be opened or is too much."""
    if depth >= DEEPEST:
        raise Unreadable(TOO_DEEP)
    found = [(each.name, _read(each, depth, budget, opened)) for each in members(data, name)]
    return Collector().contents("zip", found)


def read_embedded(package: Package, depth: int, budget: Budget, opened: Opener) -> list[tuple[str, Contents]]:
    """As :func:`read_zip`, of the files embedded in an Office document."""
    if depth >= DEEPEST:
        return []
    return [(each.name, _read(each, depth, budget, opened)) for each in embedded(package)]


def _read(member: Member, depth: int, budget: Budget, opened: Opener) -> Contents:
    budget.spend(len(member.data))
    if member.error:
        return inside(member.prefix, Contents("unreadable", is_scannable=False, unscanned=("",)))
    try:
        contents = opened(member.data, member.name, depth + 1, budget)
    except Unreadable as error:
        if str(error) in (TOO_DEEP, TOO_MANY, BOMB):
            raise
        contents = Contents("unreadable", is_scannable=False, unscanned=("",))
    return inside(member.prefix, contents)


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files of an archive. Raises :class:`Unreadable`."""
    archive, names = Archive(data), Names()
    entries = [entry for entry in archive.entries if not entry.is_dir()]
    if len(entries) > MOST_MEMBERS:
        raise Unreadable(TOO_MANY)
    outer = f"压缩包“{name}”中的" if name else "压缩包中的"
    for entry in entries:
        shown = entry_name(entry)
        prefix = names.unique(f"{outer}“{shown}”")
        try:
            content, error = archive.read(entry), ""
        except Unreadable as refused:
            if str(refused) == BOMB:
                raise
            content, error = b"", str(refused)
        if content or error:
            yield Member(shown, prefix, entry.filename, content, error)


def embedded(package: Package) -> Iterator[Member]:
    """The files embedded in an Office document. Raises :class:`Unreadable`."""
    names = Names()
    for part in package.names():
        folder = posixpath.basename(posixpath.dirname(part))
        if folder == "embeddings" or posixpath.basename(part).startswith("afchunk"):
            name = posixpath.basename(part)
            yield Member(name, names.unique(f"嵌入文件“{name}”"), part, package.archive.read(part))


def rewrite_members(
    found: Iterator[Member], changes: Mapping[str, str], depth: int, rewritten: Rewriter
) -> tuple[dict[str, bytes], set[str]]:
    """The parts that change, by name in lower case, and the places found. Raises
    :class:`gongkai.documents.contents.pieces.Unwritable`."""
    changed, done = dict[str, bytes](), set[str]()
    if depth >= DEEPEST:
        raise Unwritable(TOO_DEEP)
    for member in found:
        own = {
            place.removeprefix(member.prefix): text
            for place, text in changes.items()
            if place.startswith(member.prefix)
        }
        if own and member.data:
            copy, places = rewritten(member.data, member.name, own, depth + 1)
            changed[member.part.replace("\\", "/").lower()] = copy
            done |= {member.prefix + place for place in places}
    return changed, done
