"""Officers compare komunitas: counts beside rates, beside the age, against the target, each as the funnel says it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.groups.actions.groups import close_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, GroupTerm
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.dashboards.scoreboard import drawing
from okoce.dashboards.scoreboard.scores import ORDERS, ScoresAsked, each_groups_target, scores
from okoce.dashboards.tests.movement import people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline import tallies
from okoce.pipeline.target_models import Target
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.pages import funnel_counts, next_page, page, rows_of, words
from tests.query_counts import assert_constant_queries, statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LONG_AGO = date(2018, 3, 5)
FIRST = 6  # where P1 stands in a row, after name, code, last activity, age, target and what it is out of
RATES = (10, 14)  # below P4 and below P7


@pytest.fixture
def mawar() -> Group:
    """Twelve members, four of whom hold a permit, one has come all the way."""
    group = active_group("Mawar", SENEN)
    days = {stage: LONG_AGO + timedelta(days=stage) for stage in range(1, 8)}
    people(8, {1: LONG_AGO}, group=group)
    people(3, {stage: days[stage] for stage in range(1, 5)}, group=group)
    people(1, days, group=group)
    return group


@pytest.fixture
def melati() -> Group:
    """Thirty members in Bandung since today, none with a permit."""
    group = active_group("Melati", COBLONG)
    people(30, {1: today_wib()}, region=COBLONG, group=group)
    return group


def counts_of(row: list[str]) -> list[str]:
    """The people by stage, without the rates that stand below two of them."""
    whole = row[FIRST : RATES[1] + 1]
    return [text for place, text in enumerate(whole, start=FIRST) if place not in RATES]


def names(answer: object) -> list[str]:
    return [row[0] for row in rows_of(answer)]


def test_every_count_is_the_one_of_the_funnel(desk: Desk, citra: Actor, mawar: Group, melati: Group) -> None:
    client = desk(citra)
    for _round in range(2):
        board = {row[0]: row for row in rows_of(client.get("/komunitas/papan"))}
        for group in (mawar, melati):
            told = funnel_counts(client.get("/corong", {"komunitas": group.pk}))
            assert counts_of(board[group.name]) == told
        tallies.fold_all()


def test_rates_target_growth_and_age_stand_beside_the_counts(desk: Desk, citra: Actor, mawar: Group) -> None:
    Target.objects.filter(node="K:*").update(until_on=today_wib())
    [row] = rows_of(desk(citra).get("/komunitas/papan"))
    today = today_wib()
    months = (today.year - 2018) * 12 + today.month - 1 - (today.day < 2)
    years, rest = divmod(months, 12)
    assert row[3] == (f"{years} th {rest} bl" if rest else f"{years} th")
    assert row[4:6] == ["2%", "4 dari 200"]
    assert (row[RATES[0]], row[RATES[1]]) == ("33,3%", "8,3%")
    assert row[RATES[1] + 1 :] == ["0", "0", "lalu 0"]
    told = words(page(desk(citra).get("/komunitas/papan")).main)
    assert "Target: 200 wirausaha berizin per komunitas" in told
    assert "Swakarya" in told


def test_growth_is_of_this_year(citra: Actor, melati: Group) -> None:
    [score] = scores(citra, ScoresAsked())
    assert (score.board.gained, score.board.gained_before) == (30, 0)
    assert score.quiet_days == 0


def test_without_a_target_nothing_is_measured_against_one(desk: Desk, citra: Actor, mawar: Group) -> None:
    Target.objects.filter(node="K:*").update(withdrawn_on=today_wib(), withdrawal_reason="salah")
    answer = desk(citra).get("/komunitas/papan")
    assert rows_of(answer)[0][4] == "–"
    assert "Belum ada target" in words(page(answer).main)


@pytest.mark.parametrize(
    ("days", "said", "share"),
    [
        ((-900, -1), "Target terakhir, 200 wirausaha berizin per komunitas, berakhir pada", "2%"),
        ((1, 400), "Target 200 wirausaha berizin per komunitas baru mulai", "–"),
    ],
)
def test_a_target_that_has_ended_goes_on_measuring_and_says_so_and_one_to_come_does_not_yet(
    desk: Desk, citra: Actor, mawar: Group, days: tuple[int, int], said: str, share: str
) -> None:
    first, last = (today_wib() + timedelta(days=away) for away in days)
    Target.objects.filter(node="K:*").update(from_on=first, until_on=last)
    answer = desk(citra).get("/komunitas/papan")
    assert rows_of(answer)[0][4] == share
    assert said in words(page(answer).main)


def test_the_target_that_runs_counts_before_one_that_ends_later(citra: Actor, mawar: Group) -> None:
    today = today_wib()
    running = Target.objects.get(node="K:*")
    Target.objects.filter(pk=running.pk).update(until_on=today)
    later = {"from_on": today + timedelta(days=1), "until_on": today + timedelta(days=400), "value": 300}
    same = {"metric": running.metric, "node": running.node, "source": "Rapat", "set_by": "sekretariat"}
    Target.objects.create(**later, **same, set_at=timezone.now())
    found = each_groups_target(today)
    assert found is not None
    assert found.value == 200


def test_it_is_narrowed_by_place_and_kind_and_put_in_any_order(
    desk: Desk, citra: Actor, mawar: Group, melati: Group
) -> None:
    client = desk(citra)
    assert names(client.get("/komunitas/papan")) == ["Mawar", "Melati"]
    assert names(client.get("/komunitas/papan", {"urut": "anggota"})) == ["Melati", "Mawar"]
    assert names(client.get("/komunitas/papan", {"wilayah": "32"})) == ["Melati"]
    assert names(client.get("/komunitas/papan", {"wilayah": "31.71"})) == ["Mawar"]
    Group.objects.filter(pk=melati.pk).update(kind="women")
    assert names(client.get("/komunitas/papan", {"jenis": "women"})) == ["Melati"]
    for order in ORDERS:
        assert sorted(names(client.get("/komunitas/papan", {"urut": order}))) == ["Mawar", "Melati"]


def test_only_active_komunitas_of_the_readers_own_stand_on_it(
    desk: Desk, ani: Actor, mawar: Group, melati: Group
) -> None:
    close_group(SYSTEM, active_group("Bubar", SENEN), "bubar")
    applied_group("Baru", SENEN)
    assert names(desk(ani).get("/komunitas/papan")) == ["Mawar"]
    chair = officer("ketua", "pengurus_komunitas", Scope(group_id=melati.pk), 9)
    assert names(desk(chair).get("/komunitas/papan")) == ["Melati"]
    assert desk(ani).get("/komunitas/sunyi").status_code == 403


def test_a_komunitas_without_members_stands_there_with_noughts(desk: Desk, citra: Actor) -> None:
    active_group("Baru", SENEN)
    Group.objects.update(validated_on=today_wib())
    [row] = rows_of(desk(citra).get("/komunitas/papan"))
    assert counts_of(row) == ["0"] * 7
    assert [row[place] for place in RATES] == ["–", "–"]
    assert row[2] == "belum ada"


def test_an_empty_board_says_so(desk: Desk, citra: Actor) -> None:
    assert "Tidak ada komunitas aktif" in words(page(desk(citra).get("/komunitas/papan")).main)


@pytest.mark.parametrize("query", ["urut=x", "hal=0", "hal=99999", "hal=-1", "jenis=x", "wilayah=31&hal=7"])
def test_a_strange_address_is_answered(desk: Desk, citra: Actor, query: str) -> None:
    assert desk(citra).get(f"/komunitas/papan?{query}").status_code == 200


def test_a_place_that_does_not_exist_is_said_to(desk: Desk, citra: Actor) -> None:
    assert desk(citra).get("/komunitas/papan?wilayah=99").status_code == 404


def test_the_board_goes_on_by_pages_and_costs_the_same_for_many(desk: Desk, citra: Actor) -> None:
    client, made = desk(citra), iter(range(1000))

    def grow(count: int) -> None:
        for _one in range(count):
            active_group(f"Mawar {next(made):03d}", SENEN)

    assert_constant_queries(lambda: client.get("/komunitas/papan"), grow)
    grow(30)
    assert (
        len(statements(lambda: scores(citra, ScoresAsked()))) == 3
    )  # komunitas, numbers, after how many days
    following = next_page(client.get("/komunitas/papan?urut=nama"))
    assert len(rows_of(client.get(following))) == 10
    assert next_page(client.get(following)) == ""


class TestQuiet:
    def test_the_secretariat_sees_which_are_quiet_since_when_and_who_is_responsible(
        self, desk: Desk, citra: Actor, mawar: Group, melati: Group
    ) -> None:
        chair = account_of(Actor(label="ketua"))
        appoint_officer(SYSTEM, mawar, chair.email or "", Term("chair", date(2018, 1, 2)))
        answer = desk(citra).get("/komunitas/sunyi")
        [row] = rows_of(answer)
        last = LONG_AGO + timedelta(days=7)
        assert row[0] == "Mawar"
        assert row[3] == "12 Mar 2018"
        assert row[4] == f"{(today_wib() - last).days:,} hari".replace(",", ".")
        badge = page(answer).select_one("table .badge").get_text()
        assert " " not in badge, "a number and its unit are never parted"
        assert row[5:] == ["12", f"{chair.name} (Ketua)", "–"]

    @pytest.mark.parametrize(("days", "is_quiet"), [(30, False), (31, True)])
    def test_from_the_day_after_the_last_that_is_allowed(
        self, citra: Actor, days: int, is_quiet: bool
    ) -> None:
        people(1, {1: today_wib() - timedelta(days=days)}, group=active_group("Mawar", SENEN))
        [score] = scores(citra, ScoresAsked())
        assert (score.quiet_days, score.is_quiet) == (days, is_quiet)

    def test_how_many_days_is_dated_data(self, desk: Desk, citra: Actor) -> None:
        people(1, {1: today_wib() - timedelta(days=31)}, group=active_group("Mawar", SENEN))
        GroupTerm.objects.create(code="quiet_days", value=90, from_on=today_wib(), source="rapat")
        answer = desk(citra).get("/komunitas/sunyi")
        assert rows_of(answer) == []
        assert "lebih dari 90 hari" in words(page(answer).main)

    def test_one_without_any_member_counts_from_its_validation(self, citra: Actor) -> None:
        active_group("Mawar", SENEN)
        [score] = scores(citra, ScoresAsked())
        assert score.quiet_since == date(2018, 1, 2)
        assert score.is_quiet

    def test_it_goes_on_by_pages_and_costs_the_same_for_many(self, desk: Desk, citra: Actor) -> None:
        client, made = desk(citra), iter(range(1000))
        chair = account_of(Actor(label="ketua"))

        def grow(count: int) -> None:
            for _one in range(count):
                group = active_group(f"Mawar {next(made):03d}", SENEN)
                appoint_officer(SYSTEM, group, chair.email or "", Term("chair", date(2018, 1, 2)))

        assert_constant_queries(lambda: client.get("/komunitas/sunyi"), grow)
        grow(30)
        following = next_page(client.get("/komunitas/sunyi"))
        assert len(rows_of(client.get(following))) == 10
        assert next_page(client.get(following)) == ""


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (None, "–"),
        (0, "baru bulan ini"),
        (5, "5 bl"),
        (12, "1 th"),
        (101, "8 th 5 bl"),
    ],
)
def test_the_age_of_a_komunitas_tells_no_zeros(months: int | None, said: str) -> None:
    assert drawing._age(months).replace("\u00a0", " ") == said
