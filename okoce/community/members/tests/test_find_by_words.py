"""A question finds everybody whose name has words that begin like each of its own: all pages, once, in one order, in any scope."""

import random
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okoce.community.members import further_in
from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME, name_key
from okoce.community.members.queries import Search, ids_named, search_members
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.plans import plan_of, without
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN

pytestmark = pytest.mark.django_db

MAWAR = 71
HELPER = 9
WORDS = ("Siti", "Sri", "Rahayu", "Nur", "Nurhaliza", "Dewi", "Rahmat", "S", "Al-Amin", "José", "Nur'aini")
QUESTIONS = (
    "s", "r", "si", "siti", "rahayu", "rah", "RAHAYU", "nurhal", "amin", "jose", "JOSÉ", "nur'aini", "siti rahayu", "rahayu siti",
    "s r", "nur rah", "rah nur s", "siti s", "siti siti", "dewi al-amin", "z", "siti z", "siti - rahayu",
)  # fmt: skip
ACTORS = {
    "nation": (EVERYWHERE,),
    "province": (Scope(region="31"),),
    "kabupaten": (Scope(region="31.71"),),
    "kecamatan": (Scope(region=SENEN),),
    "komunitas": (Scope(group_id=MAWAR),),
    "komunitas in a province": (Scope(region="31", group_id=MAWAR),),
    "whom she helps": (Scope(helper_user_id=HELPER),),
    "two kabupaten": (Scope(region="31.71"), Scope(region=COBLONG[:5])),
    "kecamatan and kabupaten": (Scope(region=COBLONG), Scope(region="31.71")),
    "province, komunitas and whom she helps": (
        Scope(region="31"),
        Scope(group_id=MAWAR),
        Scope(helper_user_id=HELPER),
    ),
}


def somebody(*scopes: Scope) -> Actor:
    return Actor("user:5", 5, tuple(Grant("petugas_kecamatan", scope) for scope in scopes))


def all_pages(actor: Actor, q: str, limit: int = 7, **search: Any) -> list[int]:
    """Page after page to the last, as a program reads them."""
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = search_members(actor, Search(q=q, cursor=cursor, limit=limit, **search))
        assert not page.is_similar
        assert page.next is None or len(page.members) == limit
        seen += [member.pk for member in page.members]
        cursor = page.next
    return seen


def names_found(actor: Actor, q: str) -> list[str]:
    return [member.name for member in search_members(actor, Search(q=q)).members]


def answers(name: str, q: str) -> bool:
    """The rule in plain words."""
    return all(any(word.startswith(one) for word in name.split()) for one in name_key(q).split())


def within(member: Member, scope: Scope, helped: set[int]) -> bool:
    if scope.helper_user_id is not None:
        return member.pk in helped
    return member.region.startswith(scope.region) and scope.group_id in (None, member.group_id)


@pytest.fixture
def a_crowd() -> tuple[list[Member], set[int]]:
    """Names drawn from few words, so that many share them and some are quite alike; some are merged, some erased."""
    chance = random.Random(5)
    places = (SENEN, SENEN, "31.71.06", KEBAYORAN_BARU, COBLONG, "32.73.01")
    people, helped = [], set()
    for number in range(130):
        name = " ".join(chance.choices(WORDS, k=chance.choice((1, 2, 2, 3, 4))))
        group = MAWAR if chance.random() < 0.3 else None
        member = member_with(name=name, region=chance.choice(places), group_id=group)
        if chance.random() < 0.2:
            member.helpers.create(user_id=HELPER, purpose="mentoring", from_on=date(2018, 2, 1))
            helped.add(member.pk)
        people.append(member)
        if number % 11 == 0:
            Member.objects.filter(pk=member.pk).update(merged_into=people[0] if number else None)
        if number % 17 == 16:
            gone = {"name": ERASED_NAME, "name_key": name_key(ERASED_NAME), "erased_at": timezone.now()}
            Member.objects.filter(pk=member.pk).update(**gone)
    return list(Member.objects.filter(merged_into=None, erased_at=None)), helped


@pytest.mark.parametrize("walked", [1, 3, 400])
@pytest.mark.parametrize("who", ACTORS)
def test_pages_hold_everybody_whom_the_rule_finds_and_nobody_else(
    a_crowd: tuple[list[Member], set[int]], who: str, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(further_in, "WALKED_FOR_EACH", dict.fromkeys(further_in.WALKED_FOR_EACH, walked))
    people, helped = a_crowd
    actor = somebody(*ACTORS[who])
    reached = [one for one in people if any(within(one, scope, helped) for scope in ACTORS[who])]
    assert 0 < len(reached) <= len(people)
    for q in QUESTIONS:
        key = name_key(q)
        fitting = [one for one in reached if answers(one.name_key, q)]
        in_order = sorted(fitting, key=lambda one: (not one.name_key.startswith(key), one.name_key, one.pk))
        expected = [one.pk for one in in_order]
        if expected:
            assert all_pages(actor, q) == expected, q
        else:
            page = search_members(actor, Search(q=q))
            assert page.next is None
            assert page.is_similar == bool(page.members), q
        assert ids_named(actor, Search(q=q), 1000) == expected, q
        assert ids_named(actor, Search(q=q), 3) == expected[:3], q


@pytest.fixture(params=[pytest.param(False, id="by the walk"), pytest.param(True, id="by the index")])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So few people are all walked along; where nothing is, the index of words is asked."""
    if request.param:
        monkeypatch.setattr(further_in, "WALKED_FOR_EACH", {})


@pytest.mark.usefixtures("either_way")
def test_a_second_name_is_found_like_a_first_one_and_comes_behind_it(citra: Actor) -> None:
    for name in ("Siti Rahayu", "Rahayu Ningsih", "Dewi Nurhaliza", "Nurhayati"):
        member_with(name=name)
    assert names_found(citra, "rahayu") == ["Rahayu Ningsih", "Siti Rahayu"]
    assert names_found(citra, "nurhal") == ["Dewi Nurhaliza"]
    assert names_found(citra, "rahayu siti") == ["Siti Rahayu"]
    assert names_found(citra, "nur") == ["Nurhayati", "Dewi Nurhaliza"]


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Maria José", "jose"),
        ("Maria Jose", "JOSÉ"),
        ("Siti Nur'aini", "nuraini"),
        ("Siti Nuraini", "NUR’AINI"),
        ("Abdul Al-Amin", "amin"),
        ("Abdul Al Amin", "al-amin"),
        ("Hj. Siti Rahayu, S.Pd.", "rahayu"),
        ("Siti Rahayu", "Rahayu, S.E."),
        ("Siti Rahayu", "ibu rahayu"),
        ("محمد علي حسن", "علي"),
        ("Ni Luh \u202bعلي\u202c", "علي"),
        ("王 小龍", "小"),
        ("Straße Müller", "MULLER"),
        ("Nur A", "a"),
        ("R. A. Kartini", "kartini a r"),
    ],
)
def test_words_are_compared_as_names_are(citra: Actor, name: str, typed: str) -> None:
    member_with(name=name)
    member_with(name="Budi Santoso")
    page = search_members(citra, Search(q=typed))
    assert ([member.name_key for member in page.members], page.is_similar) == ([name_key(name)], False)


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "typed", ["-", "'", "., .", "ʼ", "ʼ %", "ʼ \\ '' ^", "^siti", "siti:*", "a & b", "!s", "\\", "ʼ " * 40]
)
def test_signs_find_nobody_by_mistake(citra: Actor, typed: str) -> None:
    member_with(name="Siti Rahayu")
    for found in search_members(citra, Search(q=typed)).members:
        assert answers(found.name_key, typed)


def recorded_as(name: str) -> Member:
    """Somebody whose name came before the rules for names that hold today."""
    member = member_with()
    Member.objects.filter(pk=member.pk).update(name=name, name_key=name_key(name))
    member.refresh_from_db()
    return member


@pytest.mark.usefixtures("either_way")
def test_names_of_signs_alone_are_found_by_them(citra: Actor) -> None:
    """A letter of its own category: nothing is left of it but itself. Today's forms refuse such names; records have them."""
    for name in ("Siti ʼ", "ʼ ^", "ʼ \\ '%_"):
        recorded_as(name)
    assert names_found(citra, "ʼ ^") == ["ʼ ^"]
    assert names_found(citra, "ʼ \\ '%_") == ["ʼ \\ '%_"]
    assert names_found(citra, "'%_ ʼ") == ["ʼ \\ '%_"]
    assert names_found(citra, "^") == []
    assert names_found(citra, "si") == ["Siti ʼ"]


@pytest.mark.usefixtures("either_way")
def test_the_longest_names_and_questions_are_no_error(citra: Actor) -> None:
    widest = "ﷺ" * 150
    long = [recorded_as(name) for name in ("a" * 150, "Siti " + "b" * 145, widest, "각" * 150)]
    assert names_found(citra, "b" * 100) == [long[1].name]
    assert names_found(citra, "a" * 150) == [long[0].name]
    assert names_found(citra, "각" * 150) == [long[3].name]
    assert names_found(citra, widest) == [widest]
    assert names_found(citra, " ".join("abcdefghijklmnopqrstuvwxyz")) == []
    assert names_found(citra, "b" * 200) == []


@pytest.mark.usefixtures("either_way")
def test_the_index_takes_words_that_no_name_could_have(citra: Actor) -> None:
    member = member_with()
    Member.objects.filter(pk=member.pk).update(name_key=f"siti  {'x' * 4000} rahayu ")
    assert names_found(citra, "rahayu x") == [member.name]


def test_similar_names_are_said_to_be_no_more_than_that(citra: Actor) -> None:
    member_with(name="Siti Rahayu")
    page = search_members(citra, Search(q="siti rahaju"))
    assert ([member.name for member in page.members], page.next, page.is_similar) == (
        ["Siti Rahayu"],
        None,
        True,
    )
    assert not search_members(citra, Search(q="siti rahay")).is_similar
    assert not search_members(citra, Search(q="zzz")).is_similar
    assert not search_members(citra, Search()).is_similar


def test_nobody_who_was_erased_or_merged_is_found_by_words_or_likeness(citra: Actor) -> None:
    kept, merged, erased = (member_with(name="Siti Rahayu") for _number in range(3))
    Member.objects.filter(pk=merged.pk).update(merged_into=kept)
    gone = {"name": ERASED_NAME, "name_key": name_key(ERASED_NAME), "erased_at": timezone.now()}
    Member.objects.filter(pk=erased.pk).update(**gone)
    assert [one.pk for one in search_members(citra, Search(q="rahayu")).members] == [kept.pk]
    for typed in ("dihapus", "data", "data dihapus", "data dihapuss"):
        assert search_members(citra, Search(q=typed)).members == []


@pytest.mark.parametrize(
    "scope",
    [EVERYWHERE, Scope(region="31"), Scope(region="31.71"), Scope(region=SENEN), Scope(group_id=MAWAR)],
)
@pytest.mark.parametrize("q", ["rahayu", "rahayu siti"])
def test_words_cost_the_same_for_three_and_for_thirty(scope: Scope, q: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = search_members(somebody(scope), Search(q=q)).members
        assert len(found) == Member.objects.count()
        return len(asked)

    for _person in range(3):
        member_with(name="Siti Rahayu", group_id=MAWAR)
    few = statements()
    for _person in range(27):
        member_with(name="Siti Rahayu", group_id=MAWAR)
    assert statements() == few <= 3


@pytest.mark.parametrize(
    ("scope", "index"),
    [
        (EVERYWHERE, "name"),
        (Scope(region="31"), "province_name"),
        (Scope(region="31.71"), "regency_name"),
        (Scope(region=SENEN), "district_name"),
        (Scope(group_id=MAWAR), "group_name"),
    ],
)
def test_names_are_walked_in_the_index_of_their_place_alone(scope: Scope, index: str) -> None:
    """A look at each of ten thousand people took ten times as long."""
    member_with(name="Siti Rahayu")
    with CaptureQueriesContext(connection) as asked:
        search_members(somebody(scope), Search(q="rahayu"))
    # of one person, the index of any place tells as much
    others = {"name", "province_name", "regency_name", "district_name", "group_name"} - {index}
    without(*others)
    plan = plan_of(asked[1]["sql"], "seqscan", "bitmapscan")
    assert f"Index Only Scan using members_member_{index}" in plan, plan


@pytest.mark.parametrize("place", ["", "31", "31.71", SENEN])
@pytest.mark.parametrize("q", ["rahayu", "rahayu siti"])
def test_rare_words_are_known_to_the_index_of_words(
    place: str, q: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked must be what the index holds, to the letter: otherwise everybody of the place is read."""
    monkeypatch.setattr(further_in, "WALKED_FOR_EACH", {})
    member_with(name="Siti Rahayu")
    without("regency_name", "trigram")  # so few people are found as soon by their kabupaten
    with CaptureQueriesContext(connection) as asked:
        search_members(somebody(Scope(region=place) if place else EVERYWHERE), Search(q=q))
    plan = plan_of(asked[-1]["sql"], "seqscan")
    assert "Bitmap Index Scan on members_member_words" in plan, plan
