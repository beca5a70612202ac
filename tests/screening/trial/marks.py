"""Marks of secrecy and words out of date, sown into ordinary papers; and real reports without any.

``python -m tests.screening.trial.marks [COUNT]`` sows them and prints which kinds were missed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from gongkai.documents.contents import read_contents
from gongkai.screening.screen import screen_contents, screen_text
from tests.screening.trial.harmless import HARMLESS

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "files"
GLYPHS_OF_A_PAGE = 1200
MARKS: dict[str, Callable[[Random], str]] = {
    "secrecy.mark": lambda random: (
        random.choice(("绝密", "机密", "秘密"))
        + random.choice(("★", "★", " ★ "))
        + random.choice(("10年", "5年", "长期", "1年", "启用前", "2030年1月1日"))
    ),
    "secrecy.internal": lambda random: random.choice(
        ("内部资料，注意保存", "内部文件 不得外传", "仅供内部使用", "（内部资料）", "公开属性：不予公开")
    ),
    "secrecy.draft": lambda random: random.choice(("（送审稿）", "（讨论稿）", "（草稿）")),
    "secrecy.network": lambda random: random.choice(
        (
            f"192.168.{random.randrange(256)}.{random.randrange(1, 255)}",
            f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}",
            f"172.{random.randrange(16, 32)}.{random.randrange(256)}.{random.randrange(1, 255)}",
        )
    ),
    "secrecy.coordinates": lambda random: random.choice(
        (
            f"东经{random.randrange(75, 130)}°{random.randrange(60):02}′{random.randrange(60):02}″，"
            f"北纬{random.randrange(20, 50)}°{random.randrange(60):02}′{random.randrange(60):02}″",
            f"坐标：{random.uniform(75, 130):.6f},{random.uniform(20, 50):.6f}",
        )
    ),
    "wording.organ_name": lambda random: random.choice(
        (
            "国家工商行政管理总局",
            "国家食品药品监督管理总局",
            "国家新闻出版广电总局",
            "国家卫生和计划生育委员会",
        )
    ),
}


def sown(number: int) -> tuple[str, str]:
    """An ordinary paper with one mark in it, and the kind of the mark."""
    random = Random(f"mark {number}")
    kind = [*MARKS][number % len(MARKS)]
    draft = random.choice(HARMLESS)(random)
    lines = [draft.title, *(block for block in draft.blocks if isinstance(block, str)), "请遵照执行。"]
    mark = MARKS[kind](random)
    if random.random() < 0.5 or kind in ("secrecy.mark", "secrecy.draft", "secrecy.internal"):
        lines.insert(random.choice((0, 1)), mark)
    else:
        lines.append(f"请登录或参照{mark}办理。")
    return "\n".join(lines), kind


def missed(count: int) -> Counter[str]:
    """Of marks sown into papers, those not found, by kind."""
    lost: Counter[str] = Counter()
    for number in range(count):
        text, kind = sown(number)
        if kind not in {finding.kind for finding in screen_text(text).findings}:
            lost[kind] += 1
    return lost


def false_alarms() -> tuple[list[str], float]:
    """Marks found in published annual reports, which have none; and how many pages they fill."""
    alarms, pages = [], 0.0
    for path in sorted(REPORTS.glob("*")):
        contents = read_contents(path.read_bytes(), path.name)
        pages += len(contents.text) / GLYPHS_OF_A_PAGE
        for finding in screen_contents(contents, path.name).findings:
            if finding.kind.startswith(("secrecy.", "wording.")):
                alarms.append(f"{path.name} {finding.kind} {finding.where} {finding.excerpt}")
    return alarms, pages


def main(arguments: Iterable[str]) -> None:
    count = int([*arguments, "2000"][0])
    lost = missed(count)
    print(f"{count - lost.total()} of {count} marks found; missed: {dict(lost)}")
    if REPORTS.exists():
        alarms, pages = false_alarms()
        print(f"{len(alarms)} false alarms on {pages:.0f} pages of published reports", *alarms, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
