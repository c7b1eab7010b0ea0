"""A komunitas has one chair, one secretary and one treasurer at a time; of mobilisers it has as many as it likes."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from okoce.community.groups.actions.groups import check_group, validate_group
from okoce.community.groups.actions.officers import appoint_officer, end_officer, hand_over
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import PHONE, applied, items
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from tests.cast import SYSTEM, account_of
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE = 422
MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))
OF_ONE = ("chair", "secretary", "treasurer")
HANDED_OVER = import_module("okoce.community.groups.migrations.0010_one_officer_at_a_time").HANDED_OVER


def someone(label: str) -> User:
    return account_of(Actor(label=label))


def contact(label: str) -> str:
    return someone(label).email or ""


def terms() -> list[tuple[str, date, date | None]]:
    return list(Officer.objects.order_by("id").values_list("role", "from_on", "until_on"))


class TestAppointing:
    @pytest.mark.parametrize("role", OF_ONE)
    @pytest.mark.parametrize(("since", "until"), [(JUNE, None), (MAY, None), (date(2026, 4, 1), JUNE)])
    def test_a_second_one_over_the_same_days_is_refused_and_told_to_hand_over(
        self, citra: Actor, role: str, since: date, until: date | None
    ) -> None:
        group = active_group("Mawar")
        appoint_officer(citra, group, contact("dian"), Term(role, MAY))
        with pytest.raises(Refused, match="Serahkan jabatannya") as refused:
            appoint_officer(citra, group, contact("eko"), Term(role, since, until))
        assert "Uji dian" in refused.value.sentence
        assert terms() == [(role, MAY, None)]
        assert RoleAssignment.objects.count() == 1

    @pytest.mark.parametrize("role", OF_ONE)
    def test_one_after_the_other_is_fine(self, citra: Actor, role: str) -> None:
        group = active_group("Mawar")
        appoint_officer(citra, group, contact("dian"), Term(role, MAY, JUNE))
        appoint_officer(citra, group, contact("eko"), Term(role, JUNE))
        assert len(terms()) == 2

    def test_so_is_a_hand_over_also_on_the_first_day(self, citra: Actor) -> None:
        group = active_group("Mawar")
        officer = appoint_officer(citra, group, contact("dian"), Term("chair", MAY))
        successor = hand_over(citra, officer, contact("eko"), MAY)
        hand_over(citra, successor, contact("fitri"), JULY)
        assert terms() == [("chair", MAY, MAY), ("chair", MAY, JULY), ("chair", JULY, None)]

    def test_an_office_that_was_taken_back_stands_in_nobodys_way(self, citra: Actor) -> None:
        group = active_group("Mawar")
        end_officer(citra, appoint_officer(citra, group, contact("dian"), Term("chair", MAY)), MAY)
        appoint_officer(citra, group, contact("eko"), Term("chair", MAY))
        assert terms() == [("chair", MAY, MAY), ("chair", MAY, None)]

    def test_mobilisers_and_offices_of_another_komunitas_are_free(self, citra: Actor) -> None:
        group, other = active_group("Mawar"), active_group("Melati")
        for label in ("dian", "eko"):
            appoint_officer(citra, group, contact(label), Term("mobiliser", MAY))
        appoint_officer(citra, group, contact("dian"), Term("chair", MAY))
        appoint_officer(citra, other, contact("dian"), Term("chair", MAY))
        assert len(terms()) == 4

    def test_the_page_says_so_beside_the_day_and_keeps_what_was_typed(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar")
        appoint_officer(citra, group, contact("dian"), Term("chair", MAY))
        eko = contact("eko")
        told = {"who": eko, "role": "chair", "from_on": "2026-06-01", "until_on": ""}
        wrong = page(desk(citra).post(f"/komunitas/{group.pk}/pengurus", told), UNPROCESSABLE)
        beside = wrong.select_one("#id_appoint_from_on_error")
        assert beside is not None
        assert "Serahkan jabatannya" in words(beside)
        kept = wrong.select_one("#id_appoint_who")
        assert kept is not None
        assert kept["value"] == eko

    def test_the_founders_number_stands_in_the_form_only_until_somebody_serves(
        self, desk: Desk, citra: Actor
    ) -> None:
        """Left there once she is the chair, one press more would make her hold two offices."""
        group, client = applied(), desk(citra)
        check_group(citra, group, items())
        validate_group(citra, group, today_wib())
        assert self._offered(client, group) == ("0812-3456-7890", "chair")
        appoint_officer(citra, group, PHONE, Term("chair", today_wib()))
        assert self._offered(client, group) == ("", "secretary")
        appoint_officer(citra, group, contact("dian"), Term("secretary", today_wib()))
        appoint_officer(citra, group, contact("eko"), Term("treasurer", today_wib()))
        assert self._offered(client, group) == ("", "mobiliser")

    @staticmethod
    def _offered(client: Client, group: Group) -> tuple[str, str]:
        shown = page(client.get(f"/komunitas/{group.pk}"))
        who, role = shown.select_one("#id_appoint_who"), shown.select_one("#id_appoint_role [selected]")
        assert who is not None
        assert role is not None
        return str(who.get("value", "")), str(role["value"])


class TestTheDatabase:
    def test_refuses_two_at_once(self) -> None:
        group = active_group("Mawar")
        appoint_officer(SYSTEM, group, contact("dian"), Term("chair", MAY))
        with (
            pytest.raises(IntegrityError, match="groups_officer_one_at_a_time"),
            transaction.atomic(),
            opened_by(SYSTEM),
        ):
            Officer.objects.create(group=group, user_id=someone("eko").pk, role="chair", from_on=JUNE)
        assert len(terms()) == 1

    def test_those_who_crossed_before_leave_when_the_next_began(self) -> None:
        group = active_group("Mawar")
        first = appoint_officer(SYSTEM, group, contact("dian"), Term("chair", MAY))
        fine = appoint_officer(SYSTEM, group, contact("dian"), Term("treasurer", MAY, JUNE))
        with transaction.atomic(), connection.cursor() as cursor, opened_by(SYSTEM):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing of the test itself may still wait
            cursor.execute("ALTER TABLE groups_officer DROP CONSTRAINT groups_officer_one_at_a_time")
            rows = [("eko", JUNE, AUGUST), ("fitri", JUNE, None), ("gita", JULY, AUGUST)]
            crossing = [
                Officer.objects.create(
                    group=group, user_id=someone(label).pk, role="chair", from_on=since, until_on=until
                )
                for label, since, until in rows
            ]
            cursor.execute(HANDED_OVER)
        held = {one.pk: (one.from_on, one.until_on) for one in Officer.objects.all()}
        assert held[first.pk] == (MAY, JUNE)
        assert held[fine.pk] == (MAY, JUNE)
        assert [held[one.pk] for one in crossing] == [(JUNE, JUNE), (JUNE, JULY), (JULY, AUGUST)]
        assert RoleAssignment.objects.get(pk=first.assignment_id).until_on == JUNE
        assert RoleAssignment.objects.get(pk=fine.assignment_id).until_on == JUNE


@pytest.mark.django_db(transaction=True)
def test_of_six_who_are_appointed_at_once_one_is_chair(citra: Actor) -> None:
    group = active_group("Mawar")
    people = [contact(f"orang{place}") for place in range(6)]
    results = together(
        6,
        lambda place: appoint_officer(citra, group, people[place], Term("chair", MAY if place % 2 else JUNE)),
    )
    assert sum(isinstance(one, Officer) for one in results) == 1
    assert sum(isinstance(one, Refused) for one in results) == 5
    assert (len(terms()), RoleAssignment.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_hand_overs_at_once_one_is_carried_out(citra: Actor) -> None:
    group = active_group("Mawar")
    officer = appoint_officer(citra, group, contact("dian"), Term("chair", MAY))
    people = [contact("eko"), contact("fitri")]
    results = together(2, lambda place: hand_over(citra, officer, people[place], JUNE))
    assert sum(isinstance(one, Officer) for one in results) == 1
    assert [(since, until) for _role, since, until in terms()] == [(MAY, JUNE), (JUNE, None)]
