"""An installation under test: a data folder with its embedded server, the `okoce` command, and `okoce run` as a child."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.plan import ROOT
from okoce.config.preparation import prepared
from okoce.foundation.postgres.connection import Connection

OURS = (
    "DATABASE_URL",
    "OKOCE_SECRET_KEY",
    "OKOCE_ENCRYPTION_KEYS",
    "OKOCE_HASH_KEY",
    "OKOCE_SIGNING_KEYS",
    "OKOCE_FROM_MAKE",
)
READY_SECONDS = 180
STOP_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A data folder of the benchmarks."""

    folder: Path

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of a child: this folder, no other database, no demo."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return (
            kept
            | {
                "OKOCE_DATA": str(self.folder),
                "DEMO": "none",
                "DJANGO_SETTINGS_MODULE": "okoce.config.settings",
            }
            | more
        )

    @contextlib.contextmanager
    def opened(self) -> Iterator[dict[str, str]]:
        """Keep the server of this folder running; yields an environment in which the settings can be read."""
        environ = self.environ()
        with prepared(environ):
            yield environ

    @contextlib.contextmanager
    def held(self) -> Iterator[Connection]:
        """The same; yields where the database is."""
        with self.opened() as environ:
            yield Connection.from_url(environ["DATABASE_URL"])

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection]:
        """A plain connection, as Django makes it: nothing prepared."""
        with (
            self.held() as place,
            psycopg.connect(**place.psycopg(), autocommit=True, prepare_threshold=None) as database,
        ):
            yield database

    def okoce(self, *arguments: str, good: tuple[int, ...] = (0,)) -> str:
        """Run a command to its end; answers what it printed. What it says besides goes to our standard error."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environ(), stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode not in good:
            raise RuntimeError(f"okoce {' '.join(arguments)} ended with {done.returncode}")
        return done.stdout

    def prepare(self) -> None:
        """Tables and territory."""
        code = (
            "import os; from okoce.config.preparation import prepared\n"
            "with prepared(os.environ):\n"
            "    import django; django.setup()\n"
            "    from okoce.config.site import prepare_site; prepare_site()\n"
        )
        subprocess.run(
            [sys.executable, "-c", code], env=self.environ(PYTHONPATH=str(ROOT)), cwd=ROOT, check=True
        )

    @contextlib.contextmanager
    def running(self) -> Iterator[tuple[int, str]]:
        """`okoce run` on a free port; yields its process and address once it is ready."""
        port = free_port()
        command = [sys.executable, str(ROOT / "manage.py"), "run"]
        with started(command, self.environ(PORT=str(port)), ROOT) as (process, address):
            yield process.pid, address


@contextlib.contextmanager
def started(
    command: list[str], environ: dict[str, str], folder: Path, seconds: float = READY_SECONDS
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A start of the whole site; yields the process and the address, once it says that it is ready; ends it with SIGINT."""
    process = subprocess.Popen(
        command, env=environ, cwd=folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process, _address_said(process, seconds)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its own group, which holds nobody else
            raise
        finally:
            if process.stdout:
                process.stdout.close()


def _address_said(process: "subprocess.Popen[str]", seconds: float) -> str:
    deadline = threading.Timer(seconds, process.send_signal, [signal.SIGINT])
    deadline.start()
    try:
        for line in process.stdout or ():
            if line.startswith("Siap: "):
                return line.removeprefix("Siap: ").strip()
    finally:
        deadline.cancel()
    raise RuntimeError(
        f"the start ended with {process.wait(STOP_SECONDS)}, at most after {seconds:.0f} s, and was not ready"
    )


def first_answer(address: str) -> int:
    """The bytes of the first page, once it is there."""
    with urllib.request.urlopen(address + "/", timeout=30) as answer:  # noqa: S310 - our own address
        return len(answer.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
