"""What describes an item in the catalog: its fields and its index number (索引号)."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongkai.law.breach import LawBreach
from gongkai.law.publishing.gaps import Gap
from gongkai.law.rulebook import read_table

_CODE = re.compile(r"[0-9A-Z]{9}|[0-9A-Z]{18}")
_INDEX = re.compile(r"([0-9A-Z]{9}|[0-9A-Z]{18})/([0-9]{4})(0[1-9]|1[0-2])?-([0-9]{5})")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_GUIDE = "《政府信息公开目录系统实施指引（试行）》"


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One field. ``need`` says whether it must be there; ``when`` names the condition of a conditional
    one (a key of ``metadata_conditions``); ``longest``: the most characters it should have, 0 for any.
    ``unsettled``: how it stands in the official list is not known to us."""

    code: str
    label: str
    core: bool
    need: Literal["mandatory", "conditional", "optional"]
    status: Literal["verified", "unsettled"]
    when: str = ""
    longest: int = 0


@lru_cache
def metadata_fields() -> Mapping[str, MetadataField]:
    """Every field by its code, the fourteen core ones first."""
    return {entry["code"]: MetadataField(**entry) for entry in read_table("metadata.toml")["fields"]}


def metadata_conditions() -> Mapping[str, str]:
    """The conditions on which conditional fields must be there: code → Chinese label."""
    conditions: Mapping[str, str] = read_table("metadata.toml")["conditions"]
    return conditions


def metadata_gaps(values: Mapping[str, str], holds: Collection[str] = ()) -> tuple[Gap, ...]:
    """What an item's metadata lack; ``values``: field → text, ``holds``: the conditions it fulfils.

    Raises ``KeyError`` for a condition that does not exist.
    """
    labels = {code: metadata_conditions()[code] for code in holds}
    found = []
    for field in metadata_fields().values():
        value = values.get(field.code, "").strip()
        if not value and (field.need == "mandatory" or field.when in labels):
            told = f"{labels[field.when]}应当" if field.when in labels else "请"
            found.append(Gap(field.code, field.label, _article(field), f"{told}填写“{field.label}”。"))
        elif field.longest and len(value) > field.longest:
            sentence = f"“{field.label}”有{len(value)}字，建议不超过{field.longest}字。"
            found.append(Gap(field.code, field.label, "", sentence))
    return tuple(found)


def _article(field: MetadataField) -> str:
    """The two that the guide itself was read for rest on it, the others on practice."""
    return _GUIDE if field.core and field.status == "verified" else ""


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """An index number: the publisher's code and a serial of its year (of its month, in newer ones).

    It never changes, even when the publisher does. ``organization_code``: nine characters, or the
    eighteen of a unified code. Raises ``LawBreach`` for what can be no index number.
    """

    organization_code: str
    year: int
    serial: int
    month: int | None = None

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.organization_code):
            raise LawBreach(
                "机构代码应当是9位组织机构代码（去掉横线）或者18位统一社会信用代码，请核对。", _GUIDE
            )
        if not 1949 <= self.year <= 9999 or not (self.month is None or 1 <= self.month <= 12):
            raise LawBreach("索引号里的年份或者月份不对，请核对。", _GUIDE)
        if not 1 <= self.serial <= 99_999:
            raise LawBreach("索引号的流水号只有5位，应当在1至99999之间。", _GUIDE)

    def __str__(self) -> str:
        month = "" if self.month is None else f"{self.month:02}"
        return f"{self.organization_code}/{self.year}{month}-{self.serial:05}"

    @property
    def short(self) -> str:
        """The part after the stroke, which is enough inside one agency."""
        return str(self).partition("/")[2]


def make_index_number(organization_code: str, year: int, serial: int) -> IndexNumber:
    """The index number of the ``serial``-th item of a year; the code may be written with its hyphen.

    Raises ``LawBreach`` for a code, year or serial that cannot be.
    """
    return IndexNumber(_plain(organization_code).replace("-", ""), year, serial)


def parse_index_number(text: str) -> IndexNumber:
    """An index number in its present or its monthly form. Raises ``LawBreach`` for anything else."""
    found = _INDEX.fullmatch(_plain(text))
    if not found:
        raise LawBreach(
            "索引号的格式不对，应当是“机构代码/年份-5位流水号”，例如000000000/2026-00001。", _GUIDE
        )
    code, year, month, serial = found.groups()
    return IndexNumber(code, int(year), int(serial), int(month) if month else None)


def _plain(text: str) -> str:
    """Half-width, upper case, with plain dashes and no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).upper().split())
