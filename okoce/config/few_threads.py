"""Calls of the API are answered by two threads of a process in the order in which they came, unless one has waited for long.

All threads of a process share one interpreter. Where eight compute at once, each waits for the others at every one of its
dozen questions to the database, each on a connection of its own: registering then takes a fifth more of the processor, and the
slowest of twenty callers waits half as long again (measured). The server's other threads are there to wait: for a body that
arrives slowly, and for the answer.
"""

import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PREFIX = "/api/"
THREADS = 2
# The API reads no more than a megabyte; what claims to be larger is refused unread by the thread that received it.
LARGEST_BODY = 1_000_000
# Whoever is being answered may stand still, at a lock in the database; the others then go on by themselves.
LONGEST_WAIT_SECONDS = 0.2

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Answer = tuple[str, Headers, bytes]


class FewThreads:
    """A WSGI application around another."""

    def __init__(self, application: Application, threads: int = THREADS) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, "api")

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        length = _length(environ)
        if not environ.get("PATH_INFO", "").startswith(PREFIX) or length > LARGEST_BODY:
            return self._application(environ, start_response)
        if length:
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        status, headers, body = self._answer_in_line(environ)
        start_response(status, headers)
        return [body]

    def _answer_in_line(self, environ: dict[str, Any]) -> Answer:
        answer = self._threads.submit(self._answer, environ)
        try:
            return answer.result(LONGEST_WAIT_SECONDS)
        except TimeoutError:
            # not begun: this thread does it itself
            return self._answer(environ) if answer.cancel() else answer.result()

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """In one thread from beginning to end, because a connection to the database belongs to a thread."""
        told: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, _error: object = None) -> None:
            told.append((status, headers))

        response = self._application(environ, start_response)
        try:
            body = b"".join(response)
        finally:
            if close := getattr(response, "close", None):
                close()
        return *told[-1], body


def _length(environ: dict[str, Any]) -> int:
    said = environ.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0
