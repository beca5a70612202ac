"""Which section should handle an application: the department-function table against its words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.similar import normalised

_BETWEEN_MATTERS = re.compile(r"[、，,；;。\n]|以及|及其|和|与|及")
# Words that every section's list of duties is full of; they point nowhere.
_EMPTY = re.compile(
    "管理工作|监督管理|指导监督|组织实施|综合协调|负责|承担|管理|工作|事项|事务|指导|监督|组织|实施|"
    "协调|统筹|拟订|制定|有关|相关|其他|本级|全市|全县|全区|方面|情况|信息|公开|申请|材料|文件"
)


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """One section and the matters it is charged with, as the office words them."""

    section: str
    matters: Sequence[str]


@dataclass(frozen=True, slots=True)
class SectionSuggestion:
    """A section that may be the right one; ``hits`` are the words that speak for it."""

    section: str
    score: float
    hits: tuple[str, ...]
    explanation: str


def suggest_section(text: str, lines: Sequence[FunctionLine]) -> tuple[SectionSuggestion, ...]:
    """The sections whose matters share words with a text, the best first; none where nothing is shared.

    A word counts by its length, and the less the more sections claim it.
    """
    clean = normalised(text)
    hits = [_hits(clean, line) for line in lines]
    claims = Counter(hit for found in hits for hit in found)
    ranked = [
        SectionSuggestion(
            section=line.section,
            score=sum(len(hit) ** 2 / claims[hit] for hit in found),
            hits=found,
            explanation=f"申请里的“{'”“'.join(found)}”属于{line.section}的职责。",
        )
        for line, found in zip(lines, hits, strict=True)
        if found
    ]
    return tuple(sorted(ranked, key=lambda suggestion: -suggestion.score))


def _hits(clean: str, line: FunctionLine) -> tuple[str, ...]:
    """The longest words of a section's matters that the text holds, each once, longest first."""
    shared = {word for keyword in _keywords(line) for word in _shared(keyword, clean)}
    longest = [word for word in shared if not any(word != other and word in other for other in shared)]
    return tuple(sorted(longest, key=lambda word: (-len(word), word)))


def _keywords(line: FunctionLine) -> set[str]:
    phrases = (part for matter in line.matters for part in _BETWEEN_MATTERS.split(matter))
    words = (word for phrase in phrases for word in _EMPTY.split(phrase))
    return {clean for word in words if len(clean := normalised(word)) >= 2}


def _shared(keyword: str, clean: str) -> set[str]:
    """Every stretch of two characters or more that a keyword has in common with the text."""
    ends = range(2, len(keyword) + 1)
    stretches = (keyword[start:end] for end in ends for start in range(end - 1))
    return {stretch for stretch in stretches if stretch in clean}
