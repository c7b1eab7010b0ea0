"""Where a database is and who we are there, in the shapes that Django and psycopg take."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from okoce.foundation.postgres.problem import PostgresProblem

SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class Connection:
    host: str
    port: str
    user: str
    password: str = field(repr=False)
    name: str
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read a DATABASE_URL with libpq's own reader; never repeat it in an error: it holds a password."""
        if not url.startswith(SCHEMES):
            raise _unreadable("harus berbentuk postgresql://pengguna:sandi@alamat:5432/nama")
        try:
            parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        except ProgrammingError as error:
            raise _unreadable(_reason(str(error))) from None
        name = parts.pop("dbname", "")
        if not name and "service" not in parts:
            raise _unreadable("nama basis data belum disebut di ujungnya")
        known = {key: parts.pop(key, "") for key in ("host", "port", "user", "password")}
        return cls(**known, name=name, options=parts)

    def to(self, name: str) -> Self:
        """The same server, another database."""
        return replace(self, name=name)

    def django(self) -> dict[str, object]:
        """For an entry of Django's DATABASES, without ENGINE."""
        return {
            "HOST": self.host,
            "PORT": self.port,
            "USER": self.user,
            "PASSWORD": self.password,
            "NAME": self.name,
            "OPTIONS": dict(self.options),
        }

    def psycopg(self) -> dict[str, Any]:
        """Keyword arguments for psycopg.connect."""
        named = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": self.name,
        }
        return {key: value for key, value in named.items() if value} | dict(self.options)

    def url(self) -> str:
        """As a DATABASE_URL, every part escaped; it holds the password."""
        parts = {key: value for key, value in self.psycopg().items() if key != "dbname"}
        return f"postgresql:///{quote(self.name, safe='')}?{urlencode(parts, quote_via=quote)}"

    def dsn(self) -> str:
        """One libpq connection string, quoted; it holds the password."""
        return make_conninfo("", **self.psycopg())


def _unreadable(reason: str) -> PostgresProblem:
    return PostgresProblem(f"DATABASE_URL tidak terbaca: {reason}; perbaiki nilainya, lalu jalankan lagi.")


def _reason(message: str) -> str:
    # Only the complaint about a parameter is safe to repeat: the others may quote a part of the password.
    if "query parameter" in message:
        return message.strip().splitlines()[0]
    return "tanda khusus di dalam sandi (@ : / # % ?) harus ditulis sebagai %40 %3A %2F %23 %25 %3F"
