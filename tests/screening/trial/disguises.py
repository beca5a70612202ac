"""Ways a number stands in published lists: with wide digits, blanks, dashes, marks nobody sees, line ends."""

from collections.abc import Callable, Sequence
from random import Random

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_GROUPS = {18: (6, 8, 4), 15: (6, 6, 3), 11: (3, 4, 4), 16: (4, 4, 4, 4), 19: (4, 4, 4, 4, 3)}
Disguise = Callable[[Random, str], str]


def groups(number: str) -> list[str]:
    parts, at = [], 0
    for size in _GROUPS.get(len(number), (len(number),)):
        parts.append(number[at : at + size])
        at += size
    return [*parts, number[at:]] if number[at:] else parts


def _plain(random: Random, number: str) -> str:
    return number


def _scattered(mark: str) -> Disguise:
    def put(random: Random, number: str) -> str:
        at = sorted(random.sample(range(1, len(number)), random.randrange(1, 4)))
        return mark.join(number[a:b] for a, b in zip([0, *at], [*at, len(number)], strict=True))

    return put


def _grouped(mark: str) -> Disguise:
    return lambda random, number: mark.join(groups(number))


DISGUISES: dict[str, Disguise] = {
    "plain": _plain,
    "wide digits": lambda random, number: number.translate(_WIDE),
    "blanks": _grouped(" "),
    "blanks anywhere": _scattered(" "),
    "every digit apart": lambda random, number: " ".join(number),
    "hyphens": _grouped("-"),
    "dashes": _grouped("－"),
    "zero width": _scattered("\u200b"),
    "no-break blanks": _grouped("\u00a0"),
    "wide blanks": _grouped("\u3000"),
    "small x": lambda random, number: number.lower(),
    "label before": lambda random, number: random.choice(("号码：", "：", "No.", "（")) + number,
    "mark behind": lambda random, number: number + random.choice(("。", "，", "；", "（本人）", "）")),
    "quote before": lambda random, number: "'" + number,
    "blank at the ends": lambda random, number: f" {number} ",
}
CELL_DISGUISES: dict[str, Disguise] = {
    "line ends": lambda random, number: "\n".join(groups(number)),
    "vertical": lambda random, number: "\n".join(number),
}


def draw(random: Random, *, in_cell: bool) -> tuple[str, Disguise]:
    """A way for a whole column; plain in half of them, as in life."""
    if random.random() < 0.5:
        return "plain", _plain
    ways = DISGUISES | CELL_DISGUISES if in_cell else DISGUISES
    name = random.choice(list(ways))
    return name, ways[name]


def split(random: Random, number: str, into: int) -> Sequence[str]:
    """The number over neighbouring cells, as forms split it."""
    if into >= len(number):
        return list(number)
    parts = groups(number)
    return parts if len(parts) == into else [number[:6], number[6:]][:into]
