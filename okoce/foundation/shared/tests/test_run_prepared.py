"""What the server plans once, and how a connection's health is asked after."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import NotSupportedError, ProgrammingError, connection, transaction
from django.db.backends.postgresql import base

from okoce.foundation.shared.statements import run_prepared

pytestmark = pytest.mark.django_db

SUM = "SELECT %(few)s::bigint + %(many)s::bigint, %(day)s::date, %(nothing)s::text"


@pytest.fixture
def other() -> Iterator[Any]:
    """Another connection to the same database."""
    made = connection.copy()
    yield made
    made.close()


def kept_plans(held: Any) -> list[str]:
    with held.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY statement")
        return [statement for (statement,) in cursor.fetchall()]


def test_values_come_as_their_place_has_them() -> None:
    told = {"few": 1, "many": 2**40, "day": date(2026, 11, 21), "nothing": None}
    assert run_prepared(SUM, told) == [(2**40 + 1, date(2026, 11, 21), None)]
    assert run_prepared("SET LOCAL work_mem = '4MB'", {}) == []


def test_a_statement_is_planned_once_whatever_the_size_of_its_numbers() -> None:
    before = kept_plans(connection)
    for many in (1, 2**20, 2**40, None):
        run_prepared(SUM, {"few": many, "many": 1, "day": None, "nothing": "x"})
    new = [statement for statement in kept_plans(connection) if statement not in before]
    assert len(new) == 1


def test_a_refused_statement_spoils_nothing_for_the_next_one() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        run_prepared("SELECT nonsense", {})
    assert run_prepared("SELECT 1", {}) == [(1,)]


def test_behind_an_old_pooler_nothing_stays_on_the_connection(other: Any) -> None:
    other.settings_dict["PREPARED"] = False
    other.prepared_cursor().execute("SELECT %(n)s::int", {"n": "1"})
    assert kept_plans(other) == []


def test_a_connection_of_a_moment_ago_is_not_asked_again(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other.ensure_connection()
    assert other.is_usable()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda _self: pytest.fail("it was asked"))
    assert other.is_usable()


def test_a_connection_that_the_server_has_closed_is_noticed_all_the_same(other: Any) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    assert other.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not other.is_usable()


def test_a_new_connection_gets_a_cursor_of_its_own(other: Any) -> None:
    other.prepared_cursor().execute("SELECT 1")
    other.close()
    other.prepared_cursor().execute("SELECT 1")
    assert len(kept_plans(other)) == 1


@pytest.fixture
def altered_by(other: Any) -> Iterator[Any]:
    """A connection that alters a table for which this one has planned a statement."""
    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE shared_altered AS SELECT 'x'::varchar(5) AS word")
    run_prepared("SELECT word FROM shared_altered", {})
    with other.cursor() as cursor:
        cursor.execute("ALTER TABLE shared_altered ALTER word TYPE varchar(9)")
        yield cursor
        cursor.execute("DROP TABLE shared_altered")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_was_altered_under_a_plan_is_planned_for_anew(altered_by: Any) -> None:
    assert run_prepared("SELECT word FROM shared_altered", {}) == [("x",)]


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_the_refusal_is_told_and_the_next_one_goes_on(altered_by: Any) -> None:
    with pytest.raises(NotSupportedError), transaction.atomic():
        run_prepared("SELECT word FROM shared_altered", {})
    with transaction.atomic():
        assert run_prepared("SELECT word FROM shared_altered", {}) == [("x",)]
