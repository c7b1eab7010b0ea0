"""How long `make run` takes: on a fresh clone with packages downloaded, and again on its data."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Bar, Figure, Sample, one
from bench.plan import ROOT, Plan
from bench.site import OURS, first_answer, free_port, started
from okoce.foundation.postgres.locate import database_url

COLD_BAR = 120
WARM_BAR = 5
COLD_SECONDS = 600
COLD_PEERS = "openIMIS, Tendenci: none starts by one command"


def measure(plan: Plan) -> Iterator[Figure]:
    clone = plan.place("clone")
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    # Done first, so that the packages are in the cache of the package manager when make run asks for them.
    installing, database = _installed_alone(plan), database_alone(plan.place("bare"))
    cold = Figure("cold_start", "cold `make run` to first page", "s", bar=Bar(COLD_BAR), peers=COLD_PEERS)
    cold.note = "demo 2018, packages downloaded"
    cold.ceiling, cold.ceiling_name = installing + database, "venv with packages, initdb, start"
    data = plan.place("clone-data")
    cold.sample = one(_make_run(clone, data, COLD_SECONDS))
    yield cold
    warm = Figure("warm_start", "warm `make run` to first page", "s", bar=Bar(WARM_BAR))
    warm.ceiling, warm.ceiling_name = database_alone(plan.place("bare")), "start of the database"
    warm.sample = Sample.of(_make_run(clone, data, COLD_SECONDS) for _start in range(plan.starts))
    yield warm


def _make_run(clone: Path, data: Path, seconds: float) -> float:
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {*OURS, "DEMO", "VIRTUAL_ENV", "PYTHONPATH"}
    }
    environ |= {"OKOCE_DATA": str(data), "PORT": str(free_port())}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    began = time.perf_counter()
    with started(["make", "run"], environ, clone, seconds) as (_process, address):
        first_answer(address)
        return time.perf_counter() - began


def _installed_alone(plan: Plan) -> float:
    """Two times: the first fills the cache."""
    return [_install() for _time in range(2)][-1]


def _install() -> float:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([_base_python(), "-m", "venv", folder], check=True)
        pip = [
            f"{folder}/bin/python",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--no-input",
            "-q",
            "install",
        ]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
        return time.perf_counter() - began


def _base_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / "python3")


def database_alone(folder: Path) -> float:
    """A server in this folder, made where there is none, until it takes connections."""
    server = database_url({}, folder).server()
    began = time.perf_counter()
    server.start()
    try:
        return time.perf_counter() - began
    finally:
        server.leave()
