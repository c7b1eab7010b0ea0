"""What processes use: memory and processor time, read from /proc. The processor time says how much a deed costs on a machine
that is busy with other things too."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> list[int]:
    """A process and its descendants. Looks at every process of the machine: ask seldom while something is timed."""
    parents = {
        int(name): int(stat[1])
        for name in os.listdir("/proc")
        if name.isdigit() and (stat := _stat(int(name)))
    }
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def resident_mb(pid: int) -> float:
    """Memory of one process now."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE / 2**20
    except (OSError, IndexError):
        return 0.0


def processor_seconds(pid: int) -> float:
    """What a process and its descendants, living and waited for, have used."""
    return sum(sum(map(int, _stat(member)[11:15])) for member in family(pid) if _stat(member)) / TICKS


def database_server(folder: Path) -> int:
    """The first process of the embedded server of a data folder."""
    found = next(folder.rglob("postmaster.pid"))
    return int(found.read_text(encoding="ascii").split()[0])


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …; empty where the process has ended."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return []
