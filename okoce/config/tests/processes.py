"""Whole processes under test: `okoce` as an operator starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from okoce.config.preparation import PROJECT

MANAGE = str(PROJECT / "manage.py")
OURS = ("OKOCE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEMO", "PORT", "PYTEST", "COVERAGE")
START_SECONDS = 120


def environment(**values: str) -> dict[str, str]:
    """The operator's, without anything of the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | values


def okoce(*arguments: str, **values: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, MANAGE, *arguments]
    return subprocess.run(
        command, env=environment(**values), capture_output=True, text=True, timeout=START_SECONDS, check=False
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Run:
    """An `okoce run` that is going on."""

    process: "subprocess.Popen[str]"
    port: int
    log: Path

    def first_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def children(self, name: str = "") -> list[psutil.Process]:
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in found if name in _command(child)]

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """The exit code, and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(30), time.monotonic() - began


def started(folder: Path, *, port: int = 0, **values: str) -> Run:
    port = port or free_port()
    log = folder.parent / f"{folder.name}.{port}.log"
    settings = {"OKOCE_DATA": str(folder), "PORT": str(port), "DEMO": "none", **values}
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, MANAGE, "run"],
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    return Run(process, port, log)


@contextmanager
def running(folder: Path, **values: str) -> Iterator[Run]:
    """Until it says that it is ready; ended afterwards if the test has not done so."""
    run = started(folder, **values)
    try:
        line = run.first_line()
        assert line == f"Siap: http://127.0.0.1:{run.port}", run.log.read_text()[-3000:]
        yield run
    finally:
        if run.process.poll() is None:
            run.end()


@contextmanager
def data_folder() -> Iterator[Path]:
    """In a folder that PostgreSQL's own account can reach, unlike pytest's."""
    outer = Path(tempfile.mkdtemp(prefix="okoce-run-"))
    outer.chmod(0o711)
    try:
        yield outer / "data"
    finally:
        for left in users_of(outer / "data"):
            left.kill()
        shutil.rmtree(outer, ignore_errors=True)


def eventually(what: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def _command(process: psutil.Process) -> str:
    """Empty for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def users_of(folder: Path) -> list[psutil.Process]:
    """Every process that still names the data folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "environ"])
        if str(folder) in " ".join(process.info["cmdline"] or [])
        or (process.info["environ"] or {}).get("OKOCE_DATA") == str(folder)
    ]
