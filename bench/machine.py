"""On what it was measured."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench.plan import ROOT
from okoce.foundation.postgres.configuration import memory_of_machine
from okoce.foundation.postgres.locate import wheel_folder


def describe() -> dict[str, object]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": memory_of_machine() // 2**20,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": _postgresql(),
        "commit": _said(["git", "rev-parse", "--short", "HEAD"]),
        "uncommitted_changes": bool(_said(["git", "status", "--porcelain", "--untracked-files=no"])),
        "load_average": load(),
    }


def load() -> list[float]:
    """How busy the machine was in the last 1, 5 and 15 minutes."""
    return [round(value, 2) for value in os.getloadavg()]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _postgresql() -> str:
    folder = wheel_folder()
    return _said([str(folder / "postgres"), "--version"]) if folder else ""


def _said(command: list[str]) -> str:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
