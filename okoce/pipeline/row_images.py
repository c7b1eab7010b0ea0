"""Rows of people as they stand, whole; and putting rows back as they stood. For deeds that can be undone.

An image is the row as PostgreSQL writes it in JSON, so that every type comes back as it was. What has happened to a row since
is respected: only what still stands as the deed left it is put back.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

Image = dict[str, Any]
Images = dict[tuple[str, int], Image]


@dataclass(frozen=True, slots=True)
class Imaged:
    """A table with rows of people. `people` are the columns that name the person. With `by_column` each column is put back
    by itself (those of `together` as one), else a row that was altered since stays as it is and only changes its owner."""

    label: str
    people: tuple[str, ...] = ("member_id",)
    only: tuple[str, ...] = ()
    by_column: bool = False
    together: tuple[str, ...] = ()


NIK = ("nik_encrypted", "nik_hash", "nik_masked")
# In this order rows are put back: a person before what hangs on her, evidence before the records that stand on it.
IMAGED = {
    table.label: table
    for table in (
        Imaged("members.Member", ("id",), by_column=True, together=NIK),
        Imaged("members.Business", by_column=True),
        Imaged("members.Consent"),
        Imaged("members.Helper"),
        Imaged("members.DuplicateCandidate", ("first_id", "second_id")),
        Imaged("groups.Membership"),
        Imaged("partners.Referral"),
        Imaged("association.Tenure"),
        Imaged("pipeline.Evidence"),
        Imaged("pipeline.StageRecord"),
        Imaged("pipeline.Standstill"),
        Imaged("pipeline.JobStatement"),
        Imaged("accounts.User", only=("id", "member_id")),
    )
}
# Rows that a merge leaves where they are: where the other record's person lived is no more than her own past, what was
# merged is the journal itself, and the answer to an officer's click is about the record that was made or chosen then.
STAYING = frozenset(
    {
        "members.Card",
        "members.Residence",
        "pipeline.EvidenceLine",
        "pipeline.Merge",
        "privacy.BreachPerson",
        "privacy.DataRequest",
        "privacy.ErasureRequest",
        "privacy.Look",
        "privacy.Restriction",
        "registration.DeskSubmission",
        "tickets.Accused",
        "tickets.Ticket",
    }
)
# Says when, or is derived: no decision of anybody.
_PASSING = frozenset({"updated_at", "place"})


@cache
def _columns(label: str) -> tuple[str, ...]:
    wanted = IMAGED[label].only
    fields = apps.get_model(label)._meta.concrete_fields
    return tuple(field.column for field in fields if not wanted or field.column in wanted)


def _table(label: str) -> str:
    return connection.ops.quote_name(apps.get_model(label)._meta.db_table)


def key_of(label: str) -> str:
    """The column of the primary key."""
    return str(apps.get_model(label)._meta.pk.column)


@cache
def _asked() -> str:
    """All tables in one statement."""
    return " UNION ALL ".join(
        f"SELECT '{label}', told.{key_of(label)}, to_jsonb(told)::text FROM"
        f" (SELECT {', '.join(_columns(label))} FROM {_table(label)}"
        f" WHERE {' OR '.join(f'{column} = ANY(%(ids)s)' for column in table.people)}) AS told"
        for label, table in IMAGED.items()
    )


def images_of(*member_ids: int) -> Images:
    """Every row of these people, as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(_asked(), {"ids": list(member_ids)})
        return {(label, key): json.loads(text) for label, key, text in cursor.fetchall()}


def differing(one: Image, other: Image) -> set[str]:
    """The columns in which two images of one row differ."""
    return {name for name in one.keys() & other.keys() if one[name] != other[name]} - _PASSING


@dataclass(frozen=True, slots=True)
class Step:
    """What brings one row back: nothing but `image` deletes it (None), writes it anew (`is_gone`), or sets `columns` of it."""

    label: str
    key: int
    image: Image | None
    columns: tuple[str, ...] = ()
    is_gone: bool = False

    @property
    def is_update(self) -> bool:
        return bool(self.columns)


def steps_back(before: Images, after: Images, now: Images) -> list[Step]:
    """What brings the rows back that a deed has changed, and nobody since. First what the deed made goes, so that what it
    took away finds its place free."""
    steps = [*_back(before, after, now)]
    order = list(IMAGED)
    return sorted(
        steps, key=lambda step: (step.image is not None, step.is_gone, order.index(step.label), step.key)
    )


def _back(before: Images, after: Images, now: Images) -> Iterator[Step]:
    for place in {**before, **after}:
        step = _step_back(place, before.get(place), after.get(place), now.get(place))
        if step is not None:
            yield step


def _step_back(
    place: tuple[str, int], was: Image | None, became: Image | None, stands: Image | None
) -> Step | None:
    label, key = place
    if label not in IMAGED:
        return None
    if was is None:
        is_untouched = became is not None and stands is not None and not differing(became, stands)
        return Step(label, key, None) if is_untouched else None
    if became is None:
        return Step(label, key, was, is_gone=True) if stands is None else None
    columns = _columns_back(IMAGED[label], was, became, stands) if stands is not None else set()
    return Step(label, key, was, tuple(sorted(columns))) if columns else None


def _columns_back(table: Imaged, was: Image, became: Image, stands: Image) -> set[str]:
    changed, since = differing(was, became), differing(became, stands)
    owner = changed & set(table.people) - since
    rest = changed - set(table.people)
    if not table.by_column:
        return owner | (rest if not since - set(table.people) else set())
    joined = set(table.together)
    if joined & since:
        rest -= joined
    return owner | rest - since


def put_back(step: Step) -> None:
    """Carry out one step; the database refuses what its constraints do not allow."""
    table, key = _table(step.label), key_of(step.label)
    if step.image is None:
        _execute(f"DELETE FROM {table} WHERE {key} = %(key)s", step)
        return
    row = f"jsonb_populate_record(NULL::{table}, %(image)s::jsonb)"
    if step.is_gone:
        known = ", ".join(name for name in _columns(step.label) if name in step.image)
        _execute(f"INSERT INTO {table} ({known}) SELECT {known} FROM {row}", step)
        return
    sets = [f"{name} = past.{name}" for name in step.columns]
    sets += ["updated_at = now()"] if "updated_at" in _columns(step.label) else []
    _execute(f"UPDATE {table} AS t SET {', '.join(sets)} FROM {row} AS past WHERE t.{key} = %(key)s", step)


def _execute(statement: str, step: Step) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"key": step.key, "image": json.dumps(step.image)})
