"""What the processing fee of a case comes to, and how it is reckoned (第四十二条)."""

from datetime import date

from gongkai.law.fees import Basis, fee, next_case_fee


def fee_due(basis: Basis, quantity: int, on: date) -> int:
    """Yuan. By case, what this one costs an applicant for whom it is number ``quantity`` in the month;
    by page, the pages of this application. Raises ``LawBreach``."""
    return next_case_fee(quantity - 1, on) if basis == "case" else fee(basis, quantity, on).amount


def fee_steps(basis: Basis, quantity: int, on: date) -> list[str]:
    """The reckoning, a line each, as the notice prints it. Raises ``LawBreach``."""
    found = fee(basis, quantity, on)
    if basis == "page" or not found.slices:
        return list(found.steps)
    rate = found.slices[-1].rate
    return [
        f"申请人在本自然月内累计提出申请{quantity}件，本件为第{quantity}件",
        f"第{found.slices[-1].first}件起每件{rate}元，本件应缴{fee_due(basis, quantity, on)}元",
    ]
