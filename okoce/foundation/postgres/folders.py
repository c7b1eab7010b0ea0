"""Folders that the server's account can pass through, without opening anything that was there before."""

import os
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.problem import not_reachable, not_writable, told


def make(folder: Path, mode: int) -> None:
    """With missing parents, all of the same mode whatever the umask."""
    if folder.is_dir():
        return
    if not folder.parent.exists():
        make(folder.parent, mode)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode)


def make_data_folder(folder: Path) -> None:
    with told(folder):
        make(folder, 0o711 if os.geteuid() == 0 else 0o700)  # as root, another account has to pass through
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise not_writable(folder)


def must_reach(folder: Path, account: Account) -> None:
    """The account can get into `folder`; else say which parent is closed."""
    if account.uid == os.geteuid() or _can_enter(folder, account):
        return
    barrier = next(path for path in [*reversed(folder.parents), folder] if not _can_enter(path, account))
    raise not_reachable(folder, barrier, account.name)


def is_open_to_all(folder: Path) -> bool:
    """Every folder on the way can be passed through by an account that owns none of them."""
    existing = [path for path in (folder, *folder.parents) if path.exists()]
    return all(path.stat().st_mode & 0o001 for path in existing)


def _can_enter(folder: Path, account: Account) -> bool:
    return run(["/bin/sh", "-c", 'cd "$0"', folder], account).code == 0
