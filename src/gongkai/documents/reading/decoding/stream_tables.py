"""Tables 3 and 4 from running text."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise, zip_longest

from gongkai.documents.reading.decoding import cuts as cutting
from gongkai.documents.reading.decoding.cuts import Cut, TooMany
from gongkai.documents.reading.decoding.drafts import Draft
from gongkai.documents.reading.decoding.figures import read_figure
from gongkai.documents.reading.decoding.folding import core, skeleton
from gongkai.documents.reading.decoding.labels import number_prefixes, row_labels, split_ending
from gongkai.documents.reading.decoding.records import WIDTH
from gongkai.documents.reading.decoding.stream import Found, Stream, strip_number, tokens_of
from gongkai.documents.reading.decoding.table3 import ENOUGH_ROWS, SPLIT_ROWS, RowReading, settle
from gongkai.law.report.formats import ReportFormat, all_formats, load_format

PLAIN_NUMBER = re.compile(r"\d+")
HEADER = 400
"""Characters before the first row in which the header of the table stands."""
FIGURES_APART = 60
RIVALS = 3000
"""Cuts that do not add up are only weighed where there are fewer than this."""


def read_table3(stream: Stream) -> tuple[Draft, int, int] | None:
    """Table 3 and where it begins and ends in the text; ``None`` if it is not there."""
    found, report_format = _rows_found(stream)
    if len(found) < ENOUGH_ROWS:
        return None
    segments = _segments(stream, found)
    separated = _is_separated(segments)
    before = stream.text[: found[0].start]
    # With a subtotal among them, seven cells may be eight of which one was blank.
    subtotal = "小计" in skeleton(before[-HEADER:])
    readings = {
        row.code: RowReading(()) if subtotal else _row_reading(variants, separated)
        for row, variants in zip(found, segments, strict=True)
    }
    if separated and _total_stands_first(segments, before):
        readings = {code: _total_last(reading) for code, reading in readings.items()}
    if _stand_apart(stream.text[found[-1].end :], readings):
        readings = dict.fromkeys(readings, RowReading(()))
    for row, following in pairwise(found):
        if _misses_figures(stream.text[row.end : following.start], readings[row.code]):
            readings[row.code] = RowReading(())
    draft = settle(report_format, readings)
    if not draft.doubts and all(value is None for value in draft.cells.values()):
        return None
    return draft, found[0].start, found[-1].end


def _rows_found(stream: Stream) -> tuple[list[Found], ReportFormat]:
    """The chain of row labels in the form that fits best."""
    chains = {f.id: stream.chain(row_labels(f)) for f in all_formats()}
    split = {found.code for found in chains["fy2021"]} & set(SPLIT_ROWS)
    chosen = "fy2021" if split or split_ending() in stream.skeleton else "fy2019"
    return chains[chosen], load_format(chosen)


@cache
def _group_characters() -> frozenset[str]:
    groups = {group for f in all_formats() for row in f.table3_rows for group in row.groups}
    return frozenset("".join(skeleton(group) for group in groups))


def _segments(stream: Stream, found: Sequence[Found]) -> list[list[list[str]]]:
    """For each row label, the tokens after it: one or two variants (see ``strip_number``)."""
    result = []
    for index, row in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        segment = stream.text[row.end : following.start if following else None]
        tokens = tokens_of(segment, _group_characters() if following else frozenset())
        prefix = number_prefixes().get(following.code) if following else None
        result.append([tokens] if _numbered(segment) else strip_number(tokens, prefix))
    return result


def _numbered(segment: str) -> bool:
    """Whether the number before the next label is marked as one (and has been taken off)."""
    return re.search(r"\d[.．、,，)）]\s*$", segment) is not None


def _is_separated(segments: Sequence[list[list[str]]]) -> bool:
    """Whether the text keeps its cells apart: its rows then have several tokens, most of them seven."""
    counts = [len(variants[0]) for variants in segments if variants[0]]
    return sum(counts) >= 4 * len(counts)


def _total_last(reading: RowReading) -> RowReading:
    """The reading of a row printed with its total first, in the order of the form."""
    return RowReading(tuple((*cut[1:], cut[0]) for cut in reading.cuts))


def _misses_figures(segment: str, reading: RowReading) -> bool:
    """Whether a row reads as blank although figures stand further on before the next label."""
    blank = reading.cuts == ((None,) * WIDTH,)
    return blank and len(re.findall(r"\d+", segment)) >= 3


def _stand_apart(after: str, readings: Mapping[str, RowReading]) -> bool:
    """Whether most rows read as blank and their figures follow all the labels (a table on its side)."""
    blank = sum(reading.cuts == ((None,) * WIDTH,) for reading in readings.values())
    return (
        2 * blank > len(readings)
        and len(re.findall(r"\d+", after.partition(all_formats()[-1].table4_columns[0].label)[0]))
        >= FIGURES_APART
    )


def _total_stands_first(segments: Sequence[list[list[str]]], before: str) -> bool:
    """Whether the header names the total before natural persons and the rows do not say otherwise, or
    the header is lost and only then the rows add up."""
    head = skeleton(before[-HEADER:]).replace("合计", "总计")
    rows = [values for variants in segments if (values := _whole(variants)) and any(values)]
    last = sum(cutting.row_adds_up(tuple(row)) for row in rows)
    first = sum(cutting.row_adds_up((*row[1:], row[0])) for row in rows)
    columns = all_formats()[-1].table3_columns
    persons, total = head.rfind(columns[0].label), head.rfind(columns[-1].label)
    return first > last if -1 in {total, persons} else total < persons and first >= last


def _whole(variants: Sequence[Sequence[str]]) -> list[int | None] | None:
    """The values of a row that has all its seven cells."""
    tokens = next((tokens for tokens in variants if len(tokens) == WIDTH), None)
    return _values(tokens) if tokens else None


def _row_reading(variants: list[list[str]], separated: bool) -> RowReading:
    whole = [values for tokens in variants if len(tokens) == WIDTH and (values := _values(tokens))]
    adding = [tuple(values) for values in whole if cutting.row_adds_up(tuple(values))]
    if adding or (whole and len(variants) == 1):
        return RowReading(tuple(adding) or (tuple(whole[0]),))
    if whole:
        return RowReading((*(tuple(values) for values in whole), *_placed(variants[0]).cuts))
    if not any(variants[0]):
        return RowReading(((None,) * WIDTH,))
    return _placed(variants[0]) if separated else _cut(variants)


def _values(tokens: Sequence[str]) -> list[int | None] | None:
    """The whole numbers of cells kept apart; with mended glyphs among them only if they add up."""
    figures = [read_figure(token) for token in tokens]
    values = [figure.value for figure in figures if figure and not isinstance(figure.value, Decimal)]
    if len(values) < len(tokens):
        return None
    sure = all(figure is not None and figure.sure for figure in figures)
    return values if sure or (len(values) == WIDTH and cutting.row_adds_up(tuple(values))) else None


def _placed(tokens: Sequence[str]) -> RowReading:
    """Cells kept apart, some lost: every place the figures could have stood."""
    values = _values(tokens)
    if values is None or len(values) > WIDTH:
        return RowReading(())
    return RowReading(tuple(cutting.place(values, WIDTH)))


def _cut(variants: Sequence[Sequence[str]]) -> RowReading:
    """Cells run together: the cuts that add up. A row none of whose cuts does is not cut at all:
    a cell may be blank in it."""
    adding: list[Cut] = []
    everything: list[Cut] = []
    for tokens in variants:
        if all(PLAIN_NUMBER.fullmatch(token) for token in tokens):
            adding += _unless_too_many(cutting.block_cuts, tokens, 1, WIDTH)
            if cutting.ways(tokens, WIDTH) <= RIVALS:
                everything += cutting.cut_tokens(tokens, WIDTH)
    others = tuple(cut for cut in dict.fromkeys(everything) if cut not in adding)
    return RowReading(tuple(dict.fromkeys(adding)), others=others)


def _unless_too_many(cut: Callable[..., list[Cut]], *arguments: object) -> list[Cut]:
    try:
        return cut(*arguments)
    except TooMany:
        return []


def read_table4(stream: Stream, after: int, before: int | None) -> Draft | None:
    """Table 4 in the text between two positions; ``None`` if it is not there."""
    report_format = all_formats()[-1]
    columns = [(core(column.label), column.code) for column in report_format.table4_columns]
    addresses = list(report_format.addresses("table4"))
    start, end = stream.skeleton_index(after), before and stream.skeleton_index(before)
    stacked = stream.chain([label for _ in report_format.table4_blocks for label in columns], start, end)
    if len(stacked) < len(addresses):
        return None
    draft = Draft(report_format.id)
    between = [tokens_of(stream.text[a.end : b.start]) for a, b in zip_longest(stacked, stacked[1:]) if b] + [
        tokens_of(stream.text[stacked[-1].end : before])
    ]
    if all(len(tokens) == 1 for tokens in between):
        _take(draft, addresses, [tokens[0] for tokens in between])
        return draft
    return _block_runs(draft, addresses, between, len(columns))


def _block_runs(draft: Draft, addresses: list[str], between: list[list[str]], width: int) -> Draft:
    """Figures after each block's header, or all after the last header."""
    at_block_ends = [between[i] for i in range(width - 1, len(between), width)]
    if all(len(tokens) == width for tokens in at_block_ends):
        _take(draft, addresses, [token for tokens in at_block_ends for token in tokens])
    elif len(between[-1]) == len(addresses):
        _take(draft, addresses, between[-1])
    else:
        _take_cuts(draft, addresses, between[-1], width)
    return draft


def _take(draft: Draft, addresses: Sequence[str], tokens: Sequence[str]) -> None:
    values = _values(tokens)
    if values is None:
        draft.doubt(addresses, "表四有一格不是数字，请对照原件填写。")
    else:
        draft.cells |= dict(zip(addresses, values, strict=True))


def _take_cuts(draft: Draft, addresses: Sequence[str], tokens: Sequence[str], width: int) -> None:
    """Fifteen cells run together, or some lost."""
    numbers = all(PLAIN_NUMBER.fullmatch(token) for token in tokens)
    cuts = _unless_too_many(cutting.block_cuts, tokens, len(addresses) // width, width) if numbers else []
    if cuts:
        draft.settle_row(addresses, cuts, "表四")
    else:
        draft.doubt(addresses, "表四的数字认不出属于哪一格，请对照原件填写。")
