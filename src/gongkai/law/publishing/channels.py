"""Where an agency publishes (第二十三条、第二十五条): its channels and the boxes of the standard catalogs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.law.rulebook import read_table


@dataclass(frozen=True, slots=True)
class ChannelBox:
    """One of the thirteen boxes 公开渠道和载体 that the standard catalogs print."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class PublicationChannel:
    """Where a posting may stand. ``box`` is the box it belongs to, empty where it is not ``public``:
    a posting there fulfils no duty. ``proof`` says what shows that it was there."""

    code: str
    label: str
    box: str
    article: str
    public: bool
    proof: str


@lru_cache
def channel_boxes() -> Mapping[str, ChannelBox]:
    """The thirteen boxes by their code, in the order they are printed."""
    return {entry["code"]: ChannelBox(**entry) for entry in read_table("channels.toml")["boxes"]}


@lru_cache
def channels() -> Mapping[str, PublicationChannel]:
    """Every channel by its code, in the order of the file."""
    return {entry["code"]: PublicationChannel(**entry) for entry in read_table("channels.toml")["channels"]}


def channels_of(box: str) -> tuple[PublicationChannel, ...]:
    """The channels that tick a box. Raises ``KeyError`` for an unknown box."""
    code = channel_boxes()[box].code
    return tuple(channel for channel in channels().values() if channel.box == code)


def ticked(used: Iterable[str]) -> tuple[tuple[ChannelBox, bool], ...]:
    """The thirteen boxes, each with whether one of the channels used (their codes) ticks it.

    Raises ``KeyError`` for an unknown channel.
    """
    boxes = {channels()[code].box for code in used}
    return tuple((box, box.code in boxes) for box in channel_boxes().values())


def boxes_left(required: Iterable[str], posted: Iterable[str]) -> tuple[ChannelBox, ...]:
    """The boxes a duty names that no posting ticks yet: on the site but not on the board.

    Raises ``KeyError`` for an unknown box or channel.
    """
    named = {channel_boxes()[code].code for code in required}
    return tuple(box for box, is_ticked in ticked(posted) if box.code in named and not is_ticked)


def suggested_channels(boxes: Iterable[str]) -> tuple[str, ...]:
    """For each box ticked in a standard catalog the channel an office would use first (its code).

    Raises ``KeyError`` for an unknown box.
    """
    return tuple(channels_of(box)[0].code for box in boxes)
