"""A child ends when its parent is gone, however the parent ended: nothing is left behind by a kill -9."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

LOOK_EVERY_SECONDS = 0.3
GRACE_SECONDS = 6
PARENT = "OKOCE_PARENT"


def end_with_parent(parent: int | None = None) -> None:
    """From now on, end once `parent` (default: the one in OKOCE_PARENT) is gone; politely, then by force."""
    expected = parent or int(os.environ.get(PARENT, "0"))
    if expected:
        _watch(lambda: os.getppid() != expected, _end_ourselves)


def end_with_make() -> None:
    """For `make run`: make, when it alone gets a signal, waits for us without handing it on; so we look."""
    make = os.getppid()
    _watch(
        lambda: os.getppid() != make or _has_had_its_signal(make),
        lambda: os.kill(os.getpid(), signal.SIGTERM),
    )


def _watch(is_over: Callable[[], bool], end: Callable[[], None]) -> None:
    def look() -> None:
        while not is_over():
            time.sleep(LOOK_EVERY_SECONDS)
        end()

    threading.Thread(target=look, name="parent watch", daemon=True).start()


def _end_ourselves() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _has_had_its_signal(pid: int) -> bool:
    """GNU make catches SIGINT from its start and lets go of it as soon as one has come (Linux tells).

    A make that ignores it, as everything does that a script starts in the background, never catches it and has had none.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    name = status.split("\n", 1)[0].partition("\t")[2]
    handled = [line.split()[1] for line in status.splitlines() if line.startswith(("SigCgt:", "SigIgn:"))]
    return name in {"make", "gmake"} and bool(handled) and not any(map(_has_sigint, handled))


def _has_sigint(mask: str) -> bool:
    return bool(int(mask, 16) >> (signal.SIGINT - 1) & 1)
