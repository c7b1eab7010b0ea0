"""One part of the benchmarks in a process of its own: `python -m bench.part NAME RESULTS.json`, the plan in BENCH_PLAN."""

import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from bench.figures import Figure, Sample
from bench.machine import load
from bench.plan import Plan
from bench.site import Site

# Asks through the site's own code, so Django must know the database.
WITH_DJANGO = {"searching", "listing"}


def main() -> None:
    # what this starts is ended by SIGINT, which whatever a script starts in the background ignores
    signal.signal(signal.SIGINT, signal.default_int_handler)
    name, results = sys.argv[1], Path(sys.argv[2])
    plan = Plan.read(os.environ["BENCH_PLAN"])
    module = importlib.import_module(f"bench.{name}")
    if name not in WITH_DJANGO:
        return _measure(module, plan, results)
    with Site(plan.place("many")).opened() as environ:
        os.environ.update(environ)
        import django

        django.setup()
        _measure(module, plan, results)
    return None


def _measure(module: object, plan: Plan, results: Path) -> None:
    """What was measured before something fails is kept."""
    told: list[dict[str, object]] = []
    for figure in module.measure(plan):  # type: ignore[attr-defined]  # every part has it
        figure.load = load()
        told.append(pack(figure))
        results.write_text(json.dumps(told), encoding="utf-8")


def pack(figure: Figure) -> dict[str, object]:
    return {
        **vars(figure),
        "sample": figure.sample.values if figure.sample else None,
        "bar": vars(figure.bar) if figure.bar else None,
    }


def unpack(told: dict[str, Any]) -> Figure:
    from bench.figures import Bar

    sample, bar = told.pop("sample"), told.pop("bar")
    figure = Figure(**told)
    figure.sample = Sample(tuple(sample)) if sample else None
    figure.bar = Bar(**bar) if bar else None
    return figure


if __name__ == "__main__":
    main()
