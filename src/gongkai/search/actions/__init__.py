"""Every write about what can be found and who wants to be told."""

from gongkai.search.actions.entries import put, rebuild, take_out
from gongkai.search.actions.subscriptions import (
    UnableToConfirm,
    UnableToSubscribe,
    confirm,
    end,
    send_due,
    subscribe,
)

__all__ = [
    "UnableToConfirm",
    "UnableToSubscribe",
    "confirm",
    "end",
    "put",
    "rebuild",
    "send_due",
    "subscribe",
    "take_out",
]
