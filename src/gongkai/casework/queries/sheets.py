"""A list of cases as a table for a file: what the list shows, without anybody's identity."""

from collections.abc import Iterable
from datetime import date

from gongkai.casework.exporting import Sheet
from gongkai.casework.models import Application
from gongkai.casework.queries.lists import clock_label, result_label
from gongkai.pieces.spreadsheets import Cell

_HEAD = (
    "登记编号", "机关", "事项", "申请人类别", "申请人", "摘要", "所需信息的文号", "接收渠道", "到达日期",
    "收到之日", "状态", "答复期限", "期限是否推算", "是否逾期", "办结日期", "办理结果", "承办科室", "承办人",
)  # fmt: skip


def register_sheet(cases: Iterable[Application], on: date) -> Sheet:
    """One row for each case."""
    return Sheet("申请清单", _HEAD, tuple(_row(case, on) for case in cases))


def _row(case: Application, on: date) -> tuple[Cell, ...]:
    return (
        case.number,
        case.agency.name,
        case.get_matter_display(),
        case.get_applicant_kind_display(),
        case.applicant.masked_name,
        case.title,
        case.document_number,
        case.get_channel_display(),
        case.arrived_on,
        case.received_on,
        clock_label(case),
        case.due_on,
        "推算" if case.estimated else "",
        "逾期" if is_late(case, on) else "",
        case.closed_on,
        result_label(case),
        case.section.name if case.section else "",
        case.officer.full_name if case.officer else "",
    )


def is_late(case: Application, on: date) -> bool:
    """Answered after the due day, or not answered and the due day is over."""
    return case.due_on is not None and (case.closed_on or on) > case.due_on
