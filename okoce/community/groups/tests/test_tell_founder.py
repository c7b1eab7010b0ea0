"""The founder of a komunitas hears what was decided, and whoever is to serve one hears of it: once each."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import (
    ask_group,
    check_group,
    pause_group,
    refuse_group,
    validate_group,
)
from okoce.community.groups.actions.officers import appoint_officer, hand_over
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import PHONE, applied, items, proven
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.models import Message, Wording
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from tests.cast import account_of
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def told() -> list[str]:
    return list(Message.objects.order_by("id").values_list("code", flat=True))


def validated(actor: Actor, group: Group, **how: bool) -> Group:
    check_group(actor, group, items())
    return validate_group(actor, group, today_wib(), **how)


class TestTheFounder:
    def test_is_asked_once_and_again_when_something_else_is_asked(self, citra: Actor) -> None:
        group = applied()
        ask_group(citra, group, "Di mana?")
        ask_group(citra, group, "Di mana?")  # a double click
        assert told() == ["group_asked"]
        message = Message.objects.get()
        assert message.user_id == User.objects.get(phone=PHONE).pk
        assert unseal(message.variables_encrypted) == {"group": "Ibu Wirausaha Senen"}
        applied()  # answered
        ask_group(citra, group, "Di mana?")
        assert told() == ["group_asked", "group_asked"]

    def test_hears_of_a_refusal_and_of_the_validation(self, citra: Actor) -> None:
        refuse_group(citra, applied(name="Satu"), "Bukan komunitas.")
        group = applied()
        validated(citra, group)
        validate_group(citra, group, today_wib())
        assert told() == ["group_refused", "group_validated"]
        assert not Officer.objects.exists()

    def test_whose_number_several_share_is_not_written_to_and_the_secretariat_is_told(
        self, desk: Desk, citra: Actor
    ) -> None:
        for name in ("Siti", "Wati"):
            member_with(name=name, phone=PHONE)
        group = applied()
        answer = desk(citra).post(f"/komunitas/{group.pk}/tanya", {"reason": "Di mana?"}, follow=True)
        assert "hubungi sendiri" in words(page(answer))
        assert Group.objects.get().state == "asked"
        assert not Message.objects.exists()

    def test_who_applied_signed_in_is_told_there_although_the_number_is_shared(self, citra: Actor) -> None:
        for name in ("Siti", "Wati"):
            member_with(name=name, phone=PHONE)
        user = account_of(Actor(label="founder"))
        ask_group(citra, applied(founder_user_id=user.pk), "Di mana?")
        assert Message.objects.get().user_id == user.pk

    def test_leads_it_from_the_validation_on_where_that_is_ticked(self, desk: Desk, citra: Actor) -> None:
        group = applied()
        told_of = {"butir": sorted(items()), "validasi": "1", "ketua": "1"}
        answer = desk(citra).post(f"/komunitas/{group.pk}/periksa", told_of, follow=True)
        assert "dikirimi pesan" in words(page(answer))
        assert "belum punya ketua" not in words(page(answer))
        officer = Officer.objects.get()
        assert (officer.role, officer.user_id) == ("chair", User.objects.get(phone=PHONE).pk)
        assert RoleAssignment.objects.get(group_id=group.pk).role == "pengurus_komunitas"
        assert told() == ["group_validated"]

    def test_the_tick_stands_as_it_was_put_after_a_refusal(self, desk: Desk, citra: Actor) -> None:
        group, browser = applied(), desk(citra)
        box = "[name=ketua][checked]"
        assert page(browser.get(f"/komunitas/{group.pk}")).select_one(box)
        for ticked in ({"ketua": "1"}, {}):
            answer = browser.post(f"/komunitas/{group.pk}/periksa", {"validasi": "1", **ticked})
            assert bool(page(answer, 422).select_one(box)) == bool(ticked)
        assert Group.objects.get().state == "applied"

    def test_without_a_chair_it_is_said_what_to_do(self, desk: Desk, citra: Actor) -> None:
        group = applied()
        told_of = {"butir": sorted(items()), "validasi": "1"}
        answer = desk(citra).post(f"/komunitas/{group.pk}/periksa", told_of, follow=True)
        assert "Komunitas ini belum punya ketua." in words(page(answer))
        assert not Officer.objects.exists()

    def test_who_is_to_lead_but_is_not_known_holds_the_validation_up(self, citra: Actor) -> None:
        for name in ("Siti", "Wati"):
            member_with(name=name, phone=PHONE)
        group = applied()
        with pytest.raises(Refused):
            validated(citra, group, is_led_by_founder=True)
        assert Group.objects.get().state == "applied"
        assert not Officer.objects.exists()
        assert not Message.objects.exists()

    def test_reads_when_it_was_sent_and_where_it_works(self, client: Client, outbox: Outbox) -> None:
        applied()
        proven(client, outbox)
        found = words(page(client.get("/komunitas/daftar/selesai")).main)
        assert "Dikirim pada" in found
        assert "Kec. Senen" in found

    @pytest.mark.parametrize("leads", [False, True])
    def test_is_led_on_from_the_page_of_her_application(
        self, client: Client, outbox: Outbox, citra: Actor, leads: bool
    ) -> None:
        group = applied()
        validated(citra, group, is_led_by_founder=leads)
        proven(client, outbox)
        found = page(client.get("/komunitas/daftar/selesai"))
        links = {one["href"] for one in found.select("main a[href]")}
        invitations = [one for one in links if f"/daftar?komunitas={group.code}" in one]
        assert (f"/komunitas/{group.pk}" in links, bool(invitations)) == (leads, leads)
        assert ("/masuk" in links) is not leads

    def test_reads_why_and_where_to_ask_when_it_rests(
        self, client: Client, outbox: Outbox, citra: Actor
    ) -> None:
        pause_group(citra, validated(citra, applied()), "Tidak ada kabar.")
        proven(client, outbox)
        found = page(client.get("/komunitas/daftar/selesai"))
        assert "Tidak ada kabar." in words(found.main)
        assert found.select_one("main a[href='/lapor']") is not None


class TestAnOfficer:
    def test_hears_of_her_appointment_and_her_successor_of_his_once(self, citra: Actor) -> None:
        group, since = active_group("Mawar"), today_wib().replace(year=today_wib().year - 1)
        first, second = account_of(Actor(label="dian")), account_of(Actor(label="eko"))
        officer = appoint_officer(citra, group, first.email or "", Term("chair", since))
        appoint_officer(citra, group, first.email or "", Term("chair", since))
        hand_over(citra, officer, second.email or "", today_wib())
        assert list(Message.objects.order_by("id").values_list("code", "user_id")) == [
            ("officer_appointed", first.pk),
            ("officer_appointed", second.pk),
        ]

    @pytest.mark.parametrize(
        ("language", "said"), [("id", "menjadi {office} di"), ("en", "appointed {office} of")]
    )
    def test_reads_to_which_office(self, citra: Actor, language: str, said: str) -> None:
        dian = account_of(Actor(label="dian"))
        appoint_officer(citra, active_group("Mawar"), dian.email or "", Term("treasurer", today_wib()))
        assert unseal(Message.objects.get().variables_encrypted)["office"] == "Bendahara"
        newest = Wording.objects.filter(code="officer_appointed", language=language).latest("version")
        assert said in newest.body
