"""The ledger of processing fees (信息处理费): what was paid in a year."""

from decimal import Decimal

from gongkai.agencies.models import Agency
from gongkai.casework.models import CaseEvent

Kind = CaseEvent.Kind


def fees_paid(agency: Agency, year: int) -> Decimal:
    """Yuan paid to an agency in a year: for each payment, what the notice before it asked."""
    kinds = (Kind.FEE_NOTICED, Kind.FEE_PAID)
    events = CaseEvent.objects.filter(case__agency=agency, kind__in=kinds, struck_by=None)
    asked: dict[int, Decimal] = {}
    paid = Decimal(0)
    for case_id, kind, on, details in events.order_by("case_id", "on", "position").values_list(
        "case_id", "kind", "on", "details"
    ):
        if kind == Kind.FEE_NOTICED:
            asked[case_id] = Decimal(str(details.get("amount", 0)))
        elif on.year == year:
            paid += asked.get(case_id, Decimal(0))
    return paid
