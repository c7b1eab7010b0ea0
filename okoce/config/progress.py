"""A progress bar on a terminal, a log line every few seconds elsewhere."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

import structlog
from tqdm import tqdm

SAY_EVERY_SECONDS = 5

log = structlog.get_logger(__name__)


@contextlib.contextmanager
def bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """Yields `progress(done, total)` for one long step."""
    began = time.monotonic()
    if sys.stderr.isatty():
        with tqdm(desc=name, file=sys.stderr, unit_scale=True) as shown:
            yield lambda done, total: _show(shown, done, total)
    else:
        yield _Teller(name).tell
    log.info("step done", step=name, seconds=round(time.monotonic() - began, 1))


def _show(shown: "tqdm[None]", done: int, total: int) -> None:
    shown.total = total
    shown.update(done - shown.n)


class _Teller:
    def __init__(self, name: str) -> None:
        self.name = name
        self.said = time.monotonic()

    def tell(self, done: int, total: int) -> None:
        if time.monotonic() - self.said > SAY_EVERY_SECONDS:
            self.said = time.monotonic()
            log.info("step going on", step=self.name, done=done, total=total)
