"""A member joins a komunitas, moves to another and leaves by herself: from today on where she lives, and what is open moves along."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from okoce.community.groups.actions.groups import close_group, pause_group
from okoce.community.groups.actions.memberships import join_group, leave_group
from okoce.community.groups.actions.own_memberships import join_own_group, leave_own_group
from okoce.community.groups.arrivals import latest_arrivals
from okoce.community.groups.models import Group, Membership
from okoce.community.groups.queries import memberships_of
from okoce.community.groups.tests.factories import active_group, applied_group, joined
from okoce.community.members.actions.helping import Helping, assign_helper
from okoce.community.members.models import Consent, GuardianConsent, Helper, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.together import together

pytestmark = pytest.mark.django_db
Period = tuple[str, date | None, date | None]
MAY = date(2018, 5, 1)
JAYAPURA = "91.71.01"  # two hours ahead of Jakarta


def herself(member: Member) -> Actor:
    return Actor(label="user:90", user_id=90, grants=(Grant("anggota", Scope(member_id=member.pk)),))


def consenting(**given: object) -> Member:
    member = member_with(**given)
    if not Consent.objects.filter(member=member, purpose="programme").exists():
        with transaction.atomic(), opened_by(SYSTEM):
            Consent.objects.create(
                member=member, purpose="programme", text_version="2", given_on=member.registered_on
            )
    return member


def times_of(member: Member) -> list[Period]:
    rows = Membership.objects.filter(member=member).order_by("id")
    return list(rows.values_list("group__name", "from_on", "until_on"))


def chair_of(group: Group) -> User:
    grant = Grant("pengurus_komunitas", Scope(group_id=group.pk))
    return account_of(Actor(label=f"ketua {group.name}", grants=(grant,)))


def reads(user: User, member: Member) -> bool:
    return (
        Member.objects.visible_to(actor_for_user(user), Permission.MEMBERS_READ).filter(pk=member.pk).exists()
    )


class TestTheDeed:
    def test_moves_from_today_on_and_keeps_the_history(self, citra: Actor) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        today = today_wib()
        for _click in range(2):
            join_own_group(herself(member), member, melati.pk)
        assert times_of(member) == [("Mawar", MAY, today), ("Melati", today, None)]
        assert Member.objects.get(pk=member.pk).group_id == melati.pk
        assert Event.objects.filter(kind="groups.member_joined", author="user:90").count() == 1
        assert history_of(citra, member)[0].changes == {"komunitas": ["Mawar", "Melati"]}

    def test_leaves_with_a_reason_or_without(self, citra: Actor) -> None:
        member, mawar = consenting(), active_group("Mawar")
        joined(member, mawar, MAY)
        assert leave_own_group(herself(member), member, " Pindah  kerja. ")
        assert not leave_own_group(herself(member), member)
        assert times_of(member) == [("Mawar", MAY, today_wib())]
        line = history_of(citra, member)[0]
        assert "Keluar dari komunitas Mawar" in line.sentence
        assert line.changes == {"reason": ["", "Pindah kerja."]}

    def test_counts_from_the_day_that_it_is_where_she_lives(self) -> None:
        member, mawar = consenting(region=JAYAPURA), active_group("Mawar")
        late = datetime(2030, 3, 4, 23, 0, tzinfo=ZoneInfo("Asia/Jakarta"))  # the next day in Jayapura
        with time_machine.travel(late, tick=False):
            join_own_group(herself(member), member, mawar.pk)
        assert times_of(member) == [("Mawar", date(2030, 3, 5), None)]

    def test_changes_once_a_day(self) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        join_own_group(herself(member), member, mawar.pk)
        with pytest.raises(Refused, match="mulai besok"):
            join_own_group(herself(member), member, melati.pk)
        with pytest.raises(Refused, match="mulai besok"):
            leave_own_group(herself(member), member)
        with time_machine.travel(datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)):
            join_own_group(herself(member), member, melati.pk)
        assert [name for name, _from, _until in times_of(member)] == ["Mawar", "Melati"]

    @pytest.mark.parametrize("to", ["Mawar", "Melati"])
    def test_who_left_today_joins_tomorrow_also_where_she_was(self, to: str) -> None:
        member, groups = consenting(), {name: active_group(name) for name in ("Mawar", "Melati")}
        joined(member, groups["Mawar"], MAY)
        leave_own_group(herself(member), member)
        events = Event.objects.count()
        with pytest.raises(Refused, match="keluar dari komunitas Mawar hari ini"):
            join_own_group(herself(member), member, groups[to].pk)
        assert not leave_own_group(herself(member), member)
        assert times_of(member) == [("Mawar", MAY, today_wib())]
        assert Event.objects.count() == events
        with time_machine.travel(datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)):
            join_own_group(herself(member), member, groups[to].pk)
        assert [name for name, _from, _until in times_of(member)] == ["Mawar", to]

    def test_is_for_ones_own_record_alone(self, ani: Actor, fitri: Actor) -> None:
        member, mawar = consenting(), active_group("Mawar")
        for actor in (ani, fitri, herself(member_with(name="Asep"))):
            for deed in (
                lambda actor=actor: join_own_group(actor, member, mawar.pk),
                lambda actor=actor: leave_own_group(actor, member),
            ):
                with pytest.raises((NotFound, NotAllowed)):
                    deed()
        assert times_of(member) == []

    def test_refuses_a_komunitas_that_takes_nobody(self, citra: Actor) -> None:
        member = consenting()
        paused, closed = active_group("Mawar"), active_group("Melati")
        pause_group(citra, paused, "Libur.")
        close_group(citra, closed, "Bubar.")
        for group_id in (paused.pk, closed.pk, applied_group("Baru").pk, 10**9):
            with pytest.raises(Invalid):
                join_own_group(herself(member), member, group_id)
        assert times_of(member) == []

    @pytest.mark.parametrize("how", ["left", "merged", "erased"])
    def test_refuses_whoever_has_left_was_merged_or_erased(self, how: str) -> None:
        member, mawar = consenting(), active_group("Mawar")
        told: dict[str, Any] = {
            "left": {"left_on": MAY},
            "merged": {"merged_into": member_with(name="Lain")},
            "erased": {"erased_at": datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))},
        }[how]
        with transaction.atomic(), opened_by(SYSTEM):
            Member.objects.filter(pk=member.pk).update(**told)
        with pytest.raises(Refused if how == "left" else Conflict):
            join_own_group(herself(member), member, mawar.pk)
        assert times_of(member) == []

    def test_who_restricted_her_data_joins_nothing_but_leaves(self) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        with transaction.atomic(), opened_by(SYSTEM):
            Member.objects.filter(pk=member.pk).update(is_restricted=True)
        with pytest.raises(Refused, match="membatasi"):
            join_own_group(herself(member), member, melati.pk)
        assert leave_own_group(herself(member), member)
        assert times_of(member) == [("Mawar", MAY, today_wib())]

    def test_asks_for_what_a_registration_asks_for(self) -> None:
        mawar, today = active_group("Mawar"), today_wib()
        silent = consenting(name="Tanpa")
        Consent.objects.filter(member=silent).update(withdrawn_on=today)
        with pytest.raises(Refused, match="belum tercatat"):
            join_own_group(herself(silent), silent, mawar.pk)
        child = consenting(
            name="Anak", birth_on=today - timedelta(days=16 * 365), registered_on=today, consent_on=today
        )
        with pytest.raises(Refused, match="wali"):
            join_own_group(herself(child), child, mawar.pk)
        assert Membership.objects.count() == 0
        with transaction.atomic(), opened_by(SYSTEM):
            consent = Consent.objects.filter(member=child, purpose="programme").get()
            GuardianConsent.objects.create(
                consent=consent, name="Wati", phone="+6281299990000", relation="parent", text_version="2"
            )
        join_own_group(herself(child), child, mawar.pk)
        assert times_of(child) == [("Mawar", today, None)]


class TestWhatIsOpen:
    def test_the_old_officers_lose_her_at_once_and_the_new_ones_gain_her(self) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        old, new = chair_of(mawar), chair_of(melati)
        assert (reads(old, member), reads(new, member)) == (True, False)
        join_own_group(herself(member), member, melati.pk)
        assert (reads(old, member), reads(new, member)) == (False, True)
        leave = Member.objects.get(pk=member.pk)
        with time_machine.travel(datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)):
            leave_own_group(herself(leave), leave)
            assert (reads(old, member), reads(new, member)) == (False, False)

    def test_a_mentor_goes_along_and_an_officer_of_the_old_komunitas_helps_no_more(
        self, citra: Actor
    ) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        old = chair_of(mawar)
        mentor = account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope()),)))
        local = account_of(officer("ani", "petugas_kecamatan", Scope(region=SENEN), 1))
        for user in (old, mentor, local):
            assign_helper(citra, [member.pk], Helping(user.pk, "mentoring", today_wib() - timedelta(days=9)))
        join_own_group(herself(member), member, melati.pk)
        helping = Helper.objects.filter(member=member, until_on__isnull=True)
        assert set(helping.values_list("user_id", flat=True)) == {mentor.pk, local.pk}
        assert Helper.objects.get(user_id=old.pk).until_on == today_wib()
        assert reads(mentor, member)
        assert not reads(old, member)
        assert [line.kind for line in history_of(citra, member)][:2] == [
            "members.helper_ended",
            "groups.member_joined",
        ]

    def test_it_is_the_same_where_an_officer_moves_her_or_notes_that_she_left(self, citra: Actor) -> None:
        for deed in (
            lambda one, to: join_group(citra, one, to.pk, today_wib()),
            lambda one, _to: leave_group(citra, one, today_wib()),
        ):
            member = consenting()
            mawar, melati = active_group(f"Mawar {member.pk}"), active_group(f"Melati {member.pk}")
            joined(member, mawar, MAY)
            old = chair_of(mawar)
            assign_helper(citra, [member.pk], Helping(old.pk, "mentoring", MAY))
            deed(member, melati)
            assert Helper.objects.get(user_id=old.pk).until_on == today_wib()

    def test_who_was_to_begin_today_never_has(self, citra: Actor) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        old = chair_of(mawar)
        assign_helper(citra, [member.pk], Helping(old.pk, "mentoring", today_wib()))
        join_own_group(herself(member), member, melati.pk)
        assert not Helper.objects.filter(user_id=old.pk).exists()


class TestTheReceivingKomunitas:
    def test_reads_who_came_since_when_and_from_where(self) -> None:
        mawar, melati = active_group("Mawar"), active_group("Melati")
        siti, asep, wati = consenting(name="Siti"), consenting(name="Asep"), consenting(name="Wati")
        joined(siti, mawar, MAY)
        joined(wati, mawar, MAY)
        join_own_group(herself(siti), siti, melati.pk)
        joined(asep, melati, MAY + timedelta(days=1))
        found = latest_arrivals(actor_for_user(chair_of(melati)), melati, 10)
        assert [(one.member.name, one.from_on, getattr(one, "came_from", None)) for one in found] == [
            ("Siti", today_wib(), "Mawar"),
            ("Asep", MAY + timedelta(days=1), None),
        ]
        assert latest_arrivals(actor_for_user(chair_of(mawar)), melati, 10) == []

    def test_and_she_reads_her_own_history(self) -> None:
        mawar, melati, siti = active_group("Mawar"), active_group("Melati"), consenting(name="Siti")
        joined(siti, mawar, MAY)
        join_own_group(herself(siti), siti, melati.pk)
        assert [one.group.name for one in memberships_of(herself(siti), siti)] == ["Melati", "Mawar"]


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_twenty_clicks_are_one_membership(self) -> None:
        member, mawar, melati = consenting(), active_group("Mawar"), active_group("Melati")
        joined(member, mawar, MAY)
        results = together(20, lambda _place: join_own_group(herself(member), member, melati.pk))
        assert not [one for one in results if not isinstance(one, Membership)], results
        assert {one.pk for one in results if isinstance(one, Membership)} == {
            Membership.objects.get(group=melati).pk
        }
        assert len([one for one in results if isinstance(one, Membership)]) == 20
        assert times_of(member) == [("Mawar", MAY, today_wib()), ("Melati", today_wib(), None)]
        assert Event.objects.filter(kind="groups.member_joined", author="user:90").count() == 1

    def test_of_two_that_she_taps_at_once_one_takes_her(self) -> None:
        member, groups = consenting(), [active_group("Mawar"), active_group("Melati")]
        results = together(8, lambda place: join_own_group(herself(member), member, groups[place % 2].pk))
        assert not [one for one in results if not isinstance(one, Membership | Refused)]
        assert len(times_of(member)) == 1
        [(_name, _from, until)] = times_of(member)
        assert until is None
