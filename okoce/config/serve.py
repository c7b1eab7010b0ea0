"""`okoce run`: database, tables, territory, demo, pages and worker; one signal ends all of it."""

import contextlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import structlog

from okoce.config.environment import Environment, SettingMissing
from okoce.config.logs import configure_logs
from okoce.config.parent import end_with_make
from okoce.config.preparation import PROJECT, data_folder, prepared
from okoce.config.readiness import is_ready, note_ready
from okoce.config.stopping import Stopped
from okoce.config.supervisor import Child, Supervisor
from okoce.foundation.postgres.lock import alone

READY_SECONDS = 120
HOPELESS_FAILURES = 4
USAGE = """okoce run

Menjalankan OK OCE sampai Ctrl-C. Variabel: PORT (8000), DEMO (2018, 2020 atau none), DATABASE_URL,
OKOCE_DATA, OKOCE_ADDRESS (127.0.0.1).
"""
DEMOS = ("2018", "2020", "none")

log = structlog.get_logger(__name__)


def serve(arguments: list[str]) -> int:
    """Everything, until Stopped is raised by a signal."""
    if arguments:
        (sys.stdout if arguments[0] in {"-h", "--help"} else sys.stderr).write(USAGE)
        return 0 if arguments[0] in {"-h", "--help"} else 2
    configure_logs()
    if os.environ.pop("OKOCE_FROM_MAKE", ""):
        end_with_make()
    try:
        _serve()
    except Stopped:
        log.info("stopped")
        raise
    return 0


def _serve() -> None:
    env = Environment()
    address, port = env.text("OKOCE_ADDRESS", "127.0.0.1"), _port(env)
    os.environ["PORT"] = str(port)
    os.environ["DEMO"] = _demo(env)
    folder = data_folder(os.environ)
    with _only_run(folder, f"http://{address}:{port}"):
        must_be_free(address, port)
        with prepared(os.environ) as installation:
            _prepare_site(folder)
            web = Child("web", [sys.executable, "-m", "okoce.config.web"])
            worker = Child("worker", [sys.executable, str(PROJECT / "manage.py"), "worker"])
            supervisor = Supervisor([web, worker], installation.server)
            try:
                _announce(supervisor, address, port)
                supervisor.run_until(lambda: False)
            finally:
                supervisor.stop()


def _port(env: Environment) -> int:
    port = env.number("PORT", 8000)
    if not 0 < port < 65536:
        raise SettingMissing(f"PORT={port} bukan nomor port; pakai 1 sampai 65535, misalnya 8000.")
    return port


def _demo(env: Environment) -> str:
    demo = env.text("DEMO", DEMOS[0])
    if demo not in DEMOS:
        raise SettingMissing(f"DEMO={demo} tidak dikenal; pakai {', '.join(DEMOS[:-1])} atau {DEMOS[-1]}.")
    return demo


@contextlib.contextmanager
def _only_run(folder: Path, here: str) -> Iterator[None]:
    """One `okoce run` per data folder; the file tells the second one where the first one is."""
    path, place = folder / "run.lock", folder / "run.address"
    where = place.read_text(encoding="utf-8").strip() if place.exists() else ""
    running = SettingMissing(
        f"OK OCE sudah berjalan dengan data di {folder}{f' ({where})' if where else ''}; "
        "buka alamat itu, hentikan dahulu yang sedang berjalan, atau pilih folder lain dengan OKOCE_DATA."
    )
    with alone(path, 0, running):  # type: ignore[arg-type]  # any sentence will do
        place.write_text(f"{here}\n", encoding="utf-8")
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def must_be_free(address: str, port: int) -> None:
    """Before the long steps, since the server would say so only after them."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise SettingMissing(
                f"Alamat {address}:{port} tidak dapat dipakai ({error.strerror}); "
                "hentikan program lain di alamat itu, atau pilih yang lain, misalnya PORT=8001 make run."
            ) from None


def _prepare_site(folder: Path) -> None:
    """Everything that pages need; on what this programme has found ready before, only the settings are read, for their refusals."""
    from django.conf import settings

    settings.DEBUG  # noqa: B018 - reads them
    if is_ready(os.environ, folder, PROJECT):
        return
    import django

    django.setup()
    from okoce.config.site import prepare_site

    prepare_site()
    note_ready(os.environ, folder, PROJECT)


def _announce(supervisor: Supervisor, address: str, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    here = "127.0.0.1" if address in {"0.0.0.0", "::", ""} else address  # noqa: S104 - only asked, not bound
    shown = f"http://{f'[{here}]' if ':' in here else here}:{port}"

    def is_ready() -> bool:
        # The first page need not be one that everybody may see: that it answers is enough.
        return _status(f"{shown}/readyz") == 200 and 0 < _status(f"{shown}/") < 500

    def is_hopeless() -> bool:
        return time.monotonic() > deadline or supervisor.most_failures() >= HOPELESS_FAILURES

    supervisor.run_until(lambda: is_ready() or is_hopeless())
    if is_hopeless() and not is_ready():
        raise SettingMissing("Situs tidak mau menyala; sebabnya ada pada catatan di atas.")
    sys.stdout.write(f"Siap: {shown}\n")
    sys.stdout.flush()


def _status(url: str) -> int:
    """0 where nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
