"""Table 2 from running text."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from gongkai.documents.reading.decoding import cuts as cutting
from gongkai.documents.reading.decoding.blocks import BlockDraft, block_format, form_with, join_blocks
from gongkai.documents.reading.decoding.drafts import Draft, row_name
from gongkai.documents.reading.decoding.figures import read_figure
from gongkai.documents.reading.decoding.folding import core, fold
from gongkai.documents.reading.decoding.labels import block_titles, header_key
from gongkai.documents.reading.decoding.stream import Found, Stream, tokens_of
from gongkai.law.report.formats import Block, all_formats

_NUMBERING = re.compile(r"[（(]?[\d一二三四五六][）)]?[、.．]")


def read_table2(stream: Stream, before: int | None, year: int | None) -> Draft | None:
    """Table 2 in the text up to position ``before``; ``None`` if it is not there."""
    end = None if before is None else stream.skeleton_index(before)
    titles = stream.chain(list(block_titles().codes.items()), 0, end)
    if not titles:
        return None
    drafts = [
        draft
        for title, following in zip_longest(titles, titles[1:])
        if (draft := _read_block(stream, title, following.start if following else before))
    ]
    return join_blocks(drafts, year) if drafts else None


def _read_block(stream: Stream, title: Found, before: int | None) -> BlockDraft | None:
    start = stream.skeleton_index(title.end)
    end = None if before is None else stream.skeleton_index(before)
    best = max(
        (
            _chains(stream, block, start, end)
            for f in all_formats()
            for block in f.table2
            if block.code == title.code
        ),
        key=_fit,
        default=None,
    )
    if best is None or not best[2]:
        return None
    block, headers, rows = best
    draft = BlockDraft(
        block_format(title.code, [h.code for h in headers]) or form_with(block), code=title.code
    )
    for row, following in zip_longest(rows, rows[1:]):
        segment = stream.text[row.end : following.start if following else before]
        header = stream.text[title.end : rows[0].start]
        _read_row(draft, block, row.code, segment, _unit_in(header))
    return draft


def _fit(chains: tuple[Block, list[Found], list[Found]]) -> tuple[int, int, int]:
    """How well a block of a form fits: no header missing, then rows found, then header length."""
    block, headers, rows = chains
    return len(headers) - len(block.columns), len(rows), sum(h.end - h.start for h in headers)


def _chains(
    stream: Stream, block: Block, start: int, end: int | None
) -> tuple[Block, list[Found], list[Found]]:
    """A block's header and row labels as far as they stand in the text."""
    headers = [(header_key(c.label), c.code) for c in block.columns]
    rows = [(core(row.label), row.code) for row in block.rows]
    chain = stream.chain([*headers, *rows], start, end)
    header_codes = {code for _, code in headers}
    return (
        block,
        [found for found in chain if found.code in header_codes],
        [found for found in chain if found.code not in header_codes],
    )


def _unit_in(header: str) -> str:
    match = re.search(r"[(（][^()（）]*?(亿元|万元|元)\s*[)）]", fold(header))
    return match[1] if match else ""


def _read_row(draft: BlockDraft, block: Block, row: str, segment: str, unit: str) -> None:
    addresses = [f"table2.{row}.{column.code}" for column in block.columns]
    pieces = _pieces(segment)
    if not any(pieces):
        draft.cells |= dict.fromkeys(addresses)
    elif len(pieces) == len(addresses):
        _take(draft, block, row, pieces, unit)
    else:
        _take_cuts(draft, block, row, tokens_of(segment))


def _pieces(segment: str) -> list[str]:
    """Cells as they stand, with their units and notes, where separators keep them apart."""
    text = re.split(r"(?<=[\d\s|])(?=[一-鿿])(?![件条项个宗次元万])", segment, maxsplit=1)[0]
    parts = [part.strip() for part in re.split(r"[\n|]+|\s{2,}|(?<=[\d元件项])\s+(?=[\d+\-])", text)]
    return [part for part in parts if part and not _NUMBERING.fullmatch(part)]


def _take(draft: BlockDraft, block: Block, row: str, pieces: Sequence[str], unit: str) -> None:
    for column, piece in zip(block.columns, pieces, strict=True):
        figure = read_figure(piece)
        draft.take(f"table2.{row}.{column.code}", column.kind, figure, unit)


def _take_cuts(draft: BlockDraft, block: Block, row: str, tokens: Sequence[str]) -> None:
    """Cells run together. No relation inside the report ties them, so only a single cut counts."""
    addresses = [f"table2.{row}.{column.code}" for column in block.columns]
    kinds = [column.kind for column in block.columns]
    whole = [token for token in tokens if re.fullmatch(r"[+\-]?\d+([+\-]\d+)*", token)]
    if "amount" in kinds or len(whole) != len(tokens):
        draft.doubt(addresses, f"{row_name(addresses[0])}的数字认不出属于哪一格，请对照原件填写。")
        return
    signed = frozenset(i for i, kind in enumerate(kinds) if kind == "signed")
    parts = [part for token in tokens for part in re.findall(r"[+\-]?\d+", token)]
    try:
        cuts = cutting.cut_tokens(parts, len(addresses), signed=signed)
    except cutting.TooMany:
        cuts = []
    if cuts:
        draft.settle_row(addresses, cuts, row_name(addresses[0]))
    else:
        draft.doubt(addresses, f"{row_name(addresses[0])}的数字认不出属于哪一格，请对照原件填写。")
