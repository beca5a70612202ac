"""Money as the registers print it."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """10,823,600.00元; empty for none."""
    return "" if amount is None else f"{amount:,.2f}元"
