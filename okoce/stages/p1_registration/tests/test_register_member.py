"""One person is registered in full, once, whatever happens at the same time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.actions.entry import NIK_PURPOSE, NewMember
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import NEW_YEAR, new_member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import DomainError, Invalid, NotAllowed
from okoce.foundation.shared.keys import decrypt
from okoce.pipeline.models import StageRecord
from okoce.stages.p1_registration.actions import Registration, register_member
from tests.cast import COBLONG, SENEN

NIK = "3171044107900001"
OTHER_NIK = "3171044107900002"
MOST_STATEMENTS = 14


@pytest.mark.django_db
class TestANewPerson:
    def test_comes_in_with_everything_that_belongs_to_her(self, ani: Actor) -> None:
        group = active_group("Mawar")
        new = new_member(
            name="Hj. Siti  Aminah", phone="0812 3456 7890", nik=NIK, sex="female", birth_on=date(1990, 7, 1),
            group_id=group.pk, work_status="menganggur", business_name="Kue", business_workers=2,
        )  # fmt: skip
        registration = register_member(ani, new)
        assert registration.is_new
        member = Member.objects.get()
        assert registration.member == member
        assert (member.name, member.name_key, member.phone) == (
            "Hj. Siti Aminah",
            "siti aminah",
            "+6281234567890",
        )
        assert (member.number, member.group_id, member.region) == (
            f"OK-{member.pk:08d}-{member.number[-1]}",
            group.pk,
            SENEN,
        )
        assert member.business.workers == 2
        assert member.residences.count() == 0
        assert member.memberships.get().group_id == group.pk
        consent = member.consents.get()
        assert (consent.given_on, consent.witnessed_by, consent.purpose) == (
            NEW_YEAR,
            ani.user_id,
            "programme",
        )
        record = StageRecord.objects.get()
        assert (record.stage, record.state, record.completed_on, record.rule_code) == (
            1,
            "completed",
            NEW_YEAR,
            "7pas-2018",
        )

    def test_has_a_history_that_reads_as_a_sentence(self, ani: Actor) -> None:
        member = register_member(ani, new_member()).member
        assert member is not None
        (line,) = history_of(ani, member)
        assert line.sentence == f"Terdaftar sebagai anggota {member.number} pada 1 Januari 2018."
        assert line.author == ani.label
        assert Event.objects.get().region == SENEN

    def test_has_a_nik_that_stands_nowhere_in_the_clear(self, ani: Actor) -> None:
        register_member(ani, new_member(nik=NIK))
        member = Member.objects.get()
        assert member.nik_masked == "3171••••••••0001"
        assert decrypt(NIK_PURPOSE, member.nik_encrypted) == NIK.encode()
        with connection.cursor() as cursor:
            for table in ("members_member", "events_event"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{NIK}%"])
                assert cursor.fetchone() == (0,)

    def test_counts_at_once(self, ani: Actor) -> None:
        register_member(ani, new_member(sex="female"))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT people, women FROM pipeline_counts(%s, %s) WHERE stage = 1", [SENEN, NEW_YEAR]
            )
            assert cursor.fetchone() == (1, 1)

    def test_is_queued_when_she_looks_like_somebody(self, ani: Actor) -> None:
        register_member(ani, new_member(name="Siti Aminah", phone="0812 3456 7890"))
        assert register_member(ani, new_member(name="Siti Aminnah", phone="0812 3456 7890")).is_new
        assert DuplicateCandidate.objects.get().reason == "same_phone_similar_name"

    def test_costs_few_statements(self, ani: Actor, django_assert_max_num_queries: Any) -> None:
        group = active_group("Mawar")
        register_member(ani, new_member())
        with django_assert_max_num_queries(MOST_STATEMENTS):
            register_member(ani, new_member(group_id=group.pk, nik=NIK))

    @pytest.mark.parametrize(
        ("told", "state"),
        [
            ({}, "none"),
            ({"work_status": "usaha"}, "trading"),
            ({"business_name": "Kue", "business_since_on": date(2017, 1, 1)}, "trading"),
            ({"business_name": "Kue", "business_nib": "1234567890123"}, "licensed"),
            ({"business_entry_state": "none", "work_status": "usaha"}, "none"),
        ],
    )
    def test_has_a_business_at_entry_as_it_was_told(
        self, ani: Actor, told: dict[str, Any], state: str
    ) -> None:
        member = register_member(ani, new_member(**told)).member
        assert member is not None
        assert member.business.entry_state == state


@pytest.mark.django_db
class TestAKnownPerson:
    @pytest.mark.parametrize("again", [{"name": "siti aminah"}, {"phone": "0812-3456-7890", "nik": NIK}])
    def test_is_neither_registered_again_nor_altered(self, ani: Actor, again: dict[str, Any]) -> None:
        first = register_member(ani, new_member(name="Siti Aminah", phone="0812 3456 7890", nik=NIK)).member
        before = Member.objects.values().get()
        registration = register_member(
            ani, new_member(**{"phone": "0812 3456 7890", "email": "a@b.id", **again})
        )
        assert registration == Registration(first, is_new=False)
        assert Member.objects.values().get() == before
        assert Event.objects.count() == 1

    def test_is_not_revealed_to_an_officer_of_another_area(self, ani: Actor, budi: Actor) -> None:
        register_member(ani, new_member(nik=NIK))
        assert register_member(budi, new_member(nik=NIK, region=COBLONG)) == Registration(None, is_new=False)
        assert Member.objects.count() == 1

    def test_whose_nik_and_phone_point_at_two_people_goes_to_the_queue(self, ani: Actor) -> None:
        register_member(ani, new_member(name="Siti", nik=NIK))
        register_member(ani, new_member(name="Aminah", phone="0812 3456 7890"))
        for _click in range(2):
            registration = register_member(ani, new_member(name="Aminah", phone="0812 3456 7890", nik=NIK))
            assert not registration.is_new
        pair = DuplicateCandidate.objects.get(second__isnull=False)
        assert pair.reason == "nik_and_phone_disagree"

    def test_whose_nik_contradicts_goes_to_the_queue(self, ani: Actor) -> None:
        register_member(ani, new_member(name="Siti", phone="0812 3456 7890", nik=NIK))
        register_member(ani, new_member(name="Siti", phone="0812 3456 7890", nik=OTHER_NIK))
        candidate = DuplicateCandidate.objects.get()
        assert (candidate.reason, candidate.field, candidate.second_id) == ("contradiction", "nik", None)
        assert Member.objects.get().nik_masked == "3171••••••••0001"


@pytest.mark.django_db
class TestARefusal:
    def refused(self, actor: Actor, new: NewMember) -> DomainError:
        with pytest.raises(DomainError) as refusal:
            register_member(actor, new)
        assert not Member.objects.exists()
        assert not Event.objects.exists()
        return refusal.value

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "=1+1"}, "name"),
            ({"phone": ""}, "phone"),
            ({"phone": "12"}, "phone"),
            ({"nik": "123"}, "nik"),
            ({"region": "31.71"}, "region"),
            ({"region": ""}, "region"),
            ({"region": "31.71.99"}, "region"),
            ({"village": "32.73.02.1001"}, "village"),
            ({"village": "31.71.04.\x00001"}, "village"),
            ({"sex": "perempuan"}, "sex"),
            ({"email": "bukan surel"}, "email"),
            ({"address": "x" * 501}, "address"),
            ({"source": "\x00"}, "source"),
            ({"work_status": "raja"}, "work_status"),
            ({"consent_on": None}, "consent_on"),
            ({"purposes": ()}, "consent_on"),
            ({"purposes": ("programme", "iklan")}, "purposes"),
            ({"consent_on": latest_today() + timedelta(days=1)}, "consent_on"),
            ({"registered_on": latest_today() + timedelta(days=1)}, "registered_on"),
            ({"birth_on": latest_today() + timedelta(days=1)}, "birth_on"),
            ({"birth_on": date(2006, 1, 2)}, "birth_on"),
            ({"birth_on": date(1850, 1, 2)}, "birth_on"),
            ({"business_workers": -1}, "business.workers"),
            ({"business_monthly_turnover": 10**18}, "business.monthly_turnover"),
            ({"business_nib": "12"}, "business.nib"),
            ({"business_entry_state": "kaya"}, "business.entry_state"),
            ({"group_id": 10**12}, "group_id"),
        ],
    )
    def test_names_the_wrong_field(self, ani: Actor, told: dict[str, Any], field: str) -> None:
        refusal = self.refused(ani, new_member(**told))
        assert isinstance(refusal, Invalid)
        assert [error.field for error in refusal.errors] == [field]
        assert all(error.sentence for error in refusal.errors)

    def test_names_every_wrong_field_at_once(self, ani: Actor) -> None:
        refusal = self.refused(ani, new_member(name="", phone="1", region="x", sex="?"))
        assert isinstance(refusal, Invalid)
        assert {error.field for error in refusal.errors} == {"name", "phone", "region", "sex"}

    def test_never_repeats_a_nik(self, ani: Actor) -> None:
        refusal = self.refused(ani, new_member(nik="3171049907900000"))
        assert "3171049907900000" not in refusal.sentence

    def test_meets_an_officer_of_another_area(self, budi: Actor) -> None:
        assert isinstance(self.refused(budi, new_member(region=SENEN)), NotAllowed)

    @pytest.mark.parametrize("actor", ["dewi", "hadi", "gita"])
    def test_meets_who_may_not_register(self, actor: str, request: pytest.FixtureRequest) -> None:
        assert isinstance(self.refused(request.getfixturevalue(actor), new_member()), NotAllowed)

    def test_meets_a_komunitas_that_is_not_active(self, ani: Actor) -> None:
        group = applied_group("Melati")
        with pytest.raises(Invalid):
            register_member(ani, new_member(group_id=group.pk))
        assert not Member.objects.exists()

    def test_meets_a_penggerak_outside_of_her_komunitas(self) -> None:
        mawar, melati = active_group("Mawar"), active_group("Melati")
        eko = Actor(label="user:5", user_id=5, grants=(Grant("penggerak", Scope(group_id=mawar.pk)),))
        for group_id in (None, melati.pk):
            with pytest.raises(NotAllowed):
                register_member(eko, new_member(group_id=group_id))
        assert not Member.objects.exists()
        assert register_member(eko, new_member(group_id=mawar.pk)).is_new


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_twenty_identical_registrations_make_one_member(self, ani: Actor) -> None:
        new = new_member(nik=NIK)
        results = together(20, lambda _place: register_member(ani, new))
        assert [r for r in results if not isinstance(r, Registration)] == []
        assert sorted(r.is_new for r in results) == [False] * 19 + [True]
        assert len({r.member.pk for r in results}) == 1
        assert Member.objects.count() == StageRecord.objects.count() == Event.objects.count() == 1

    def test_one_phone_and_name_makes_one_member_too(self, ani: Actor) -> None:
        new = new_member()
        results = together(8, lambda _place: register_member(ani, new))
        assert sorted(r.is_new for r in results) == [False] * 7 + [True]
        assert Member.objects.count() == 1

    def test_different_people_all_come_in(self, ani: Actor) -> None:
        people = [
            new_member(name="Siti Aminah", phone="0812 3456 7890"[:-1] + str(place)) for place in range(8)
        ]
        results = together(8, lambda place: register_member(ani, people[place]))
        assert all(r.is_new for r in results)
        assert Member.objects.count() == 8
