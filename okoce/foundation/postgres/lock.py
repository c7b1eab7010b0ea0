"""Locks across processes and containers; the kernel lets go when a holder is killed."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from okoce.foundation.postgres.problem import PostgresProblem

STEP = 0.02


@contextlib.contextmanager
def alone(
    path: Path, seconds: float, problem: PostgresProblem, while_waiting: Callable[[float], None] | None = None
) -> Iterator[int]:
    """Hold `path` exclusively and yield its handle; raise `problem` after waiting `seconds`."""
    handle = _opened(path)
    try:
        began = time.monotonic()
        while not _got(handle, fcntl.LOCK_EX):
            waited = time.monotonic() - began
            if waited > seconds:
                raise problem
            if while_waiting:
                while_waiting(waited)
            time.sleep(STEP)
        yield handle
    finally:
        os.close(handle)


class Presence:
    """Who uses the server: each process holds a share, and can tell whether it is the last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def enter(self) -> None:
        if self._handle is None:
            self._handle = _opened(self._path)
            fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """True if nobody else is there."""
        if self._handle is None:
            return False
        is_last = _got(self._handle, fcntl.LOCK_EX)
        fcntl.flock(
            self._handle, fcntl.LOCK_UN
        )  # a forked child shares the handle: closing alone would not do
        os.close(self._handle)
        self._handle = None
        return is_last


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _got(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
