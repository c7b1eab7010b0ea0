"""The one register of personal data: which feature tells what it holds about a person, and how it forgets her.

A feature declares both in its `personal.py`, by table. A table about people that does the one or the other not is excused by
name, with the reason; a house test finds those that nobody speaks for.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.module_loading import autodiscover_modules

from okoce.foundation.personal.mentions import strike_out_everywhere
from okoce.foundation.personal.person import Person

Teller = Callable[[Person], Any]
Forgetter = Callable[[Person], None]

Holding = Callable[[Person], Iterable[str]]

HOLDING_BACK: list[Holding] = []
TELLERS: dict[str, Teller] = {}
FORGETTERS: list[Forgetter] = []
# Table → why it is not told; "" where it is told. Likewise why it stays when somebody is forgotten.
TOLD: dict[str, str] = {}
FORGOTTEN: dict[str, str] = {}


def tells(part: str, *tables: str) -> Callable[[Teller], Teller]:
    """Tell what these tables hold about a person, as one part of her file: whatever JSON can say."""

    def register(teller: Teller) -> Teller:
        if part in TELLERS:
            raise ValueError(f"two features tell the part {part}")
        TELLERS[part] = teller
        TOLD.update(dict.fromkeys(tables, ""))
        return teller

    return register


def forgets(*tables: str) -> Callable[[Forgetter], Forgetter]:
    """Destroy what these tables hold of a person's identity. It runs within the deed, all or nothing; files go when the
    transaction is through (`transaction.on_commit`)."""

    def register(forgetter: Forgetter) -> Forgetter:
        FORGETTERS.append(forgetter)
        FORGOTTEN.update(dict.fromkeys(tables, ""))
        return forgetter

    return register


def holds_back(asked: Holding) -> Holding:
    """Let a feature say, in sentences, why whoever has an account cannot be forgotten yet: as which officer she still serves."""
    HOLDING_BACK.append(asked)
    return asked


def held_back_by(person: Person) -> list[str]:
    """Why a person cannot be forgotten yet, in sentences; nothing where she can."""
    autodiscover_modules("personal")
    return [sentence for asked in HOLDING_BACK for sentence in asked(person)]


def not_told(table: str, reason: str) -> None:
    """Excuse a table from the file that a person takes along."""
    TOLD[table] = reason


def not_forgotten(table: str, reason: str) -> None:
    """Excuse a table from forgetting."""
    FORGOTTEN[table] = reason


def all_told(person: Person) -> dict[str, Any]:
    """Everything that is held about a person, part by part."""
    autodiscover_modules("personal")
    return {part: TELLERS[part](person) for part in sorted(TELLERS)}


def forget_everywhere(person: Person) -> None:
    """Let every feature forget a person; those that stand above before those that they stand on. Last she is struck out of what
    others wrote."""
    autodiscover_modules("personal")
    for forgetter in reversed(FORGETTERS):
        forgetter(person)
    strike_out_everywhere(person)


def told_rows(rows: models.QuerySet[Any], *, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Rows as they stand, all columns but secrets (bytes) and those named; a new column is told without anybody's doing."""
    fields = [
        field.attname
        for field in rows.model._meta.concrete_fields
        if not isinstance(field, models.BinaryField) and field.attname not in without
    ]
    return list(rows.order_by("pk").values(*fields))
