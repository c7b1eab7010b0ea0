"""What the data folder says about a running server, and whether that is still true."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.commands import run

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """The lines of postmaster.pid that matter."""

    pid: int
    socket_folder: Path

    @classmethod
    def of(cls, cluster: Path) -> Self | None:
        try:
            lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
            return cls(int(lines[0]), Path(lines[4].split(",")[0].strip()))
        except (OSError, ValueError, IndexError):
            return None

    @classmethod
    def alive(cls, cluster: Path) -> Self | None:
        found = cls.of(cluster)
        return found if found and is_alive(found.pid, cluster) else None


def is_alive(pid: int, cluster: Path) -> bool:
    """A server of this very data folder; a zombie or a stranger with the same number is not."""
    process = PROC / str(pid)
    if not (PROC / "self" / "stat").exists():
        return _is_postgres_without_proc(pid)
    try:
        after_name = (process / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        return after_name.split()[0] not in "ZX" and _works_in(process, cluster)
    except OSError:
        return False


def _works_in(process: Path, cluster: Path) -> bool:
    try:
        return (process / "cwd").samefile(cluster)
    except PermissionError:  # root in a container may not look there, but everybody sees the command line
        words = (process / "cmdline").read_bytes().split(b"\0")
        return os.fsencode(cluster) in words or os.fsencode(cluster.resolve()) in words


def forget_dead(cluster: Path) -> None:
    """Replace the number of a dead server's process, so that a zombie or a stranger does not count as it.

    The file itself stays: its shared-memory line is PostgreSQL's guard against leftover backends.
    """
    path = cluster / "postmaster.pid"
    if not path.exists():
        return
    first, _, rest = path.read_text(encoding="utf-8", errors="replace").partition("\n")
    if not first.strip().lstrip("-").isdigit():
        path.unlink()  # empty or cut off: PostgreSQL itself would refuse to start on it
    elif not is_alive(int(first), cluster):
        with path.open("r+", encoding="utf-8") as file:  # in place: it keeps its owner
            file.write(f"{_dead_pid()}\n{rest}")
            file.truncate()


def end_leftovers(cluster: Path, account: Account) -> None:
    """Ask the backends of a killed postmaster to end; a long query would keep one alive to its end."""
    # As the account itself: it may always look at its own processes, root in a container may not.
    each = 'for p in /proc/[0-9]*; do if [ "$p/cwd" -ef "$0" ]; then kill "${p#/proc/}"; fi; done'
    run(["/bin/sh", "-c", each, cluster], account)


def _dead_pid() -> int:
    """The number of a process that has just ended and been waited for."""
    child = subprocess.Popen(["/bin/sh", "-c", ":"])
    child.wait()
    return child.pid


def _is_postgres_without_proc(pid: int) -> bool:
    command = ["/bin/ps", "-o", "stat=,command=", "-p", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - constant
    return "postgres" in listed and not listed.startswith("Z")
