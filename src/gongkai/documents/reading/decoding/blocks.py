"""Table 2, block by block: each block's own header says which form it follows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.documents.reading.decoding.drafts import Draft
from gongkai.documents.reading.decoding.figures import Figure, in_ten_thousand_yuan
from gongkai.law.report.filled import FilledTable
from gongkai.law.report.formats import Block, CellKind, all_formats, describe, format_for, load_format

COMMON_BLOCKS = frozenset.intersection(*(frozenset(b.code for b in f.table2) for f in all_formats()))
"""The blocks that every form has."""


@dataclass(slots=True)
class BlockDraft(Draft):
    """One block while it is read; ``code`` is ``20-1`` …, ``format`` the form of its header."""

    code: str = field(default="", kw_only=True)

    def take(self, address: str, kind: CellKind, figure: Figure | None, unit: str) -> None:
        """Put a cell's figure in its place, amounts in 万元."""
        if figure is None:
            self.doubt([address], f"{describe(address)}写的不是数字，请对照原件填写。")
            return
        self.notes[address] = figure.note
        if figure.value is None or kind != "amount":
            self.cells[address] = figure.value
            if not figure.sure:
                self.doubt(
                    [address], f"{describe(address)}字形不清，请对照原件填写。", [{address: figure.value}]
                )
            return
        amounts = in_ten_thousand_yuan(figure, unit)
        if self._altered_unit(address, figure, unit):
            amounts = tuple(dict.fromkeys((*in_ten_thousand_yuan(figure, "万元"), *amounts)))
        self.cells[address] = amounts[0]
        if len(amounts) > 1:
            self.doubt(
                [address],
                f"{describe(address)}的单位不清，可能是万元，也可能是元，请对照原件填写。",
                [{address: amount} for amount in amounts],
            )

    def _altered_unit(self, address: str, figure: Figure, unit: str) -> bool:
        """Whether the header gives 元 where the form's own header gives 万元: a change of the unit, or a
        lost glyph."""
        _, column = load_format(self.format).cells[address]
        return "万元" in column.label and unit == "元" and "元" not in figure.unit


def form_with(block: Block) -> str:
    """The id of the form a block belongs to."""
    return next(f.id for f in all_formats() if block in f.table2)


def block_format(block: str, columns: Sequence[str]) -> str | None:
    """The form in which a block has exactly these columns, or else the only one that has some of
    them and no fewer columns than there are."""
    blocks = {f.id: {c.code for c in b.columns} for f in all_formats() for b in f.table2 if b.code == block}
    exact = [form for form, codes in blocks.items() if codes == set(columns)]
    partly = [form for form, codes in blocks.items() if codes > set(columns) and columns]
    return exact[0] if exact else partly[0] if len(partly) == 1 else None


def join_blocks(blocks: Mapping[str, BlockDraft], year: int | None) -> Draft | None:
    """The table: its form is that of most blocks, those not found counted as of the year's own form.
    ``None`` without a block."""
    if not blocks:
        return None
    expected = format_for(year) if year else None
    counted = Counter(draft.format for draft in blocks.values())
    if expected:
        counted[expected.id] += len(COMMON_BLOCKS - set(blocks))
    table = Draft(
        max(counted, key=lambda form: (counted[form], expected is not None and form == expected.id))
    )
    for code, draft in sorted(blocks.items()):
        table.cells |= draft.cells
        table.notes |= draft.notes
        table.doubts += draft.doubts
        if draft.format != table.format:
            table.block_formats[code] = draft.format
    return table


def finished(table: Draft) -> FilledTable:
    """The table with the cells of every block in that block's form; a block that was not found
    is in doubt as a whole."""
    codes = {block.code: table.format for block in load_format(table.format).table2} | table.block_formats
    addresses: list[str] = []
    for code in sorted(codes):
        block = next(b for b in load_format(codes[code]).table2 if b.code == code)
        addresses += block.addresses()
        missing = [a for a in block.addresses() if a not in table.cells]
        if missing:
            table.doubt(missing, f"没有找到“{block.title}”的数字，请对照原件填写。")
    return table.finish(addresses)
