"""How long the counts of a funnel take in the database: any scope, any day, many people beside few; and the board of all
komunitas."""

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg

from bench.figures import Bar, Figure, Sample, milliseconds, one
from bench.plan import Plan
from bench.site import Site
from okoce.pipeline.queries.boards import BOARDS, asked_of

BAR_MS = 10
RATIO_BAR = 1.5
BOARD_BAR_MS = 30
PEERS = "openIMIS 0.5–1.0 s at 1,000,000 (group by); DHIS2: in batches"
COUNTS = "SELECT * FROM pipeline_counts(%s, %s)"
ONE_ROW = "SELECT * FROM members_member WHERE id = %s"
LARGEST = {
    "kabupaten/kota": "SELECT left(region, 5) FROM members_member GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "largest kecamatan": "SELECT region FROM members_member GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "largest komunitas": "SELECT 'K:' || group_id FROM members_member WHERE group_id IS NOT NULL"
    " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
}


def _settle(database: psycopg.Connection) -> None:
    """What a part before this one left to the worker, who does it every few seconds."""
    database.execute("SELECT pipeline_fold(1000000)")
    while database.execute("SELECT pipeline_divide(10000)").fetchone() != (0,):
        pass
    database.execute(
        "VACUUM ANALYZE pipeline_tallydelta, pipeline_tallysum, pipeline_tallyreason, pipeline_tallyspan"
    )


def measure(plan: Plan) -> Iterator[Figure]:
    with Site(plan.place("many")).database() as database:
        _settle(database)
        many = _measure_all(database, plan.rounds)
        ceiling = _ceiling(database, plan.rounds * 10)
        board = _board(database, plan, ceiling)
    with Site(plan.place("few")).database() as database:
        few = _measure_all(database, plan.rounds)
    whole = Figure(
        "funnel",
        f"funnel of any scope and day at {plan.many:,}",
        "ms",
        bar=Bar(BAR_MS, by="p95"),
        peers=PEERS,
    )
    whole.sample = sum(many.values(), Sample(()))
    whole.ceiling, whole.ceiling_name = ceiling, "one row by its key"
    yield whole
    for scope, sample in many.items():
        yield Figure(
            f"funnel_{scope}",
            f"funnel of {scope}",
            "ms",
            sample,
            Bar(BAR_MS, by="p95"),
            ceiling,
            "one row by its key",
        )
    yield board
    ratios = {scope: many[scope].median / few[scope].median for scope in many}
    worst = max(ratios, key=lambda scope: ratios[scope])
    ratio = Figure(
        "funnel_growth",
        f"funnel at {plan.many:,} beside {plan.few:,}",
        "×",
        one(ratios[worst]),
        Bar(RATIO_BAR),
    )
    ratio.note = (
        "worst: " + worst + "; " + ", ".join(f"{scope} {value:.2f}" for scope, value in ratios.items())
    )
    yield ratio


def _measure_all(database: psycopg.Connection, rounds: int) -> dict[str, Sample]:
    return {
        name: sum((_counted(database, node, day, rounds) for day in asked_days()), Sample(()))
        for name, node in _nodes(database).items()
    }


def _nodes(database: psycopg.Connection) -> dict[str, str]:
    largest = {name: (database.execute(sql).fetchone() or ("",))[0] for name, sql in LARGEST.items()}
    return {"the nation": "", "DKI Jakarta": "31", **largest}


def asked_days() -> list[date]:
    """Today, a month's end, in the middle of months near and far, before the first."""
    today = date.today()  # noqa: DTZ011 - which of two days near midnight makes no difference here
    ends = today.replace(day=1) - timedelta(days=1)
    middles = [date(today.year - years, 7, 17) for years in (1, 4, 8)]
    return [today, ends, *middles, date(today.year - 11, 1, 1)]


def _counted(database: psycopg.Connection, node: str, day: date, rounds: int) -> Sample:
    return milliseconds(lambda: database.execute(COUNTS, [node, day]).fetchall(), rounds)


def _board(database: psycopg.Connection, plan: Plan, ceiling: float) -> Figure:
    """Planning and running, as the server tells it: what a page does with the rows is not the database's."""
    groups = [group for (group,) in database.execute("SELECT id FROM groups_group WHERE state = 'active'")]
    asked = asked_of(groups, date.today())  # noqa: DTZ011 - which of two days near midnight makes no difference here

    def took() -> float:
        told = database.execute(
            f"EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, FORMAT JSON) {BOARDS}", asked
        ).fetchone()
        [plan_of] = told[0] if told else [{}]
        return float(plan_of["Planning Time"]) + float(plan_of["Execution Time"])

    times = [took() for _round in range(plan.rounds + 3)][3:]
    name = f"board of {len(groups):,} komunitas at {plan.many:,}"
    bar = Bar(BOARD_BAR_MS)
    return Figure("board", name, "ms", Sample.of(times), bar, ceiling, "one row by its key")


def _ceiling(database: psycopg.Connection, rounds: int) -> float:
    (some,) = database.execute("SELECT id FROM members_member LIMIT 1 OFFSET 100").fetchone() or (0,)
    return milliseconds(lambda: database.execute(ONE_ROW, [some]).fetchall(), rounds).median
