"""The benchmarks themselves: every part measures something, at sizes that say nothing about speed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Bar, Figure, Sample, as_markdown, as_text
from bench.part import pack, unpack

ROOT = Path(__file__).resolve().parent.parent


def figure(*values: float, bar: Bar | None = None) -> Figure:
    return Figure("key", "a thing", "ms", Sample(tuple(values)), bar, ceiling=1.0, ceiling_name="the least")


def test_a_bar_is_judged_by_what_it_names() -> None:
    assert figure(1, 2, 30, bar=Bar(5)).is_met is True
    assert figure(1, 2, 30, bar=Bar(5, by="p95")).is_met is False
    assert figure(149, bar=Bar(150, at_least=True)).is_met is False
    assert figure(150, bar=Bar(150, at_least=True)).is_met is True
    assert figure(1).is_met is None


def test_a_figure_that_failed_misses_its_bar_and_says_why() -> None:
    failed = Figure("key", "a thing", "ms", bar=Bar(5), problem="no server")

    assert failed.is_met is False
    assert "failed: no server" in as_text([failed])
    assert "MISS" in as_text([failed])


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        Sample.of([])


def test_a_part_hands_its_figures_over_whole() -> None:
    whole = figure(3, 1, 2, bar=Bar(5, by="p95"))

    assert unpack(json.loads(json.dumps(pack(whole)))) == whole


def test_the_table_shows_figure_bar_and_ceiling_side_by_side() -> None:
    line = as_markdown([figure(1, 2, 3, bar=Bar(2))]).splitlines()[2]

    assert line == "| a thing | 2 ms | 3 | 1–3 | 3 | ≤ 2 ms | yes | 1 ms, the least |  |"


@pytest.mark.long
def test_every_part_measures_something(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    command = [sys.executable, "-m", "bench", "--small", "--skip-cold", "--results", str(results)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(results.read_text())
    measured = {figure["key"]: figure for figure in told["figures"]}
    assert {
        "import_800",
        "generate",
        "funnel",
        "board",
        "funnel_growth",
        "search_phone_nation",
        "list_people",
        "list_people_queries",
        "register_rate",
    } <= set(measured)
    assert measured["register_lost"]["median"] == 0
    assert measured["page_bytes"]["median"] > 0
    assert measured["weight_masuk"]["median"] > 0
    assert told["machine"]["postgresql"]
