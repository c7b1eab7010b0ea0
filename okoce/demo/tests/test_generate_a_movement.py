"""A made-up movement: as many people as asked for, counted exactly, told apart from everybody real."""

import pytest
from django.core.management import call_command
from django.db import connection

from okoce.community.groups.models import Group, Membership
from okoce.community.members.models import Member, Residence
from okoce.community.members.nik import Nik, parse_nik
from okoce.demo import generator
from okoce.demo.generated_people import GeneratedPerson
from okoce.demo.generated_rows import made_up_nik
from okoce.demo.generator import generate
from okoce.demo.places import Places
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.phones import parse_phone
from okoce.pipeline import tallies
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standing, Standstill, TallyDelta
from okoce.pipeline.recount import recount
from okoce.pipeline.rules import all_rules, choose_rule, sequence_problem

pytestmark = pytest.mark.django_db


PLACES = Places(
    districts={
        "31.71": ["31.71.04", "31.71.05"],
        "31.74": ["31.74.07"],
        "32.73": ["32.73.01", "32.73.02", "32.73.03"],
        "91.71": ["91.71.01"],
    },
    people={"31.71": 1_000_000, "31.74": 2_200_000, "32.73": 2_500_000, "91.71": 400_000},
)


@pytest.fixture(autouse=True)
def a_small_country(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few kecamatan, and blocks small enough for several."""
    monkeypatch.setattr(Places, "load", lambda: PLACES)
    monkeypatch.setattr(generator, "BLOCK", 700)


def test_two_thousand_people_are_counted_as_their_records_say() -> None:
    told: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # so that the planner takes every table for empty: nothing may take minutes for that
    generate(2000, told.append, seed=1)

    assert sum(told) == Member.objects.count() == 2000
    assert recount() == []
    now = tallies.counts("", today_wib())
    for stage, count in now.stages.items():
        assert count.people == StageRecord.objects.filter(stage=stage, state="completed").count()
    assert now.stages[1].women == Member.objects.filter(sex="female").count()
    assert now.stages[4].jobs_claimed > now.stages[4].people
    standing_still = sum(sum(reasons.values()) for reasons in now.reasons.values())
    assert standing_still == Standstill.objects.count()
    assert TallyDelta.objects.count() == 0


def test_the_movement_looks_like_one() -> None:
    generate(2000, seed=2)

    assert Member.objects.filter(is_synthetic=False).count() == 0
    assert 2.5 <= StageRecord.objects.count() / 2000 <= 3.5
    assert Evidence.objects.count() == StageRecord.objects.exclude(stage=1).count()
    moved = Residence.objects.filter(until_on__isnull=False).count()
    assert 20 <= moved <= 110
    assert Residence.objects.count() == 2 * moved
    assert 1000 <= Membership.objects.count() <= 1200
    assert (
        JobStatement.objects.values("member").distinct().count()
        == StageRecord.objects.filter(stage=4).count()
    )
    stopped = 2000 - StageRecord.objects.filter(stage=7).count()
    assert stopped * 0.28 <= Standstill.objects.count() <= stopped * 0.39
    years = Member.objects.dates("registered_on", "year")
    assert len(years) >= 10


def test_no_stage_stands_before_its_day_or_out_of_its_order() -> None:
    generate(500, seed=3)

    homes = {standing.pk: standing.region for standing in Standing.objects.filter(reason="")}
    days: dict[int, dict[int, object]] = {}
    for record in StageRecord.objects.order_by("member_id", "stage"):
        completed = days.setdefault(record.member_id, {})
        rule = choose_rule(
            all_rules(), homes[record.member_id, record.stage, "", record.completed_on], record.completed_on
        )
        assert record.rule_code == rule.code
        assert sequence_problem(rule, completed, record.stage, record.completed_on) is None
        completed[record.stage] = record.completed_on


def test_every_member_has_a_trail_that_can_be_read(dewi: Actor) -> None:
    generate(60, seed=4)

    assert Event.objects.count() == 60
    member = Member.objects.order_by("id")[30]
    (line,) = history_of(dewi, member)
    assert member.number in line.sentence
    assert line.changes["phone"] == [None, member.phone]


def test_a_second_movement_adds_to_the_first() -> None:
    generate(300, seed=5)
    generate(200, seed=5)

    assert Member.objects.count() == 500
    phones = Member.objects.values_list("phone", flat=True)
    assert len(set(phones)) == 500
    assert max(phones) == "+6289000000499"
    assert all(parse_phone(phone) == phone for phone in phones)
    assert Group.objects.filter(is_synthetic=True).count() == 1
    assert recount() == []


def test_a_made_up_nik_is_one_that_nobody_can_have() -> None:
    person = GeneratedPerson("Siti", True, "1990-08-17", "31.71.04", 1, "usaha")
    niks = [made_up_nik(person, number) for number in (0, 9998, 9999, 99_999_999)]

    for nik in niks:
        read = parse_nik(nik)
        assert isinstance(read, Nik)
        assert (read.sex, read.birth_on.isoformat()) == ("female", "1990-08-17")
        assert nik.startswith(("98", "99"))
    assert len(set(niks)) == len(niks)


@pytest.mark.parametrize("members", [0, -5, 100_000_001])
def test_an_impossible_number_is_refused_and_nothing_is_made(members: int) -> None:
    with pytest.raises(Refused):
        generate(members)

    assert Member.objects.count() == Group.objects.count() == 0


def test_no_more_people_than_made_up_telephone_numbers() -> None:
    generate(1, seed=6)
    Member.objects.update(phone="+6289099999990")

    with pytest.raises(Refused, match="tinggal 9"):
        generate(10)
    generate(9, seed=7)
    assert Member.objects.count() == 10


@pytest.mark.parametrize("members", ["banyak", "1.5", "-3", "²", "9" * 40])
def test_what_is_no_number_is_refused_with_a_sentence(members: str) -> None:
    with pytest.raises(Refused, match="bukan jumlah anggota"):
        call_command("demo_generate", f"--members={members}")

    assert Member.objects.count() == 0


def test_the_command_says_what_it_made(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_generate", "--members", "120")

    assert "120 anggota contoh" in capsys.readouterr().out
    assert Member.objects.count() == 120


def test_one_at_a_time_per_database() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('demo.generate'), 0)")
            with pytest.raises(Refused, match="lain sedang berjalan"):
                generate(10)
            cursor.execute("SELECT pg_advisory_unlock(hashtext('demo.generate'), 0)")
    finally:
        other.close()
    assert Member.objects.count() == 0
    assert generate(10, seed=3)


@pytest.mark.django_db(transaction=True)
def test_blocks_that_are_loaded_at_once_make_the_same_movement() -> None:
    told: list[int] = []
    generate(3000, told.append, seed=8)

    assert sum(told) == Member.objects.count() == 3000
    assert recount() == []
    assert len(set(Member.objects.values_list("phone", flat=True))) == 3000


@pytest.mark.django_db(transaction=True)
def test_a_block_that_fails_ends_the_load_and_leaves_whole_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    copied = generator._copy

    def fail(table: str, columns: str, lines: list[str]) -> None:
        if table == "pipeline_stagerecord" and Member.objects.filter(phone="+6289000000800").exists():
            raise OSError("disk full")
        copied(table, columns, lines)

    monkeypatch.setattr(generator, "_copy", fail)
    with pytest.raises(OSError, match="disk full"):
        generate(7000, seed=9)

    assert Member.objects.count() % 700 == 0
    assert Member.objects.count() < 7000
    assert recount() == []
