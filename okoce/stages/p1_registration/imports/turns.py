"""Who may use the interpreter: the thread that reads ahead, or the one that writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets reading ahead go on only while the writer waits for the database.

    Two threads share one interpreter. If both computed at once, the writer would take twice as long to its next
    statement, and the database would idle meanwhile (measured: a third of the whole import).
    """

    def __init__(self) -> None:
        self._readers = threading.Event()
        self._readers.set()

    @contextmanager
    def writers(self) -> Iterator[None]:
        """The writer computes: whoever reads ahead rests."""
        self._readers.clear()
        try:
            yield
        finally:
            self._readers.set()

    def wait(self) -> None:
        """Called by whoever reads ahead, every few rows."""
        self._readers.wait()
