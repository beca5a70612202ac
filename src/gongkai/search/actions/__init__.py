"""Every write about what can be found and who wants to be told."""

from gongkai.search.actions.entries import put, rebuild, take_out

__all__ = ["put", "rebuild", "take_out"]
