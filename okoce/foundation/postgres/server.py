"""One embedded server per data folder: started by the first, joined by the others."""

import contextlib
import enum
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.postgres import cluster as data
from okoce.foundation.postgres.account import Account, account_for, give, ourselves
from okoce.foundation.postgres.binaries import Binaries, runnable
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.configuration import (
    DURABLE,
    INCLUDED,
    PREWARM,
    conf_text,
    memory_of_machine,
    settings_for,
)
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.databases import ensure_database
from okoce.foundation.postgres.folders import make_data_folder, must_reach
from okoce.foundation.postgres.greeting import Greeting, greeting_of
from okoce.foundation.postgres.lock import Presence, alone
from okoce.foundation.postgres.passwords import (
    ROLE,
    SUPERUSER,
    new_passwords,
    read_passwords,
    write_passwords,
)
from okoce.foundation.postgres.postmaster import Postmaster, end_leftovers, forget_dead
from okoce.foundation.postgres.problem import (
    PostgresProblem,
    from_output,
    not_answering,
    other_version,
    password_lost,
    still_used,
    told,
)
from okoce.foundation.postgres.sockets import PORT, is_there, prepare_socket_folder, socket_folder_for

ANSWER_SECONDS = 15
LEFTOVER_SECONDS = 20
PATIENCE_SECONDS = 2.0  # leftovers of a killed server usually end by themselves within this
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
    """`folder` is the data folder; the PostgreSQL cluster, its passwords, its log and our locks lie in it.

    The process that starts the server and those that join it `leave()` at their end: the last one stops it.
    """

    def __init__(self, folder: Path, binaries: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = Path(folder).absolute()
        self.cluster = self.folder / "postgres"
        self.passwords = self.folder / "postgres.pgpass"
        self.log = self.folder / "postgres.log"
        self._kept = self.folder / "postgres.kept"
        self._presence = Presence(self.folder / "postgres.users")
        self._source = Path(binaries)
        self._settings = dict(settings or {})
        if DURABLE & self._settings.keys():
            raise ValueError("durability is not a setting")

    def start(self, *, keep: bool = False) -> Start:
        """Start the server, or join the one that runs; with `keep` it stays when the last process leaves."""
        make_data_folder(self.folder)
        with told(self.folder), self._alone():
            self._presence.enter()
            if keep:
                self._kept.touch(mode=0o600)
            if self._is_running():
                return Start.JOINED
            account = account_for(self.cluster)
            must_reach(self.folder, account)
            binaries = runnable(self._source, account)
            self._prepare_cluster(binaries, account)
            self._launch(binaries, account)
            self._must_be_welcome()
            return Start.STARTED

    def leave(self) -> bool:
        """Done with the server: stop it if nobody else uses it. True if it was stopped."""
        if not self.folder.exists():
            return False
        with told(self.folder), self._alone():
            is_last = self._presence.leave()
            return is_last and not self._kept.exists() and self._halt()

    def stop(self) -> bool:
        """Stop the server, whoever uses it; False if none was running."""
        if not self.cluster.exists():
            return False
        with told(self.folder), self._alone():
            self._kept.unlink(missing_ok=True)
            self._presence.leave()
            return self._halt()

    def status(self) -> Status:
        found = Postmaster.alive(self.cluster) if data.major_of(self.cluster) else None
        is_running = found is not None and greeting_of(self.connection("postgres")) is not Greeting.SILENT
        return Status(
            is_running=is_running,
            pid=found.pid if found else None,
            major=data.major_of(self.cluster),
            socket_folder=found.socket_folder if found else None,
        )

    def trouble(self) -> PostgresProblem | None:
        """Why a server that was started is no longer there, from the end of its log; None while it runs."""
        if Postmaster.alive(self.cluster):
            return None
        with told(self.log):
            said = self.log.read_text(encoding="utf-8", errors="replace")[-4000:] if self.log.exists() else ""
        return from_output(said, self.cluster, self.log)

    def connection(self, name: str = ROLE) -> Connection:
        """How the site connects. Before the first start the password is still empty."""
        return self._connection(ROLE, name)

    def superuser_connection(self, name: str = "postgres") -> Connection:
        """For backups and measurements; the site itself never connects like this."""
        return self._connection(SUPERUSER, name)

    def ensure_database(self, name: str) -> bool:
        """True if it had to be created."""
        return ensure_database(self.connection("postgres"), name)

    def new_passwords(self) -> None:
        """After the password file was lost: stop the server if it runs, and make new ones."""
        with told(self.folder), self._alone():
            account = account_for(self.cluster)
            binaries = runnable(self._source, account)
            self._must_fit(binaries)
            self._halt()
            with self._only_server(account):
                forget_dead(self.cluster)
                self._configure(binaries, account)
                passwords = new_passwords()
                data.set_passwords(self.cluster, binaries, account, passwords)
                write_passwords(self.passwords, passwords)

    def _alone(self) -> contextlib.AbstractContextManager[int]:
        path = self.folder / "postgres.lock"
        return alone(
            path,
            RECOVERY_SECONDS,
            PostgresProblem(
                f"Proses lain memegang {path} lebih dari {RECOVERY_SECONDS} detik; "
                "tunggu sampai selesai atau hentikan proses itu, lalu jalankan lagi."
            ),
        )

    def _only_server(self, account: Account) -> contextlib.AbstractContextManager[int]:
        """Held by the server itself and its backends as long as any of them lives, in whatever container."""

        next_time = PATIENCE_SECONDS

        def ask_to_end(waited: float) -> None:
            nonlocal next_time
            if waited > next_time and Postmaster.alive(self.cluster) is None:
                next_time = waited + 1
                end_leftovers(self.cluster, account)

        return alone(self.folder / "postgres.alive", LEFTOVER_SECONDS, still_used(self.cluster), ask_to_end)

    def _prepare_cluster(self, binaries: Binaries, account: Account) -> None:
        known = read_passwords(self.passwords)
        if data.major_of(self.cluster) is None:
            known = known or new_passwords()
            write_passwords(self.passwords, known)
            data.create(self.cluster, binaries, account, known)
            return
        self._must_fit(binaries)
        if not known:
            raise password_lost(self.passwords, self.cluster)
        if self.cluster.stat().st_uid != account.uid:
            give(self.cluster, account)

    def _must_fit(self, binaries: Binaries) -> None:
        major = data.major_of(self.cluster)
        if major is not None and major != binaries.major:
            raise other_version(self.cluster, major, binaries.major, self._source)

    def _configure(self, binaries: Binaries, account: Account) -> None:
        free = shutil.disk_usage(self.cluster).free
        sockets = prepare_socket_folder(self.cluster, account)
        can_prewarm = binaries.has_library(PREWARM)
        settings = settings_for(memory_of_machine(), free, sockets, can_prewarm=can_prewarm)
        conf = self.cluster / INCLUDED
        conf.write_text(conf_text(settings | self._settings), encoding="utf-8")
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch(mode=0o600)
        give(conf, account)
        give(self.log, account)

    def _launch(self, binaries: Binaries, account: Account) -> None:
        with self._only_server(account) as life:
            forget_dead(self.cluster)
            self._configure(binaries, account)
            deadline = time.monotonic() + LEFTOVER_SECONDS
            while said := self._try_to_launch(binaries, account, life):
                # Leftover backends of a killed server hold its shared memory for a moment.
                if time.monotonic() > deadline or not ("still in use" in said or "already exists" in said):
                    raise from_output(said, self.cluster, self.log)
                time.sleep(0.3)

    def _try_to_launch(self, binaries: Binaries, account: Account, life: int) -> str:
        """Empty when the server is ready, else what it said."""
        before = self.log.stat().st_size
        control = [binaries["pg_ctl"], "-D", self.cluster, "-l", self.log]
        command = [*control, "-w", "-t", str(RECOVERY_SECONDS), "start"]
        done = run(command, account, keep=[life], timeout=RECOVERY_SECONDS + 30)
        if done.code == 0:
            return ""
        return self.log.read_bytes()[before:].decode(errors="replace").strip() or done.output or "?"

    def _halt(self) -> bool:
        found = Postmaster.alive(self.cluster)
        if found is None:
            return False
        account = account_for(self.cluster)
        command = [runnable(self._source, account)["pg_ctl"], "-D", self.cluster, "-w"]
        if run([*command, "-t", "90", "-m", "fast", "stop"], account).code:
            run([*command, "-t", "30", "-m", "immediate", "stop"], account)  # safe: the next start recovers
        with contextlib.suppress(OSError):
            found.socket_folder.rmdir()
        return True

    def _is_running(self) -> bool:
        """Wait for one that is starting up; end one that nobody can reach any more."""
        began = time.monotonic()
        while found := Postmaster.alive(self.cluster):
            greeting = greeting_of(self.connection("postgres"))
            waited = time.monotonic() - began
            if greeting in {Greeting.WELCOME, Greeting.OTHER_REFUSAL}:
                return True
            if greeting is Greeting.WRONG_PASSWORD:
                raise password_lost(self.passwords, self.cluster)
            if greeting is Greeting.SILENT and waited > ANSWER_SECONDS:
                if is_there(found.socket_folder):
                    raise not_answering(self.cluster, found.pid, f"{ANSWER_SECONDS} detik")
                return not self._halt()  # its socket was cleaned away: no one new can ever connect
            if waited > RECOVERY_SECONDS:
                raise not_answering(self.cluster, found.pid, "masih memulihkan data")
            time.sleep(0.1)
        return False

    def _must_be_welcome(self) -> None:
        greeting = greeting_of(self.connection("postgres"), 30)
        if greeting is Greeting.WRONG_PASSWORD:
            self._halt()
            raise password_lost(self.passwords, self.cluster)
        if greeting is not Greeting.WELCOME:
            said = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
            raise from_output(said, self.cluster, self.log)

    def _connection(self, role: str, name: str) -> Connection:
        found = Postmaster.of(self.cluster)
        owner = self.cluster.stat().st_uid if self.cluster.exists() else ourselves().uid
        folder = found.socket_folder if found else socket_folder_for(self.cluster, owner)
        password = read_passwords(self.passwords).get(role, "")
        return Connection(host=str(folder), port=PORT, user=role, password=password, name=name)
