"""The points of proactive publishing that no text settles (``law/data/publishing.toml``)."""

from dataclasses import dataclass
from functools import lru_cache

from gongkai.law.rulebook import Switch, read_table


@dataclass(frozen=True, slots=True)
class PublishingRules:
    """The choice of every switch of ``publishing.toml``; ``…_days`` and ``…_months`` are whole numbers
    in letters, as the table holds them."""

    referral_days: str
    reassessment_months: str
    disclosed_total: str
    periodic_rest_day: str

    @staticmethod
    @lru_cache
    def load() -> "PublishingRules":
        """The choices as shipped."""
        return PublishingRules(**{switch.code: switch.choice for switch in publishing_switches()})


@lru_cache
def publishing_switches() -> tuple[Switch, ...]:
    """The unsettled points of publishing, in the order of the file."""
    return tuple(
        Switch(**entry | {"choices": tuple(entry["choices"])})
        for entry in read_table("publishing.toml")["switches"]
    )
