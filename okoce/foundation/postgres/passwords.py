"""The passwords of an embedded server, kept in libpq's own password-file format so that psql can use it too."""

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
        raise not_writable(path, f"pengguna nomor {os.geteuid()}") from None
    entries = [line.rsplit(":", 2)[1:] for line in lines if line.startswith("*:*:*:")]
    found = {role: password for role, password in entries if password}
    return found if {ROLE, SUPERUSER} <= found.keys() else {}


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    """All or nothing, and readable by its owner alone from the first byte on."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"*:*:*:{role}:{password}\n" for role, password in passwords.items())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
