"""The word lists and switches of screening, in ``screening/data``; each names its version and source."""

import hashlib
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

CODE_VERSION = "2"
"""Raise it when a check changes: what is published is then screened anew, as after a change of a list."""


@lru_cache
def read_table(name: str) -> dict[str, Any]:
    """One TOML file by its name without the suffix. Read once; treat it as read-only."""
    return tomllib.loads(_folder().joinpath(f"{name}.toml").read_text("utf-8"))


def list_tables() -> tuple[str, ...]:
    """The names of all lists, sorted."""
    return tuple(sorted(file.name[:-5] for file in _folder().iterdir() if file.name.endswith(".toml")))


@lru_cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of words of a table."""
    return frozenset(read_table(name)[key])


def rules_version() -> str:
    """The newest day of the lists and a digest of all of them: ``2026-11-24.1.3f9a1c…``."""
    digest = hashlib.sha256()
    for name in list_tables():
        digest.update(name.encode() + b"\0" + _folder().joinpath(f"{name}.toml").read_bytes())
    newest = max(read_table(name)["version"] for name in list_tables())
    return f"{newest.isoformat()}.{CODE_VERSION}.{digest.hexdigest()[:12]}"


def _folder() -> Any:
    return resources.files("gongkai.screening") / "data"


RULES_VERSION = rules_version()
