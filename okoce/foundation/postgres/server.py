"""One embedded server per data folder: started by the first, joined by the others."""

import contextlib
import enum
import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from okoce.foundation.postgres import cluster as data
from okoce.foundation.postgres.account import Account, account_for
from okoce.foundation.postgres.binaries import Binaries, runnable
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.configuration import DURABLE, INCLUDED, conf_text, memory_of_machine, settings_for
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.databases import ensure_database
from okoce.foundation.postgres.lock import alone
from okoce.foundation.postgres.passwords import ROLE, SUPERUSER, new_passwords, read_passwords, write_passwords
from okoce.foundation.postgres.postmaster import Postmaster, forget_dead, is_alive
from okoce.foundation.postgres.problem import (
    PostgresProblem,
    disk_full,
    from_output,
    not_writable,
    other_version,
    password_lost,
    socket_taken,
)

PORT = "5432"
RETRY_SECONDS = 15
RECOVERY_SECONDS = 600
LOG_LIMIT = 10 * 1024 * 1024


class Start(enum.Enum):
    STARTED = "started"
    JOINED = "joined"


@dataclass(frozen=True)
class Status:
    is_running: bool
    pid: int | None
    major: int | None
    socket_folder: Path | None


class Server:
    """`folder` is the data folder; the PostgreSQL cluster, its passwords and its log lie in it."""

    def __init__(self, folder: Path, binaries: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = Path(folder).absolute()
        self.cluster = self.folder / "postgres"
        self.passwords = self.folder / "postgres.pgpass"
        self.log = self.folder / "postgres.log"
        self.is_ours = False
        self._source = Path(binaries)
        self._settings = dict(settings or {})
        if DURABLE & self._settings.keys():
            raise ValueError("durability is not a setting")

    # --- what callers use -------------------------------------------------------------------------------------

    def start(self) -> Start:
        """Start the server or join the one that runs; the data directory is made at the first start."""
        self._prepare_folder()
        with self._alone():
            if self._is_running():
                return Start.JOINED
            account = account_for(self.cluster)
            binaries = runnable(self._source, account)
            self._prepare_cluster(binaries, account)
            self._configure(account)
            self._launch(binaries, account)
            self._check_password()
            self.is_ours = True
            return Start.STARTED

    def stop(self) -> bool:
        """Stop the server, whoever started it; False if none was running."""
        if not self.cluster.exists():
            return False
        with self._alone():
            self.is_ours = False
            return self._halt()

    def status(self) -> Status:
        found = Postmaster.of(self.cluster) if self._has_data() else None
        is_running = found is not None and is_alive(found.pid, self.cluster) and self._answers(found)
        return Status(
            is_running=is_running,
            pid=found.pid if found and is_running else None,
            major=data.major_of(self.cluster),
            socket_folder=found.socket_folder if found and is_running else None,
        )

    def connection(self, name: str = ROLE) -> Connection:
        """How the site connects; also true before the first start, except that there is no password yet."""
        return self._connection(ROLE, name)

    def superuser_connection(self, name: str = "postgres") -> Connection:
        """For backups and benchmarks; the site itself never connects like this."""
        return self._connection(SUPERUSER, name)

    def ensure_database(self, name: str) -> bool:
        """True if it had to be created."""
        return ensure_database(self.connection("postgres"), name)

    # --- the folder -------------------------------------------------------------------------------------------

    def _prepare_folder(self) -> None:
        mode = 0o711 if os.geteuid() == 0 else 0o700  # as root, the server's account has to pass through
        try:
            self.folder.mkdir(mode=mode, parents=True, exist_ok=True)
        except OSError:
            raise not_writable(self.folder, _me()) from None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise not_writable(self.folder, _me())

    def _alone(self) -> contextlib.AbstractContextManager[None]:
        return alone(self.folder / "postgres.lock")

    def _has_data(self) -> bool:
        return data.major_of(self.cluster) is not None

    def _prepare_cluster(self, binaries: Binaries, account: Account) -> None:
        major = data.major_of(self.cluster)
        known = read_passwords(self.passwords)
        if major is None:
            known = known or new_passwords()
            write_passwords(self.passwords, known)
            data.create(self.cluster, binaries, account, known)
        elif major != binaries.major:
            raise other_version(self.cluster, major, binaries.major, self._source)
        elif not known:
            raise password_lost(self.passwords, self.cluster)

    # --- starting ---------------------------------------------------------------------------------------------

    def _configure(self, account: Account) -> None:
        free = shutil.disk_usage(self.cluster).free
        settings = settings_for(memory_of_machine(), free, self._own_socket_folder(account))
        conf = self.cluster / INCLUDED
        try:
            conf.write_text(conf_text(settings | self._settings), encoding="utf-8")
            self._rotate_log()
            self.log.touch(mode=0o600)
        except OSError as error:
            raise disk_full(self.cluster) if error.errno == 28 else not_writable(self.cluster, _me()) from None
        for path in (conf, self.log):
            if account.uid != os.geteuid():
                os.chown(path, account.uid, account.gid)

    def _rotate_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _own_socket_folder(self, account: Account) -> Path:
        """Short (a socket path holds 103 bytes), outside the data, and ours alone."""
        folder = socket_folder_for(self.cluster, account.uid)
        try:
            folder.parent.mkdir(mode=0o755, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            if account.uid != os.geteuid() and folder.lstat().st_uid == os.geteuid():
                os.chown(folder, account.uid, account.gid)
        except OSError:
            raise socket_taken(folder) from None
        if folder.is_symlink() or folder.lstat().st_uid != account.uid:
            raise socket_taken(folder)
        return folder

    def _launch(self, binaries: Binaries, account: Account) -> None:
        """Again and again for a while: after a kill, leftover backends hold the shared memory for a moment."""
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            forget_dead(self.cluster)
            before = self.log.stat().st_size
            control = [binaries["pg_ctl"], "-D", self.cluster, "-l", self.log]
            done = run([*control, "-w", "-t", str(RECOVERY_SECONDS), "start"], account, timeout=RECOVERY_SECONDS + 30)
            if done.code == 0:
                return
            said = self.log.read_bytes()[before:].decode(errors="replace")
            if time.monotonic() > deadline or not _may_pass(said):
                raise from_output(said or done.output, self.cluster, self.log)
            time.sleep(0.3)

    def _halt(self) -> bool:
        found = Postmaster.of(self.cluster)
        if found is None or not is_alive(found.pid, self.cluster):
            return False
        account = account_for(self.cluster)
        control = [runnable(self._source, account)["pg_ctl"], "-D", self.cluster, "-w"]
        if run([*control, "-t", "60", "-m", "fast", "stop"], account).code:
            run([*control, "-t", "30", "-m", "immediate", "stop"], account)
        with contextlib.suppress(OSError):
            found.socket_folder.rmdir()
        return True

    # --- asking -----------------------------------------------------------------------------------------------

    def _is_running(self) -> bool:
        found = Postmaster.of(self.cluster) if self._has_data() else None
        if found is None or not is_alive(found.pid, self.cluster):
            return False
        deadline = time.monotonic() + RETRY_SECONDS
        while time.monotonic() < deadline and is_alive(found.pid, self.cluster):
            if self._answers(found):
                self._check_password()
                return True
            time.sleep(0.1)
        self._halt()  # alive but out of reach, as when its socket was cleaned away: nobody new can ever connect
        return False

    def _answers(self, found: Postmaster) -> bool:
        """Any answer counts, also a refusal; silence or 'starting up' does not."""
        try:
            psycopg.connect(**self.connection("postgres").psycopg(), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            return "authentication failed" in str(error) or "no password supplied" in str(error)
        return found.pid > 0

    def _check_password(self) -> None:
        try:
            psycopg.connect(**self.connection("postgres").psycopg(), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "password" in str(error):
                raise password_lost(self.passwords, self.cluster) from None
            raise from_output(str(error), self.cluster, self.log) from None

    def _connection(self, role: str, name: str) -> Connection:
        found = Postmaster.of(self.cluster)
        folder = found.socket_folder if found else socket_folder_for(self.cluster, account_uid(self.cluster))
        password = read_passwords(self.passwords).get(role, "")
        return Connection(host=str(folder), port=PORT, user=role, password=password, name=name)


def account_uid(cluster: Path) -> int:
    return cluster.stat().st_uid if cluster.exists() else os.geteuid()


def socket_folder_for(cluster: Path, uid: int) -> Path:
    mark = hashlib.sha256(str(cluster.resolve()).encode()).hexdigest()[:12]
    if os.geteuid() == 0 and os.access("/run", os.W_OK):
        return Path("/run/okoce") / mark
    return Path(f"/tmp/okoce-{uid}-{mark}")  # noqa: S108 - made 0700 and its owner is checked


def _may_pass(said: str) -> bool:
    return "is already in use" in said or "still in use" in said or "already exists" in said


def _me() -> str:
    return account_for(Path("/nonexistent")).name if os.geteuid() else "root"
