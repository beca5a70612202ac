"""A new workbook of the visible cells of one whose format cannot be written."""

import io
from collections.abc import Mapping

import xlsxwriter

from gongkai.documents.contents.grids import column_number
from gongkai.documents.contents.holding import Contents

_SHEET = "工作表"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_LONGEST = 31


def workbook_copy(contents: Contents, changes: Mapping[str, str]) -> tuple[bytes, set[str]]:
    """An .xlsx of the visible cells, all of them text, with some changed; and the places found."""
    out, done = io.BytesIO(), set[str]()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    for number, table in enumerate(contents.tables, 1):
        cells = [cell for row in table.rows for cell in row]
        done |= {cell.place for cell in cells if cell.place in changes}
        shown = [cell for cell in cells if not cell.hidden and cell.text]
        if not shown:
            continue
        name = table.place.removeprefix(_SHEET).strip("“”").translate(_FORBIDDEN)
        taken = {sheet.get_name().lower() for sheet in book.worksheets()}
        name = name[:_LONGEST] if name[:_LONGEST].lower() not in taken and name else f"Sheet{number}"
        sheet = book.add_worksheet(name)
        for cell in shown:
            row, column = _position(cell.place.removeprefix(table.place))
            sheet.write_string(row, column, changes.get(cell.place, cell.text)[:32_767])
    done |= {each.place for each in contents.passages if each.place in changes and each.hidden}
    book.close()
    return out.getvalue(), done


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, column_number(letters)
