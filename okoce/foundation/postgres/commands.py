"""Run one of PostgreSQL's programs as the right account, with a clean environment."""

import errno
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.problem import not_runnable, took_too_long

REASONS = {
    errno.ENOENT: "berkasnya tidak ada, atau dibuat untuk sistem lain",
    errno.EACCES: "tidak ada izin untuk menjalankannya",
    errno.EPERM: "root di sini tidak boleh berganti ke akun lain",
    errno.ENOEXEC: "dibuat untuk jenis prosesor atau sistem lain",
}


@dataclass(frozen=True)
class Outcome:
    code: int
    output: str


def run(
    command: Sequence[object],
    account: Account,
    *,
    text: str = "",
    keep: Sequence[int] = (),
    timeout: float = 120,
) -> Outcome:
    """Run to the end; `text` is its input, the handles in `keep` stay open in it and in its children."""
    try:
        done = subprocess.run(  # noqa: S603 - our own programs, never a shell
            [str(part) for part in command],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",  # ours may be closed to the account
            env=clean_environment(),
            umask=0o077,
            pass_fds=tuple(keep),
            timeout=timeout,
            check=False,
            **_identity(account),
        )
    except subprocess.TimeoutExpired:
        raise took_too_long(Path(str(command[0])), timeout) from None
    except OSError as error:
        raise not_runnable(Path(str(command[0])), REASONS.get(error.errno or 0, str(error))) from None
    return Outcome(done.returncode, done.stdout.decode(errors="replace"))


def clean_environment() -> dict[str, str]:
    """Without the caller's PG* settings, and speaking English so that failures can be recognised."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PG", "LC_", "LANG", "PYTHON", "DATABASE_URL"))
    }
    return kept | {"LC_ALL": "C", "HOME": "/"}


def _identity(account: Account) -> dict[str, Any]:
    if account.uid == os.geteuid():
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}
