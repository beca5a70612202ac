"""Which agency discloses (第十条), and what has to be settled with others first (第十一条)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from gongkai.law.publishing.gaps import Gap
from gongkai.law.rulebook import read_table

Responsible = Literal["maker", "keeper", "maker_or_first_obtainer", "lead"]


class Origin(StrEnum):
    """Where information comes from."""

    MADE = "made"
    OBTAINED_FROM_PUBLIC = "obtained_from_public"
    OBTAINED_FROM_AGENCY = "obtained_from_agency"
    JOINT = "joint"

    @property
    def label(self) -> str:
        return str(_origins()[self.value]["label"])


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an item comes from, as the office knows it.

    ``agency`` is this agency; ``source_agency`` the maker or first obtainer of what was obtained from
    another agency, or the lead of what was made jointly (empty: not known). ``set_by``: the law that
    gives the duty to somebody else, with ``set_agency``.
    """

    origin: Origin
    agency: str
    source_agency: str = ""
    set_by: str = ""
    set_agency: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibleAgency:
    """Who discloses. ``name`` is empty where the office does not know it yet; ``ours``: this agency does."""

    role: Responsible | Literal["set_by_law"]
    name: str
    ours: bool
    article: str
    sentence: str


def responsible_agency(provenance: Provenance) -> ResponsibleAgency:
    """Which agency discloses an item, with the rule that says so."""
    if provenance.set_by:
        name = provenance.set_agency
        sentence = f"{provenance.set_by}另有规定，由{name or '其规定的机关'}负责公开。"
        return ResponsibleAgency("set_by_law", name, name == provenance.agency, "第十条第一款", sentence)
    entry = _origins()[provenance.origin.value]
    own = provenance.origin in (Origin.MADE, Origin.OBTAINED_FROM_PUBLIC)
    name = provenance.agency if own else provenance.source_agency
    told = f"负责公开的机关是{name}。" if name else "请查明是哪个机关，填写其名称。"
    return ResponsibleAgency(
        entry["responsible"], name, name == provenance.agency, entry["article"], entry["sentence"] + told
    )


def release_gaps(
    provenance: Provenance,
    *,
    concerns_others: bool = False,
    confirmed: bool = False,
    needs_approval: bool = False,
    approved: bool = False,
) -> tuple[Gap, ...]:
    """What must be settled before this agency publishes an item; empty where it may.

    ``concerns_others``: its content touches other agencies, who must have ``confirmed`` it;
    ``needs_approval``: law asks for an approval, which must be given (``approved``).
    """
    return (
        *_responsible_gap(provenance),
        *(_step_gap("inter_agency_confirm") if concerns_others and not confirmed else ()),
        *(_step_gap("prior_approval") if needs_approval and not approved else ()),
    )


def _responsible_gap(provenance: Provenance) -> Iterator[Gap]:
    found = responsible_agency(provenance)
    if not found.ours:
        sentence = f"{found.sentence}本机关不负责公开，可以注明来源后转载已经公开的内容。"
        yield Gap("not_responsible", "公开责任", found.article, sentence)


def _step_gap(code: str) -> Iterator[Gap]:
    entries = {entry["code"]: entry for entry in read_table("responsibility.toml")["steps"]}
    yield Gap(**entries[code])


@lru_cache
def _origins() -> Mapping[str, Mapping[str, Any]]:
    return {entry["code"]: entry for entry in read_table("responsibility.toml")["origins"]}
