"""The operating-system account that PostgreSQL runs as: our own, or a dedicated one when we are root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.postgres.problem import not_ours

ACCOUNT = "okoce-postgres"
FALLBACK = "nobody"
FIRST_PERSON_UID = 1000


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    name: str


def ourselves() -> Account:
    return _named(os.geteuid()) or Account(os.geteuid(), os.getegid(), f"nomor {os.geteuid()}")


def account_for(cluster: Path) -> Account:
    """Whoever the data already belongs to, else the dedicated account; never root, PostgreSQL refuses it."""
    if os.geteuid() != 0:
        return ourselves()
    owner = _named(cluster.stat().st_uid) if cluster.exists() else None
    if owner is None or owner.uid == 0:  # none yet, restored from a backup by root, or of another container
        return _dedicated()
    if owner.uid < FIRST_PERSON_UID and owner.name != ACCOUNT:
        raise not_ours(cluster, owner.name)
    return owner


def give(path: Path, account: Account) -> None:
    """Hand a file or a folder with all in it to the account; only root can and has to."""
    if os.geteuid() != 0:
        return
    os.chown(path, account.uid, account.gid, follow_symlinks=False)
    if path.is_dir() and not path.is_symlink():
        for inner in path.iterdir():
            give(inner, account)


def _dedicated() -> Account:
    found = _named(ACCOUNT)
    if found is None:
        _create()
        found = _named(ACCOUNT) or _named(FALLBACK)
    return found or Account(65534, 65534, FALLBACK)


def _create() -> None:
    """No home, no shell, no password. Of two starts at once the second is told that it exists: as good."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    shell = next(
        (path for path in ("/usr/sbin/nologin", "/sbin/nologin") if Path(path).exists()), "/bin/false"
    )
    nowhere = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", shell]
    command = [useradd, "--system", "--user-group", *nowhere, ACCOUNT]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30)  # noqa: S603 - constant


def _named(who: int | str) -> Account | None:
    try:
        found = pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError:
        return None
    return Account(found.pw_uid, found.pw_gid, found.pw_name)
