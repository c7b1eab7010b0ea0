"""The server's settings: durable always, sized to the machine, silent about people's data."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

MB = 1024 * 1024
GB = 1024 * MB
INCLUDED = "okoce.conf"
DURABLE = frozenset({"fsync", "full_page_writes", "synchronous_commit", "data_checksums"})
CGROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory_of_machine() -> int:
    """Bytes we may use: the machine's, or less where a container is limited."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in CGROUP_LIMITS:
        try:
            total = min(total, int(Path(path).read_text(encoding="ascii")))
        except (OSError, ValueError):  # "max", or no such file
            continue
    return total


# Comes with PostgreSQL's own extensions, which some systems install apart.
PREWARM = "pg_prewarm"


def settings_for(
    memory: int, disk_free: int, socket_folder: Path, *, can_prewarm: bool = False
) -> dict[str, str]:
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        **_memory(memory),
        **_write_ahead(disk_free),
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        **_log(),
        **_shared_memory(),
        **_prewarming(can_prewarm),
    }


def conf_text(settings: Mapping[str, str]) -> str:
    lines = [f"{key} = '{_quoted(value)}'\n" for key, value in settings.items()]
    return "".join(["# Written at every start; changes here are lost.\n", *lines])


def _memory(memory: int) -> dict[str, str]:
    return {
        "shared_buffers": _megabytes(memory // 8, 64 * MB, 4 * GB),
        "work_mem": _megabytes(memory // 512, 4 * MB, 32 * MB),
        "maintenance_work_mem": _megabytes(memory // 32, 64 * MB, 512 * MB),
        "effective_cache_size": _megabytes(memory // 2, 256 * MB, 1024 * GB),
    }


def _write_ahead(disk_free: int) -> dict[str, str]:
    return {
        "max_wal_size": _wal_size(disk_free),
        "min_wal_size": "256MB",
        "wal_compression": "off",  # pglz is all there is, and cost a bulk load six times the time that it saved
        "checkpoint_completion_target": "0.9",
    }


def _wal_size(disk_free: int) -> str:
    """A tenth of the disk, within reason: after each checkpoint every page that is touched is logged whole, once."""
    return f"{min(8, max(1, disk_free // (10 * GB)))}GB"


def _log() -> dict[str, str]:
    """To stderr, which goes to a file; without what people typed, which a failing statement would quote."""
    return {
        "logging_collector": "off",
        "log_destination": "stderr",
        "log_line_prefix": "%m [%p] ",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }


def _shared_memory() -> dict[str, str]:
    """Containers often get 64 MB of /dev/shm, which one parallel query can fill."""
    try:
        is_small = shutil.disk_usage("/dev/shm").total < 256 * MB  # noqa: S108 - only measured
    except OSError:
        return {}
    return {"dynamic_shared_memory_type": "mmap"} if is_small else {}


def _prewarming(can_prewarm: bool) -> dict[str, str]:
    """What was at hand before a restart is read in again, in the order of the disk, beside the first questions. Otherwise the
    first page of each place pays for some fifty single reads: 5 to 40 ms among a million people, by the disk's hour."""
    return {"shared_preload_libraries": PREWARM} if can_prewarm else {}


def _megabytes(size: int, least: int, most: int) -> str:
    return f"{max(least, min(size, most)) // MB}MB"


def _quoted(value: str) -> str:
    return value.replace("'", "''")
