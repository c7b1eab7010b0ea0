"""Making a data directory: all of it or nothing, with checksums, scram and our two roles."""

import os
import shutil
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.binaries import Binaries
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.configuration import INCLUDED
from okoce.foundation.postgres.passwords import ROLE, SUPERUSER
from okoce.foundation.postgres.problem import PostgresProblem, from_output, not_writable

BUILTIN_LOCALE_SINCE = 17


def major_of(cluster: Path) -> int | None:
    """Which PostgreSQL made the data; None where there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise not_writable(cluster, f"pengguna nomor {os.geteuid()}") from None
    except ValueError:
        raise PostgresProblem(
            f"Berkas {cluster / 'PG_VERSION'} rusak; kembalikan folder itu dari cadangan."
        ) from None


def create(cluster: Path, binaries: Binaries, account: Account, passwords: dict[str, str]) -> None:
    """Built beside its place and moved there when complete: a kill in between leaves nothing half-made."""
    draft = cluster.with_name(f"{cluster.name}.new")
    secret = cluster.with_name(f"{cluster.name}.pw")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(mode=0o700)
        _give(draft, account)
        _write_for(secret, passwords[SUPERUSER], account)
        _must(run(_initdb(draft, secret, binaries), account, timeout=300), cluster)
        _make_roles(draft, binaries, account, passwords)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\ninclude_if_exists '{INCLUDED}'\n")
        draft.rename(cluster)
    finally:
        secret.unlink(missing_ok=True)
        shutil.rmtree(draft, ignore_errors=True)


def set_passwords(cluster: Path, binaries: Binaries, account: Account, passwords: dict[str, str]) -> None:
    """On a stopped server, for its owner: the way back after the password file is lost."""
    lines = [f"ALTER ROLE {role} PASSWORD '{password}';" for role, password in passwords.items()]
    _single_user(cluster, binaries, account, lines)


def _make_roles(cluster: Path, binaries: Binaries, account: Account, passwords: dict[str, str]) -> None:
    """The site's role owns its databases but is no superuser, as on any hosted PostgreSQL."""
    lines = [
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{passwords[ROLE]}';",
        f"GRANT pg_monitor TO {ROLE};",
        f"CREATE DATABASE {ROLE} OWNER {ROLE} TEMPLATE template0 ENCODING 'UTF8';",
    ]
    _single_user(cluster, binaries, account, lines)


def _single_user(cluster: Path, binaries: Binaries, account: Account, lines: list[str]) -> None:
    command = [binaries["postgres"], "--single", "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic"]
    done = run([*command, "-D", cluster, "postgres"], account, text="\n".join([*lines, ""]))
    _must(done, cluster)


def _initdb(draft: Path, secret: Path, binaries: Binaries) -> list[str | Path]:
    return [
        binaries["initdb"],
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--data-checksums",
        *_locale(binaries.major),
    ]


def _locale(major: int) -> list[str]:
    if major >= BUILTIN_LOCALE_SINCE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _write_for(path: Path, text: str, account: Account) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
    _give(path, account)


def _give(path: Path, account: Account) -> None:
    if account.uid != os.geteuid():
        os.chown(path, account.uid, account.gid)


def _must(outcome: object, cluster: Path) -> None:
    code, output = outcome.code, outcome.output
    if code:
        raise from_output(output, cluster, cluster.with_name("postgres.log"))
