"""Where else somebody may be named: the free texts of all features, in which anybody writes about anybody.

A feature declares in its `personal.py` which of its columns are such texts; a house test finds a column that nobody speaks for.
Whoever is erased is struck out of each, and nothing else of it is lost.
"""

import re
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.base import Model

from okoce.foundation.personal.person import Person
from okoce.foundation.personal.traces import pattern_of, struck_out

# Table → its columns of free text.
MENTIONS: dict[str, tuple[str, ...]] = {}
# Kind of fact → which table its subjects stand in, whose free texts are all that can name anybody else in it.
TELLS_OF_ITSELF: dict[str, str] = {}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def may_name(table: str, *columns: str) -> None:
    """Declare columns in which people are written about."""
    if table in MENTIONS:
        raise ValueError(f"{table} has told its free texts already")
    MENTIONS[table] = columns


def tells_of_itself(kind: str, table: str) -> None:
    """Excuse a kind of fact from being opened whenever somebody else is struck out: what is sealed in it is its subject's own record
    as it stands in the table, column by column. Only where that names her, or did before it was corrected, is it opened."""
    TELLS_OF_ITSELF[kind] = table


def rows_naming(table: str, person: Person) -> set[int]:
    """The rows of a table in whose declared texts she is named."""
    wanted = pattern_of(person)
    if wanted is None:
        return set()
    columns = MENTIONS[table]
    found = _naming(apps.get_model(table), columns, _as_asked(wanted)).values_list("pk", *columns)
    return {
        pk for pk, *texts in found if any(struck_out(person, text or "") != (text or "") for text in texts)
    }


def strike_out_everywhere(person: Person) -> None:
    """Put the mark in the place of her name and numbers in every declared text."""
    wanted = pattern_of(person)
    if wanted is None:
        return
    for table, columns in sorted(MENTIONS.items()):
        _strike_out_of(apps.get_model(table), columns, person, _as_asked(wanted))


def _strike_out_of(model: type[Model], columns: tuple[str, ...], person: Person, asked: str) -> None:
    every = model._base_manager  # noqa: SLF001  (also what a table's own manager leaves out)
    rows = _naming(model, columns, asked).select_for_update(of=("self",), no_key=True)
    for pk, *texts in list(rows.order_by("pk").values_list("pk", *columns)):
        less: dict[str, Any] = {
            column: shorter
            for column, text in zip(columns, texts, strict=True)
            if text and (shorter := struck_out(person, text)) != text
        }
        if less:
            every.filter(pk=pk).update(**less)


def _naming(model: type[Model], columns: tuple[str, ...], asked: str) -> QuerySet[Any]:
    named = reduce(or_, (Q(**{f"{column}__iregex": asked}) for column in columns))
    return model._base_manager.filter(named)  # noqa: SLF001  (likewise)


def _as_asked(wanted: re.Pattern[str]) -> str:
    """The same for the database, which knows no look-around and may know small letters of English alone: it finds too many
    rather than too few, and what it finds is read again."""
    bare = wanted.pattern.replace(r"(?<!\w)", "").replace(r"(?!\w)", "")
    return _NOT_ASCII.sub(".", bare)
