"""How long the first page of the list of people takes in the server: the whole request, for every class of narrowing."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

from bench.figures import Bar, Figure, Sample, milliseconds
from bench.plan import Plan

BAR_MS = 50
MOST_QUERIES = 12
SEED = 17
CEILING = "a page of the desk without a list"
PEERS = "openIMIS 1.6–2.0 s at 1,000,500 (first page, any filter)"
PLACES = ("nation", "province", "kabupaten", "kecamatan", "komunitas", "komunitas in a kabupaten")
FILTERS = ("tahap", "macet", "umur", "usaha")
ORDERS = ("nama", "lama")


@dataclass(frozen=True)
class Choices:
    """What there is to narrow by, drawn from the movement itself."""

    places: dict[str, list[dict[str, str]]]
    filters: dict[str, list[str]]
    names: list[str]


class Reader:
    """Somebody signed in, in this process: middleware, view, template and compression as the site has them."""

    def __init__(self, role: str, region: str = "") -> None:
        from django.conf import settings
        from django.test import Client

        settings.OKOCE_SECOND_FACTOR = False  # asked once a session, not of every page
        self.client = Client(headers={"accept-encoding": "gzip"}, SERVER_NAME="127.0.0.1")
        self.client.force_login(_account(role, region))

    def get(self, address: str) -> None:
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    def count_queries(self, address: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            self.get(address)
        return len(asked)


def measure(plan: Plan) -> Iterator[Figure]:
    from okoce.config.static_files import collect_static_files
    from okoce.pipeline import positions

    collect_static_files()
    positions.place_all()
    chance, reader = random.Random(SEED), Reader("sekretariat")
    reader.get("/bukti")
    ceiling = milliseconds(lambda: reader.get("/bukti"), plan.rounds).median
    choices = _choices()
    cold, warm, worst, most = [], [], ("", Sample((0.0,))), 0
    for name, addresses in _classes(choices, chance, plan.rounds).items():
        first = Sample.of(_once(reader, address) for address in addresses)
        again = Sample.of(_once(reader, address) for address in addresses)
        cold.append(first)
        warm.append(again)
        worst = max(worst, (name, again), key=lambda one: one[1].p95)
        most = max(most, reader.count_queries(addresses[0]))
    yield _figure(
        "list_people", "list of people, first page", sum(warm, Sample(())), ceiling, f"{len(warm)} classes"
    )
    yield _figure("list_people_worst", "the slowest class of it", worst[1], ceiling, worst[0])
    yield _figure("list_people_first", "each page asked for the first time", sum(cold, Sample(())), ceiling)
    yield from _others(plan, chance, choices, ceiling)
    queries = Figure(
        "list_people_queries", "queries of a first page, whatever is shown", "queries", Sample((most,))
    )
    queries.bar = Bar(MOST_QUERIES)
    yield queries


def _figure(key: str, name: str, sample: Sample, ceiling: float, note: str = "") -> Figure:
    return Figure(
        key, name, "ms", sample, Bar(BAR_MS, by="p95"), ceiling, CEILING, peers=PEERS, note=note
    )  # fmt: skip


def _others(plan: Plan, chance: random.Random, choices: Choices, ceiling: float) -> Iterator[Figure]:
    """An officer of one territory, the summary of who waits, and letters of a name beside filters."""
    for width in ("province", "kabupaten", "kecamatan"):
        code = choices.places[width][0]["wilayah"]
        reader = Reader("petugas_skpd", code)
        asked = [
            address
            for addresses in _classes(choices, chance, 2, ("nation",)).values()
            for address in addresses
        ]
        sample = Sample.of(_once(reader, address) for address in asked)
        yield _figure(f"list_people_{width}", f"the same for an officer of a {width}", sample, ceiling)
    reader = Reader("sekretariat")
    named = [
        _address({"q": name, "tahap": chance.choice(choices.filters["tahap"]), "macet": chance.choice(choices.filters["macet"])})
        for name in choices.names[: plan.rounds * 2]
    ]  # fmt: skip
    yield _figure(
        "list_people_letters",
        "letters of a name with filters",
        Sample.of(_once(reader, one) for one in named),
        ceiling,
    )


def _once(reader: Reader, address: str) -> float:
    return milliseconds(lambda: reader.get(address), 1, warm_ups=0).median


def _classes(
    choices: Choices, chance: random.Random, rounds: int, places: tuple[str, ...] = PLACES
) -> dict[str, list[str]]:
    """Every width of place with every set of filters in both orders, each with values drawn anew."""
    classes = {}
    for place, order, *used in product(places, ORDERS, *([False, True] for _filter in FILTERS)):
        names = [name for name, is_used in zip(FILTERS, used, strict=True) if is_used]
        title = f"{place}, {' '.join(names) or 'everybody'}, by {order}"
        classes[title] = [
            _address(
                {"urut": order, **chance.choice(choices.places[place])}
                | {name: chance.choice(choices.filters[name]) for name in names}
            )
            for _round in range(rounds)
        ]
    return classes


def _address(query: dict[str, str]) -> str:
    return f"/anggota?{urlencode(query)}"


LARGEST = """
SELECT {what}::text FROM pipeline_position WHERE {what} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 12
"""


def _choices() -> Choices:
    from okoce.community.members.states import EntryState
    from okoce.dashboards.people.forms import AGES
    from okoce.pipeline.states import UNKNOWN_REASON, Stage, StandstillReason

    wide, regencies, districts, groups = (
        _column(LARGEST.format(what=what)) for what in ("province", "regency", "region", "group_id")
    )
    return Choices(
        places={
            "nation": [{}],
            "province": [{"wilayah": code} for code in wide],
            "kabupaten": [{"wilayah": code} for code in regencies],
            "kecamatan": [{"wilayah": code} for code in districts],
            "komunitas": [{"komunitas": group} for group in groups],
            "komunitas in a kabupaten": [
                {"komunitas": group, "wilayah": code} for group in groups for code in regencies[:3]
            ],
        },
        filters={
            "tahap": [str(stage.value) for stage in Stage],
            "macet": [*StandstillReason.values, UNKNOWN_REASON],
            "umur": list(AGES),
            "usaha": list(EntryState.values),
        },
        names=_column("SELECT left(name_key, 4) FROM members_member ORDER BY md5(number) LIMIT 200"),
    )


def _column(statement: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [str(row[0]) for row in cursor.fetchall()]


def _account(role: str, region: str) -> Any:
    from datetime import date

    from okoce.foundation.access.actor import Actor
    from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role

    bench = Actor.system("bench")
    user = create_user(bench, NewUser(name="Bench", email=f"{secrets.token_hex(6)}@bench.example"))
    grant_role(bench, user, role, Anchors(region, None, None), date(2018, 1, 1))
    return user
