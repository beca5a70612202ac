"""A gap: one thing the law asks for that a record does not yet hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing. ``code`` names the thing, ``sentence`` says in Chinese what to do about it;
    ``article`` is empty where only practice asks for it."""

    code: str
    label: str
    article: str
    sentence: str
