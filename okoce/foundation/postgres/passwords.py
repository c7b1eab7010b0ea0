"""The passwords of an embedded server, kept in libpq's password-file format so that psql can use them."""

import os
import secrets
from pathlib import Path

from okoce.foundation.postgres.problem import not_writable

ROLE = "okoce"
SUPERUSER = "postgres"


def new_passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(32) for role in (ROLE, SUPERUSER)}


def read_passwords(path: Path) -> dict[str, str]:
    """Role to password; empty when the file is missing or holds something else."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    except PermissionError:
        raise not_writable(path) from None
    entries = [line.split(":") for line in lines if line.startswith("*:*:*:")]
    found = {entry[3]: entry[4] for entry in entries if len(entry) == 5 and entry[4]}
    return found if {ROLE, SUPERUSER} <= found.keys() else {}


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    write_secret(draft, "".join(f"*:*:*:{role}:{password}\n" for role, password in passwords.items()))
    draft.replace(path)


def write_secret(path: Path, text: str) -> None:
    """A new file, readable by its owner alone from the first byte on, and on disk when we return."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
