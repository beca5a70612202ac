"""A statutory table while it is being read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.decoding.cuts import Cut
from gongkai.law.report.filled import Doubt, FilledTable, Value
from gongkai.law.report.formats import describe

SHOWN_READINGS = 64


@dataclass(slots=True)
class Draft:
    """Cells read so far, words beside them, and what could not be settled."""

    format: str
    cells: dict[str, Value] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    block_formats: dict[str, str] = field(default_factory=dict)

    def finish(self, addresses: Iterable[str]) -> FilledTable:
        """The table with every cell of its form; what was not found is blank."""
        cells = {address: self.cells.get(address) for address in addresses}
        notes = {address: note for address, note in self.notes.items() if note and address in cells}
        return FilledTable(self.format, cells, dict(self.block_formats), notes)

    def doubt(self, cells: Sequence[str], message: str, readings: Sequence[Mapping[str, Value]] = ()) -> None:
        """Leave cells blank and say why."""
        self.cells |= dict.fromkeys(cells)
        self.doubts.append(Doubt(tuple(cells), message, tuple(dict(r) for r in readings[:SHOWN_READINGS])))

    def settle_row(self, addresses: Sequence[str], cuts: Sequence[Cut], what: str) -> None:
        """Take what all readings of a row agree on; the other cells are in doubt."""
        columns = list(zip(*cuts, strict=True))
        open_cells = [a for a, values in zip(addresses, columns, strict=True) if len(set(values)) > 1]
        self.cells |= {
            a: values[0] for a, values in zip(addresses, columns, strict=True) if len(set(values)) == 1
        }
        if open_cells:
            readings = [dict(zip(addresses, cut, strict=True)) for cut in dict.fromkeys(cuts)]
            shown = [{a: reading[a] for a in open_cells} for reading in readings]
            why = "有空白格没有留下位置" if any(None in cut for cut in cuts) else "的数字连在一起"
            self.doubt(open_cells, f"{what}{why}，有{len(shown)}种读法都说得通，请对照原件填写。", shown)


def row_name(address: str) -> str:
    """The row of a cell, as a clerk would point at it."""
    return describe(address).rpartition("行“")[0] + "行"
