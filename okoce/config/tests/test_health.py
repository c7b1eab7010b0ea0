import pytest
from django.db import OperationalError, connection
from django.test import Client

from okoce.config import health

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_a_process_is_alive_without_any_question_to_the_database(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.cookies


def test_the_site_is_ready_while_a_worker_is_heard(client: Client) -> None:
    beat(5)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})


def test_a_silent_worker_makes_the_site_unready(client: Client) -> None:
    beat(60)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["worker"])


def test_waiting_migrations_make_the_site_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    beat(5)
    monkeypatch.setattr(health, "_applied", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pipeline'")
    assert client.get("/readyz").json()["reasons"] == ["migrations"]


def test_a_lost_database_makes_the_site_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> bool:
        raise OperationalError

    monkeypatch.setattr(health, "_is_worker_alive", lost)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    assert client.get("/readyz").json()["reasons"] == ["database"]


def test_health_is_answered_whatever_the_host_is_called(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200
