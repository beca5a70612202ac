"""Decisions and letters in words."""

from collections.abc import Mapping

from django import template

from gongkai.law.letters import letter_kind
from gongkai.law.outcomes import DECISIONS
from gongkai.law.service import ServiceKind, ServiceMethod

register = template.Library()
_LABELS = {found.code: found.label for found in DECISIONS}


@register.filter
def decision_label(code: str) -> str:
    """What a decision is called."""
    return _LABELS[code]


@register.filter
def letter_title(kind: str) -> str:
    """What a kind of document is called."""
    return letter_kind(kind).title


@register.filter
def method_label(code: str) -> str:
    """How a letter goes."""
    return ServiceMethod(code).label


@register.filter
def service_label(code: str) -> str:
    """What became of a letter on its way."""
    return ServiceKind(code).label


@register.filter
def under(mapping: Mapping[str, str], key: str) -> str:
    """The value under a key, empty where there is none."""
    return mapping.get(key, "")
