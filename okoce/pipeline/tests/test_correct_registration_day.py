"""The day of registration, mistyped from a paper, is corrected: P1 follows, past days are counted anew, and what comes after binds."""

from datetime import date, timedelta

import pytest
import time_machine

from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Conflict, NotAllowed, NotFound, Refused
from okoce.pipeline import tallies
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.pipeline.models import StageRecord
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import SYSTEM, completed, days_of, registered
from tests.cast import COBLONG, SENEN, officer
from tests.together import together

pytestmark = pytest.mark.django_db
MARCH, JUNE, AUGUST = date(2018, 3, 1), date(2018, 6, 1), date(2018, 8, 1)


def counted(day: date, node: str = SENEN) -> int:
    """How many had come in by the end of a day."""
    return tallies.counts(node, day).stages[1].people


def left_alone(member: Member) -> tuple[date, dict[int, date], int]:
    member.refresh_from_db()
    return (
        member.registered_on,
        days_of(member),
        Event.objects.filter(kind__startswith="pipeline.registration_day").count(),
    )


@pytest.mark.parametrize("to", [MARCH, AUGUST])
def test_p1_follows_and_past_days_are_counted_anew(ani: Actor, to: date) -> None:
    member = registered(registered_on=JUNE)
    days = (MARCH - timedelta(1), MARCH, JUNE - timedelta(1), JUNE, AUGUST - timedelta(1), AUGUST)
    assert [counted(day) for day in days] == [0, 0, 0, 1, 1, 1]
    correct_registration_day(ani, member, to)
    member.refresh_from_db()
    assert (member.registered_on, days_of(member)) == (to, {1: to})
    assert [counted(day) for day in days] == [int(day >= to) for day in days]
    assert [counted(day, "") for day in days] == [int(day >= to) for day in days]
    assert StageRecord.objects.get(member=member).started_on == to
    assert recount() == []
    tallies.fold()
    assert [counted(day) for day in days] == [int(day >= to) for day in days]
    assert recount() == []


def test_the_history_tells_it_in_plain_words(ani: Actor) -> None:
    member = registered(registered_on=JUNE)
    correct_registration_day(ani, member, MARCH)
    line = history_of(ani, member)[0]
    assert line.sentence == (
        "Tanggal daftar dibetulkan dari 1 Juni 2018 menjadi 1 Maret 2018; selesainya P1 ikut, juga dalam hitungan hari yang"
        " sudah lewat."
    )
    assert line.author == ani.label
    assert line.changes == {"registered_on": ["2018-06-01", "2018-03-01"]}


def test_the_same_day_changes_nothing(ani: Actor) -> None:
    member = registered(registered_on=JUNE)
    correct_registration_day(ani, member, JUNE)
    assert left_alone(member) == (JUNE, {1: JUNE}, 0)


def test_a_day_that_has_not_come_in_the_east_is_refused_and_the_one_that_has_is_not(ani: Actor) -> None:
    member = registered(registered_on=JUNE)
    with time_machine.travel("2026-11-20T16:00:00Z", tick=False):  # the 21st in Jayapura, the 20th in Jakarta
        assert latest_today() == date(2026, 11, 21)
        with pytest.raises(Refused, match="belum tiba") as refusal:
            correct_registration_day(ani, member, date(2026, 11, 22))
        assert refusal.value.field == "registered_on"
        assert left_alone(member) == (JUNE, {1: JUNE}, 0)
        correct_registration_day(ani, member, date(2026, 11, 21))
    assert left_alone(member) == (date(2026, 11, 21), {1: date(2026, 11, 21)}, 1)


def test_not_behind_a_later_stage_where_the_rule_goes_step_by_step(ani: Actor) -> None:
    member = registered(registered_on=MARCH)
    completed(member, p2=JUNE)
    with pytest.raises(Refused) as refusal:
        correct_registration_day(ani, member, AUGUST)
    assert "P2 (Pelatihan) sudah tercatat tertanggal 1 Juni 2018" in refusal.value.sentence
    assert "sebelumnya" in refusal.value.sentence
    assert left_alone(member) == (MARCH, {1: MARCH, 2: JUNE}, 0)
    correct_registration_day(ani, member, JUNE)  # on the very day it may be
    assert left_alone(member) == (JUNE, {1: JUNE, 2: JUNE}, 1)
    assert recount() == []


def test_under_a_free_rule_a_later_stage_does_not_bind(budi: Actor) -> None:
    member = registered(region=COBLONG, registered_on=MARCH)
    completed(member, p2=JUNE)
    correct_registration_day(budi, member, AUGUST)
    assert left_alone(member) == (AUGUST, {1: AUGUST, 2: JUNE}, 1)
    assert recount() == []


def test_the_rule_is_that_of_the_new_day(ani: Actor) -> None:
    member = registered(registered_on=JUNE)
    assert StageRecord.objects.get(member=member).rule_code == "7pas-2018"
    correct_registration_day(ani, member, date(2020, 6, 1))
    assert StageRecord.objects.get(member=member).rule_code == "jaringan"


def test_nobody_comes_in_before_she_can_have_been_twelve_nor_after_she_left(ani: Actor) -> None:
    young = registered(registered_on=AUGUST, birth_on=date(2006, 7, 1))
    with pytest.raises(Refused, match="12 tahun"):
        correct_registration_day(ani, young, MARCH)
    gone = registered(registered_on=MARCH)
    note_departure(ani, gone, JUNE)
    with pytest.raises(Refused, match="keluar 1 Juni 2018"):
        correct_registration_day(ani, gone, AUGUST)
    assert left_alone(young)[:2] == (AUGUST, {1: AUGUST})
    assert left_alone(gone)[:2] == (MARCH, {1: MARCH})


def test_a_completion_on_a_day_of_its_own_stays(ani: Actor) -> None:
    member = registered(registered_on=MARCH)
    Member.objects.filter(pk=member.pk).update(registered_on=JUNE)
    correct_registration_day(ani, member, AUGUST)
    assert left_alone(member) == (AUGUST, {1: MARCH}, 1)
    assert recount() == []


def test_the_history_does_not_say_that_p1_followed_where_it_did_not(ani: Actor) -> None:
    own_day, none_at_all = registered(registered_on=MARCH), member_with(registered_on=JUNE)
    Member.objects.filter(pk=own_day.pk).update(registered_on=JUNE)
    for member in (own_day, none_at_all):
        correct_registration_day(ani, member, AUGUST)
        line = history_of(ani, member)[0]
        assert line.sentence == (
            "Tanggal daftar dibetulkan dari 1 Juni 2018 menjadi 1 Agustus 2018; catatan P1 tidak berubah."
        )
        assert line.changes == {"registered_on": ["2018-06-01", "2018-08-01"]}
    assert left_alone(none_at_all) == (AUGUST, {}, 2)


def test_only_whoever_corrects_within_her_place(ani: Actor, budi: Actor, dewi: Actor) -> None:
    member = registered(registered_on=JUNE)
    with pytest.raises(NotFound):
        correct_registration_day(budi, member, MARCH)
    for reader in (dewi, officer("x", "pelatih", Scope(region=SENEN), 9)):
        with pytest.raises(NotAllowed):
            correct_registration_day(reader, member, MARCH)
    other = registered(registered_on=JUNE)
    merge_members(SYSTEM, member, other)
    with pytest.raises(Conflict):
        correct_registration_day(SYSTEM, other, MARCH)
    assert left_alone(member) == (JUNE, {1: JUNE}, 0)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_day_and_sums_that_agree(ani: Actor) -> None:
    member = registered(registered_on=JUNE)
    days = (MARCH, AUGUST)
    assert together(2, lambda place: correct_registration_day(ani, member, days[place]).pk) == [member.pk] * 2
    member.refresh_from_db()
    assert member.registered_on in days
    assert days_of(member) == {1: member.registered_on}
    assert recount() == []
