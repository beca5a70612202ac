"""What an office tells screening: its own numbers and domains, whose data a file may not hold."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PrivatePerson:
    """The private fields of a case (an applicant, a third party) that what is published may not repeat."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """One person of a published list, as far as it shows the citizen's number.

    ``number`` is 18 characters, ``*`` where hidden; ``birth`` is ``YYYYMMDD``, with ``*`` where not given;
    ``source`` names the list as a reader would.
    """

    name: str
    number: str
    birth: str = "********"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Handed in, never looked up.

    ``phones`` are the office's published numbers and ``domains`` its own, neither a finding; ``on`` is the
    day on which a notice counts as expired and a child as under 14; ``off`` are kinds not looked for;
    ``private`` are people of a case; ``published`` are masked people of lists that are out already;
    ``extra`` are the office's own words, each with what to do about it; ``keep_first`` and ``keep_last``
    are the digits of a citizen's number that masking leaves.
    """

    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    on: date | None = None
    off: frozenset[str] = frozenset()
    private: tuple[PrivatePerson, ...] = ()
    published: tuple[MaskedPerson, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    keep_first: int = 3
    keep_last: int = 2

    def __post_init__(self) -> None:
        if not (0 <= self.keep_first <= 6 and 0 <= self.keep_last <= 4):
            raise ValueError("masking leaves at most the first 6 and the last 4 digits")
        object.__setattr__(self, "phones", frozenset(map(_digits, self.phones)))

    def allows(self, phone: str) -> bool:
        """Whether a phone number, in digits, is one the office publishes itself."""
        return phone in self.phones


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


def rules_to_json(rules: Rules) -> dict[str, Any]:
    """For the child process."""
    plain = {field.name: getattr(rules, field.name) for field in fields(rules)}
    return plain | {
        "phones": sorted(rules.phones),
        "domains": sorted(rules.domains),
        "off": sorted(rules.off),
        "on": rules.on.isoformat() if rules.on else None,
        "private": [asdict(person) for person in rules.private],
        "published": [asdict(person) for person in rules.published],
    }


def rules_from_json(value: Mapping[str, Any]) -> Rules:
    return Rules(
        phones=frozenset(value["phones"]),
        domains=frozenset(value["domains"]),
        on=date.fromisoformat(value["on"]) if value["on"] else None,
        off=frozenset(value["off"]),
        private=tuple(PrivatePerson(**person) for person in value["private"]),
        published=tuple(MaskedPerson(**person) for person in value["published"]),
        extra=tuple((word, advice) for word, advice in value["extra"]),
        keep_first=value["keep_first"],
        keep_last=value["keep_last"],
    )
