"""Table 2 from running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from gongkai.documents.reading.decoding import cuts as cutting
from gongkai.documents.reading.decoding.blocks import BlockDraft, block_format, form_with
from gongkai.documents.reading.decoding.cuts import Cut
from gongkai.documents.reading.decoding.drafts import row_name
from gongkai.documents.reading.decoding.figures import in_ten_thousand_yuan, read_figure
from gongkai.documents.reading.decoding.folding import core, fold
from gongkai.documents.reading.decoding.labels import header_key
from gongkai.documents.reading.decoding.stream import Found, Stream, tokens_of
from gongkai.law.report.formats import Block, ReportFormat, all_formats

_NUMBERING = re.compile(r"[（(]?[\d一二三四五六][）)]?[、.．]")


@dataclass(slots=True)
class _BlockFound:
    """A block of one form as far as its labels stand in the text, in order."""

    block: Block
    title: Found | None = None
    headers: list[Found] = field(default_factory=list)
    rows: list[tuple[str, Found, int | None]] = field(default_factory=list)

    @property
    def fit(self) -> tuple[int, int, int]:
        """No header missing comes first, then rows found, then the length of the headers."""
        missing = len(self.headers) - len(self.block.columns)
        return missing, len(self.rows), sum(header.end - header.start for header in self.headers)


def read_blocks(stream: Stream, start: int, end: int | None) -> dict[str, BlockDraft]:
    """The blocks of table 2 in the text between two positions, by their codes."""
    best: dict[str, _BlockFound] = {}
    for form in all_formats():
        for found in _blocks_found(stream, form, start, end):
            rival = best.get(found.block.code)
            if rival is None or found.fit > rival.fit:
                best[found.block.code] = found
    return {code: _read_block(stream, found) for code, found in best.items()}


def _blocks_found(stream: Stream, form: ReportFormat, start: int, end: int | None) -> Iterator[_BlockFound]:
    """The blocks of a form that stand in the text with rows and a title or headers."""
    found = {block.code: _BlockFound(block) for block in form.table2}
    chain = stream.chain(_labels(form), stream.skeleton_index(start), end and stream.skeleton_index(end))
    for label, following in zip_longest(chain, chain[1:]):
        code, kind, name = label.code.split(":")
        if kind == "title":
            found[code].title = label
        elif kind == "header":
            found[code].headers.append(replace(label, code=name))
        else:
            found[code].rows.append((name, label, following.start if following else end))
    yield from (block for block in found.values() if block.rows and (block.title or block.headers))


def _labels(form: ReportFormat) -> list[tuple[str, str]]:
    """All labels of table 2 in the order of the form, as (core, block:kind:code)."""
    labels: list[tuple[str, str]] = []
    for block in form.table2:
        labels.append((core(block.title), f"{block.code}:title:"))
        labels += [
            (header_key(column.label), f"{block.code}:header:{column.code}") for column in block.columns
        ]
        labels += [(core(row.label), f"{block.code}:row:{row.code}") for row in block.rows]
    return labels


def _read_block(stream: Stream, found: _BlockFound) -> BlockDraft:
    form = block_format(found.block.code, [header.code for header in found.headers])
    draft = BlockDraft(form or form_with(found.block), code=found.block.code)
    first = found.rows[0][1].start
    begins = min([*(h.start for h in found.headers), *([found.title.start] if found.title else [])])
    unit = _unit_in(stream.text[begins:first])
    for row, label, end in found.rows:
        pieces = _pieces(stream.text[label.end : end])
        addresses = [f"table2.{row}.{column.code}" for column in found.block.columns]
        if not any(pieces):
            draft.cells |= dict.fromkeys(addresses)
        elif len(pieces) == len(addresses):
            _take(draft, found.block, addresses, pieces, unit)
        elif stream.spaced:
            draft.doubt(addresses, f"{row_name(addresses[0])}有空白格没有留下位置，请对照原件填写。")
        else:
            _take_cuts(draft, found.block, addresses, tokens_of(stream.text[label.end : end]))
    return draft


def _unit_in(header: str) -> str:
    match = re.search(r"[(（][^()（）]*?(亿元|万元|元)\s*[)）]", re.sub(r"\s", "", fold(header)))
    return match[1] if match else ""


def _pieces(segment: str) -> list[str]:
    """Cells as they stand, with their units and notes, where separators keep them apart."""
    text = re.split(r"(?<=[\d\s|])(?=[一-鿿])(?![件条项个宗次元万零〇无增减])", segment, maxsplit=1)[0]
    parts = [part.strip() for part in re.split(r"[\n|]+|\s{2,}|(?<=[\d元件项])\s+(?=[\d+\-])", text)]
    return [part for part in parts if part and not _NUMBERING.fullmatch(part)]


def _take(
    draft: BlockDraft, block: Block, addresses: Sequence[str], pieces: Sequence[str], unit: str
) -> None:
    for address, column, piece in zip(addresses, block.columns, pieces, strict=True):
        draft.take(address, column.kind, read_figure(piece), unit)


def _take_cuts(draft: BlockDraft, block: Block, addresses: Sequence[str], tokens: Sequence[str]) -> None:
    """Cells run together. No relation inside the report ties them, so only a single cut counts."""
    kinds = [column.kind for column in block.columns]
    cuts = _with_amount(tokens) if kinds == ["count", "amount"] else _whole_numbers(tokens, kinds)
    if cuts:
        draft.settle_row(addresses, cuts, row_name(addresses[0]))
    else:
        draft.doubt(addresses, f"{row_name(addresses[0])}的数字认不出属于哪一格，请对照原件填写。")


def _whole_numbers(tokens: Sequence[str], kinds: Sequence[str]) -> list[Cut]:
    if not all(re.fullmatch(r"[+\-]?\d+([+\-]\d+)*", token) for token in tokens):
        return []
    signed = frozenset(i for i, kind in enumerate(kinds) if kind == "signed")
    parts = [part for token in tokens for part in re.findall(r"[+\-]?\d+", token)]
    try:
        return cutting.cut_tokens(parts, len(kinds), signed=signed)
    except cutting.TooMany:
        return []


def _with_amount(tokens: Sequence[str]) -> list[Cut]:
    """A count and an amount run together (``39573802895.90元``): every place the amount can begin."""
    match = re.fullmatch(r"(\d+)((?:\.\d+)?(?:亿元|万元|元)?)", "".join(tokens))
    if match is None:
        return []
    digits, rest = match[1], match[2]
    places = range(1, len(digits)) if not digits.startswith("0") else range(1, 2)
    amounts = ((digits[:i], read_figure(digits[i:] + rest)) for i in places if _begins(digits[i:]))
    return [
        (int(count), amount)
        for count, figure in amounts
        if figure
        for amount in in_ten_thousand_yuan(figure, "")
    ]


def _begins(digits: str) -> bool:
    return digits == "0" or not digits.startswith("0")
