"""What the detectors say of a labelled file, held against its labels."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from gongkai.documents.contents import read_contents
from gongkai.screening.rules import Rules
from gongkai.screening.searching import hits_in
from gongkai.screening.stretch import Hit
from tests.screening.trial.drafts import LISTS, VALUES, Truth
from tests.screening.trial.labelled import Labelled

ON = date(2026, 3, 1)
EXAMPLES = 3
MARKS = {  # label: least recall, least precision
    "id_number": (0.999, 0.98),
    "mobile": (0.995, 0.95),
    "bank_card": (0.99, 0.95),
    "address": (0.97, 0.85),
    "minor": (0.97, 0.85),
}


@dataclass(slots=True)
class Tally:
    """Counts by label (found and missed) and by kind (right and false), with examples of what went wrong."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    files: int = 0
    leaky: int = 0
    flagged_clean: int = 0
    pictures: int = 0
    pictures_passed: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        for counter in ("found", "missed", "right", "false", "errors"):
            getattr(self, counter).update(getattr(other, counter))
        for error, examples in other.examples.items():
            self.examples[error] = [*self.examples.get(error, []), *examples][:EXAMPLES]
        for number in ("files", "leaky", "flagged_clean", "pictures", "pictures_passed"):
            setattr(self, number, getattr(self, number) + getattr(other, number))

    def wrong(self, one: Labelled, what: str, datum: str = "") -> None:
        error = f"{what} in {one.family} {one.shape}"
        self.errors[error] += 1
        if len(examples := self.examples.setdefault(error, [])) < EXAMPLES:
            examples.append(f"{one.number} {datum}")

    def recall(self, label: str) -> float:
        return self.found[label] / (self.found[label] + self.missed[label] or 1)

    def precision(self, label: str) -> float:
        kind = f"personal.{label}"
        return self.right[kind] / (self.right[kind] + self.false[kind] or 1)


def judge(one: Labelled) -> Tally:
    contents = read_contents(one.data, one.name)
    tally = Tally(
        files=1,
        leaky=bool(one.truths),
        pictures=one.is_picture,
        pictures_passed=one.is_picture and contents.is_scannable,
    )
    texts = {unit.place: unit.text for unit in contents.places}
    hits = [(hit, _covered(hit, texts)) for hit in hits_in(contents, one.name, Rules(on=ON))]
    _values(one, hits, tally)
    _documents(one, {hit.kind for hit, _ in hits}, tally)
    if not one.truths and any(hit.kind not in one.allowed for hit, _ in hits):
        tally.flagged_clean += 1
    return tally


def _values(one: Labelled, hits: list[tuple[Hit, str]], tally: Tally) -> None:
    truths = {truth: folded(truth.value) for truth in one.truths if truth.label in VALUES}
    by_kind: dict[str, list[str]] = {}
    for hit, covered in hits:
        by_kind.setdefault(hit.kind, []).append(covered)
    for truth, value in truths.items():
        is_found = any(_matches(truth, value, covered) for covered in by_kind.get(truth.kind, ()))
        (tally.found if is_found else tally.missed)[truth.label] += 1
        if not is_found:
            tally.wrong(one, f"missed {truth.label}", truth.value)
    for kind in {f"personal.{label}" for label in VALUES} & by_kind.keys() - one.allowed:
        own = [(truth, value) for truth, value in truths.items() if truth.kind == kind]
        for covered in by_kind[kind]:
            is_right = any(_matches(truth, value, covered) for truth, value in own)
            (tally.right if is_right else tally.false)[kind] += 1
            if not is_right:
                tally.wrong(one, f"false {kind}", covered)


def _documents(one: Labelled, kinds: set[str], tally: Tally) -> None:
    labels = {truth.label for truth in one.truths}
    judged = {f"personal.{label}" for label in VALUES} | one.allowed
    for label in LISTS:
        is_found = f"personal.{label}" in kinds
        if label in labels:
            (tally.found if is_found else tally.missed)[label] += 1
            if not is_found:
                tally.wrong(one, f"missed {label}")
        judged.add(f"personal.{label}") if label in labels else None
    for kind in kinds - {"unscannable.picture"}:
        if kind in judged:
            tally.right[kind] += kind.partition(".")[2] in labels & {*LISTS}
        else:
            tally.false[kind] += 1
            tally.wrong(one, f"false {kind}")


def _matches(truth: Truth, value: str, covered: str) -> bool:
    if truth.label == "address":
        return (covered in value and len(covered) >= len(value) / 2) or value in covered
    if truth.label == "damaged_id":
        return covered.replace(".", "").startswith(value)
    return value in covered


def folded(text: str) -> str:
    """Letters, digits and ideographs alone, in their plain forms."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()


def _covered(hit: Hit, texts: dict[str, str]) -> str:
    return folded("".join(texts.get(span.place, "")[span.start : span.end] for span in hit.spans))
