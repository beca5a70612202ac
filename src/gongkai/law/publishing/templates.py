"""The catalogs an office may start its own from: the sector's standard, a bureau's ten matters, a school's.

The statutory lists themselves (第二十条、第二十一条) are ``law.catalog.statutory_lists``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from gongkai.law.catalog import Cadence
from gongkai.law.rulebook import list_tables, read_table

Audience = Literal["everyone", "specific", "internal"]
DisclosureMode = Literal["proactive", "on_application", "internal"]
Level = Literal["county", "town"]
Status = Literal["verified", "unsettled"]

AUDIENCE_LABELS: Mapping[Audience, str] = {
    "everyone": "全社会", "specific": "特定群体", "internal": "机关内部",
}  # fmt: skip
MODE_LABELS: Mapping[DisclosureMode, str] = {
    "proactive": "主动公开", "on_application": "依申请公开", "internal": "内部通报",
}  # fmt: skip
LEVEL_LABELS: Mapping[Level, str] = {"county": "县级", "town": "乡级"}
_STATUTORY = "regulation.toml"


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """One line of a standard catalog, with its ten columns.

    ``items`` are the codes of the statutory lists it belongs to, ``channels`` those of the boxes
    ticked, ``ground`` the exemption to think of first (empty where none suggests itself), ``caution``
    a Chinese sentence for whoever drafts it. ``unsettled`` rows are known by their heading only.
    """

    code: str
    first_level: str
    second_level: str
    elements: tuple[str, ...]
    basis: tuple[str, ...]
    time_limit: str
    responsible: str
    channels: tuple[str, ...]
    audience: Audience
    mode: DisclosureMode
    levels: tuple[Level, ...]
    items: tuple[str, ...]
    cadence: Cadence
    caution: str
    status: Status
    ground: str = ""


@dataclass(frozen=True, slots=True)
class CatalogTemplate:
    """A catalog to start from; ``document`` and ``valid_from`` say where it comes from."""

    code: str
    label: str
    kind: Literal["sector", "office", "school"]
    document: str
    valid_from: date
    status: Status
    rows: tuple[CatalogRow, ...]

    @property
    def cautions(self) -> Mapping[str, str]:
        """Row → what to look out for, for the rows that have such a sentence."""
        return {row.code: row.caution for row in self.rows if row.caution}

    @property
    def unsettled(self) -> tuple[CatalogRow, ...]:
        """The rows to lay beside the printed catalog before they are used."""
        return tuple(row for row in self.rows if row.status == "unsettled")


@lru_cache
def standard_catalogs() -> Mapping[str, CatalogTemplate]:
    """Every catalog to start from, by its code."""
    names = (name for name in list_tables("catalogs") if name != _STATUTORY)
    found = (_template(read_table("catalogs", name)) for name in names)
    return {template.code: template for template in found}


def _template(table: Mapping[str, Any]) -> CatalogTemplate:
    return CatalogTemplate(
        code=table["code"],
        label=table["label"],
        kind=table["kind"],
        document=table["document"],
        valid_from=table["valid_from"],
        status=table["status"],
        rows=tuple(_row(table["defaults"] | entry) for entry in table["rows"]),
    )


def _row(entry: Mapping[str, Any]) -> CatalogRow:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return CatalogRow(**fields | {"cadence": Cadence(entry["cadence"])})
