"""One process at a time, across processes; the kernel lets go when a holder is killed."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from okoce.foundation.postgres.problem import PostgresProblem


@contextlib.contextmanager
def alone(path: Path, seconds: float = 300) -> Iterator[None]:
    """Hold `path` exclusively; waiting longer than `seconds` is a PostgresProblem."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(handle, path, seconds)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise PostgresProblem(
                    f"Proses lain memegang {path} lebih dari {seconds:.0f} detik sambil menyalakan PostgreSQL; "
                    "tunggu sampai selesai atau hentikan proses itu, lalu jalankan lagi."
                ) from None
            time.sleep(0.02)
        else:
            return
