"""P10, screening before publication: ``python -m bench.screening [--size 600] [--write]``.

The labelled files of the screening trial are screened by ours and by a loop of one regular expression a
rule over the same text, turn by turn; then the text alone, and a long text without any personal datum.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests")]

from bench import casework, machine, search  # noqa: E402
from bench.race import Contender, race  # noqa: E402
from gongkai.documents.contents import Contents, read_contents  # noqa: E402
from gongkai.screening.hidden import inspect  # noqa: E402
from gongkai.screening.runs import find_numbers  # noqa: E402
from gongkai.screening.screen import screen, screen_contents  # noqa: E402
from gongkai.screening.wordlists import read_table, words  # noqa: E402
from tests.screening.trial.judging import judge  # noqa: E402
from tests.screening.trial.labelled import Labelled, made  # noqa: E402

HEADING = "## P10: screening before publication"
PAGE = _ROOT / "docs" / "reference" / "speed.md"
SEED = 10
LABELS = ("id_number", "mobile", "bank_card")


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled file with its contents read."""

    file: Labelled
    contents: Contents

    @property
    def size(self) -> int:
        return len(self.contents.text.encode())


def rules() -> list[tuple[str, re.Pattern[str]]]:
    """One expression a rule, as somebody writes them down from the checks; words one by one."""
    day = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    numbers = {
        "id_number": rf"(?<!\d)[1-9]\d{{5}}{day}\d{{3}}[\dXx](?!\d)",
        "old_id_number": r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)",
        "bank_card": r"(?<!\d)(?:62|60|81|9558|4|5[1-5])\d{11,17}(?!\d)",
        "mobile": r"(?<!\d)1[3-9]\d{9}(?!\d)",
        "landline": r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)",
        "address": r"[\u4e00-\u9fff\d]{2,30}(?:路|街|巷|村|小区|花园)[\u4e00-\u9fff\d]{0,20}?(?:号|室|栋|组)",
        "student_number": r"(?:学籍号|准考证号|考生号)[:：]?\s*\d{6,20}",
        "internal_network": r"(?<!\d)(?:10|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d)",
        "secrecy": r"(?:绝密|机密|秘密)\s*★",
        "internal": r"内部资料|内部文件|不予公开",
        "mask": r"\d{6}[*＊●×]{8}\d{3}[\dXx]",
    }
    listed = sorted(words("people", "health")) + sorted(words("people", "young"))
    listed += [word for role in read_table("headers")["roles"] for word in role["words"]]
    return [(name, re.compile(rule)) for name, rule in numbers.items()] + [
        ("word", re.compile(re.escape(word))) for word in dict.fromkeys(listed)
    ]


RULES = rules()


def naive(contents: Contents) -> list[tuple[str, str]]:
    """Every match of every rule, passage by passage and cell by cell."""
    return [
        (name, found.group())
        for unit in contents.places
        for name, rule in RULES
        for found in rule.finditer(unicodedata.normalize("NFKC", unit.text))
    ]


def text_passes(read: Sequence[Read]) -> list[Contender]:
    contenders = [
        Contender("gongkai, all checks", lambda one: screen_contents(one.contents, one.file.name)),
        Contender("one `re` a rule, over each cell", lambda one: naive(one.contents)),
    ]
    race(contenders, read)
    return contenders


def whole_files(read: Sequence[Read]) -> list[Contender]:
    contenders = [
        Contender(
            "gongkai, `screen`: text and hidden data", lambda one: screen(one.file.data, one.file.name)
        ),
        Contender("our reading + one `re` a rule", lambda one: naive(_contents(one))),
        Contender("our reading alone", _contents),
        Contender("hidden data alone", lambda one: inspect(one.file.data, one.file.name)),
    ]
    race(contenders, read)
    return contenders


def _contents(one: Read) -> Contents:
    return read_contents(one.file.data, one.file.name)


def recalls(read: Sequence[Read]) -> dict[str, dict[str, float]]:
    """What share of the labelled numbers each found, by label; of the naive one: whole in a match."""
    ours, plain, there = dict.fromkeys(LABELS, 0), dict.fromkeys(LABELS, 0), dict.fromkeys(LABELS, 0)
    for one in read:
        tally = judge(one.file)
        matches = {(name, found.upper()) for name, found in naive(one.contents)}
        for truth in one.file.truths:
            if truth.label in LABELS:
                there[truth.label] += 1
                plain[truth.label] += (truth.label, truth.value) in matches
        for label in LABELS:
            ours[label] += tally.found[label]
    return {
        name: {label: counts[label] / there[label] for label in LABELS}
        for name, counts in (("gongkai", ours), ("one `re` a rule", plain))
    }


PROSE = {"policy", "report"}


def long_text(read: Sequence[Read], *, prose: bool, megabytes: float = 4) -> str:
    """Harmless papers one after the other: running text, or tables, most of them of figures."""
    texts = [one.contents.text for one in read if not one.file.truths and (one.file.family in PROSE) is prose]
    whole = "\n".join(texts)
    return whole * max(1, round(megabytes * 1e6 / len(whole.encode())))


def number_pass(text: str) -> list[Contender]:
    """The one expression that looks for numbers, and the loop, over a text without personal data."""
    lines = text.splitlines()
    share = len(lines) // 12
    pieces = ["\n".join(lines[at : at + share]) for at in range(0, share * 12, share)]
    own = [rule for name, rule in RULES if name != "word"]
    contenders = [
        Contender("gongkai, `find_numbers`", lambda piece: list(find_numbers(piece))),
        Contender(
            "one `re` a rule, numbers only",
            lambda piece: [found for rule in own for found in rule.finditer(piece)],
        ),
    ]
    race(contenders, pieces)
    size = len(text.encode()) / 12 / 1e6
    for contender in contenders:
        contender.cpu[:] = [seconds / size for seconds in contender.cpu]
    return contenders


def table(contenders: Sequence[Contender], unit: str, write: Callable[[float], str]) -> str:
    ours = contenders[0].seconds
    lines = [f"| | {unit} | time against ours |", "|---|--:|--:|"]
    lines += [f"| {one.name} | {write(one.seconds)} | {one.seconds / ours:.2f} × |" for one in contenders]
    return "\n".join(lines)


def section(size: int) -> str:
    files = [made(SEED, number) for number in range(size)]
    read = [Read(file, read_contents(file.data, file.name)) for file in files if not file.is_picture]
    megabytes = sum(one.size for one in read) / len(read) / 1e6
    kilobytes = sum(len(one.file.data) for one in read) / len(read) / 1024
    found = recalls(read)
    shares = "\n".join(
        f"| {name} | {' | '.join(f'{share[label]:.2%}' for label in LABELS)} |"
        for name, share in found.items()
    )
    return f"""{HEADING}

{machine.describe()}

{len(read)} labelled files of the screening trial (`tests/screening/trial`, seed {SEED}) in txt, csv, html,
docx, xlsx, xls, pdf and zip, {kilobytes:.0f} KB each on average, turn by turn, processor time. The peer is a
loop of {len(RULES)} expressions, one a rule, over every cell and passage of the same contents after NFKC; it
knows no headers, no check characters and no lists. presidio-analyzer is not among what this project installs
(it brings spaCy and a model of its own) and was not measured. Goals: ≥ 20 files/s of one core, the pass over
numbers ≥ 50 MB/s, ≥ 4 × the loop.

{table(whole_files(read), "files/s of one core", lambda seconds: f"{1 / seconds:,.0f}")}

The text alone, already read:

{table(text_passes(read), "MB/s", lambda seconds: f"{megabytes / seconds:,.2f}")}

Numbers in running text without personal data:

{table(number_pass(long_text(read, prose=True)), "MB/s", lambda seconds: f"{1 / seconds:,.1f}")}

Numbers in tables without personal data, most of them of figures:

{table(number_pass(long_text(read, prose=False)), "MB/s", lambda seconds: f"{1 / seconds:,.1f}")}

Recall on these files:

| | citizens' numbers | mobiles | bank cards |
|---|--:|--:|--:|
{shares}"""


def write(text: str) -> None:
    """Put the section before that on search, in the place of the old one."""
    page = PAGE.read_text("utf-8")
    following = search.HEADING if search.HEADING in page else casework.HEADING
    before, heading, after = page.partition(following)
    before = before.partition(HEADING)[0].rstrip()
    PAGE.write_text(f"{before}\n\n\n{text}\n\n\n{heading}{after}", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    before = machine.load_per_core()
    text = (
        f"{section(options.size)}\n\nLoad per core before {before:.2f}, after {machine.load_per_core():.2f}."
    )
    print(text)
    if options.write:
        write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
