"""What every test gets: a real PostgreSQL, no network, a strict house."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_socket import disable_socket

from tests import browser, emptying, static_files

pytest_plugins = ["tests.cast", "tests.outbox"]
TERRITORY = ("territory_region", "territory_edition")
# What Django's own way of emptying would write again after every test.
DJANGOS_OWN = {"auth_permission", "django_content_type"}


def pytest_configure() -> None:
    static_files.look_once()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left with it while the others have done: journeys, then walks.

    Those on a whole site come one after another, for they leave the territory to each other.
    """

    def turn(item: pytest.Item) -> int:
        asked = getattr(item, "fixturenames", ())
        if item.get_closest_marker("journey"):
            return 1 if "site" in asked else 0
        return 2 if "world" in asked else 3

    items.sort(key=turn)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Block the network: the database is reached over a Unix socket, whole starts over the loopback."""
    is_journey = item.get_closest_marker("journey") is not None
    if is_journey and browser.found() is None:
        if browser.is_required():
            pytest.fail(browser.HOW, pytrace=False)
        pytest.skip(browser.HOW)
    if not is_journey and not item.get_closest_marker("loopback"):
        disable_socket(allow_unix_socket=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """A journey leaves the territory to the next one; whatever else comes next finds the database empty."""
    emptying.leave(TERRITORY if "site" in getattr(nextitem, "fixturenames", ()) else ())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One clear line about journeys that nobody ran."""
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if browser.HOW in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} perjalanan dilewati. {browser.HOW}")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The program that journeys drive."""
    path = browser.found()
    if path is None:
        pytest.fail(browser.HOW, pytrace=False)
    return path


@pytest.fixture(scope="session")
def chromium(browser_path: str) -> Iterator[Any]:
    """One browser for all journeys of a worker: its library starts only once in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path, args=browser.QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Let transactional tests empty the trail: only in a throw-away database. No account is ever taken for one of the cast."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER events_event_never_emptied")
        cursor.execute("ALTER SEQUENCE accounts_user_id_seq RESTART WITH 1001")
    emptying.empty_quickly()
    with django_db_blocker.unblock():
        _spare_reference_rows(connection)
        emptying.empty(connection)  # of what a run that was killed has left


def _spare_reference_rows(connection: Any) -> None:
    """What migrations have written stays when a transactional test empties the database behind itself; jobs go.

    On the class: under a browser's event loop Django makes this thread another connection.
    """
    spared = {
        *DJANGOS_OWN,
        "accounts_codelimit",
        "association_associationterm",
        "association_position",
        "accounts_emergencyterm",
        "dashboards_exportlimit",
        "groups_checklistitem",
        "groups_groupterm",
        "members_consenttext",
        "members_purpose",
        "notifications_handrule",
        "notifications_messageterm",
        "notifications_wording",
        "organisations_applicationterm",
        "partners_contacttext",
        "partners_noticeterm",
        "partners_partneritem",
        "partners_referralterm",
        "partners_referraltext",
        "pipeline_definition",
        "pipeline_mergeterm",
        "pipeline_programmerule",
        "pipeline_stageterm",
        "pipeline_target",
        "privacy_noticetext",
        "privacy_privacyterm",
        "registration_registrationterm",
        "tickets_ticketterm",
    }
    emptying.keep(connection, spared - DJANGOS_OWN)
    introspection = type(connection.introspection)
    names = introspection.django_table_names

    def without_reference(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        # Django does not manage the queue's tables, so it would leave their rows to the next test.
        queue = [f"procrastinate_{name}" for name in ("jobs", "events", "periodic_defers", "workers")]
        return [*(name for name in names(self, *args, **kwargs) if name not in spared), *queue]

    introspection.django_table_names = without_reference
