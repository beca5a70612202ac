"""Each class of hidden data planted in many files, and many ordinary files: what is found, what is left.

``python -m tests.screening.hidden.trials [FILES A CLASS] [CLEAN FILES]`` prints a table.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

from gongkai.screening.hidden import CLASSES, Uncleanable, clean, inspect
from gongkai.screening.hidden.opening import look
from tests.screening.hidden.carriers import CARRIERS
from tests.screening.hidden.plant import PLANTERS, Planter
from tests.screening.hidden.reading import seen


def tried(planter: Planter, number: int) -> str:
    """What went wrong with one planted file; nothing, if all is well."""
    planted = planter.make(Random(f"{planter.code} {planter.make.__name__} {number}"))
    if planter.code not in {hit.code for hit in look(planted.data, planted.name)}:
        return "missed"
    try:
        cleaned = clean(planted.data, planted.name)
    except Uncleanable:
        return "not cleaned" if planter.is_cleanable else ""
    if inspect(cleaned, planted.name):
        return "left"
    shown = seen(planted.name, cleaned)
    is_picture_now = planted.name.endswith("pdf") and planter.code in PICTURED
    return "" if is_picture_now or all(word in shown for word in planted.words) else "lost"


PICTURED = {one.code for one in CLASSES if one.cleaning == "整页改存为图片"} | {"pdf.layer"}


def planted_files(count: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    by_code: dict[str, list[Planter]] = {}
    for planter in PLANTERS:
        by_code.setdefault(planter.code, []).append(planter)
    for code, planters in by_code.items():
        results = [tried(planters[number % len(planters)], number) or "well" for number in range(count)]
        outcomes.update(results)
        print(
            f"{code:26} {results.count('well'):4} of {count}",
            Counter(results) if results.count("well") < count else "",
        )
    return outcomes


def ordinary_files(count: int) -> tuple[int, float]:
    """How many ordinary files are flagged, and how many a second are looked at."""
    flagged, seconds = 0, 0.0
    for number in range(count):
        carrier = CARRIERS[number % len(CARRIERS)](Random(f"ordinary {number}"))
        start = time.perf_counter()
        found = inspect(carrier.data, carrier.name)
        seconds += time.perf_counter() - start
        if found:
            flagged += 1
            print(carrier.name, *(finding.kind for finding in found))
    return flagged, count / seconds


def main(arguments: Iterable[str]) -> None:
    each, clean_ones = [*map(int, arguments), *(25, 500)[len(list(arguments)) :]][:2]
    outcomes = planted_files(each)
    flagged, speed = ordinary_files(clean_ones)
    print(f"\n{len({one.code for one in PLANTERS})} classes, {outcomes.total()} files: {dict(outcomes)}")
    print(f"{clean_ones} ordinary files: {flagged} flagged; {speed:.0f} files a second")


if __name__ == "__main__":
    main(sys.argv[1:])
