"""Every deed is reached from some door: a page, the API, a command, a job, a reaction, or the demonstration. One that nothing calls
is a promise that nobody can keep."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from okoce.foundation.access.door import ACTIONS, OWN_ACTIONS

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "okoce"
DOORS = {"views", "api", "jobs", "reactions", "commands", "urls", "middleware", "apps"}
DEED = {"action", "own_action"}
# Decorators that call nothing by themselves; any other one registers what it stands on.
IDLE = {"dataclass", "cache", "contextmanager", "lru_cache"}
# Deeds that no door of ours calls, each with the reason.
WITHOUT_DOOR: dict[str, str] = {}

Place = tuple[str, str]  # module, and what stands at its top level; "" for its own statements


@dataclass
class Module:
    """What a module's parts refer to, and which of them are deeds."""

    name: str
    is_door: bool
    refers: dict[str, set[str]] = field(default_factory=dict)  # part → dotted names as they are written
    imported: dict[str, str] = field(
        default_factory=dict
    )  # a name in it → the dotted name that it stands for
    deeds: set[str] = field(default_factory=set)
    called_by_the_house: set[str] = field(
        default_factory=set
    )  # registered by a decorator, not called by name


def written(node: ast.AST) -> set[str]:
    """The names that a piece of code refers to: `send`, `deeds.give_evidence`."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            found.add(f"{one.value.id}.{one.attr}")
    return found


def decorators_of(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    called = (one.func if isinstance(one, ast.Call) else one for one in node.decorator_list)
    return {one.id if isinstance(one, ast.Name) else getattr(one, "attr", "") for one in called}


def read(name: str, source: str) -> Module:
    parts, tree = name.split("."), ast.parse(source)
    module = Module(name, bool({*DOORS, "config", "demo"} & set(parts)), imported=imports_of(tree))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            module.refers[node.name] = written(node)
            beside = decorators_of(node)
            if beside & DEED:
                module.deeds.add(node.name)
            elif beside - IDLE:
                module.called_by_the_house.add(node.name)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            module.refers.setdefault("", set()).update(written(node))
    return module


def imports_of(tree: ast.Module) -> dict[str, str]:
    """A name in the module → what it stands for; also what a function imports for itself."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


House = dict[str, Module]


@cache
def house() -> House:
    """Every module of ours but the tests, by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if not {"tests", "migrations"} & set(parts):
            name = ".".join(part for part in parts if part != "__init__")
            found[name] = read(name, path.read_text())
    return found


def meant(modules: House, module: Module, name: str) -> list[Place]:
    """What a written name stands for, among the parts of our modules."""
    head, _dot, attribute = name.partition(".")
    if not attribute and head in module.refers:
        return [(module.name, head)]
    full = module.imported.get(head, "") + (f".{attribute}" if attribute else "")
    source, _dot, part = full.rpartition(".")
    return [(source, part)] if source in modules and part in modules[source].refers else []


def reached(modules: House) -> set[Place]:
    """Everything that can come to be called, from the doors inwards."""
    found: set[Place] = set()
    waiting: list[Place] = []
    for module in modules.values():
        begun = set(module.refers) - module.deeds if module.is_door else module.called_by_the_house
        waiting += [(module.name, part) for part in {*begun, ""} & set(module.refers)]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            module = modules[place[0]]
            waiting += [to for name in module.refers[place[1]] for to in meant(modules, module, name)]
    return found


def without_door(modules: House) -> set[str]:
    calls = reached(modules)
    places = {(module.name, deed) for module in modules.values() for deed in module.deeds}
    return {f"{module}.{deed}" for module, deed in places - calls}


def test_every_deed_is_reached_from_some_door() -> None:
    bare = without_door(house())
    assert bare == set(WITHOUT_DOOR), "give it a door, delete it, or say in WITHOUT_DOOR why it needs none"


def test_a_deed_that_only_deeds_and_idle_helpers_call_has_no_door() -> None:
    actions = """
@action(Permission.X)
def open_shop(actor): _note(actor)
@action(Permission.X)
def close_shop(actor): open_shop(actor)
@action(Permission.X)
def paint_shop(actor): pass
@own_action
def rest(actor): pass
def _note(actor): paint_shop(actor)
"""
    views = "from okoce.shops import actions as deeds\ndef shop(request): deeds.open_shop(request.actor)"
    helper = "from okoce.shops.actions import close_shop\ndef tidy(): close_shop(None)"
    modules = {
        name: read(name, source)
        for name, source in {
            "okoce.shops.actions": actions,
            "okoce.shops.views": views,
            "okoce.shops.tidying": helper,
        }.items()
    }
    assert without_door(modules) == {"okoce.shops.actions.close_shop", "okoce.shops.actions.rest"}


def test_no_deed_of_the_register_is_overlooked() -> None:
    """So that the reading above cannot pass for want of anything to look at."""
    registered = {
        name for name in {*ACTIONS, *OWN_ACTIONS} if ".tests." not in name and name.startswith("okoce.")
    }
    read_here = {f"{module.name}.{deed}" for module in house().values() for deed in module.deeds}
    assert registered <= read_here
    assert len(read_here) > 100
