"""What a labelled document says before it becomes a file, and what of it must be found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

VALUES = (
    "id_number",
    "old_id_number",
    "damaged_id",
    "mobile",
    "bank_card",
    "address",
    "student_number",
    "landline",
)
"""Labels that name one datum each; found when a hit covers it."""

LISTS = ("minor", "health_or_hardship", "reversible_mask")
"""Labels of a whole document; found when there is a hit of the kind anywhere in it."""

KIND_OF = {"old_id_number": "id_number", "damaged_id": "id_number"}
"""The kind that a hit has, where the label is finer."""

Value = str | float


@dataclass(frozen=True, slots=True)
class Truth:
    label: str
    value: str = ""

    @property
    def kind(self) -> str:
        return "personal." + KIND_OF.get(self.label, self.label)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``joined`` are cells that reach over others: row, column, how many rows and columns."""

    rows: Sequence[Sequence[Value]]
    joined: Sequence[tuple[int, int, int, int]] = ()


@dataclass(slots=True)
class Draft:
    """``allowed`` are kinds that may be found or not: a careful person could say either. ``is_titled``:
    the title stands in the file; where it does not, it is the file's name."""

    family: str
    title: str
    blocks: list[str | Grid] = field(default_factory=list)
    truths: set[Truth] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)
    formats: tuple[str, ...] = ()
    is_titled: bool = True

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]
