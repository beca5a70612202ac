"""What is entered into the library and the registers, typed or read from a file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.publishing.models import Item, Matter


@dataclass(frozen=True, slots=True)
class EnteredDocument:
    """What the library says of a document."""

    kind: str
    title: str
    issued_on: date
    document_number: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    disclosed_on: date | None = None


@dataclass(frozen=True, slots=True)
class EnteredMatter:
    """A matter of a list. ``until_on`` is the first day on which it is no longer there."""

    kind: str
    title: str
    from_on: date
    until_on: date | None = None
    basis: str = ""
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class EnteredDecision:
    """One decision, fee receipt or procurement project; ``party`` masked where it is a person; ``amount`` in
    yuan."""

    kind: str
    title: str
    decided_on: date
    number: str = ""
    party: str = ""
    amount: Decimal | None = None
    matter: Matter | None = None
    item: Item | None = None
    source: str = ""
    revoked_on: date | None = None
    revoked_reason: str = ""


def masked_party(name: str, *, is_person: bool) -> str:
    """甄示范 → 甄**: of a person a register keeps the family name; an organization is named in full."""
    name = name.strip()
    return f"{name[:1]}{'*' * max(1, min(len(name) - 1, 3))}" if is_person and name else name[:120]
