"""How long a search takes through the real query: by phone, number, first letters, and with a slip in the name.

The bars of milliseconds are judged by questions that are asked for the first time, disk and all; how much dearer a scope is,
by the same questions asked again: of the nation so many names are alike that their pages are at hand already.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.figures import Bar, Figure, Sample, milliseconds_each, one
from bench.plan import Plan

EXACT_MS, NEAR_MS, NATION_MS = 20, 150, 400
WORD_MS = 50  # as the page that shows what is found
RATIO_BAR = 2.0
PEERS = "openIMIS 200–270 ms at 1,000,500; OpenCRVS < 60 ms at 1.2 M (Elasticsearch); Tendenci 9.9–13 s at 200,000"
SEED = 11
# Below this a ratio of two medians says nothing: both are a few tenths of a millisecond.
SCOPED_KINDS = ("phone", "number", "letters")


@dataclass(frozen=True)
class Somebody:
    """A member to look for."""

    phone: str
    number: str
    key: str
    region: str
    group_id: int | None

    @property
    def last_word(self) -> str:
        return self.key.rsplit(" ", 1)[-1]


class Searcher:
    """Asks as the secretariat, or as an officer of one territory; notes the time in the database too."""

    def __init__(self) -> None:
        from okoce.foundation.access.actor import Actor, Grant
        from okoce.foundation.access.scope import EVERYWHERE, Scope

        self.nation = Actor("user:1", 1, (Grant("sekretariat", EVERYWHERE),))
        self.officer = lambda *regions: Actor(
            "user:2", 2, tuple(Grant("petugas_kecamatan", Scope(region=region)) for region in regions)
        )
        self.organiser = lambda group_id: Actor("user:3", 3, (Grant("penggerak", Scope(group_id=group_id)),))
        self.sql_ms: list[float] = []

    def find(self, actor: Any, q: str) -> list[Any]:
        from django.db import connection

        from okoce.community.members.queries import Search, search_members

        spent = [0.0]

        def note(execute: Callable[..., Any], *rest: Any) -> Any:
            began = time.perf_counter()
            try:
                return execute(*rest)
            finally:
                spent[0] += (time.perf_counter() - began) * 1000

        with connection.execute_wrapper(note):
            found = search_members(actor, Search(q=q)).members
        self.sql_ms.append(spent[0])
        return found


def measure(plan: Plan) -> Iterator[Figure]:
    people, chance, searcher = _people(plan.searches), random.Random(SEED), Searcher()
    ceiling = _ceiling(people)
    asked: dict[str, Callable[[Somebody], str]] = {
        "phone": lambda person: person.phone,
        "number": lambda person: person.number,
        "letters": lambda person: person.key[: chance.choice((3, 4, 5, 7))],
    }
    medians: dict[tuple[str, str], float] = {}
    for kind, ask in asked.items():
        for scope, length in (("nation", 0), ("kabupaten", 5), ("kecamatan", 8)):
            figure = _figure(
                f"search_{kind}_{scope}", f"search by {_WORDS[kind]}, {scope}", EXACT_MS, ceiling
            )
            questions = [(_actor(searcher, person, length), ask(person), person) for person in people]
            measured = _measured(figure, searcher, questions)
            medians[kind, scope] = _asked_again(measured, searcher, questions)
            yield measured
    yield _through_several_grants(searcher, people, asked["letters"], ceiling)
    yield from _words_inside(searcher, people, ceiling)
    for scope, length, bar in (("kabupaten", 5, NEAR_MS), ("nation", 0, NATION_MS)):
        figure = _figure(f"search_typo_{scope}", f"search for a name with a slip, {scope}", bar, ceiling)
        questions = [
            (_actor(searcher, person, length), slip(person.key, chance), person) for person in people
        ]
        yield _measured(figure, searcher, questions)
    yield _ratio(medians)


_WORDS = {"phone": "telephone", "number": "member number", "letters": "first letters of the name"}


def _figure(key: str, name: str, bar: float, ceiling: float) -> Figure:
    return Figure(
        key,
        name,
        "ms",
        bar=Bar(bar, by="p95"),
        ceiling=ceiling,
        ceiling_name="one row by its key",
        peers=PEERS,
    )


def _measured(figure: Figure, searcher: Searcher, questions: list[tuple[Any, str, Somebody]]) -> Figure:
    searcher.sql_ms.clear()
    found: list[bool] = []

    def search(question: tuple[Any, str, Somebody]) -> None:
        actor, q, person = question
        found.append(any(member.number == person.number for member in searcher.find(actor, q)))

    figure.sample = milliseconds_each(search, questions)
    in_database = Sample.of(searcher.sql_ms)
    figure.note = (
        f"in the database {in_database.median:.2f}, p95 {in_database.p95:.2f} ms; "
        f"the person is among the first 50 in {sum(found) / len(found):.0%}"
    )
    return figure


def _asked_again(figure: Figure, searcher: Searcher, questions: list[tuple[Any, str, Somebody]]) -> float:
    again = milliseconds_each(lambda question: searcher.find(question[0], question[1]), questions)
    figure.note += f"; asked again {again.median:.2f}, p95 {again.p95:.2f} ms"
    return again.median


# Of a made-up surname of three syllables: all of its letters, two syllables, one, its first letter.
WORDS = {"rare": 6, "middling": 4, "common": 2, "commonest": 1}


def _words_inside(searcher: Searcher, people: list[Somebody], ceiling: float) -> Iterator[Figure]:
    """A word that stands behind the first of a name, as a whole or by its first letters."""
    several = _with_others(people)
    places: dict[str, Callable[[Somebody], Any]] = {
        "nation": lambda person: _actor(searcher, person, 0),
        "kabupaten": lambda person: _actor(searcher, person, 5),
        "kecamatan": lambda person: _actor(searcher, person, 8),
        "komunitas": lambda person: searcher.organiser(person.group_id),
        "four kecamatan": lambda person: searcher.officer(*several[person]),
    }
    for kind, letters in WORDS.items():
        for place, actor in places.items():
            asking = [person for person in people if place != "komunitas" or person.group_id is not None]
            questions = [(actor(person), person.last_word[:letters], person) for person in asking]
            name = f"search by a word inside a name, {kind}, {place}"
            figure = _figure(f"search_word_{kind}_{place.replace(' ', '_')}", name, WORD_MS, ceiling)
            if questions:
                yield _measured(figure, searcher, questions)


def _with_others(people: list[Somebody]) -> dict[Somebody, list[str]]:
    """For each person the kecamatan of her own and those of three others."""
    others = [*people[1:], *people[:3]]
    return {
        person: [person.region, *{other.region for other in others[place : place + 3]}]
        for place, person in enumerate(people)
    }


def _through_several_grants(
    searcher: Searcher, people: list[Somebody], ask: Callable[[Somebody], str], ceiling: float
) -> Figure:
    """Somebody who works in the person's kecamatan and in those of three others."""
    figure = _figure(
        "search_letters_grants", "search by first letters of the name, four kecamatan", EXACT_MS, ceiling
    )
    several = _with_others(people)
    questions = [(searcher.officer(*several[person]), ask(person), person) for person in people]
    return _measured(figure, searcher, questions)


def _actor(searcher: Searcher, person: Somebody, length: int) -> Any:
    return searcher.officer(person.region[:length]) if length else searcher.nation


def _ratio(medians: dict[tuple[str, str], float]) -> Figure:
    ratios = {
        (kind, scope): medians[kind, scope] / medians[kind, "nation"]
        for kind in SCOPED_KINDS
        for scope in ("kabupaten", "kecamatan")
    }
    worst = max(ratios, key=lambda place: ratios[place])
    figure = Figure("search_scoped", "scoped search beside unscoped", "×", one(ratios[worst]), Bar(RATIO_BAR))
    figure.note = "worst: " + " in ".join(worst)
    return figure


def slip(key: str, chance: random.Random) -> str:
    """The name with one letter wrong, missing, doubled or swapped with the next; the first stays, as it mostly does."""
    place = chance.randrange(1, max(2, len(key) - 1))
    kind = chance.randrange(4)
    if kind == 0:
        return key[:place] + chance.choice("aeioubkmnrst") + key[place + 1 :]
    if kind == 1:
        return key[:place] + key[place + 1 :]
    if kind == 2:
        return key[:place] + key[place] + key[place:]
    return key[:place] + key[place + 1 : place + 2] + key[place] + key[place + 2 :]


def _people(count: int) -> list[Somebody]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM members_member")
        first, last = cursor.fetchone()
        ids = random.Random(SEED).sample(range(first, last + 1), min(count, last - first + 1))
        cursor.execute(
            "SELECT phone, number, name_key, region, group_id FROM members_member WHERE id = ANY(%s) ORDER BY md5(number)",
            [ids],
        )
        return [Somebody(*row) for row in cursor.fetchall()]


def _ceiling(people: list[Somebody]) -> float:
    """A row by its key, through the same driver and the same model."""
    from okoce.community.members.models import Member
    from okoce.community.members.numbers import record_id_of

    return milliseconds_each(lambda person: Member.objects.get(pk=record_id_of(person.number)), people).median
