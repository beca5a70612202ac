"""What the guide, the catalog, a service guide (六公开) and the institutions must hold (第十二条)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongkai.law.publishing.gaps import Gap
from gongkai.law.receipt import Channel
from gongkai.law.rulebook import read_table

Subject = Literal["guide", "catalog", "service_guide", "institutions"]


@dataclass(frozen=True, slots=True)
class RequiredPart:
    """One part that must be there: ``sentence`` is what to do where it is missing."""

    code: str
    label: str
    article: str
    sentence: str

    def gap(self) -> Gap:
        return Gap(self.code, self.label, self.article, self.sentence)


@lru_cache
def required_parts(subject: Subject) -> tuple[RequiredPart, ...]:
    """The parts of 公开指南, of a line of 公开目录, of a service guide, or the institutions, in order."""
    return tuple(RequiredPart(**entry) for entry in read_table("completeness.toml")[subject])


def guide_gaps(fields: Mapping[str, str], accepted: Collection[str] | None = None) -> tuple[Gap, ...]:
    """What 公开指南 lacks (第十二条第二款). ``fields``: part → its text.

    ``accepted``: the channels of receipt it opens (``law.receipt.Channel``), where they are kept as
    such; by hand and by post may never be left out.
    """
    return (*_gaps("guide", fields), *(_channel_gaps(accepted) if accepted is not None else ()))


def _channel_gaps(accepted: Collection[str]) -> Iterator[Gap]:
    opened = {Channel(code).value for code in accepted}
    for entry in read_table("completeness.toml")["basic_channels"]:
        if opened.isdisjoint(entry["any_of"]):
            sentence = f"“{entry['label']}”是基本的申请渠道，不得拒收，请写进指南。"
            yield Gap(f"channel.{entry['any_of'][0]}", entry["label"], entry["article"], sentence)


def catalog_gaps(fields: Mapping[str, str]) -> tuple[Gap, ...]:
    """What a line of 公开目录 lacks (第十二条第三款)."""
    return _gaps("catalog", fields)


def service_guide_gaps(fields: Mapping[str, str]) -> tuple[Gap, ...]:
    """Which of the six disclosures a service guide lacks: basis, duty, conditions, procedure,
    discipline, result."""
    return _gaps("service_guide", fields)


def institution_gaps(published: Collection[str]) -> tuple[Gap, ...]:
    """Which institutions (制度) are not published; ``published`` are their codes."""
    return _gaps("institutions", dict.fromkeys(published, "已公布"))


def _gaps(subject: Subject, fields: Mapping[str, str]) -> tuple[Gap, ...]:
    return tuple(part.gap() for part in required_parts(subject) if not fields.get(part.code, "").strip())
