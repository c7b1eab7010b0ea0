"""A measured figure: median, 95th percentile and spread, the bar it must clear, and the ceiling of the same run."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Sample:
    """What several runs of one thing took."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Sample":
        """Of at least one value."""
        taken = tuple(values)
        if not taken:
            raise ValueError("nothing was measured")
        return cls(taken)

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.values + other.values)


@dataclass(frozen=True)
class Bar:
    """The promise: at most, or at least, so much; judged by the median or the 95th percentile."""

    value: float
    by: str = "median"
    at_least: bool = False

    def text(self, unit: str) -> str:
        mark = "≥" if self.at_least else "≤"
        return f"{'p95 ' if self.by == 'p95' else ''}{mark} {_short(self.value)} {unit}"


@dataclass
class Figure:
    """One line of the table. `sample` is None where measuring failed; `problem` then says why."""

    key: str
    name: str
    unit: str
    sample: Sample | None = None
    bar: Bar | None = None
    ceiling: float | None = None
    ceiling_name: str = ""
    peers: str = ""
    note: str = ""
    problem: str = ""
    load: list[float] = field(default_factory=list)

    @property
    def is_met(self) -> bool | None:
        """None where there is no bar."""
        if self.bar is None:
            return None
        if self.sample is None:
            return False
        value = self.sample.p95 if self.bar.by == "p95" else self.sample.median
        return value >= self.bar.value if self.bar.at_least else value <= self.bar.value

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["sample"]
        if self.sample is not None:
            values = self.sample.values
            told |= {
                "median": self.sample.median,
                "p95": self.sample.p95,
                "least": min(values),
                "most": max(values),
            }
            told["runs"] = len(values)
        return told | {"met": self.is_met}


def one(value: float) -> Sample:
    """A figure that is measured once."""
    return Sample((value,))


def milliseconds(deed: Callable[[], Any], runs: int, warm_ups: int = 3) -> Sample:
    """How long a deed takes, again and again."""
    for _run in range(warm_ups):
        deed()
    return Sample.of(_timed(deed) for _run in range(runs))


def milliseconds_each(deed: Callable[[Any], Any], inputs: Sequence[Any], warm_ups: int = 3) -> Sample:
    """How long a deed takes for each of many inputs."""
    for given in inputs[:warm_ups]:
        deed(given)
    return Sample.of(_timed(lambda given=given: deed(given)) for given in inputs)


def _timed(deed: Callable[[], Any]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _short(number: float) -> str:
    if number >= 100 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


HEADER = ("figure", "median", "p95", "spread", "runs", "bar", "met", "ceiling in this run", "peers")


def line_of(figure: Figure) -> tuple[str, ...]:
    """A figure as the cells of a table."""
    met = {None: "–", True: "yes", False: "NO"}[figure.is_met]
    bar = figure.bar.text(figure.unit) if figure.bar else "–"
    ceiling = (
        f"{_short(figure.ceiling)} {figure.unit}, {figure.ceiling_name}"
        if figure.ceiling is not None
        else "–"
    )
    if figure.sample is None:
        return (figure.name, f"failed: {figure.problem}", "", "", "", bar, met, ceiling, figure.peers)
    values = figure.sample.values
    spread = f"{_short(min(values))}–{_short(max(values))}" if len(values) > 1 else "–"
    name = f"{figure.name} ({figure.note})" if figure.note else figure.name
    p95 = _short(figure.sample.p95) if len(values) > 1 else "–"
    return (
        name,
        f"{_short(figure.sample.median)} {figure.unit}",
        p95,
        spread,
        str(len(values)),
        bar,
        met,
        ceiling,
        figure.peers,
    )


def as_markdown(figures: Sequence[Figure]) -> str:
    rows = [HEADER, ("---",) * len(HEADER), *(line_of(figure) for figure in figures)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in rows)


def as_text(figures: Sequence[Figure]) -> str:
    """Two lines a figure, so that a terminal of 100 columns holds it."""
    said = []
    for figure in figures:
        name, middle, p95, spread, runs, bar, met, ceiling, peers = line_of(figure)
        mark = {"yes": "ok  ", "NO": "MISS", "–": "    "}[met]
        said.append(
            f"{mark} {name}: {middle}" + (f", p95 {p95}, {spread}, n={runs}" if runs not in {"", "1"} else "")
        )
        said.append(f"       bar {bar} · ceiling {ceiling}" + (f" · peers: {peers}" if peers else ""))
    return "\n".join(said) + "\n"
