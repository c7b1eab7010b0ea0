"""Komunitas that go quiet: counted in the menu, their chairs warned and told, the secretariat told, each once a spell."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okoce.community.groups.actions.groups import pause_group, reopen_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.actions.silences import tell_of_silences
from okoce.community.groups.models import Group, GroupTerm, Silence
from okoce.community.groups.queries import quiet_waiting, quiet_warning_after
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.dashboards.funnel import meanings
from okoce.dashboards.jobs import tell_of_silences as job_of_the_day
from okoce.dashboards.scoreboard.scores import ScoresAsked, score_of, scores
from okoce.dashboards.scoreboard.silences import look_and_tell, look_for_silences
from okoce.dashboards.tests.movement import people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import HandRule, Message, Wording
from okoce.foundation.shared.days import day_in_words, today_wib
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
CODES = ("group_quiet_soon", "group_quiet", "groups_quiet")
NOON = datetime(2030, 3, 4, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def noted(days_ago: int, name: str = "Mawar") -> Group:
    """A komunitas of whose one member the last was noted so many days ago."""
    group = active_group(name, SENEN)
    people(1, {1: today_wib() - timedelta(days=days_ago)}, group=group)
    return group


def chaired(group: Group, label: str = "dian") -> User:
    user = account_of(Actor(label=label))
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", date(2018, 1, 2)))
    return user


def told() -> list[tuple[str, int | None]]:
    rows = Message.objects.filter(code__in=CODES).order_by("id")
    return list(rows.values_list("code", "user_id"))


def said(code: str) -> dict[str, str]:
    return unseal(Message.objects.filter(code=code).latest("id").variables_encrypted)


def day_passes() -> int:
    """What the worker does once a day."""
    return look_and_tell()


class TestTheChair:
    @pytest.mark.parametrize(
        ("days", "codes"), [(19, []), (20, CODES[:1]), (30, CODES[:1]), (31, CODES[1:2])]
    )
    def test_is_warned_at_two_thirds_of_the_days_and_told_when_they_are_over(
        self, days: int, codes: list[str]
    ) -> None:
        chair = chaired(noted(days))
        day_passes()
        day_passes()
        assert told() == [(code, chair.pk) for code in codes]

    def test_reads_how_long_since_when_and_what_is_the_limit(self) -> None:
        with time_machine.travel(NOON, tick=False):
            group = noted(20)
            chaired(group)
            day_passes()
            assert (said(CODES[0])["days"], said(CODES[0])["limit"]) == ("20", "30")
        with time_machine.travel(NOON + timedelta(days=11), tick=False):
            day_passes()
            last = NOON.date() - timedelta(days=20)
            assert said(CODES[1]) == {"group": "Mawar", "days": "31", "since": day_in_words(last)}

    def test_is_told_once_a_spell_also_when_the_messages_were_forgotten(self) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            group = noted(0)
            chaired(group)
            sent = {}
            for day in range(1, 60):
                clock.move_to(NOON + timedelta(days=day))
                if day == 40:
                    Message.objects.all().delete()
                sent[day] = day_passes()
            assert {day: number for day, number in sent.items() if number} == {20: 1, 31: 1}
            people(1, {1: today_wib()}, group=group)
            again = {}
            for day in range(60, 100):
                clock.move_to(NOON + timedelta(days=day))
                again[day] = day_passes()
            assert {day for day, number in again.items() if number} == {79, 90}

    def test_the_days_and_the_part_of_them_are_dated_data(self) -> None:
        chaired(noted(50))
        GroupTerm.objects.create(code="quiet_days", value=90, from_on=today_wib(), source="rapat")
        assert quiet_warning_after(today_wib()) == 60
        assert day_passes() == 0
        GroupTerm.objects.create(code="quiet_warning_percent", value=50, from_on=today_wib(), source="rapat")
        day_passes()
        assert [code for code, _user in told()] == ["group_quiet_soon"]

    def test_who_becomes_chair_later_is_warned_then(self) -> None:
        group = noted(25)
        assert day_passes() == 0
        chair = chaired(group)
        day_passes()
        assert told() == [("group_quiet_soon", chair.pk)]


class TestOneThatRested:
    """While it rested, nothing was to be noted: it is quiet from the day on which it goes on at the earliest."""

    def test_is_told_of_from_the_day_on_which_it_was_opened_again(self, citra: Actor) -> None:
        account_of(citra)
        with time_machine.travel(NOON, tick=False) as clock:
            group = noted(10)
            chaired(group)
            pause_group(citra, group, "Libur.")
            clock.move_to(NOON + timedelta(days=180))
            reopen_group(citra, group, "Lanjut.")
            sent = {}
            for day in range(180, 216):
                clock.move_to(NOON + timedelta(days=day))
                sent[day - 180] = day_passes()
            assert {day: number for day, number in sent.items() if number} == {20: 1, 31: 2}
            assert said("group_quiet")["days"] == "31"

    def test_is_told_anew_where_it_was_quiet_before_it_rested(self, citra: Actor) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            group = noted(40)
            chair = chaired(group)
            day_passes()
            pause_group(citra, group, "Libur.")
            clock.move_to(NOON + timedelta(days=60))
            reopen_group(citra, group, "Lanjut.")
            assert day_passes() == 0
            clock.move_to(NOON + timedelta(days=91))
            assert day_passes() == 1
            assert told() == [("group_quiet", chair.pk), ("group_quiet", chair.pk)]

    def test_the_board_says_the_same_and_so_does_the_definition_from_its_day_on(self, citra: Actor) -> None:
        group = noted(190)
        pause_group(citra, group, "Libur.")
        resting = score_of(citra, group.pk)
        assert resting is not None
        assert (resting.quiet_days, resting.is_quiet) == (190, True)
        reopen_group(citra, group, "Lanjut.")
        [score] = scores(citra, ScoresAsked())
        assert (score.quiet_days, score.is_quiet) == (0, False)
        defined = [meanings(date(2026, 11, day))["group_quiet"] for day in (23, 24)]
        assert [(one.version, "dibuka lagi" in one.text) for one in defined] == [(1, False), (2, True)]


class TestTheSecretariat:
    def test_is_told_of_all_that_went_quiet_on_a_day_in_one_message(self, citra: Actor) -> None:
        secretary = account_of(citra)
        for place in range(12):
            noted(31, f"Mawar {place:02d}")
        noted(25, "Melati")
        assert day_passes() == 1
        assert told() == [("groups_quiet", secretary.pk)]
        assert said("groups_quiet")["count"] == "12"
        assert said("groups_quiet")["groups"].endswith("Mawar 09, dan 2 lagi")
        noted(40, "Kenanga")
        assert day_passes() == 1
        assert said("groups_quiet")["groups"] == "Kenanga"
        assert day_passes() == 0

    def test_is_told_of_none_that_rests_or_is_made_up(self, citra: Actor) -> None:
        account_of(citra)
        resting, made_up = noted(40), noted(40, "Melati")
        pause_group(citra, resting, "Libur.")
        with transaction.atomic(), opened_by(SYSTEM):
            Group.objects.filter(pk=made_up.pk).update(is_synthetic=True)
        assert day_passes() == 0
        assert told() == []

    def test_is_told_of_none_that_was_noted_of_since_the_last_look(self, citra: Actor) -> None:
        account_of(citra)
        group = noted(40)
        chaired(group)
        look_for_silences()
        people(1, {1: today_wib()}, group=group)  # and the worker was down until the hour of telling
        job_of_the_day()
        assert told() == []
        assert Silence.objects.get().told_on is None

    def test_each_kind_has_words_in_both_languages_and_a_rule_for_hands(self) -> None:
        for code in CODES:
            assert set(Wording.objects.filter(code=code).values_list("language", flat=True)) == {"id", "en"}
            for wording in Wording.objects.filter(code=code):
                wording.body.format_map(KINDS[code].samples(wording.language))
            assert HandRule.objects.get(code=code).days == 14


class TestTheMenu:
    def test_counts_those_that_the_list_shows(self, desk: Desk, citra: Actor) -> None:
        for place, days in enumerate((10, 25, 31, 400)):
            noted(days, f"Mawar {place}")
        active_group("Tanpa anggota", SENEN)
        look_for_silences()
        quiet = [one.group.pk for one in scores(citra, ScoresAsked()) if one.is_quiet]
        assert set(quiet_waiting(citra).values_list("pk", flat=True)) == set(quiet)
        client = desk(citra)
        item = page(client.get("/komunitas/papan")).select_one("nav a[href='/komunitas/sunyi']")
        assert words(item) == "Komunitas sunyi 3 menunggu"
        assert len(rows_of(client.get("/komunitas/sunyi"))) == 3

    def test_forgets_one_of_which_something_was_noted_by_the_next_look(self, citra: Actor) -> None:
        group = noted(40)
        look_for_silences()
        assert quiet_waiting(citra).count() == 1
        people(1, {1: today_wib()}, group=group)
        look_for_silences()
        assert quiet_waiting(citra).count() == 0

    def test_is_for_whoever_decides_about_komunitas_and_nothing_waits_for_the_auditor(
        self, ani: Actor, citra: Actor, dewi: Actor
    ) -> None:
        noted(40)
        look_for_silences()
        assert [quiet_waiting(actor).count() for actor in (ani, citra, dewi)] == [0, 1, 0]

    def test_costs_no_statement_of_its_own(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)
        client.get("/komunitas/papan")
        with CaptureQueriesContext(
            connection,
        ) as kept:
            client.get("/komunitas/papan")
        assert len([one for one in kept.captured_queries if "groups_silence" in (one["sql"] or "")]) == 1

    def test_the_look_asks_no_more_often_for_many(self) -> None:
        made = iter(range(200))

        def grow(count: int) -> None:
            for _one in range(count):
                noted(40, f"Mawar {next(made)}")

        assert_constant_queries(look_for_silences, grow)


class TestTheContact:
    def test_of_the_chair_opens_whatsapp_with_words_for_whoever_sees_accounts(
        self, desk: Desk, citra: Actor
    ) -> None:
        chair = chaired(noted(40))
        User.objects.filter(pk=chair.pk).update(phone="+6281299991234")
        link = page(desk(citra).get("/komunitas/sunyi")).select_one("main a[href^='https://wa.me/']")
        address = urlsplit(str(link["href"]))
        assert address.path == "/6281299991234"
        text = parse_qs(address.query)["text"][0]
        assert chair.name in text
        assert "Mawar" in text

    def test_the_auditor_reads_the_number_and_is_given_no_words_of_the_secretariat(
        self, desk: Desk, dewi: Actor
    ) -> None:
        chair = chaired(noted(40))
        User.objects.filter(pk=chair.pk).update(phone="+6281299991234")
        shown = page(desk(dewi).get("/komunitas/sunyi"))
        assert "0812-9999-1234" in words(shown.main)
        assert shown.select("main a[href^='https://wa.me/']") == []

    def test_without_a_number_there_is_none(self, desk: Desk, citra: Actor) -> None:
        chaired(noted(40))
        assert page(desk(citra).get("/komunitas/sunyi")).select("main a[href^='https://wa.me/']") == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(citra: Actor) -> None:
    account_of(citra)
    chaired(noted(40))
    look_for_silences()
    results = together(4, lambda _place: tell_of_silences(SYSTEM))
    assert sorted(results) == [0, 0, 0, 2]
    assert Silence.objects.get().told_on == today_wib()
    assert sorted(code for code, _user in told()) == ["group_quiet", "groups_quiet"]
