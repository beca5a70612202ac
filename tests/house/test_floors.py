"""Law below, desks above: what each room may take from the others."""

import sys

import pytest

from tests.house.source import FLOORS_WITHOUT_A_CLOCK, PACKAGE, Module, modules

# What a room may import of ours. The floors of the desks themselves are contracts in pyproject.toml.
GROUND = {
    "law": {"law"},
    "documents": {"law", "documents"},
    "screening": {"law", "documents", "screening"},
    "cli": {"law", "documents", "screening", "cli"},
}
SUPPORTING_DESKS = {
    "agencies",
    "audit",
    "notices",
    "search",
    "sealing",
}  # any desk may call on these for whatever they offer
BELOW = {
    "casework": SUPPORTING_DESKS,
    "publishing": {"casework", *SUPPORTING_DESKS},
    "remedies": {"casework", *SUPPORTING_DESKS},
    "reporting": {"casework", "publishing", "remedies", *SUPPORTING_DESKS},
    "portal": {"casework", "publishing", "remedies", "reporting", *SUPPORTING_DESKS},
}
DESK_FILES = {
    "models", "policies", "actions", "queries", "forms", "views", "urls", "apps", "__init__",
    "templates", "migrations", "static", "management", "templatetags",
}  # fmt: skip
INSIDE_A_DESK = ["urls", "views", "forms", "actions", "queries", "policies", "models"]


def ours(module: Module) -> set[str]:
    return {name for name in module.imports() if name.split(".")[0] == "gongkai"}


def in_room(room: str) -> list[Module]:
    return [module for module in modules() if module.room == room]


def test_law_uses_the_standard_library_only():
    foreign = {
        (module.name, name)
        for module in in_room("law")
        for name in module.imports()
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("gongkai.law")
    }
    assert foreign == set()


@pytest.mark.parametrize("room", GROUND)
def test_a_room_without_a_database_takes_nothing_from_above(room):
    above = {
        (module.name, name)
        for module in in_room(room)
        for name in ours(module)
        if name.split(".")[1] not in GROUND[room] | {"__version__"}
    }
    assert above == set()


@pytest.mark.parametrize("room", FLOORS_WITHOUT_A_CLOCK)
def test_no_room_below_the_desks_reads_the_clock(room):
    reading = {
        (module.name, word)
        for module in in_room(room)
        for word in (".today(", ".now(", ".utcnow(", "time.time(", "localdate(")
        if word in module.text
    }
    assert reading == set()


def test_models_policies_queries_and_actions_are_handed_the_day():
    """The clock is read in views, commands, tasks and forms; a record keeps moments through its fields."""
    handed = {"models", "policies", "queries", "actions"}
    reading = {
        (module.name, word)
        for module in modules()
        if module.room in {*BELOW, *SUPPORTING_DESKS}
        and module.path.relative_to(PACKAGE / module.room).parts[0].removesuffix(".py") in handed
        for word in (".today(", ".now(", "localdate()")
        if word in module.text
    }
    assert reading == set()


@pytest.mark.parametrize("desk", BELOW)
def test_a_desk_takes_only_queries_and_models_of_desks_below_it(desk):
    """The portal, on the top floor, may use their actions and forms too."""
    offered = {"queries", "models"} | ({"actions", "policies", "forms"} if desk == "portal" else set())
    wrong = {
        (module.name, name)
        for module in in_room(desk)
        for name in ours(module)
        if (parts := name.split("."))[1] in BELOW and parts[1] != desk and parts[2] not in offered
    }
    assert wrong == set()


@pytest.mark.parametrize("desk", BELOW)
def test_inside_a_desk_no_file_imports_one_nearer_the_page(desk):
    def height(part: str) -> int:
        return INSIDE_A_DESK.index(part) if part in INSIDE_A_DESK else -1

    wrong = {
        (module.name, name)
        for module in in_room(desk)
        for name in ours(module)
        if (own := height(module.path.relative_to(PACKAGE / desk).parts[0].removesuffix(".py"))) >= 0
        and (parts := name.split("."))[1] == desk
        and 0 <= height(parts[2]) < own
    }
    assert wrong == set()


def test_no_module_is_a_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "misc", "shared", "tools"}
    assert [module.name for module in modules() if drawers & set(module.name.split("."))] == []
