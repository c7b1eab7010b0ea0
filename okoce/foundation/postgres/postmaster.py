"""What the data folder says about a running server, and whether that is still true."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Postmaster:
    """The lines of postmaster.pid that matter."""

    pid: int
    port: str
    socket_folder: Path

    @classmethod
    def of(cls, cluster: Path) -> "Postmaster | None":
        try:
            lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
            return cls(int(lines[0]), lines[3], Path(lines[4].split(",")[0].strip()))
        except (OSError, ValueError, IndexError):
            return None


def is_alive(pid: int, cluster: Path) -> bool:
    """A server of this very data folder; a zombie or a stranger with the same number is not."""
    if not Path("/proc/self/stat").exists():
        return _is_postgres_without_proc(pid)
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
        return state not in "ZX" and Path(f"/proc/{pid}/cwd").samefile(cluster)
    except OSError:
        return False


def forget_dead(cluster: Path) -> None:
    """Replace the number of a dead server's process, so that a zombie or a stranger does not count as it.

    The file itself stays: its shared-memory line is PostgreSQL's guard against leftover backends.
    """
    path = cluster / "postmaster.pid"
    try:
        first, rest = path.read_text(encoding="utf-8").split("\n", 1)
        pid = int(first)
    except (OSError, ValueError):
        path.unlink(missing_ok=True)  # empty or cut off: PostgreSQL itself would refuse to start on it
        return
    if not is_alive(pid, cluster):
        with path.open("r+", encoding="utf-8") as file:
            file.write(f"{_dead_pid()}\n{rest}")
            file.truncate()


def _dead_pid() -> int:
    """The number of a process that has just ended and been waited for."""
    child = subprocess.Popen(["/bin/true"] if os.path.exists("/bin/true") else ["/usr/bin/true"])
    child.wait()
    return child.pid


def _is_postgres_without_proc(pid: int) -> bool:
    command = ["ps", "-o", "stat=,command=", "-p", str(pid)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return "postgres" in listed and not listed.startswith("Z")
