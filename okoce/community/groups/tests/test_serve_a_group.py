"""Officers of a komunitas: appointed, ended, handed over; the grant goes with the office."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from okoce.community.groups.actions.groups import check_group, close_group, validate_group
from okoce.community.groups.actions.officers import appoint_officer, end_officer, hand_over
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.serving import officers_of
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.groups.tests.founders import PHONE, SENEN, applied, items
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE = 422
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
CHAIR_IN_MAY = Term("chair", MAY, JUNE)


def someone(label: str) -> str:
    """An account, by its e-mail."""
    return account_of(Actor(label=label)).email or ""


def terms() -> list[tuple[str, date, date | None]]:
    return list(Officer.objects.order_by("id").values_list("role", "from_on", "until_on"))


def grants() -> list[tuple[str, int | None, date, date | None]]:
    rows = RoleAssignment.objects.order_by("id")
    return list(rows.values_list("role", "group_id", "from_on", "until_on"))


class TestAppointing:
    @pytest.mark.parametrize(
        ("office", "role"), [("chair", "pengurus_komunitas"), ("mobiliser", "penggerak")]
    )
    def test_brings_the_grant_for_this_komunitas_and_this_time(
        self, citra: Actor, office: str, role: str
    ) -> None:
        group = active_group("Mawar", SENEN)
        appoint_officer(citra, group, someone("dian"), Term(office, MAY, JUNE))
        assert terms() == [(office, MAY, JUNE)]
        assert grants() == [(role, group.pk, MAY, JUNE)]

    def test_opens_the_members_own_account(self, citra: Actor) -> None:
        group, member = active_group("Mawar", SENEN), member_with(name="Dian", phone="0812 3456 7890")
        stranger = member_with(name="Asep", region=COBLONG)
        joined(member, group, date(2018, 2, 1))
        appoint_officer(citra, group, "0812-3456-7890", Term("chair", MAY))
        user = User.objects.get(member_id=member.pk)
        acting = actor_for_user(user)
        assert acting.may(Permission.MEMBERS_CORRECT)
        assert [name.name for name in officers_of(citra, group)] == ["Dian"]
        appoint_officer(citra, group, stranger.number, Term("treasurer", MAY))
        assert Officer.objects.get(role="treasurer").user_id == User.objects.get(member_id=stranger.pk).pk

    def test_twice_is_once(self, citra: Actor) -> None:
        group, who = active_group("Mawar"), someone("dian")
        first = appoint_officer(citra, group, who, CHAIR_IN_MAY)
        assert appoint_officer(citra, group, who, CHAIR_IN_MAY) == first
        assert len(grants()) == 1

    @pytest.mark.parametrize(
        ("from_on", "until_on"),
        [(MAY, JUNE), (date(2026, 5, 31), None), (date(2026, 1, 1), date(2026, 5, 2))],
    )
    def test_of_one_person_in_one_office_no_two_terms_cross(
        self, citra: Actor, from_on: date, until_on: date | None
    ) -> None:
        group, who = active_group("Mawar"), someone("dian")
        appoint_officer(citra, group, who, Term("chair", MAY, JUNE + timedelta(days=1)))
        with pytest.raises(Refused) as refusal:
            appoint_officer(citra, group, who, Term("chair", from_on, until_on))
        assert "sudah menjadi Ketua dari 1 Mei 2026 sampai 1 Juni 2026" in refusal.value.sentence
        assert (len(terms()), len(grants())) == (1, 1)

    def test_terms_that_only_touch_and_other_offices_are_fine(self, citra: Actor) -> None:
        group, who = active_group("Mawar"), someone("dian")
        for term in (CHAIR_IN_MAY, Term("chair", JUNE, JULY), Term("treasurer", MAY)):
            appoint_officer(citra, group, who, term)
        assert len(grants()) == 3

    def test_the_database_refuses_them_too(self, citra: Actor) -> None:
        officer = appoint_officer(citra, active_group("Mawar"), someone("dian"), CHAIR_IN_MAY)
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            Officer.objects.create(
                group_id=officer.group_id, user_id=officer.user_id, role="chair", from_on=MAY
            )

    @pytest.mark.parametrize(
        "term",
        [
            Term("king", MAY),
            Term("chair", JUNE, MAY),
            Term("chair", MAY, MAY),
            Term("chair", date(218, 5, 1)),
        ],
    )
    def test_days_and_offices_that_cannot_be_are_refused(self, citra: Actor, term: Term) -> None:
        with pytest.raises(Invalid):
            appoint_officer(citra, active_group("Mawar"), someone("dian"), term)
        assert terms() == grants() == []

    @pytest.mark.parametrize(
        "who", ["", "siapa", "0812 9999 9999", "nobody@okoce.test", "OK-00000001-8", "\x00"]
    )
    def test_whom_nobody_knows_is_refused_with_what_to_do(self, citra: Actor, who: str) -> None:
        with pytest.raises(Invalid):
            appoint_officer(citra, active_group("Mawar"), who, CHAIR_IN_MAY)
        assert terms() == grants() == []

    def test_a_telephone_of_a_family_asks_for_the_member_number(self, citra: Actor) -> None:
        for name in ("Dian", "Eko"):
            member_with(name=name, phone="0812 3456 7890")
        with pytest.raises(Invalid) as refusal:
            appoint_officer(citra, active_group("Mawar"), "081234567890", CHAIR_IN_MAY)
        assert "Dian (OK-" in str(refusal.value)
        assert not User.objects.filter(member_id__isnull=False).exists()

    def test_a_founder_without_an_account_gets_one_for_her_proven_number(self, citra: Actor) -> None:
        group = applied()
        with pytest.raises(Refused):
            appoint_officer(citra, group, PHONE, Term("chair", today_wib()))
        check_group(citra, group, items())
        validate_group(citra, group, today_wib())
        appoint_officer(citra, group, PHONE, Term("chair", today_wib()))
        user = User.objects.get(phone=PHONE)
        assert (user.name, actor_for_user(user).may(Permission.MEMBERS_REGISTER)) == ("Siti Aminah", True)

    def test_nobody_gives_an_office_to_herself(self, citra: Actor) -> None:
        user = account_of(Actor(label="dian"))
        grant_role(SYSTEM, user, "sekretariat", Anchors())
        group, dian = active_group("Mawar"), actor_for_user(user)
        with pytest.raises(Invalid) as refusal:
            appoint_officer(dian, group, user.email or "", CHAIR_IN_MAY)
        assert "Anda tidak bisa menunjuk diri sendiri" in str(refusal.value)
        officer = appoint_officer(citra, group, someone("eko"), Term("chair", MAY))
        with pytest.raises(Invalid):
            hand_over(dian, officer, user.email or "", JUNE)
        assert terms() == [("chair", MAY, None)]

    def test_the_account_of_a_member_who_is_gone_serves_no_more(self, citra: Actor) -> None:
        group, member = active_group("Mawar"), member_with(name="Dian", phone=PHONE)
        officer = appoint_officer(citra, group, PHONE, CHAIR_IN_MAY)
        with opened_by(SYSTEM):
            Member.objects.filter(pk=member.pk).update(left_on=JUNE)
        assert User.objects.get(pk=officer.user_id).phone == PHONE
        with pytest.raises(Invalid) as refusal:
            appoint_officer(citra, group, PHONE, Term("chair", JULY))
        assert "sudah keluar" in str(refusal.value)
        assert len(terms()) == len(grants()) == 1

    def test_a_telephone_names_no_member_beyond_the_reach_of_who_asks(self) -> None:
        for name in ("Dian", "Eko"):
            member_with(name=name, phone=PHONE, region=COBLONG)
        jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
        with pytest.raises(Invalid) as refusal:
            appoint_officer(jakarta, active_group("Mawar", SENEN), PHONE, CHAIR_IN_MAY)
        assert "Tulis nomor anggotanya" in str(refusal.value)
        assert "Dian" not in str(refusal.value)

    def test_is_for_the_secretariat_alone(self, ani: Actor) -> None:
        group = active_group("Mawar", SENEN)
        with pytest.raises(NotAllowed):
            appoint_officer(ani, group, someone("dian"), CHAIR_IN_MAY)
        assert terms() == []


class TestEnding:
    def test_ends_the_grant_on_the_same_day(self, citra: Actor) -> None:
        officer = appoint_officer(citra, active_group("Mawar"), someone("dian"), Term("chair", MAY))
        user = User.objects.get(pk=officer.user_id)
        end_officer(citra, officer, today_wib())
        end_officer(citra, officer, today_wib())  # a double click
        assert not actor_for_user(user).may(Permission.MEMBERS_CORRECT)
        assert grants()[0][3] == terms()[0][2] == today_wib()
        assert Event.objects.filter(kind="groups.officer_ended").count() == 1

    def test_until_that_day_the_grant_holds(self, citra: Actor) -> None:
        officer = appoint_officer(citra, active_group("Mawar"), someone("dian"), Term("chair", MAY))
        tomorrow = today_wib() + timedelta(days=1)
        end_officer(citra, officer, tomorrow)
        user = User.objects.get(pk=officer.user_id)
        assert actor_for_user(user).may(Permission.MEMBERS_CORRECT)
        with time_machine.travel(tomorrow + timedelta(days=1)):
            assert not actor_for_user(user).may(Permission.MEMBERS_CORRECT)

    def test_what_has_not_begun_is_taken_back_whole_and_may_be_given_again(self, citra: Actor) -> None:
        group, who, today = active_group("Mawar"), someone("dian"), today_wib()
        officer = appoint_officer(citra, group, who, Term("chair", today))
        end_officer(citra, officer, MAY)
        assert grants() == []
        assert officers_of(citra, group) == []
        appoint_officer(citra, group, who, Term("chair", today))
        assert [one.has_begun for one in officers_of(citra, group)] == [True]

    def test_what_has_ended_is_not_made_longer(self, citra: Actor) -> None:
        officer = appoint_officer(citra, active_group("Mawar"), someone("dian"), CHAIR_IN_MAY)
        with pytest.raises(Refused):
            end_officer(citra, officer, JULY)
        assert terms() == [("chair", MAY, JUNE)]

    def test_a_komunitas_that_closes_ends_all_its_offices(self, citra: Actor) -> None:
        group = active_group("Mawar")
        for office in ("chair", "secretary"):
            appoint_officer(citra, group, someone(office), Term(office, MAY))
        close_group(citra, group, "Bubar.")
        assert {until for _office, _from, until in terms()} == {today_wib()}
        assert {until for _role, _group, _from, until in grants()} == {today_wib()}

    def test_a_komunitas_that_closes_leaves_no_grant_that_was_given_without_an_office(
        self, citra: Actor
    ) -> None:
        mawar, melati, user = active_group("Mawar"), active_group("Melati"), account_of(Actor(label="dian"))
        for group in (mawar, melati):
            grant_role(SYSTEM, user, "pengurus_komunitas", Anchors(group_id=group.pk), MAY)
        close_group(citra, mawar, "Bubar.")
        assert [(grant[1], grant[3]) for grant in grants()] == [(mawar.pk, today_wib()), (melati.pk, None)]


class TestHandingOver:
    def test_one_leaves_and_another_begins_on_one_day(self, citra: Actor) -> None:
        group = active_group("Mawar")
        officer = appoint_officer(citra, group, someone("dian"), Term("chair", MAY, JULY))
        hand_over(citra, officer, someone("eko"), JUNE)
        assert terms() == [("chair", MAY, JUNE), ("chair", JUNE, JULY)]
        assert [grant[2:] for grant in grants()] == [(MAY, JUNE), (JUNE, JULY)]
        assert [line.sentence for line in history_of(citra, group)][:2] == [
            "Ketua baru sejak 1 Juni 2026.",
            "Masa tugas Ketua berakhir pada 1 Juni 2026.",
        ]

    def test_is_both_or_neither(self, citra: Actor) -> None:
        group, eko = active_group("Mawar"), someone("eko")
        officer = appoint_officer(citra, group, someone("dian"), Term("mobiliser", MAY))
        appoint_officer(citra, group, eko, Term("mobiliser", JULY))
        before = (terms(), grants(), Event.objects.count())
        for who, day in ((eko, JUNE), ("siapa", JUNE), (someone("fajar"), date(2026, 4, 30))):
            with pytest.raises((Refused, Invalid)):
                hand_over(citra, officer, who, day)
        with pytest.raises(Invalid):
            hand_over(citra, officer, User.objects.get(pk=officer.user_id).email or "", JUNE)
        assert (terms(), grants()) == before[:2]


class TestHandingOverByHerself:
    def test_a_chair_gives_her_office_to_another_on_her_own_page(self, citra: Actor) -> None:
        group, user = active_group("Mawar"), account_of(Actor(label="dian"))
        officer = appoint_officer(citra, group, user.email or "", Term("chair", MAY))
        appoint_officer(citra, group, someone("fajar"), Term("secretary", MAY))
        client = Client()
        client.force_login(user)
        forms = page(client.get(f"/komunitas/{group.pk}")).select("form[action$='/serahkan']")
        address = f"/komunitas/{group.pk}/pengurus/{officer.pk}/serahkan"
        assert [form["action"] for form in forms] == [address]  # hers alone
        answer = client.post(address, {"who": someone("eko"), "on": today_wib().isoformat()})
        assert answer["Location"] == "/"  # the page of the komunitas is hers no more
        assert terms() == [
            ("chair", MAY, today_wib()),
            ("secretary", MAY, None),
            ("chair", today_wib(), None),
        ]
        assert client.get(f"/komunitas/{group.pk}").status_code in (403, 404)

    def test_nobody_gives_away_the_office_of_a_colleague(self, citra: Actor) -> None:
        group, user = active_group("Mawar"), account_of(Actor(label="dian"))
        appoint_officer(citra, group, user.email or "", Term("secretary", MAY))
        chair = appoint_officer(citra, group, someone("fajar"), Term("chair", MAY))
        with pytest.raises(NotFound):
            hand_over(actor_for_user(user), chair, someone("eko"), JUNE)
        client = Client()
        client.force_login(user)
        answer = client.post(
            f"/komunitas/{group.pk}/pengurus/{chair.pk}/serahkan", {"who": someone("eko"), "on": "2026-06-01"}
        )
        assert answer.status_code == 404
        assert terms() == [("secretary", MAY, None), ("chair", MAY, None)]

    def test_a_wrong_appointment_is_put_right_on_its_first_day(self, citra: Actor) -> None:
        group, today = active_group("Mawar"), today_wib()
        wrong = appoint_officer(citra, group, someone("dian"), Term("chair", today))
        hand_over(citra, wrong, someone("eko"), today)
        assert [one.name for one in officers_of(citra, group)] == ["Uji eko"]
        assert [grant[2:] for grant in grants()] == [(today, None)]


class TestWhoMayNotJudge:
    def test_an_officer_does_not_validate_her_own_komunitas(self) -> None:
        group, user = applied(), account_of(Actor(label="dian"))
        grant_role(SYSTEM, user, "sekretariat", Anchors())
        check_group(SYSTEM, group, items())
        with opened_by(SYSTEM):
            Officer.objects.create(group=group, user_id=user.pk, role="chair", from_on=MAY)
        with pytest.raises(Refused):
            validate_group(actor_for_user(user), group, today_wib())
        assert Group.objects.get().state == "applied"


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_appoint_once(citra: Actor) -> None:
    group, who = active_group("Mawar"), someone("dian")
    results = together(
        6, lambda place: appoint_officer(citra, group, who, Term("chair", MAY, None if place else JULY))
    )
    assert len({result.pk for result in results if isinstance(result, Officer)}) == 1
    assert (len(terms()), len(grants())) == (1, 1)


class TestThePage:
    def test_appoints_hands_over_and_ends(self, desk: Desk, citra: Actor) -> None:
        group, client = active_group("Mawar"), desk(citra)
        told = {"who": someone("dian"), "role": "chair", "from_on": "1-5-2026", "until_on": ""}
        client.post(f"/komunitas/{group.pk}/pengurus", told)
        officer = Officer.objects.get()
        client.post(
            f"/komunitas/{group.pk}/pengurus/{officer.pk}/serahkan",
            {"who": someone("eko"), "on": "2026-06-01"},
        )
        shown = words(page(client.get(f"/komunitas/{group.pk}")).main)
        assert "Uji eko" in shown
        assert "Pengurus sebelumnya Uji dian" in shown
        successor = Officer.objects.latest("id")
        client.post(f"/komunitas/{group.pk}/pengurus/{successor.pk}/akhiri", {"until_on": "2026-07-01"})
        assert terms() == [("chair", MAY, JUNE), ("chair", JUNE, JULY)]

    def test_shows_a_clash_beside_its_field_and_keeps_what_was_typed(self, desk: Desk, citra: Actor) -> None:
        group, client, who = active_group("Mawar"), desk(citra), someone("dian")
        told = {"who": who, "role": "chair", "from_on": "2026-05-01", "until_on": ""}
        client.post(f"/komunitas/{group.pk}/pengurus", told)
        answer = client.post(f"/komunitas/{group.pk}/pengurus", {**told, "from_on": "2026-06-01"})
        found = page(answer, UNPROCESSABLE)
        assert "sudah menjadi Ketua dari 1 Mei 2026" in words(found.select_one("#id_appoint_from_on_error"))
        assert found.select_one("details[open] #id_appoint_who")["value"] == who
        assert len(terms()) == 1

    def test_an_officer_of_another_komunitas_is_not_ended_by_this_ones_address(
        self, desk: Desk, citra: Actor
    ) -> None:
        mawar, melati = active_group("Mawar"), active_group("Melati")
        officer = appoint_officer(citra, mawar, someone("dian"), Term("chair", MAY))
        answer = desk(citra).post(
            f"/komunitas/{melati.pk}/pengurus/{officer.pk}/akhiri", {"until_on": "2026-07-01"}
        )
        assert answer.status_code == 404
        assert terms() == [("chair", MAY, None)]

    def test_costs_the_same_for_many_officers(self, desk: Desk, citra: Actor) -> None:
        group, client = active_group("Mawar"), desk(citra)

        def grow(count: int) -> None:
            for _one in range(count):
                appoint_officer(citra, group, someone("dian"), Term("mobiliser", MAY))

        assert_constant_queries(lambda: client.get(f"/komunitas/{group.pk}"), grow)
