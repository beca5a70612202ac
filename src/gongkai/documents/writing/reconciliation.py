"""The workbook of a rollup: the summed tables, their proof member by member, and who is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from gongkai.documents.writing.document import document
from gongkai.documents.writing.xlsx import LINE_HEIGHT, Book, write_prose, write_tables
from gongkai.law.report.filled import Value
from gongkai.law.report.rollup import Contribution, Rollup
from gongkai.law.report.wording import cell_name

_PROOF_SHEET, _MEMBERS_SHEET = "对账", "成员情况"
_SUMS = ("各成员之和", "汇总表", "差")
_LABEL_WIDTH = 60  # characters, of which a Chinese one takes two
_NAMED = 8  # cells named in a sentence before 等


def workbook(rollup: Rollup, unreadable: Mapping[str, str] | None = None) -> bytes:
    """A .xlsx file: title and headings; the three tables; 对账, where the sum of the members is worked
    out by the spreadsheet itself and laid beside the figure of the table; 成员情况, a sentence for
    every member that is missing, stands apart or left something blank. ``unreadable``: file → the sentence
    why it could not be read."""
    printed = document(rollup.report)
    book = Book(printed)
    write_prose(book, printed)
    write_tables(book, printed)
    _write_proof(book, rollup)
    _write_members(book, [*_unread(unreadable or {}), *_remarks(rollup)])
    return book.close()


def _write_proof(book: Book, rollup: Rollup) -> None:
    """A row for every row of the form, a column for every member, then sum, table and difference."""
    members = tuple(rollup.members.summed)
    sheet = book.sheet(_PROOF_SHEET, landscape=True)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, len(members) + len(_SUMS), 14)
    sheet.set_row(0, 3 * LINE_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for column, label in enumerate(("单元格", *members, *_SUMS)):
        sheet.write_string(0, column, label, book.styles["label"])
    for row, address in enumerate(_proved(rollup.contributions), start=1):
        name = cell_name(address)
        sheet.set_row(row, LINE_HEIGHT * (1 + 2 * len(name) // _LABEL_WIDTH))
        sheet.write_string(row, 0, name, book.styles["item"])
        _write_row(book, sheet, row, rollup.contributions[address], rollup.report[address])


def _proved(addresses: Iterable[str]) -> list[str]:
    """Every figure of table 2, and the total of every row of tables 3 and 4."""
    return [a for a in addresses if a.startswith("table2.") or a.endswith(".total")]


def _write_row(book: Book, sheet: Any, row: int, given: Sequence[Contribution], total: Value) -> None:
    for column, part in enumerate(given, start=1):
        _write_value(book, sheet, row, column, "存疑" if part.doubt else part.value)
    at = len(given) + 1
    summed = sum(float(part.value or 0) for part in given)
    style = book.styles["count"]
    sheet.write_formula(row, at, f"=SUM({xl_range(row, 1, row, at - 1)})", style, summed)
    _write_value(book, sheet, row, at + 1, total)
    cells = xl_rowcol_to_cell(row, at), xl_rowcol_to_cell(row, at + 1)
    difference = "" if total is None else round(summed - float(total), 6)
    formula = f'=IF({cells[1]}="","",ROUND({cells[0]}-{cells[1]},6))'
    sheet.write_formula(row, at + 2, formula, style, difference)


def _write_value(book: Book, sheet: Any, row: int, column: int, value: Value | str) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, book.styles["words"])
    elif value is None:
        sheet.write_blank(row, column, None, book.styles["count"])
    else:
        sheet.write_number(row, column, float(value), book.styles["count"])


def _write_members(book: Book, remarks: Iterable[tuple[str, str]]) -> None:
    sheet = book.sheet(_MEMBERS_SHEET)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 70)
    lines = [("成员", "情况"), *remarks]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, book.styles["item" if row else "label"])


def _unread(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, sentence in files.items():
        yield name, f"这个文件读不出来，没有计入：{sentence}"


def _remarks(rollup: Rollup) -> Iterator[tuple[str, str]]:
    """Member and sentence: what stands, and what became of it in the sum."""
    members = rollup.members
    for name in members.missing:
        yield name, "没有交报告，汇总数里没有它。"
    for name, year in members.other_years.items():
        yield name, f"交的是{year}年度的报告，不是{members.year}年度的，没有计入。"
    for name in members.repeated:
        yield name, "交了不止一份报告，只计入第一份。"
    for name in members.unexpected:
        yield name, "不在应报名单里，已经计入；请核对名单。"
    for name, tables in rollup.other_formats.items():
        yield name, f"{'、'.join(tables)}用的是另一种格式：对得上的格子已经计入，对不上的没有。"
    for name, cells in rollup.blanks.items():
        yield name, f"有{len(cells)}个格没有数，汇总时没有计入：{_named(cells)}。"
    for doubt in rollup.report.doubts:
        yield "（汇总）", f"{doubt.message.rstrip('。')}：{_named(doubt.cells)}。"


def _named(cells: Sequence[str]) -> str:
    return "、".join(map(cell_name, cells[:_NAMED])) + ("等" if len(cells) > _NAMED else "")
