"""Every way in which a case may be messy, by name, with the trap it stands for and where it applies.

Traps 1 to 15 are those seen in published reports; a knob with trap 0 is an invention: something offices
plausibly do that nobody listed.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass

HTML, DOCX, XLSX, MD = "html", "docx", "xlsx", "markdown"
TEXTS = ("lines", "tabs", "pipes", "aligned", "csv")
PDFS = ("pdf", "pdf_plain")
OFFICE = ("mhtml", "odt", "wordxml", "xmlss")
SEPARATED = (HTML, DOCX, XLSX, *OFFICE, MD, *TEXTS, *PDFS, "pdf_browser")
SHAPES = (*SEPARATED, "solid")
SLOW = frozenset({"pdf_browser"})
"""Shapes whose making takes seconds a case."""


@dataclass(frozen=True, slots=True)
class Knob:
    """``weight``: how often it is drawn beside others. ``rival``: knobs of one rival group never meet."""

    name: str
    trap: int
    shapes: tuple[str, ...] = SEPARATED
    rival: str = ""
    weight: float = 1.0


_ALL = SHAPES
_SPAN_SHAPES = (HTML, DOCX, XLSX, *OFFICE, "pdf_browser")
_TABLED = (*_SPAN_SHAPES, MD, "tabs", "pipes", "csv", "pdf")
_PAGES = (HTML, "mhtml", "pdf_browser")
_WORD = (DOCX, "wordxml")

KNOBS: dict[str, Knob] = {
    knob.name: knob
    for knob in (
        # words around the tables
        Knob("chinese_year", 9, _ALL, "title"),
        Knob("title_without_year", 9, _ALL, "title"),
        Knob("year_before_agency", 9, _ALL, "title"),
        Knob("title_on_two_lines", 9, _ALL, "title"),
        Knob("year_as_du", 9, _ALL, "title"),
        Knob("headings_altered", 9, _ALL),
        Knob("headings_arabic", 9, _ALL, "heading numbers"),
        Knob("headings_unnumbered", 9, _ALL, "heading numbers"),
        Knob("no_headings", 0, SEPARATED, "heading numbers", 0.5),
        Knob("breadcrumbs", 10, _ALL),
        Knob("cover_letter", 10, _ALL),
        Knob("metadata", 10),
        Knob("prose_between", 10, _ALL),
        Knob("prose_disagrees", 14, _ALL),
        Knob("template_instruction", 10, _ALL),
        Knob("summary_table", 0),
        Knob("second_report", 0, SEPARATED, "", 0.5),
        # labels
        Knob("lost_glyph", 11, _ALL),
        Knob("typo", 11, _ALL),
        Knob("traditional", 11, _ALL, "script"),
        Knob("pinyin", 11, SEPARATED, "script"),
        Knob("kangxi", 6, _ALL, "script"),
        Knob("letterspaced", 2, (*_SPAN_SHAPES, "lines", "pdf", "solid")),
        Knob("half_width", 9, _ALL),
        Knob("renumbered", 9, _ALL, "numbers"),
        Knob("unnumbered", 0, SEPARATED, "numbers"),
        Knob("remark_stripped", 9, _ALL),
        Knob("synonyms", 8),
        # figures
        Knob("thousands", 0, rival="digits"),
        Knob("full_width_digits", 0, rival="digits"),
        Knob("unit_in_cell", 7, rival="digits"),
        Knob("decimal_zero", 0, rival="digits"),
        Knob("note_marks", 0, rival="digits"),
        Knob("wordy_notes", 7, rival="digits"),
        Knob("letters_for_digits", 0, rival="digits"),
        Knob("spread_digits", 0, (*_SPAN_SHAPES, MD, "csv", "lines"), "digits", 0.5),
        Knob("padded", 13, rival="digits"),
        Knob("word_artefact", 7, (*_SPAN_SHAPES, MD, "lines", "tabs", "pipes", "csv"), "digits"),
        Knob("worded_changes", 7),
        Knob("quoted_text", 0, (XLSX, "csv", "tabs"), "digits"),
        Knob("zero_words", 0),
        Knob("soft_zeros", 0),
        Knob("amount_with_unit", 7, _ALL, "amount"),
        Knob("amount_unit_in_header", 7, _ALL, "amount"),
        Knob("cells_dropped", 5),
        # the tables' layout
        Knob("block_tables", 0),
        Knob("no_block_titles", 0),
        Knob("label_and_figure_in_one_cell", 0),
        Knob("uneven_colspans", 13, _SPAN_SHAPES),
        Knob("sub_rows", 8),
        Knob("last_year_column", 0),
        Knob("total_first", 0, rival="columns"),
        Knob("organizations_subtotal", 0, rival="columns"),
        Knob("share_column", 0, rival="columns"),
        Knob("serial_column", 0, _TABLED),
        Knob("group_subtotals", 0, rival="groups"),
        Knob("repeated_groups", 4, _ALL, "groups"),
        Knob("no_rowspans", 13, rival="groups"),
        Knob("flat_header", 0, rival="header"),
        Knob("empty_header_cells", 13, rival="header"),
        Knob("no_headers", 0, rival="columns"),
        Knob("transposed", 0, (HTML, DOCX, XLSX, *OFFICE, MD, "csv"), "columns"),
        Knob("group_tables", 8, rival="columns"),
        Knob("rows_swapped", 0),
        Knob("table4_stacked", 0, rival="table4"),
        Knob("table4_rows", 0, rival="table4"),
        Knob("table4_three", 8, rival="table4"),
        # what happens to finished tables
        Knob("split_table3", 4, _ALL, "break"),
        Knob("page_row", 4, rival="break"),
        Knob("header_repeated", 4, rival="break"),
        Knob("unit_row", 0),
        Knob("note_row", 0),
        Knob("empty_rows", 5, _TABLED),
        Knob("one_grid", 10, _SPAN_SHAPES, "order"),
        Knob("printed_twice", 0, rival="order", weight=0.5),
        Knob("tables_at_end", 0, rival="order"),
        Knob("tables_reversed", 0, rival="order"),
        # HTML
        Knob("word_junk", 13, _PAGES, "junk"),
        Knob("cms_junk", 13, _PAGES, "junk"),
        Knob("span_per_character", 13, _PAGES, "cell"),
        Knob("paragraphs_per_cell", 13, _PAGES, "cell"),
        Knob("layout_table", 10, _PAGES, "outer"),
        Knob("layout_columns", 10, _PAGES, "outer"),
        Knob("legacy_charset", 11, (HTML, *TEXTS, "solid"), "charset"),
        Knob("lying_charset", 11, (HTML, "mhtml"), "charset"),
        Knob("utf16", 11, (HTML, *TEXTS, "solid"), "charset"),
        Knob("hidden_copy", 0, (HTML, "mhtml", XLSX)),
        Knob("comment_copy", 10, (HTML, "mhtml")),
        Knob("div_tables", 0, _PAGES, "outer"),
        Knob("sloppy_tags", 13, _PAGES),
        # Word
        Knob("nested_table", 10, _WORD),
        Knob("split_runs", 13, _WORD),
        Knob("tracked_changes", 0, _WORD),
        Knob("content_controls", 0, _WORD),
        Knob("formula_fields", 0, (DOCX, "wordxml", XLSX)),
        Knob("hidden_runs", 0, _WORD),
        # spreadsheets
        Knob("sheet_per_table", 0, (XLSX,)),
        Knob("offset_sheet", 0, (XLSX,)),
        Knob("numbers_as_text", 0, (XLSX,)),
        # Markdown and text
        Knob("html_in_markdown", 0, (MD,)),
        Knob("bold_figures", 0, (MD,)),
        Knob("ragged_pipes", 2, (MD, "pipes")),
        Knob("lone_pipes", 2, ("lines",), "lines"),
        Knob("no_blank_lines", 2, ("lines",), "lines"),
        Knob("blanks_dropped", 2, ("lines", "tabs")),
        Knob("partly_spaced", 1, ("solid",)),
        # PDF
        Knob("narrow_labels", 3, PDFS),
        Knob("vertical_group", 3, PDFS),
        Knob("short_pages", 4, PDFS),
        Knob("watermark", 0, PDFS),
        Knob("landscape", 0, PDFS),
    )
}

_CLASHES = (
    {"no_headers", "last_year_column"},
    {"no_headers", "table4_three"},
    {"no_headers", "no_headings"},
    {"transposed", "cells_dropped"},
    {"transposed", "unnumbered"},
    {"no_block_titles", "block_tables"},
    {"no_rowspans", "uneven_colspans"},
    {"blanks_dropped", "unit_row"},
    {"unnumbered", "group_tables"},
    {"spread_digits", "label_and_figure_in_one_cell"},
    {"group_subtotals", "no_rowspans"},
    {"serial_column", "cells_dropped"},
    {"second_report", "printed_twice"},
    {"div_tables", "hidden_copy"},
)


def draw_knobs(rng: random.Random, shape: str, *, seen_only: bool = False) -> frozenset[str]:
    """Up to six knobs that apply to a shape and may meet; every tenth case has none. ``seen_only`` leaves
    the inventions out: what remains has been seen in published reports."""
    wanted = 0 if rng.random() < 0.1 else rng.randint(1, 6)
    pool = [knob for knob in KNOBS.values() if shape in knob.shapes and (knob.trap or not seen_only)]
    chosen: list[Knob] = []
    while pool and len(chosen) < wanted:
        knob = rng.choices(pool, [k.weight for k in pool])[0]
        pool.remove(knob)
        if fits(knob, chosen):
            chosen.append(knob)
    return frozenset(knob.name for knob in chosen)


def fits(knob: Knob, chosen: Iterable[Knob]) -> bool:
    """Whether a knob may be turned beside those already turned."""
    return not any(
        (knob.rival and knob.rival == other.rival)
        or any({knob.name, other.name} <= clash for clash in _CLASHES)
        for other in chosen
    )
