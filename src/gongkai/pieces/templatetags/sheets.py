"""The cells of a statutory sheet. A sheet has hundreds of them, so they are built here at once."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.law.report.layout import LaidCell
from gongkai.law.report.wording import cell_name
from gongkai.pieces.sheets import DrawnCell, DrawnRow, Mark, typed_text

register = template.Library()
register.filter("cell_name", cell_name)

_NOTHING: SafeString = SafeString("")
_CASES_BEHIND = '<span class="hidden">件，看{}的案件</span>'
_KEYBOARDS = {"count": "numeric", "amount": "decimal", "signed": "text"}


@register.simple_tag
def cells(row: DrawnRow, editable: bool = False) -> SafeString:
    """All cells of a row: labels as headers with their scope, figures as text or as inputs."""
    return format_html_join("", "{}", ((_cell(cell, bool(editable)),) for cell in row.cells))


def _cell(cell: DrawnCell, editable: bool) -> SafeString:
    if cell.address:
        return _input_cell(cell) if editable else _figure_cell(cell)
    spans, text = _spans(cell.laid), cell.text
    if cell.laid.scope:
        pattern = '<th scope="{}"{} class="depth-{}"><span>{}</span></th>'
        return format_html(pattern, cell.laid.scope, spans, cell.laid.column, text)
    return format_html('<td class="corner"{}>{}</td>', spans, text)


def _spans(laid: LaidCell) -> SafeString:
    spans = (("rowspan", laid.rowspan), ("colspan", laid.colspan))
    return format_html_join("", ' {}="{}"', (span for span in spans if span[1] > 1))


def _figure_cell(cell: DrawnCell) -> SafeString:
    """A figure to read; findings, and links to it, can put the focus here."""
    empty = format_html('<span class="hidden">{}</span>', "存疑" if cell.doubtful else "空白")
    return format_html(
        '<td class="{}" id="{}"{} tabindex="-1">{}{}{}</td>',
        cell.classes,
        cell.address,
        _spans(cell.laid),
        empty if cell.is_blank else _figure(cell),
        _adjusted(cell),
        _marks(cell.marks, in_form=False),
    )


def _figure(cell: DrawnCell) -> SafeString | str:
    """The figure; where cases stand behind it, a link to them."""
    if cell.backing is None or not (cell.backing.count or cell.backing.reason_id):
        return cell.text
    pattern = '<span class="hidden">，看{}的记录</span>' if _is_of_registers(cell) else _CASES_BEHIND
    behind = format_html(pattern, cell.name)
    return format_html('<a class="behind" href="{}">{}{}</a>', cell.backing.href, cell.text, behind)


def _is_of_registers(cell: DrawnCell) -> bool:
    """Table 2 counts documents, matters, decisions and money; the others count cases."""
    return (cell.address or "").startswith("table2.")


def _counted(cell: DrawnCell) -> str:
    """The count of the registers as one types it."""
    assert cell.backing is not None and cell.address is not None
    return typed_text(cell.address, cell.backing.count)


def _adjusted(cell: DrawnCell) -> SafeString:
    """That the figure is not the register's, as a link to the reason."""
    if cell.backing is None or not cell.backing.reason_id:
        return _NOTHING
    pattern = '<a class="adjusted-mark" href="#{}"><span class="hidden">调整过，</span>台账{}</a>'
    return format_html(pattern, cell.backing.reason_id, _counted(cell))


def _register_count(cell: DrawnCell) -> SafeString:
    """Beside an input, the way to the cases; below it the count of the register, where the figure is
    another one. Tab passes both by."""
    if cell.backing is None or (not cell.backing.count and cell.text in {"", "0"}):
        return _NOTHING
    agrees = cell.text == _counted(cell)
    return format_html(
        '<a class="behind{}" href="{}" tabindex="-1">{}<span class="hidden">{}的{}</span></a>',
        "" if agrees else " differs",
        cell.backing.href,
        "看" if agrees else f"台账{_counted(cell)}",
        cell.name,
        "记录" if _is_of_registers(cell) else "案件",
    )


def _input_cell(cell: DrawnCell) -> SafeString:
    """A figure to type, described by what the lists of errors and findings say about it."""
    return format_html(
        '<td class="{}" id="{}"{}><input name="{}" value="{}" inputmode="{}" size="3" autocomplete="off"'
        ' aria-label="{}" data-column="{}"{}>{}{}{}{}</td>',
        cell.classes,
        cell.address,
        _spans(cell.laid),
        cell.address,
        cell.text,
        _KEYBOARDS[cell.kind],
        cell.name,
        cell.laid.column,
        _described(cell),
        format_html('<span class="unit">{}</span>', cell.unit) if cell.unit else _NOTHING,
        SafeString('<span class="cell-error" aria-hidden="true">请改</span>') if cell.error else _NOTHING,
        _register_count(cell),
        _marks(cell.marks, in_form=True),
    )


def _described(cell: DrawnCell) -> SafeString:
    invalid = SafeString(' aria-invalid="true"') if cell.error else _NOTHING
    if not cell.described_by:
        return invalid
    return format_html(' aria-describedby="{}"{}', cell.described_by, invalid)


def _marks(marks: tuple[Mark, ...], *, in_form: bool) -> SafeString:
    """The numbers of the findings that point at the cell, each a link to its finding. In a form
    they are skipped by Tab, which goes from cell to cell."""
    if not marks:
        return _NOTHING
    tab = SafeString(' tabindex="-1"') if in_form else _NOTHING
    badges = ((_NOTHING if in_form else _difference(mark), _badge(mark, tab)) for mark in marks)
    return format_html('<span class="marks">{}</span>', format_html_join("", "{}{}", badges))


def _difference(mark: Mark) -> SafeString:
    if not mark.difference:
        return _NOTHING
    return format_html('<span class="difference">{}</span>', mark.difference)


def _badge(mark: Mark, tab: SafeString) -> SafeString:
    hidden = '<span class="hidden">{}</span>'
    before, after = format_html(hidden, f"{mark.severity_label}第"), format_html(hidden, "条")
    pattern = '<a class="mark {}" href="#{}"{}>{}{}{}</a>'
    return format_html(pattern, mark.finding.severity, mark.anchor, tab, before, mark.number, after)
