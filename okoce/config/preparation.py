"""Before Django: finds the database, starts it where it is ours, and fills the environment for settings."""

import contextlib
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from okoce.config.keyring import kept_secrets, new_secrets, required_secrets
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.databases import check_server
from okoce.foundation.postgres.folders import make_data_folder
from okoce.foundation.postgres.locate import Database, database_url, default_data_folder

if TYPE_CHECKING:
    from okoce.foundation.postgres.server import Server

PROJECT = Path(__file__).resolve().parents[2]
DATABASE = "okoce"


@dataclass(frozen=True)
class Installation:
    """Where this installation lives; `server` is set where the database is the embedded one."""

    folder: Path
    server: "Server | None" = None


def data_folder(environ: MutableMapping[str, str]) -> Path:
    """The data folder, made where it is missing, and named in the environment for the settings."""
    folder = default_data_folder(environ, PROJECT)
    make_data_folder(folder)
    environ["OKOCE_DATA"] = str(folder)
    return folder


@contextlib.contextmanager
def prepared(environ: MutableMapping[str, str]) -> Iterator[Installation]:
    """A database that answers, and the environment of the settings; the last to leave stops the server."""
    folder = data_folder(environ)
    database = database_url(environ, folder)
    if not database.is_embedded:
        environ.update(required_secrets(environ))
        check_server(database.connection().dsn())
        yield Installation(folder)
        return
    with _started(database) as server:
        connection = server.connection(DATABASE)
        environ.update(kept_secrets(environ, folder, lambda: _is_inhabited(connection)))
        environ["DATABASE_URL"] = connection.url()
        try:
            yield Installation(folder, server)
        finally:
            del environ["DATABASE_URL"]


@contextlib.contextmanager
def _started(database: Database) -> Iterator["Server"]:
    server = database.server()
    try:
        server.start()
        server.ensure_database(DATABASE)
        yield server
    finally:
        server.leave()


def _is_inhabited(connection: Connection) -> bool:
    with psycopg.connect(**connection.psycopg()) as link:
        return link.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone() == (True,)


def without_database(environ: MutableMapping[str, str]) -> None:
    """For commands that only read the code: settings are complete, nothing is started, no secret is real."""
    environ.setdefault("DATABASE_URL", f"postgresql:///{DATABASE}")
    for name, value in new_secrets().items():
        environ.setdefault(name, value)
