"""The operating-system account that PostgreSQL runs as: our own, or a dedicated one when we are root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "okoce-postgres"
FALLBACK = "nobody"
FIRST_PERSON_UID = 1000


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    name: str


def ourselves() -> Account:
    try:
        name = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # an arbitrary uid, as containers use
        name = str(os.geteuid())
    return Account(os.geteuid(), os.getegid(), name)


def account_for(cluster: Path) -> Account:
    """Whoever the data already belongs to, else the dedicated account; never root, PostgreSQL refuses it."""
    if os.geteuid() != 0:
        return ourselves()
    if cluster.exists():
        owner = _named(cluster.stat().st_uid)
        if owner and (owner.uid >= FIRST_PERSON_UID or owner.name == ACCOUNT):
            return owner
    return _dedicated()


def existing_account() -> Account | None:
    """The account PostgreSQL would get if nothing had to be created."""
    if os.geteuid() != 0:
        return ourselves()
    return _named(ACCOUNT)


def _dedicated() -> Account:
    found = _named(ACCOUNT)
    if found is None:
        _create()
        found = _named(ACCOUNT) or _named(FALLBACK)
    return found or Account(65534, 65534, FALLBACK)


def _create() -> None:
    """No home, no shell, no password. Two starts at once: the second is told that it exists, which is as good."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    shell = next((p for p in ("/usr/sbin/nologin", "/sbin/nologin") if Path(p).exists()), "/bin/false")
    subprocess.run(
        [*command, "--shell", shell, ACCOUNT], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30
    )


def _named(who: int | str) -> Account | None:
    try:
        found = pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError:
        return None
    return Account(found.pw_uid, found.pw_gid, found.pw_name) if found.pw_uid else None
