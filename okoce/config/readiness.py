"""Whether this very programme has prepared this very database already: then a start asks two questions instead of loading it all.

What was found ready is noted in the data folder: a sum over the programme's files, over how it is called, and over the rows of the
migrations with their times, which no other database has. Whatever differs, a start prepares everything as if for the first time.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from okoce.foundation.postgres.connection import Connection

NOTE = "prepared.sha256"
COLLECTED = "collected.sha256"  # written beside the static files when all of them are there
# What a start does differs with these; addresses and keys do not matter to it.
CALLED = ("DEMO", "OKOCE_STATIC", "DJANGO_SETTINGS_MODULE")
_MIGRATIONS = "SELECT app, name, applied FROM django_migrations ORDER BY id"


def is_ready(environ: Mapping[str, str], folder: Path, programme: Path) -> bool:
    note = folder / NOTE
    if not note.exists() or not (_static_root(environ, folder) / COLLECTED).exists():
        return False
    return note.read_text(encoding="ascii") == fingerprint(environ, programme)


def note_ready(environ: Mapping[str, str], folder: Path, programme: Path) -> None:
    (folder / NOTE).write_text(fingerprint(environ, programme), encoding="ascii")


def fingerprint(environ: Mapping[str, str], programme: Path) -> str:
    """Of the programme, of how it is called, and of the database that DATABASE_URL names."""
    sums = hashlib.sha256(sys.version.encode())
    for name in CALLED:
        sums.update(f"{name}={environ.get(name, '')}\n".encode())
    for path, size, changed in _files(programme):
        sums.update(f"{path}\0{size}\0{changed}\n".encode())
    for row in _migrated(Connection.from_url(environ["DATABASE_URL"])):
        sums.update(f"{row}\n".encode())
    return sums.hexdigest()


def _files(programme: Path) -> Iterator[tuple[str, int, int]]:
    """Every source file and the list of packages, with size and time, in one order."""
    requirements = (programme / "requirements.txt").stat()
    yield "requirements.txt", requirements.st_size, requirements.st_mtime_ns
    for folder, folders, names in os.walk(programme / "okoce"):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "tests"})
        for name in sorted(names):
            path = os.path.join(folder, name)
            status = os.stat(path)
            yield os.path.relpath(path, programme), status.st_size, status.st_mtime_ns


def _migrated(database: Connection) -> list[tuple[object, ...]]:
    with psycopg.connect(**database.psycopg()) as link:
        if link.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return []
        return link.execute(_MIGRATIONS).fetchall()


def _static_root(environ: Mapping[str, str], folder: Path) -> Path:
    """As in the settings, which are not read here."""
    return Path(environ.get("OKOCE_STATIC") or folder / "static")
