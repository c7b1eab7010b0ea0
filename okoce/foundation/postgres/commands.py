"""Run one of PostgreSQL's programs as the right account, with a clean environment."""

import errno
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.problem import not_runnable

REASONS = {
    errno.ENOENT: "berkasnya tidak ada, atau sistem ini bukan yang dituju paket itu",
    errno.EACCES: "tidak ada izin untuk menjalankannya",
    errno.EPERM: "tidak ada izin untuk menjalankannya",
    errno.ENOEXEC: "dibuat untuk jenis prosesor lain",
}


@dataclass(frozen=True)
class Outcome:
    code: int
    output: str


def run(command: Sequence[str | Path], account: Account, *, text: str = "", timeout: float = 120) -> Outcome:
    """Run to the end; `text` goes to its input. A program that cannot run at all is a PostgresProblem."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",  # ours may be closed to the account
            env=clean_environment(),
            umask=0o077,
            timeout=timeout,
            check=False,
            **_identity(account),
        )
    except OSError as error:
        raise not_runnable(Path(command[0]), REASONS.get(error.errno or 0, str(error))) from None
    return Outcome(done.returncode, done.stdout.decode(errors="replace"))


def clean_environment() -> dict[str, str]:
    """Without the caller's PG* settings, and speaking English so that failures can be recognised."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG", "PYTHON"))}
    return kept | {"LC_ALL": "C", "HOME": "/"}


def _identity(account: Account) -> dict[str, object]:
    if account.uid == os.geteuid():
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}
