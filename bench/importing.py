"""How long a members file takes through the real command line, and how much memory."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.figures import Bar, Figure, Sample
from bench.members_file import COLUMNS, write_members_file
from bench.plan import ROOT, Plan
from bench.site import Site

BARS = {100_000: 20, 1_000_000: 200}
MEMORY_BAR_MB = 400
PEERS = "DHIS2 2.43: 104 s a 100,000 with 6 users on 4+4 CPUs; openIMIS: 40,000 rows never ended"
GOOD = (0, 3)  # 3: some rows were refused, as they should be
LOOK_SECONDS = 0.02


def measure(plan: Plan) -> Iterator[Figure]:
    sizes = [plan.rows] * plan.loads + ([plan.rows_large] if plan.rows_large else [])
    seconds: dict[int, list[float]] = {}
    memory: dict[int, list[float]] = {}
    ceilings: dict[int, float] = {}
    for number, rows in enumerate(sizes):
        site = Site(plan.place(f"import-{number}"))
        file = plan.place(f"members-{rows}.csv")
        if not file.exists():
            write_members_file(file, rows)
        site.prepare()
        with site.database() as database:
            ceilings.setdefault(rows, _bare_copy(database, file) + _read(file))
            spent, peak = _import(site, file)
            _require_all_taken(database, rows)
        site.okoce("recount")
        seconds.setdefault(rows, []).append(spent)
        memory.setdefault(rows, []).append(peak)
    for rows, took in seconds.items():
        yield _time_figure(rows, took, ceilings[rows])
        yield _memory_figure(rows, memory[rows])


def _time_figure(rows: int, seconds: list[float], ceiling: float) -> Figure:
    figure = Figure(f"import_{rows}", f"import of {rows:,} members", "s", Sample.of(seconds), peers=PEERS)
    figure.bar = Bar(BARS[rows]) if rows in BARS else None
    figure.ceiling, figure.ceiling_name = ceiling, "reading the CSV + COPY of its rows into a bare table"
    figure.note = "CSV, NIK, duplicates, audit, tallies; recount agrees"
    return figure


def _memory_figure(rows: int, peaks: list[float]) -> Figure:
    figure = Figure(f"import_memory_{rows}", f"memory of that import ({rows:,})", "MB", Sample.of(peaks))
    figure.bar = Bar(MEMORY_BAR_MB)
    figure.note = "peak resident, with child processes, without the database server"
    return figure


def _import(site: Site, file: Path) -> tuple[float, float]:
    command = [sys.executable, str(ROOT / "manage.py"), "import", "members", str(file), "--json"]
    rejects = ["--rejects", str(file.with_suffix(".rejects.csv"))]
    began = time.perf_counter()
    process = subprocess.Popen(command + rejects, env=site.environ(), stdout=subprocess.PIPE, text=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident_mb, family(process.pid))))
        time.sleep(LOOK_SECONDS)
    took = time.perf_counter() - began
    told = process.stdout.read() if process.stdout else ""
    if process.returncode not in GOOD:
        raise RuntimeError(f"the import ended with {process.returncode}: {told[-500:]}")
    return took, peak


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


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    parents = dict(_parents())
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path(f"/proc/{name}/stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            yield int(name), int(stat.rpartition(")")[2].split()[1])


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
