"""Keeps the site's processes alive: each is started again when it dies, later when it keeps dying."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from okoce.config.parent import PARENT
from okoce.config.preparation import PROJECT
from okoce.foundation.postgres.problem import PostgresProblem
from okoce.foundation.postgres.server import Server

LOOK_EVERY_SECONDS = 0.1
STOP_SECONDS = 8
STEADY_SECONDS = 60
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0

log = structlog.get_logger(__name__)


@dataclass
class Pauses:
    """How long to wait before the next start: longer after each quick death, short after a steady life."""

    failures: int = 0

    def after_life_of(self, seconds: float) -> float:
        self.failures = 1 if seconds > STEADY_SECONDS else self.failures + 1
        return float(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (self.failures - 1)))


@dataclass
class Child:
    """One of our processes, in a group of its own, so that a signal of the terminal reaches only us."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    pauses: Pauses = field(default_factory=Pauses)

    def look_after(self, now: float) -> None:
        if self.process is None:
            if now >= self.start_at:
                self._start(now)
        elif (code := self.process.poll()) is not None:
            self._end_group(signal.SIGKILL)
            pause = self.pauses.after_life_of(now - self.started)
            log.error("process died, starting it again", process=self.name, code=code, pause_seconds=pause)
            self.process, self.start_at = None, now + pause

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            self.command,
            cwd=PROJECT,
            env={**os.environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            start_new_session=True,
        )
        self.started = now

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def must_have_ended(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("process did not end in time and was killed", process=self.name)
        self._end_group(signal.SIGKILL)
        self.process.wait()

    def _end_group(self, number: signal.Signals) -> None:
        """What the process itself started must not outlive it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


@dataclass
class Keeper:
    """Starts the embedded server again when it was killed."""

    server: Server
    start_at: float = 0.0
    started: float = field(default_factory=time.monotonic)
    pauses: Pauses = field(default_factory=Pauses)

    def look_after(self, now: float) -> None:
        if now < self.start_at or (trouble := self.server.trouble()) is None:
            return
        pause = self.pauses.after_life_of(now - self.started)
        log.error("PostgreSQL died, starting it again", reason=str(trouble))
        try:
            self.server.start()
        except PostgresProblem as problem:
            log.error("PostgreSQL does not start", reason=str(problem), pause_seconds=pause)  # noqa: TRY400 - a sentence
        self.started = time.monotonic()
        self.start_at = self.started + pause


class Supervisor:
    def __init__(self, children: Sequence[Child], server: Server | None) -> None:
        self.children = children
        self.keeper = Keeper(server) if server else None

    def run_until(self, is_over: Callable[[], bool]) -> None:
        """Look after everything until `is_over`; it is asked at every look, and must answer quickly."""
        while not is_over():
            now = time.monotonic()
            if self.keeper:
                self.keeper.look_after(now)
            for child in self.children:
                child.look_after(now)
            time.sleep(LOOK_EVERY_SECONDS)

    def most_failures(self) -> int:
        """How often the worst of them has died quickly in a row."""
        return max(child.pauses.failures for child in self.children)

    def stop(self) -> None:
        """All at once, politely, then by force."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.must_have_ended(deadline)
