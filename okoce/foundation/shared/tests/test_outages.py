"""Tell the database's absence from what it refuses."""

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.utils import ConnectionHandler

from okoce.foundation.shared.outages import is_outage


def failure_of(statement: str) -> DatabaseError:
    """What a question of its own connection fails with."""
    other = ConnectionHandler({"default": connection.settings_dict})["default"]
    try:
        with pytest.raises(DatabaseError) as failed, other.cursor() as cursor:
            cursor.execute(statement)
    finally:
        other.close()
    return failed.value


def test_nobody_listening_is_an_outage() -> None:
    with pytest.raises(psycopg.OperationalError) as failed:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/none", connect_timeout=2)
    assert is_outage(failed.value)


@pytest.mark.django_db
def test_an_ended_connection_is_an_outage() -> None:
    assert is_outage(failure_of("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SET statement_timeout = 1; SELECT pg_sleep(1)",
        "SELECT 1/0",
        "SELECT * FROM no_such_table",
        "SELECT 'x'::int",
    ],
)
def test_a_question_that_is_refused_is_none(statement: str) -> None:
    assert not is_outage(failure_of(statement))


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_to_be_had_is_none() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(77)")
        failed = failure_of("SET lock_timeout = 1; SELECT pg_advisory_xact_lock(77)")
    assert isinstance(failed, OperationalError)
    assert not is_outage(failed)


@pytest.mark.parametrize("error", [None, ValueError("x"), ConnectionResetError()])
def test_other_failures_are_none(error: BaseException | None) -> None:
    assert not is_outage(error)
