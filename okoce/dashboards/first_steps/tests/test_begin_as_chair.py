"""A new chair begins at her first steps: ticked from records, and no longer shown when all is done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.centres.actions import open_centre
from okoce.community.centres.tests.factories import planned_centre
from okoce.community.groups.actions.officers import appoint_officer, end_officer
from okoce.community.groups.models import Group, GroupTerm, Officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, joined
from okoce.dashboards.first_steps.steps import first_steps_of, landing_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.actions import end_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
FOUND, NOT_FOUND = 302, 404
SINCE = date(2020, 1, 1)


def serving(group: Group, label: str, role: str = "chair", since: date | None = None) -> User:
    """Somebody in office, since yesterday where nothing else is said."""
    user = account_of(Actor(label=label))
    began_on = since or today_wib() - timedelta(days=1)
    appoint_officer(SYSTEM, group, user.email or "", Term(role, began_on))
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ticked(user: User, group: Group) -> list[str]:
    _group, steps = first_steps_of(actor_for_user(user), group.pk)
    return [step.key for step in steps if step.is_done]


def test_each_step_is_ticked_as_the_records_show_it_and_the_landing_goes_when_all_are() -> None:
    group = active_group("Mawar", SENEN)
    chair = serving(group, "dian")
    here, browser = f"/komunitas/{group.pk}/mulai", browser_of(chair)
    assert landing_of(actor_for_user(chair)) == here
    assert ticked(chair, group) == []
    joined(registered(name="Siti"), group, SINCE)
    assert ticked(chair, group) == ["members"]
    serving(group, "eko", "secretary")
    assert ticked(chair, group) == ["members", "officers"]
    centre = planned_centre(group)
    shown = words(page(browser.get(here)).main)
    assert "Menunggu sekretariat membukanya" in shown
    assert "2 dari 4 selesai" in shown
    open_centre(SYSTEM, centre, today_wib())
    assert ticked(chair, group) == ["members", "officers", "centre"]
    for _tap in range(2):
        answer = browser.post(f"{here}/target")
        assert answer["Location"] == f"/komunitas/{group.pk}#h-targets"
    assert page(browser.get(answer["Location"].partition("#")[0])).select_one("#h-targets") is not None
    assert (
        page(browser.get(f"/komunitas/{group.pk}")).select_one(f"a[href='/komunitas/{group.pk}/mulai']")
        is not None
    )
    assert Officer.objects.get(user_id=chair.pk).targets_read_on == today_wib()
    assert landing_of(actor_for_user(chair)) == ""
    assert "Langkah pertama selesai" in words(page(browser.get(here)).main)


def test_signing_in_leads_a_new_chair_there_unless_she_wanted_elsewhere() -> None:
    group = active_group("Mawar", SENEN)
    chair = serving(group, "dian")
    chair.set_password("sandi panjang sekali 2026")
    with transaction.atomic(), opened_by(SYSTEM):
        chair.save(update_fields=["password"])
    told = {"cara": "sandi", "contact": chair.email, "password": "sandi panjang sekali 2026"}
    assert Client().post("/masuk", told)["Location"] == f"/komunitas/{group.pk}/mulai"
    assert Client().post("/masuk", {**told, "next": "/anggota"})["Location"] == "/anggota"


@pytest.mark.parametrize(("days", "is_new"), [(0, True), (29, True), (30, False), (2000, False)])
def test_a_chair_is_new_for_a_month_and_later_finds_the_page_by_its_address(days: int, is_new: bool) -> None:
    group = active_group("Mawar", SENEN)
    chair = serving(group, "dian", since=today_wib() - timedelta(days=days))
    here = f"/komunitas/{group.pk}/mulai"
    assert landing_of(actor_for_user(chair)) == (here if is_new else "")
    assert "0 dari 4 selesai" in words(page(browser_of(chair).get(here)).main)


def test_how_long_a_chair_is_new_is_dated_data() -> None:
    group = active_group("Mawar", SENEN)
    chair = serving(group, "dian", since=today_wib() - timedelta(days=40))
    assert landing_of(actor_for_user(chair)) == ""
    GroupTerm.objects.create(code="first_steps_days", value=60, from_on=today_wib(), source="rapat")
    assert landing_of(actor_for_user(chair)) == f"/komunitas/{group.pk}/mulai"


def test_who_was_left_the_office_and_not_the_right_is_led_to_no_closed_door() -> None:
    mawar, melati = active_group("Mawar", SENEN), active_group("Melati", SENEN)
    chair = serving(mawar, "dian")
    appoint_officer(SYSTEM, melati, chair.email or "", Term("chair", today_wib() - timedelta(days=1)))
    assert landing_of(actor_for_user(chair)) == f"/komunitas/{melati.pk}/mulai"
    for group, led_to in ((melati, f"/komunitas/{mawar.pk}/mulai"), (mawar, "")):
        office = Officer.objects.get(user_id=chair.pk, group=group)
        end_role(SYSTEM, RoleAssignment.objects.get(pk=office.assignment_id), today_wib())
        assert landing_of(actor_for_user(chair)) == led_to


def test_a_member_who_is_the_chair_herself_is_no_member_whom_she_invited() -> None:
    group, siti = active_group("Mawar", SENEN), registered(name="Siti")
    chair = serving(group, "dian")
    User.objects.filter(pk=chair.pk).update(member_id=siti.pk)
    joined(siti, group, SINCE)
    assert ticked(chair, group) == []


def test_it_is_for_whoever_chairs_the_komunitas_today(desk: Desk, citra: Actor) -> None:
    group, other = active_group("Mawar", SENEN), active_group("Melati", SENEN)
    chair, mobiliser = serving(group, "dian"), serving(group, "eko", "secretary")
    stranger = serving(other, "fani")
    for browser in (desk(citra), browser_of(mobiliser), browser_of(stranger)):
        assert browser.get(f"/komunitas/{group.pk}/mulai").status_code == NOT_FOUND
        assert browser.post(f"/komunitas/{group.pk}/mulai/target").status_code == NOT_FOUND
    assert not Officer.objects.filter(targets_read_on__isnull=False).exists()
    assert landing_of(actor_for_user(mobiliser)) == ""
    end_officer(citra, Officer.objects.get(user_id=chair.pk), today_wib())
    assert landing_of(actor_for_user(chair)) == ""
