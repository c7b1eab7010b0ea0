"""Making a data directory: all of it or nothing, with checksums, scram and our two roles."""

import os
import shutil
from pathlib import Path

from okoce.foundation.postgres.account import Account, give
from okoce.foundation.postgres.binaries import Binaries
from okoce.foundation.postgres.commands import Outcome, run
from okoce.foundation.postgres.configuration import INCLUDED
from okoce.foundation.postgres.passwords import ROLE, SUPERUSER, write_secret
from okoce.foundation.postgres.problem import (
    PostgresProblem,
    disk_full,
    from_output,
    not_a_cluster,
    not_writable,
)

BUILTIN_LOCALE_SINCE = 17
NEEDED = 150 * 1024 * 1024  # a fresh cluster takes 40 MB, its first checkpoint more


def major_of(cluster: Path) -> int | None:
    """Which PostgreSQL made the data; None where there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise not_writable(cluster) from None
    except ValueError:
        raise PostgresProblem(
            f"Berkas {cluster / 'PG_VERSION'} rusak; kembalikan folder itu dari cadangan."
        ) from None


def create(cluster: Path, binaries: Binaries, account: Account, passwords: dict[str, str]) -> None:
    """Built beside its place and moved there when complete: a kill in between leaves nothing half-made."""
    if cluster.exists() and any(cluster.iterdir()):
        raise not_a_cluster(cluster)
    if shutil.disk_usage(cluster.parent).free < NEEDED:
        raise disk_full(cluster)
    draft = cluster.with_name(f"{cluster.name}.new")
    secret = cluster.with_name(f"{cluster.name}.pw")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(mode=0o700)
        give(draft, account)
        write_secret(secret, passwords[SUPERUSER] + "\n")
        give(secret, account)
        _initdb(draft, secret, binaries, account)
        _make_roles(draft, binaries, account, passwords)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\ninclude '{INCLUDED}'\n")
        draft.rename(cluster)
        _sync(cluster.parent)
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
    command = [
        binaries["postgres"],
        "--single",
        "-c",
        "exit_on_error=true",
        "-c",
        "log_min_error_statement=panic",
    ]
    done = run([*command, "-D", cluster, "postgres"], account, text="\n".join([*lines, ""]))
    _must(done, cluster)


def _initdb(draft: Path, secret: Path, binaries: Binaries, account: Account) -> None:
    fixed = [f"--pgdata={draft}", f"--username={SUPERUSER}", f"--pwfile={secret}", "--auth=scram-sha-256"]
    for locale in _locales(binaries.major):
        command = [binaries["initdb"], *fixed, "--encoding=UTF8", "--data-checksums", *locale]
        done = run(command, account, timeout=300)
        if "invalid locale" not in done.output:
            break
    _must(done, draft)


def _locales(major: int) -> list[list[str]]:
    """Same order and same letters everywhere; the second choice where the system has no C.UTF-8 (macOS)."""
    if major >= BUILTIN_LOCALE_SINCE:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        # pg_trgm still asks the system what a letter is: with C alone it would drop é and ü from names.
        return [[*builtin, "--lc-ctype=C.UTF-8"], builtin]
    return [["--locale=C.UTF-8"], ["--locale=C", "--lc-ctype=en_US.UTF-8"]]


def _must(outcome: Outcome, cluster: Path) -> None:
    if outcome.code:
        raise from_output(outcome.output, cluster, cluster.with_name("postgres.log"))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
