"""How long a members file takes through the real command line, and how much memory."""

import csv
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg

from bench.figures import Bar, Figure, Sample
from bench.members_file import COLUMNS, write_members_file
from bench.plan import ROOT, Plan
from bench.processes import database_server, family, processor_seconds, resident_mb
from bench.site import Site

BARS = {100_000: 20, 1_000_000: 200}
MEMORY_BAR_MB = 400
PEERS = "DHIS2 2.43: 104 s a 100,000 with 6 users on 4+4 CPUs; openIMIS: 40,000 rows never ended"
GOOD = (0, 3)  # 3: some rows were refused, as they should be
LOOK_SECONDS = 0.05
FAMILY_EVERY = 10


@dataclass(frozen=True)
class Outcome:
    """One import: time, memory, and the processor time of the command and of the database beside it."""

    seconds: float
    megabytes: float
    own_seconds: float
    database_seconds: float


def measure(plan: Plan) -> Iterator[Figure]:
    sizes = [plan.rows] * plan.loads + ([plan.rows_large] if plan.rows_large else [])
    outcomes: dict[int, list[Outcome]] = {}
    ceilings: dict[int, float] = {}
    for number, rows in enumerate(sizes):
        site = Site(plan.place(f"import-{number}"))
        file = plan.place(f"members-{rows}.csv")
        if not file.exists():
            write_members_file(file, rows)
        site.prepare()
        with site.database() as database:
            ceilings.setdefault(rows, _bare_copy(database, file) + _read(file))
            outcomes.setdefault(rows, []).append(_import(site, file))
            _require_all_taken(database, rows)
            site.okoce("recount")
        shutil.rmtree(site.folder)
    for rows, took in outcomes.items():
        yield _time_figure(rows, took, ceilings[rows])
        yield _memory_figure(rows, took)


def _time_figure(rows: int, outcomes: list[Outcome], ceiling: float) -> Figure:
    figure = Figure(f"import_{rows}", f"import of {rows:,} members", "s", peers=PEERS)
    figure.sample = Sample.of(outcome.seconds for outcome in outcomes)
    figure.bar = Bar(BARS[rows]) if rows in BARS else None
    figure.ceiling, figure.ceiling_name = ceiling, "reading the CSV + COPY of its rows into a bare table"
    own, database = (median(o.own_seconds for o in outcomes), median(o.database_seconds for o in outcomes))
    figure.note = f"all columns, recount agrees; processor {own:.1f} s command, {database:.1f} s database"
    return figure


def _memory_figure(rows: int, outcomes: list[Outcome]) -> Figure:
    figure = Figure(f"import_memory_{rows}", f"memory of that import ({rows:,})", "MB")
    figure.sample, figure.bar = Sample.of(outcome.megabytes for outcome in outcomes), Bar(MEMORY_BAR_MB)
    figure.note = "peak resident, with child processes, without the database server"
    return figure


def _import(site: Site, file: Path) -> Outcome:
    command = [sys.executable, str(ROOT / "manage.py"), "import", "members", str(file), "--json"]
    rejects = ["--rejects", str(file.with_suffix(".rejects.csv"))]
    server = database_server(site.folder)
    used, own = processor_seconds(server), _of_children()
    began = time.perf_counter()
    process = subprocess.Popen(command + rejects, env=site.environ(), stdout=subprocess.PIPE, text=True)
    peak, looks, members = 0.0, 0, [process.pid]
    while process.poll() is None:
        if looks % FAMILY_EVERY == 0:
            members = family(process.pid)
        peak, looks = max(peak, sum(map(resident_mb, members))), looks + 1
        time.sleep(LOOK_SECONDS)
    took = time.perf_counter() - began
    told = process.stdout.read() if process.stdout else ""
    if process.returncode not in GOOD:
        raise RuntimeError(f"the import ended with {process.returncode}: {told[-500:]}")
    return Outcome(took, peak, _of_children() - own, processor_seconds(server) - used)


def _of_children() -> float:
    """Processor time of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _require_all_taken(database: psycopg.Connection, rows: int) -> None:
    """About one row in a hundred is unusable and two repeat somebody; everybody else must be there."""
    (members,) = database.execute("SELECT count(*) FROM members_member").fetchone() or (0,)
    if not rows * 0.93 <= members <= rows:
        raise RuntimeError(f"{members} members after an import of {rows} rows")


def _bare_copy(database: psycopg.Connection, file: Path) -> float:
    listed = ", ".join(f"{name} text" for name in COLUMNS)
    database.execute(f"CREATE TABLE bench_bare ({listed})")
    began = time.perf_counter()
    with (
        database.cursor() as cursor,
        cursor.copy("COPY bench_bare FROM STDIN (FORMAT csv, HEADER)") as copy,
        file.open("rb") as lines,
    ):
        while piece := lines.read(1 << 20):
            copy.write(piece)
    took = time.perf_counter() - began
    database.execute("DROP TABLE bench_bare")
    return took


def _read(file: Path) -> float:
    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as lines:
        for _row in csv.reader(lines):
            pass
    return time.perf_counter() - began
