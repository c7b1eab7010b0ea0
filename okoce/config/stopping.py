"""One signal ends `okoce run`, whatever it is doing; further ones do not disturb the clean-up."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType


class Stopped(BaseException):
    """Asked to end. Not an Exception, so that nothing on the way takes it for a failure."""


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within, the first SIGINT, SIGTERM or SIGHUP raises Stopped in the main thread."""
    was_asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal was_asked
        if not was_asked:
            was_asked = True
            raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
