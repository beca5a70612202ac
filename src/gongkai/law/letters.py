"""The catalogue of the office's documents (文书): what each is called, rests on, asks for and does.

Thirty-one numbered documents run from the application form to the sheet that turns an answer into a
publication; the sixth and the thirtieth are two papers each. Their wording is written one floor up; here
is what a form has to ask before one can be worded, and which document a decision is served by.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.law.rulebook import read_table

FieldKind = Literal["text", "lines", "date", "number", "choice", "money"]
Effect = Literal["signed", "served", "none"]
Addressee = Literal["applicant", "third_party", "agency", "internal"]

_LISTS = {
    "applicant_kind": tuple((kind.value, kind.label) for kind in ApplicantKind),
    "channel": tuple((channel.value, channel.label) for channel in Channel),
}


@dataclass(frozen=True, slots=True)
class LetterField:
    """One thing a document asks for.

    ``choices`` are (code, label). ``when`` limits the field to some decisions (their codes) or to
    some choices made before (``result=forwarded``); empty: always asked.
    """

    code: str
    label: str
    hint: str
    kind: FieldKind
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    when: tuple[str, ...] = ()

    def applies(self, decision: str, chosen: Mapping[str, object]) -> bool:
        """Whether the field is asked for a decision and the values given so far."""
        met = {decision, *(f"{code}={value}" for code, value in chosen.items())}
        return not self.when or not met.isdisjoint(self.when)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of document.

    ``number`` is its place in the list of documents, ``title`` its name in that list,
    ``printed_title`` what stands at its head. ``series`` names the sequence its 文号 is taken from,
    empty for forms and internal sheets, which have none. ``needs`` are the facts of the case it
    states, ``decisions`` the codes of the decisions it serves.
    """

    code: str
    number: int
    title: str
    printed_title: str
    article: str
    series: str
    takes_effect: Effect
    addressee: Addressee
    remedy: bool
    needs: tuple[str, ...]
    decisions: tuple[str, ...]
    fields: tuple[LetterField, ...]

    def field(self, code: str) -> LetterField:
        """Raises ``KeyError``."""
        return {field.code: field for field in self.fields}[code]


@lru_cache
def letter_kinds() -> tuple[LetterKind, ...]:
    """Every kind, in the order of the list."""
    return tuple(_kind(entry) for entry in read_table("letters.toml")["letters"])


def letter_kind(code: str) -> LetterKind:
    """A kind by its code. Raises ``KeyError``."""
    return _by_code()[code]


def letter_for_decision(decision_code: str) -> str:
    """The code of the document that serves a decision. Raises ``KeyError`` for an unknown one."""
    return _by_decision()[decision_code]


def fact_label(code: str) -> str:
    """What a fact of the case is called on screen. Raises ``KeyError``."""
    label: str = read_table("letters.toml")["facts"][code]
    return label


@lru_cache
def _by_code() -> Mapping[str, LetterKind]:
    return {kind.code: kind for kind in letter_kinds()}


@lru_cache
def _by_decision() -> Mapping[str, str]:
    return {decision: kind.code for kind in letter_kinds() for decision in kind.decisions}


def _kind(entry: dict[str, Any]) -> LetterKind:
    given = {"printed_title": entry["title"], "series": "", "remedy": False, "decisions": ()} | entry
    return LetterKind(
        **given
        | {
            "needs": tuple(_needs(given)),
            "decisions": tuple(given["decisions"]),
            "fields": tuple(_field(field) for field in entry["fields"]),
        }
    )


def _needs(entry: dict[str, Any]) -> Iterator[str]:
    yield from entry.get("needs") or read_table("letters.toml")["needs"][entry["addressee"]]
    if len(entry["decisions"]) > 1:
        yield "decision"
    if entry["remedy"]:
        yield from ("review_body", "court")


def _field(entry: dict[str, Any]) -> LetterField:
    choices = entry.get("choices", ())
    return LetterField(
        code=entry["code"],
        label=entry["label"],
        hint=entry.get("hint", ""),
        kind=entry.get("kind", "text"),
        required=entry.get("required", True),
        choices=_LISTS[choices] if isinstance(choices, str) else tuple((c, label) for c, label in choices),
        when=tuple(entry.get("when", ())),
    )
