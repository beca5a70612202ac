"""What stands in any office file, at places a reader can find, and copies with some of it changed."""

from gongkai.documents.contents.guarded import read_contents_guarded
from gongkai.documents.contents.holding import Cell, Contents, Passage, Table
from gongkai.documents.contents.kinds import FileKind, file_kind
from gongkai.documents.contents.opening import copy_name, read_contents, rewrite
from gongkai.documents.contents.pieces import Unwritable
from gongkai.documents.reading.content import Unreadable

__all__ = [
    "Cell",
    "Contents",
    "FileKind",
    "Passage",
    "Table",
    "Unreadable",
    "Unwritable",
    "copy_name",
    "file_kind",
    "read_contents",
    "read_contents_guarded",
    "rewrite",
]
