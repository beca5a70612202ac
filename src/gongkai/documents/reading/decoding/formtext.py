"""Telling the printed form from prose: a line of labels or figures is not what a section says."""

import re
from functools import cache

from gongkai.documents.reading.decoding.figures import read_figure
from gongkai.documents.reading.decoding.folding import core, skeleton, skeleton_with_positions
from gongkai.law.report.formats import all_formats

LONGEST = 60
SHORTEST = 4
"""Labels of fewer characters (规章, 其他) occur in prose too."""


def prose_of(text: str) -> str:
    """A line without what is the form's: empty for a label or a figure; up to its labels where a table
    without line ends follows the words."""
    key = core(text)
    if (not key and read_figure(text) is not None) or (len(key) <= LONGEST and _is_all_labels(key)):
        return ""
    if len(set(_long_labels().findall(skeleton(text)))) < 2:
        return text
    head = text[: _first_label(text)].rstrip(" （(一二三四五六七八九十、.．0123456789\n\t")
    return head if "。" in head else ""


def _is_all_labels(key: str) -> bool:
    """Whether nothing is left of a line's core once the labels are taken out."""
    for label in sorted(_labels(), key=len, reverse=True):
        key = key.replace(label, "")
    return not key


def _first_label(text: str) -> int:
    """Where the first long label of the form stands in a text that has one."""
    found, positions = skeleton_with_positions(text)
    match = _long_labels().search(found)
    return positions[match.start()] if match else len(text)


@cache
def _long_labels() -> re.Pattern[str]:
    labels = sorted((label for label in _labels() if len(label) >= SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, labels)))


@cache
def _labels() -> frozenset[str]:
    """The cores of every label of every form."""
    labels: set[str] = set()
    for form in all_formats():
        labels |= {form.corner_label, form.applicants_label, form.organizations_label}
        for block in form.table2:
            labels |= {block.title, block.row_header}
            labels |= {column.label for column in block.columns} | {row.label for row in block.rows}
        for row in (*form.table3_rows, *form.table4_blocks):
            labels |= {row.label, *row.groups}
        labels |= {column.label for column in (*form.table3_columns, *form.table4_columns)}
    return frozenset(core(label) for label in labels)
