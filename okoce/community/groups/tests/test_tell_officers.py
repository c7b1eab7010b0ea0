"""Whoever serves a komunitas hears when it rests, ends or goes on, with the reason; and reads it also when her office is over."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import close_group, pause_group, reopen_group
from okoce.community.groups.actions.officers import appoint_officer, end_officer
from okoce.community.groups.models import Group
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import HandRule, Message, Wording
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import TransitionRefused
from tests.cast import SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MAY = date(2026, 5, 1)
CODES = ("group_paused", "group_reopened", "group_closed")
FORBIDDEN, NOT_FOUND = 403, 404


def someone(label: str) -> User:
    return account_of(Actor(label=label))


def serving(group: Group, label: str, role: str = "chair") -> User:
    user = someone(label)
    appoint_officer(SYSTEM, group, user.email or "", Term(role, MAY))
    return user


def told() -> list[tuple[str, int | None, str]]:
    """What was said of it, to whom, with which reason."""
    rows = Message.objects.filter(code__in=CODES).order_by("id")
    return [(one.code, one.user_id, unseal(one.variables_encrypted)["reason"]) for one in rows]


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestOfficers:
    def test_hear_of_each_decision_with_its_reason_and_once(self, citra: Actor) -> None:
        group = active_group("Mawar")
        chair = serving(group, "dian")
        for _click in range(2):
            pause_group(citra, group, "Ketua sakit.")
        reopen_group(citra, group, "Sudah sembuh.")
        close_group(citra, group, "Bubar.")
        assert told() == [
            ("group_paused", chair.pk, "Ketua sakit."),
            ("group_reopened", chair.pk, "Sudah sembuh."),
            ("group_closed", chair.pk, "Bubar."),
        ]

    def test_of_that_day_alone(self, citra: Actor) -> None:
        group = active_group("Mawar")
        chair, mobiliser = serving(group, "dian"), serving(group, "eko", "mobiliser")
        serving(active_group("Melati"), "fitri")
        former = someone("gita")
        office = appoint_officer(SYSTEM, group, former.email or "", Term("treasurer", MAY))
        end_officer(SYSTEM, office, today_wib())
        coming = Term("secretary", today_wib() + timedelta(days=1))
        appoint_officer(SYSTEM, group, someone("hana").email or "", coming)
        close_group(citra, group, "Bubar.")
        assert {user_id for _code, user_id, _reason in told()} == {chair.pk, mobiliser.pk}

    def test_hear_nothing_of_what_was_refused(self, citra: Actor) -> None:
        group = active_group("Mawar")
        serving(group, "dian")
        close_group(citra, group, "Bubar.")
        before = told()
        with pytest.raises(TransitionRefused):
            pause_group(citra, group, "Lagi.")
        assert told() == before

    def test_are_said_to_be_told_or_not(self, desk: Desk, citra: Actor) -> None:
        group, empty = active_group("Mawar"), active_group("Melati")
        serving(group, "dian")
        client = desk(citra)
        answer = client.post(f"/komunitas/{group.pk}/jeda", {"reason": "Libur."}, follow=True)
        assert "Pengurusnya dikirimi pesan" in words(page(answer))
        answer = client.post(f"/komunitas/{empty.pk}/jeda", {"reason": "Libur."}, follow=True)
        assert "hubungi sendiri" in words(page(answer))

    @pytest.mark.parametrize("code", CODES)
    def test_there_are_words_in_both_languages_that_say_the_reason_and_somebody_sends_them(
        self, code: str
    ) -> None:
        rows = Wording.objects.filter(code=code)
        assert {one.language for one in rows} == {"id", "en"}
        assert all("{reason}" in one.body and "{group}" in one.body for one in rows)
        assert HandRule.objects.get(code=code).days > 0
        assert KINDS[code].names >= {"name", "group", "reason"}


class TestAfterItWasClosed:
    def test_its_chair_reads_why_whom_to_ask_and_her_messages(self, citra: Actor) -> None:
        group = active_group("Mawar")
        chair = serving(group, "dian")
        client = browser_of(chair)
        assert "Tanya sekretariat" not in words(page(client.get(f"/komunitas/{group.pk}")).main)
        close_group(citra, group, "Semua pengurusnya pindah.")
        shown = page(client.get(f"/komunitas/{group.pk}"))
        assert "Semua pengurusnya pindah." in words(shown.main)
        assert shown.select_one('main a[href="/lapor"]') is not None
        assert shown.select_one('main a[href="/pesan"]') is not None
        assert shown.select_one("main form") is None
        messages = page(client.get("/pesan"))
        assert "Semua pengurusnya pindah." in words(messages.main)
        assert client.get("/komunitas").status_code == FORBIDDEN

    def test_so_does_one_who_is_a_member(self, citra: Actor) -> None:
        group, member = active_group("Mawar"), member_with(name="Siti", phone="+6281255550101")
        appoint_officer(SYSTEM, group, member.number, Term("chair", MAY))
        client = browser_of(User.objects.get(member_id=member.pk))
        close_group(citra, group, "Semua pengurusnya pindah.")
        assert "Semua pengurusnya pindah." in words(page(client.get(f"/komunitas/{group.pk}")).main)
        assert "Semua pengurusnya pindah." in words(page(client.get("/pesan")).main)

    def test_an_officer_of_another_komunitas_reads_nothing_of_it(self, citra: Actor) -> None:
        group = active_group("Mawar")
        serving(group, "dian")
        stranger, nobody = serving(active_group("Melati"), "eko"), someone("fitri")
        close_group(citra, group, "Bubar.")
        assert browser_of(stranger).get(f"/komunitas/{group.pk}").status_code == NOT_FOUND
        assert browser_of(nobody).get(f"/komunitas/{group.pk}").status_code == FORBIDDEN
        assert browser_of(nobody).get("/pesan").status_code == FORBIDDEN

    def test_who_left_a_komunitas_that_goes_on_reads_nothing_of_it(self) -> None:
        group, user = active_group("Mawar"), someone("dian")
        office = appoint_officer(SYSTEM, group, user.email or "", Term("chair", MAY))
        end_officer(SYSTEM, office, today_wib())
        assert browser_of(user).get(f"/komunitas/{group.pk}").status_code == FORBIDDEN
