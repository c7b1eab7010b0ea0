"""What every test gets: a real PostgreSQL, no network, a strict house."""

from pathlib import Path

import pytest
from pytest_socket import disable_socket

pytest_plugins = ["tests.cast"]

LOCAL_FAMILIES_ONLY = True


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Block the network; the database is reached over a Unix socket, journeys over the loopback."""
    if not item.get_closest_marker("journey"):
        disable_socket(allow_unix_socket=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's controller stops the throw-away server; workers of xdist leave it alone."""
    if hasattr(config, "workerinput"):
        return
    from okoce.foundation.postgres import testing

    testing.stop(Path(__file__).resolve().parent)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Each xdist worker gets a database of its own (pytest-django's suffix)."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Let transactional tests empty the trail: only in a throw-away database."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER events_event_never_emptied")
