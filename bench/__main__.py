"""`make bench`: every figure of the promise beside its ceiling. `python -m bench --help`."""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TextIO

from bench.figures import Figure, as_markdown, as_text
from bench.machine import describe
from bench.part import unpack
from bench.plan import ROOT, Plan
from bench.site import Site

PARTS = (
    "starting",
    "importing",
    "generating",
    "counting",
    "searching",
    "listing",
    "registering",
    "first_page",
    "phone_pages",
)
RESULTS = ROOT / "bench" / "results.json"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
PART_SECONDS = 3 * 3600


def main() -> int:
    asked = _asked()
    folder = Path(asked.folder or tempfile.mkdtemp(prefix="okoce-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the database's own user must get through
    plan = Plan.small(str(folder)) if asked.small else _full_plan(str(folder), asked)
    machine = describe()
    try:
        figures = _measure(plan, _parts(asked))
    finally:
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(as_text(figures) + _told(machine))
    told = {"machine": machine, "small": asked.small, "figures": [figure.as_json() for figure in figures]}
    asked.results.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if asked.paste:
        paste(figures, machine)
    return 1 if any(figure.sample is None for figure in figures) else 0


def _told(machine: dict[str, object]) -> str:
    """On what; and whether somebody else was using it when the run began."""
    before, cores = machine["load_average"][0], os.cpu_count() or 1  # type: ignore[index]  # a list
    warning = (
        "The machine was busy with other things: these figures say little.\n" if before > cores / 2 else ""
    )
    return f"{machine['processor']}, {cores} cores, {machine['postgresql']}, load {before} at the beginning\n{warning}"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="tiny sizes: tests the benchmarks, says nothing about speed"
    )
    parser.add_argument("--large", action="store_true", help="also import 1,000,000 rows")
    parser.add_argument("--skip-cold", action="store_true", help="leave out the start on a fresh clone")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts alone")
    parser.add_argument("--members", type=int, default=Plan.many, help="size of the large movement")
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="how long registrations are sent")
    parser.add_argument("--folder", help="where the databases lie; what is generated there already is used")
    parser.add_argument("--keep", action="store_true", help="leave the databases for the next run")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--paste", action="store_true", help="write the table into docs/benchmarks.md")
    return parser.parse_args()


def _full_plan(folder: str, asked: argparse.Namespace) -> Plan:
    return Plan(folder, many=asked.members, rows_large=1_000_000 if asked.large else 0, seconds=asked.seconds)


def _parts(asked: argparse.Namespace) -> list[str]:
    chosen = asked.only or PARTS
    return [name for name in PARTS if name in chosen and not (asked.skip_cold and name == "starting")]


def _measure(plan: Plan, parts: list[str]) -> list[Figure]:
    """Each part in its own process, so that one that fails leaves the others alone; the two servers stay up between them."""
    figures: list[Figure] = []
    with contextlib.ExitStack() as held:
        for name in parts:
            sys.stderr.write(f"{name} …\n")
            figures += _measure_part(plan, name)
            if name == "generating":
                for site in ("many", "few"):
                    held.enter_context(Site(plan.place(site)).held())
    return figures


def _measure_part(plan: Plan, name: str) -> list[Figure]:
    results, log = plan.place(f"{name}.json"), plan.place(f"{name}.log")
    results.unlink(missing_ok=True)
    environ = os.environ | {"BENCH_PLAN": plan.text(), "PYTHONPATH": str(ROOT)}
    with log.open("w", encoding="utf-8") as said:
        command = [sys.executable, "-m", "bench.part", name, str(results)]
        code = _ended_with(command, environ, said)
    told = json.loads(results.read_text(encoding="utf-8")) if results.exists() else []
    figures = [unpack(figure) for figure in told]
    if code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").strip()[-1500:]
        sys.stderr.write(f"{tail}\n")
        figures.append(
            Figure(name, f"{name}: the rest", "", problem=tail.rpartition("\n")[2] or f"ended with {code}")
        )
    sys.stderr.write(as_text(figures))
    return figures


def _ended_with(command: list[str], environ: dict[str, str], said: TextIO) -> int:
    try:
        return subprocess.run(
            command, cwd=ROOT, env=environ, stderr=said, timeout=PART_SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return -1


def paste(figures: list[Figure], machine: dict[str, object]) -> None:
    """Between the two marks of the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    said = "\n".join(f"- {name.replace('_', ' ')}: {value}" for name, value in machine.items())
    DOCUMENT.write_text(f"{before}{BEGIN}\n{said}\n\n{as_markdown(figures)}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
