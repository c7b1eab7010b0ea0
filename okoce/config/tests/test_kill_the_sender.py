"""Kill -9 of the worker in the middle of its messages: each goes out exactly once, and none is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from okoce.config.preparation import PROJECT
from okoce.foundation.notifications.models import DaySpend, Message
from okoce.foundation.notifications.tests.fakes import CloudApiFake
from okoce.foundation.notifications.tests.people import welcomed
from okoce.foundation.postgres.connection import Connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.loopback]
UNSURE_SECONDS = 15  # longer than a hundred take on a busy machine


@contextmanager
def worker(provider: CloudApiFake) -> Iterator["subprocess.Popen[bytes]"]:
    """The whole worker with its timetable, on the tests' database."""
    name = connection.get_connection_params()["dbname"]
    address = Connection.from_url(os.environ["DATABASE_URL"]).to(name).url()
    program = "from okoce.config.tests.sender import main; main()"
    command = [sys.executable, "-c", program, provider.url]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "DATABASE_URL": address})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def until(what: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture(autouse=True)
def awake_and_quick(lasting_term: Callable[[str, int], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers CASCADE"
        )
    lasting_term("quiet_from_hour", 0)
    lasting_term("quiet_until_hour", 0)
    lasting_term("day_cap", 10**9)
    lasting_term("unsure_seconds", UNSURE_SECONDS)


@pytest.mark.parametrize(
    ("count", "kills", "seconds"),
    [(250, 1, 60), pytest.param(10_000, 5, 600, marks=pytest.mark.long)],
)
def test_each_goes_out_once_and_none_is_lost(
    whatsapp: CloudApiFake, count: int, kills: int, seconds: float
) -> None:
    welcomed(*range(1, count + 1))
    for number in range(1, kills + 1):
        with worker(whatsapp) as process:
            reached = count * number // (kills + 1)
            assert until(lambda: len(whatsapp.counted) >= reached, seconds)  # noqa: B023  (asked within the turn)
            process.kill()
            process.wait()
        assert len(whatsapp.counted) < count, "it was to be killed in the middle"
    unsure = Message.objects.filter(state="sending").count()
    assert unsure > 0, "it was to be killed with messages in its hands"
    with worker(whatsapp):
        waiting = Message.objects.filter(state__in=("waiting", "sending"))
        assert until(lambda: not waiting.exists(), seconds)
    assert sorted(whatsapp.numbers()) == [f"62812{number:08d}" for number in range(1, count + 1)]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert sum(whatsapp.asked.values()) <= count + kills * 100, "only what was in hand is handed over again"
    assert DaySpend.objects.get().amount == count * 400
