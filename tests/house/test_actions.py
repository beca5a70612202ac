"""Every write is an action: who, when, one transaction, a line in the trail and a word for it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from gongkai.audit.templatetags.trail import ACT_LABELS
from gongkai.casework.models import CaseEvent
from gongkai.remedies.models import RemedyEvent
from tests.house.source import PACKAGE, Module, modules

DESKS = ("agencies", "notices", "search", "casework", "publishing", "remedies", "reporting")
TRAIL = {
    "gongkai.audit.actions.record",
    "gongkai.audit.actions.record_all",
    "gongkai.agencies.signals.announce",
}
# Over many cases, in portions: each leaves nothing half done, and the next night makes up for the rest.
IN_PORTIONS = {
    "gongkai.casework.actions.days.approve_days",
    "gongkai.casework.actions.days.settle_year",
    "gongkai.casework.actions.days.resettle_all",
    "gongkai.casework.actions.night.remind",
    "gongkai.publishing.actions.scanning.rescan_public",
    "gongkai.search.actions.subscriptions.send_due",
}
# Steps of machines on their way to an act that the trail keeps, and sums of a day that tell of nobody.
SILENT = {
    "gongkai.notices.actions.claim",
    "gongkai.notices.actions.start_run",
    "gongkai.notices.actions.forget_tasks",
    "gongkai.search.actions.entries.put",
    "gongkai.search.actions.entries.take_out",
    "gongkai.search.actions.entries.rebuild",
    "gongkai.casework.actions.offers.count_offer",
}
# An applicant or subscriber has no account: the trail names nobody. Comparing is the machine's.
WITHOUT_AN_ACCOUNT = (
    "gongkai.casework.actions.applicant.",
    "gongkai.casework.actions.duplicates.compare",
    "gongkai.search.actions.subscriptions.",
)
WORD = re.compile(r"[a-z_]+")
SAYING = {"record", "announce", "note", "_note", "_own", "_move", "_say", "say", "_keep"}


def part(module: Module) -> str:
    """``actions``, ``views`` … of a desk's module."""
    return module.path.relative_to(PACKAGE / module.room).parts[0].removesuffix(".py")


def of(desk: str, *parts: str) -> list[Module]:
    return [module for module in modules() if module.room == desk and part(module) in parts]


@cache
def names_in(module: Module) -> dict[str, str]:
    """What a name in a module stands for: ``note`` → ``gongkai.casework.actions.log.note``."""
    named = {
        node.name: f"{module.name}.{node.name}"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return named


@cache
def written_functions() -> dict[str, tuple[Module, ast.FunctionDef]]:
    """Every function in the actions of every desk, by its whole name."""
    return {
        f"{module.name}.{node.name}": (module, node)
        for desk in DESKS
        for module in of(desk, "actions")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }


def offered_as(name: str) -> str:
    """The function behind a name that a package hands on from one of its files."""
    package, _, last = name.rpartition(".")
    for module in modules():
        if module.name == package and name not in written_functions():
            return names_in(module).get(last, name)
    return name


def calls(function: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Call))


@cache
def called_by(name: str) -> frozenset[str]:
    module, function = written_functions()[name]
    named, found = names_in(module), set()
    for call in calls(function):
        match call.func:
            case ast.Name(id=word) if word in named:
                found.add(offered_as(named[word]))
            case ast.Attribute(value=ast.Name(id=word), attr=last) if word in named:
                found.add(offered_as(f"{named[word]}.{last}"))
    return frozenset(found)


def reached_from(name: str) -> set[str]:
    """Every function of ours that may run when this one does."""
    seen, ahead = set(), {name}
    while ahead:
        now = ahead.pop()
        seen.add(now)
        if now in written_functions():
            ahead |= called_by(now) - seen
    return seen


def actions() -> list[str]:
    """A public function that is told the moment by keyword is an action; the others are their steps."""
    return [
        name
        for name, (_, function) in written_functions().items()
        if not function.name.startswith("_")
        and "at" in {argument.arg for argument in function.args.kwonlyargs}
    ]


def writes(function: ast.AST) -> bool:
    """Whether it changes records. Words of dictionaries and counters are told apart by what they take; a
    record that looks at itself before it lets itself be written changes nothing."""
    for call in calls(function):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) != "super()":
            word, bare = call.func.attr, not call.args
            if word in {"bulk_create", "bulk_update", "update_or_create", "get_or_create"}:
                return True
            if word in {"save", "delete", "create"} and bare:
                return True
            if word == "update" and bare and call.keywords:
                return True
    return False


def test_the_actions_of_every_desk_are_found():
    assert len(actions()) > 100
    assert {name.split(".")[1] for name in actions()} == set(DESKS)
    assert set(written_functions()) >= SILENT


@pytest.mark.parametrize("name", sorted(set(actions()) - SILENT))
def test_every_action_leaves_a_line(name: str):
    assert reached_from(name) & TRAIL


@pytest.mark.parametrize("name", actions())
def test_every_action_takes_who_and_when_by_keyword_in_one_transaction(name: str):
    _, function = written_functions()[name]
    assert not function.args.args
    given = {argument.arg for argument in function.args.kwonlyargs}
    assert "by" in given or name.startswith(WITHOUT_AN_ACCOUNT) or name in SILENT
    if name in IN_PORTIONS:
        assert not writes(function)
    else:
        assert is_one_transaction(function) or not writes_outside_a_transaction(name)


def is_one_transaction(function: ast.FunctionDef) -> bool:
    return "transaction.atomic" in map(ast.unparse, function.decorator_list)


def writes_outside_a_transaction(name: str) -> bool:
    """What takes long may come first, if one step in a transaction of its own does all the writing."""
    _, function = written_functions()[name]
    steps = [each for each in called_by(name) if each in written_functions() and writes_somewhere(each)]
    return (
        writes(function)
        or len(steps) > 1
        or not all(is_one_transaction(written_functions()[each][1]) for each in steps)
    )


def writes_somewhere(name: str) -> bool:
    return any(
        writes(written_functions()[each][1]) for each in reached_from(name) if each in written_functions()
    )


def test_only_actions_write():
    """Views, forms, queries, policies and tasks never save, create, update or delete a record."""
    writing = [
        module.name
        for desk in (*DESKS, "audit", "portal", "pieces")
        for module in modules()
        if module.room == desk and part(module) not in {"actions", "management"} and writes(module.tree)
    ]
    assert writing == []


def test_what_others_take_from_actions_beside_actions_does_not_write():
    """A step of an action, called from a view, would write without a line in the trail."""
    taken = {
        offered_as(name)
        for desk in (*DESKS, "audit", "portal")
        for module in modules()
        if module.room == desk and part(module) != "actions"
        for name in names_in(module).values()
    } & set(written_functions())
    assert taken
    assert {name for name in taken - set(actions()) if writes_somewhere(name)} == set()


def said_in(module: Module) -> Iterator[str]:
    """The acts that a module names where it speaks to the trail."""
    for call in calls(module.tree):
        if ast.unparse(call.func).rpartition(".")[2] in SAYING:
            given = [*call.args, *(each.value for each in call.keywords if each.arg == "act")]
            yield from (
                value.value
                for value in given
                if isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and WORD.fullmatch(value.value)
            )


def test_every_act_has_its_word_and_every_word_its_act():
    said = {act for module in modules() if module.room != "cli" for act in said_in(module)}
    of_cases = set(CaseEvent.Kind.values)
    of_remedies = {f"remedy_{kind}" for kind in RemedyEvent.Kind.values}
    assert said | of_cases | of_remedies == set(ACT_LABELS)
