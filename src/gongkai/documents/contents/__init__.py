"""What stands in any office file, at places a reader can find, and copies with some of it changed."""

from gongkai.documents.contents.holding import Cell, Contents, Passage, Table

__all__ = ["Cell", "Contents", "Passage", "Table"]
