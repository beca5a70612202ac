"""The catalogs an office may begin with, line by line as nodes: the lists of the Regulation and the
standard catalogs. A line that was taken over before is known by its ``template_row``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gongkai.law.catalog import CatalogItem, statutory_lists
from gongkai.law.publishing.channels import suggested_channels
from gongkai.law.publishing.templates import AUDIENCE_LABELS, CatalogRow, CatalogTemplate, standard_catalogs
from gongkai.publishing.models import CatalogNode, DisclosureClass

_CLASSES = {
    "proactive": DisclosureClass.PROACTIVE,
    "on_application": DisclosureClass.ON_APPLICATION,
    "internal": DisclosureClass.WITHHELD,
}
_INTERNAL = ["internal"]


@dataclass(frozen=True, slots=True)
class Line:
    """A node to be: ``values`` are its fields; ``above`` is the row it stands under, empty on top.
    ``code`` is empty where the office numbers it itself. ``unsettled``: to be laid beside the print."""

    row: str
    above: str
    title: str
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """A catalog to begin with, as the page offers it."""

    code: str
    label: str
    document: str
    lines: tuple[Line, ...]

    @property
    def leaves(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.above)

    @property
    def unsettled(self) -> int:
        return sum(line.unsettled for line in self.lines)


@lru_cache
def beginnings() -> Mapping[str, Beginning]:
    """Everything to begin with, by its code: the Regulation first."""
    found = [*_statutory(), *(_standard(template) for template in standard_catalogs().values())]
    return {each.code: each for each in found}


def _statutory() -> Iterator[Beginning]:
    for each in statutory_lists():
        top = Line(each.code, "", each.label, each.code, {"source": each.code, "basis": each.article})
        lines = (top, *(_statutory_line(each.code, item) for item in each.items))
        yield Beginning(each.code, each.label, f"《中华人民共和国政府信息公开条例》{each.article}", lines)


def _statutory_line(above: str, item: CatalogItem) -> Line:
    values = {
        "source": item.code,
        "basis": f"《中华人民共和国政府信息公开条例》{item.article}",
        "cadence": item.cadence.value,
        "channels": ["website"],
    }
    return Line(item.code, above, item.label, item.code, values)


def _standard(template: CatalogTemplate) -> Beginning:
    lines: list[Line] = []
    for row in template.rows:
        top = f"{template.code}/{row.first_level}"
        if all(line.row != top for line in lines):
            values = {"source": "own", "source_note": template.label}
            lines.append(Line(top, "", row.first_level, values=values))
        lines.append(_standard_line(template, row, top))
    return Beginning(template.code, template.label, template.document, tuple(lines))


def _standard_line(template: CatalogTemplate, row: CatalogRow, above: str) -> Line:
    internal = row.mode == "internal"
    values = {
        "source": row.items[0] if row.items else "own",
        "source_note": _note(template, row),
        "elements": "\n".join(row.elements),
        "basis": "\n".join(row.basis),
        "audience": AUDIENCE_LABELS[row.audience],
        "disclosure_class": _CLASSES[row.mode].value,
        "level": CatalogNode.Level.TOWN if row.levels == ("town",) else _level(row),
        "channels": _INTERNAL if internal else list(suggested_channels(row.channels)),
        "cadence": row.cadence.value,
        "caution": row.caution,
    }
    unsettled = row.status == "unsettled"
    return Line(f"{template.code}/{row.code}", above, row.second_level, values=values, unsettled=unsettled)


def _level(row: CatalogRow) -> str:
    return CatalogNode.Level.BOTH if "town" in row.levels else CatalogNode.Level.COUNTY


def _note(template: CatalogTemplate, row: CatalogRow) -> str:
    """Where the line comes from, and the other items of the Regulation it belongs to."""
    others = f"；同时对应{'、'.join(row.items[1:])}" if len(row.items) > 1 else ""
    return f"{template.label}{others}"
