"""What a machine can say about the house: written to docs/reference.md, and checked for drift."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

import okoce
from okoce.config.commandline import own_commands
from okoce.config.timetable import TIMETABLE
from okoce.foundation.access.door import ACTIONS
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.events.facts import GATHERED, KINDS, REACTIONS
from okoce.foundation.shared.jobs import JOBS, find_jobs
from okoce.pipeline.requirements import REQUIREMENTS

PLACE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"
BEGINNING = "# Reference\n\nWritten by `make docs` out of the code. Do not edit.\n"

Rows = Iterable[Sequence[object]]


def reference() -> str:
    """The whole page; the same for the same code."""
    for module in pkgutil.walk_packages(okoce.__path__, "okoce."):
        if {"actions", "events"} & set(module.name.split(".")) and ".tests" not in module.name:
            import_module(module.name)
    with translation.override("id"):
        parts = [_section(title, head, rows()) for title, head, rows in SECTIONS]
    return "\n".join([BEGINNING, *parts])


def _section(title: str, head: Sequence[str], rows: Rows) -> str:
    lines = [f"## {title}", "", _row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join([*lines, ""])


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _pages() -> Iterator[tuple[str, str]]:
    yield "/healthz", "config.health"
    yield "/readyz", "config.health"
    for path, name in sorted(_addresses(get_resolver().url_patterns)):
        yield f"`/{path}`", name


def _addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, path)
        else:
            yield path, pattern.name or ""


def _rights() -> Iterator[list[str]]:
    for permission in Permission:
        yield [f"`{permission}`", *("•" if permission in role.permissions else "" for role in ROLES.values())]


def _deeds() -> Iterator[tuple[str, str]]:
    for deed, permission in sorted(ACTIONS.items()):
        yield f"`{deed.removeprefix('okoce.')}`", f"`{permission}`"


def _facts() -> Iterator[tuple[str, str, str]]:
    find_jobs()
    for kind, declared in sorted(KINDS.items()):
        yield f"`{kind}`", declared.sentence, ", ".join([*REACTIONS.get(kind, ()), *GATHERED.get(kind, ())])


def _requirements() -> Iterator[tuple[str, str, str]]:
    for requirement in REQUIREMENTS:
        yield f"P{requirement.stage:d}", f"`{requirement.code}`", str(requirement.sentence)


def _jobs() -> Iterator[tuple[str, str, str, str]]:
    find_jobs()
    for name, declared in sorted(JOBS.items()):
        if declared.run.__module__.startswith("okoce.") and ".tests." not in declared.run.__module__:
            summary = (declared.run.__doc__ or "").strip().split("\n")[0]
            yield f"`{name}`", f"`{TIMETABLE[name]}`" if name in TIMETABLE else "", declared.queue, summary


def _commands() -> Iterator[tuple[str, str]]:
    known = get_commands()
    for name in own_commands():
        yield f"`okoce {name.replace('_', ' ', 1)}`", load_command_class(str(known[name]), name).help


SECTIONS: tuple[tuple[str, Sequence[str], Callable[[], Rows]], ...] = (
    ("Addresses", ("path", "name"), _pages),
    ("Commands", ("command", "what it does"), _commands),
    ("Rights of the roles", ("right", *ROLES), _rights),
    ("Deeds and the right that each needs", ("deed", "right"), _deeds),
    ("Requirements of the stages", ("stage", "code", "what is asked for"), _requirements),
    ("Facts and who reacts to them", ("kind", "sentence", "reactions"), _facts),
    ("Jobs", ("job", "clock (UTC; sixth field: seconds)", "queue", "what it does"), _jobs),
)
