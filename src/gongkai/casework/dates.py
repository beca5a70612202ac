"""A day as people type or print it."""

from gongkai.documents.days import NotADay, parse_day, shown

__all__ = ["NotADay", "parse_day", "shown"]
