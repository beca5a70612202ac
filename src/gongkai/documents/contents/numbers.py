"""Numbers as a spreadsheet holds them: every digit there is, and no digit there is not."""

from decimal import Decimal, InvalidOperation

_EXACT = 2**53


def written_number(value: str) -> str:
    """A stored number: its digits where it is written in digits or small enough to be exact, 15 digits of a
    fraction, else as it is written (``1.10101199003074E+17``)."""
    text = value.strip()
    digits = text.removeprefix("-")
    if digits.isdecimal() and digits.isascii():
        return text
    try:
        number = Decimal(text) if len(text) < 64 else Decimal("NaN")
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if number == number.to_integral_value() and abs(number) <= _EXACT:
        return f"{number:.0f}" if number else "0"
    if "e" not in text.lower() and digits.replace(".", "").isdecimal():
        whole, _, fraction = text.partition(".")
        if not fraction.strip("0"):
            return whole
    if abs(number.adjusted()) > 15:
        return text
    return _rounded(number)


def float_number(value: float) -> str:
    """As :func:`written_number`, of a number as the machine holds it."""
    return written_number(repr(value).upper())


def _rounded(number: Decimal) -> str:
    """Fifteen digits, which is what a spreadsheet shows of the seventeen it stores."""
    text = f"{Decimal(f'{number:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
