"""How many people a second can be registered by API while everything runs, and whether each of them is there afterwards."""

import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg

from bench.client import Load
from bench.figures import Bar, Figure, Sample, one
from bench.plan import ROOT, Plan
from bench.processes import database_server, processor_seconds
from bench.site import Site, free_port

RATE_BAR, P95_BAR_MS = 150, 100
PEERS = "openIMIS 250/s in its own process (a bare person); Tendenci 15/s (full)"
CREATED = "201"
CONTACT = "bench@contoh.id"
COUNTED = (
    "SELECT coalesce(sum(people), 0) FROM pipeline_counts('', '9999-12-30') WHERE stage = 1 AND reason = ''"
)
STORED = "SELECT count(*) FROM members_member"
CODES = "SELECT code FROM territory_region WHERE level = 'district' AND (code LIKE '31.%' OR code LIKE '32.%') ORDER BY code"


def measure(plan: Plan) -> Iterator[Figure]:
    site = Site(plan.place("many"))
    with site.database() as database:
        token, server = _token(site), database_server(site.folder)
        codes = [code for (code,) in database.execute(CODES).fetchall()]
        before = _stored_and_counted(database)
        with site.running() as (pid, address):
            port = int(address.rpartition(":")[2])
            alive = press(_load(plan, port, "get", path="/healthz"))
            more = {"path": "/api/v1/members", "token": token, "codes": codes}
            load = _load(plan, port, "members", **more, first=_first(database))
            own, theirs = processor_seconds(pid), processor_seconds(server)
            told = press(load)
            own, theirs = processor_seconds(pid) - own, processor_seconds(server) - theirs
            crowd = _load(plan, port, "members", **more, first=_first(database))
            crowd.connections *= 2
            crowded = press(crowd)
            after = _stored_and_counted(database)
        bare = _bare_inserts(plan, site, database)
    costs = (
        f"processor a person {_each(own, told):.1f} ms site and worker, {_each(theirs, told):.1f} ms database"
    )
    yield from _figures(told, alive, bare, costs)
    yield _crowd(crowded, crowd.connections)
    yield _lost([told, crowded], before, after)


def press(load: Load) -> dict[str, Any]:
    """The client, in a process of its own."""
    command = [sys.executable, "-m", "bench.client", json.dumps(vars(load))]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _load(plan: Plan, port: int, kind: str, **more: Any) -> Load:
    seconds = plan.seconds if kind == "members" else plan.seconds / 5
    return Load(port, kind, plan.connections, seconds, plan.warm_up_seconds, **more)


def _rate(told: dict[str, Any]) -> float:
    return float(len(told["milliseconds"]) / told["seconds"])


def _each(seconds: float, told: dict[str, Any]) -> float:
    return seconds * 1000 / max(1, sum(told["statuses"].values()))


def _figures(
    told: dict[str, Any], alive: dict[str, Any], bare: dict[str, Any], costs: str
) -> Iterator[Figure]:
    said = f"{costs}; /healthz {_rate(alive):,.0f}/s, p95 {Sample.of(alive['milliseconds']).p95:.1f} ms"
    rate = Figure("register_rate", "POST /api/v1/members, everything running", "/s", one(_rate(told)))
    rate.bar, rate.peers, rate.note = Bar(RATE_BAR, at_least=True), PEERS, said
    rate.ceiling, rate.ceiling_name = _rate(bare), "one bare row a request, same server and client"
    yield rate
    slow = Figure(
        "register_time",
        "one POST /api/v1/members",
        "ms",
        Sample.of(told["milliseconds"]),
        Bar(P95_BAR_MS, by="p95"),
    )
    slow.ceiling, slow.ceiling_name = Sample.of(bare["milliseconds"]).p95, "p95 of one bare row a request"
    yield slow


def _crowd(told: dict[str, Any], callers: int) -> Figure:
    """Twice as many callers wait for the same two processors."""
    figure = Figure(
        "register_crowd", f"the same with {callers} callers", "ms", Sample.of(told["milliseconds"])
    )
    figure.note = f"{_rate(told):,.0f}/s"
    return figure


def _lost(loads: list[dict[str, Any]], before: tuple[int, int], after: tuple[int, int]) -> Figure:
    statuses = sum((Counter(told["statuses"]) for told in loads), Counter[str]())
    created = statuses.pop(CREATED, 0)
    stored, counted = (now - then for now, then in zip(after, before, strict=True))
    figure = Figure(
        "register_lost",
        "registrations lost",
        "people",
        one(abs(created - stored) + abs(created - counted)),
        Bar(0),
    )
    others = dict(statuses)
    figure.note = (
        f"{created:,} answered 201, {stored:,} stored, {counted:,} counted; other answers: {others or 'none'}"
    )
    if others:
        figure.sample, figure.problem = None, f"{others} {[told['example'] for told in loads]}"
    return figure


def _stored_and_counted(database: psycopg.Connection) -> tuple[int, int]:
    stored, counted = ((database.execute(sql).fetchone() or (0,))[0] for sql in (STORED, COUNTED))
    return int(stored), int(counted)


def _first(database: psycopg.Connection) -> int:
    """Nobody has the telephones from here on."""
    (highest,) = database.execute(
        "SELECT max(substr(phone, 7)::bigint) FROM members_member WHERE phone >= '+62857' AND phone < '+62858'"
        " AND length(phone) = 14"
    ).fetchone() or (None,)
    return int(highest or 0) + 1


def _token(site: Site) -> str:
    known = site.okoce("token", "create", "--user", CONTACT, "--name", "bench", good=(0, 2))
    if not known.strip():
        site.okoce(
            "user",
            "create",
            "--email",
            CONTACT,
            "--name",
            "Bench",
            "--role",
            "sekretariat",
            "--password",
            "only for this run 7",
        )
        known = site.okoce("token", "create", "--user", CONTACT, "--name", "bench")
    return known.strip().splitlines()[-1]


def _bare_inserts(plan: Plan, site: Site, database: psycopg.Connection) -> dict[str, Any]:
    database.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, said text NOT NULL)")
    port = free_port()
    with _bare_server(site, port):
        told = press(_load(plan, port, "get", path="/insert"))
    database.execute("DROP TABLE bench_bare")
    return told


@contextlib.contextmanager
def _bare_server(site: Site, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.bare_site"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.environ(PORT=str(port)), stdout=subprocess.DEVNULL)
    try:
        for _look in range(100):
            time.sleep(0.2)
            with contextlib.suppress(subprocess.CalledProcessError):
                press(Load(port, "get", 1, 0.05, path="/healthz"))
                break
        yield
    finally:
        process.terminate()
        process.wait(30)
