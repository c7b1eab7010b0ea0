"""Calls of the API are answered by two threads, whoever received them; everything else by the thread that received it."""

import io
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from okoce.config import few_threads
from okoce.config.few_threads import LARGEST_BODY, FewThreads

WAIT = 20


class Answer(list[bytes]):
    """What an application answers; knows which thread closed it."""

    closed_by = ""

    def close(self) -> None:
        self.closed_by = threading.current_thread().name


class Site:
    """An application that says which thread answered, and what it read."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.deed: Callable[[dict[str, Any]], None] = lambda _environ: None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.deed(environ)
        start_response("200 OK", [("X-Thread", threading.current_thread().name)])
        self.answers.append(Answer([b"read ", environ["wsgi.input"].read()]))
        return self.answers[-1]


@pytest.fixture
def site() -> Site:
    return Site()


def call(application: FewThreads, path: str, body: bytes = b"") -> tuple[str, str, bytes]:
    """Status, answering thread, and body."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    answer = application(environ, lambda status, headers: told.append((status, headers)))
    [(status, headers)] = told
    return status, dict(headers)["X-Thread"], b"".join(answer)


def test_a_call_is_answered_from_beginning_to_end_by_one_of_the_few(site: Site) -> None:
    status, thread, body = call(FewThreads(site), "/api/v1/members", b'{"name": "Siti"}')
    assert (status, body) == ("200 OK", b'read {"name": "Siti"}')
    assert thread.startswith("api")
    assert site.answers[0].closed_by == thread


@pytest.mark.parametrize(("path", "body"), [("/impor", b"x"), ("/api/v1/members", b"x" * (LARGEST_BODY + 1))])
def test_pages_and_what_is_too_large_stay_with_the_thread_that_received_them(
    site: Site, path: str, body: bytes
) -> None:
    assert call(FewThreads(site), path, body)[1] == threading.current_thread().name


def test_many_callers_never_have_more_than_two_threads(site: Site) -> None:
    application = FewThreads(site)
    with ThreadPoolExecutor(8) as callers:
        threads = set(callers.map(lambda _n: call(application, "/api/v1/funnel")[1], range(200)))
    assert len(threads) <= 2
    assert all(thread.startswith("api") for thread in threads)


def test_behind_one_who_stands_still_a_call_is_answered_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few_threads, "LONGEST_WAIT_SECONDS", 0.05)
    application, stands, goes_on = FewThreads(site, threads=1), threading.Event(), threading.Event()

    def stand_still(environ: dict[str, Any]) -> None:
        if environ["PATH_INFO"] == "/api/slow":
            stands.set()
            assert goes_on.wait(WAIT)

    site.deed = stand_still
    with ThreadPoolExecutor(1) as caller:
        slow = caller.submit(call, application, "/api/slow")
        assert stands.wait(WAIT)
        assert call(application, "/api/quick")[1] == threading.current_thread().name
        goes_on.set()
        assert slow.result(WAIT)[1].startswith("api")


def test_what_goes_wrong_reaches_the_server(site: Site) -> None:
    def fail(_environ: dict[str, Any]) -> None:
        raise ConnectionResetError("gone")

    site.deed = fail
    with pytest.raises(ConnectionResetError, match="gone"):
        call(FewThreads(site), "/api/v1/members")
