"""Whoever a ticket names does not handle it, nor read it: denied wherever it is not certain."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.groups.actions.officers import appoint_officer, end_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.cards import issue_card
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.tickets.actions.handling import (
    answer_ticket,
    close_ticket,
    hand_over_ticket,
    take_ticket,
)
from okoce.community.tickets.actions.replying import add_words
from okoce.community.tickets.interests import reason_to_keep_away
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.queries.figures import figures_of
from okoce.community.tickets.queries.tickets import list_tickets, ticket_for, tickets_waiting
from okoce.community.tickets.tests.tellers import fresh, officer_called, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.errors import NotFound, Refused
from tests.cast import COBLONG, SENEN, SYSTEM

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def assert_kept_away(actor: Actor, one: object) -> None:
    with pytest.raises(NotFound):
        ticket_for(actor, one.pk)  # type: ignore[attr-defined]  # a ticket
    with pytest.raises(Refused):
        answer_ticket(actor, one, "Saya tidak bersalah.")  # type: ignore[arg-type]  # likewise
    assert fresh(one).state == "new"  # type: ignore[arg-type]  # likewise


def test_an_officer_who_is_named_neither_reads_nor_answers_and_it_begins_above_her(citra: Actor) -> None:
    _user, tono = officer_called("Tono Wijaya")
    one = ticket(about="tono wijaya")
    assert fresh(one).office == "31.71"
    assert_kept_away(tono, one)
    assert list_tickets(tono, "", None).tickets == []
    assert not tickets_waiting(tono).exists()
    answer_ticket(citra, one, "Kami periksa.")


def test_a_national_officer_who_is_named_is_answered_for_by_a_colleague(citra: Actor) -> None:
    _user, sri = officer_called("Sri Rejeki", role="sekretariat", region="")
    one = ticket(about="Sri Rejeki")
    assert fresh(one).office == ""
    assert_kept_away(sri, one)
    answer_ticket(citra, one, "Kami periksa.")


def test_it_cannot_be_handed_to_where_the_accused_serves(citra: Actor) -> None:
    officer_called("Tono Wijaya", region=COBLONG)
    one = ticket(about="Tono Wijaya")
    hand_over_ticket(citra, one, COBLONG, "Kejadiannya di sana")
    assert (fresh(one).region, fresh(one).office) == (COBLONG, "32.73")


def test_the_officers_of_a_komunitas_that_is_named_are_kept_away_also_by_another_role() -> None:
    group = active_group("Mawar Senen", SENEN)
    user, tono = officer_called("Tono Wijaya")
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", date(2018, 1, 2)))
    one = ticket(about="MAWAR SENEN")
    assert_kept_away(actor_for_user(User.objects.get(pk=user.pk)), one)
    assert reason_to_keep_away(tono, one)


def test_whoever_has_the_card_that_is_named_is_kept_away() -> None:
    member = member_with(name="Tono Wijaya")
    card = issue_card(SYSTEM, member)
    user, _tono = officer_called("Tono W.")
    User.objects.filter(pk=user.pk).update(member_id=member.pk)
    one = ticket(about=card.code)
    assert_kept_away(actor_for_user(User.objects.get(pk=user.pk)), one)


def test_a_name_that_is_only_alike_is_enough_to_keep_away_but_not_to_hide() -> None:
    _user, tono = officer_called("Tono Wijaya")
    one = ticket(about="Pak Tono dari kecamatan")
    assert ticket_for(tono, one.pk) == one
    with pytest.raises(Refused, match="mirip"):
        take_ticket(tono, one)
    assert fresh(one).taken_by is None


def test_nobody_answers_herself() -> None:
    user, tono = officer_called("Tono Wijaya")
    by_account, by_phone = ticket(user_id=user.pk), ticket(phone=user.phone or "")
    for one in (by_account, by_phone):
        with pytest.raises(Refused, match="laporan Anda sendiri"):
            answer_ticket(tono, one, "Jawaban")


def test_the_list_and_the_figures_hide_what_names_her_under_another_account() -> None:
    """A line of the list tells the first words of it."""
    member = member_with(name="Tono Wijaya")
    card = issue_card(SYSTEM, member)
    user, tono = officer_called("T. Wijaya")
    with transaction.atomic(), opened_by(SYSTEM):
        User.objects.create(name="Tono Wijaya", phone=user.phone, member_id=member.pk)
    one = ticket(about=card.code)
    assert_kept_away(tono, one)
    assert list_tickets(tono, "", None).tickets == []
    assert figures_of(tono).open == 0
    assert not tickets_waiting(tono).exists()


def test_the_list_hides_what_names_a_komunitas_that_she_once_led() -> None:
    group = active_group("Mawar Senen", SENEN)
    user, _tono = officer_called("Tono Wijaya")
    led = appoint_officer(SYSTEM, group, user.email or "", Term("chair", date(2018, 1, 2)))
    end_officer(SYSTEM, led, date(2020, 1, 2))
    one = ticket(about="MAWAR SENEN")
    actor = actor_for_user(User.objects.get(pk=user.pk))
    assert_kept_away(actor, one)
    assert list_tickets(actor, "", None).tickets == []


@pytest.mark.parametrize("about", ["Bapak Tono Wijaya", "tono  WIJAYA, S.Pd.", "Tono\u200b Wijaya"])
def test_titles_and_degrees_do_not_let_her_read_it(about: str) -> None:
    _user, tono = officer_called("Tono Wijaya")
    one = ticket(about=about)
    assert fresh(one).office == "31.71"
    assert_kept_away(tono, one)


def test_whoever_is_named_in_the_words_alone_does_not_close_it(citra: Actor) -> None:
    _user, tono = officer_called("Tono Wijaya")
    told, added, other = ticket(text="Pak Tono, lengkapnya Tono Wijaya, minta uang"), ticket(), ticket()
    add_words(SENDER, added, "Namanya Tono Wijaya.")
    for one in (told, added):
        with pytest.raises(Refused, match="mirip"):
            close_ticket(tono, one, "Tidak benar.")
        assert fresh(one).state == "new"
        answer_ticket(citra, one, "Kami periksa.")
    answer_ticket(tono, other, "Kami periksa.")


def test_the_name_of_her_other_account_keeps_her_away_too() -> None:
    member = member_with(name="Tono Wijaya")
    user, tono = officer_called("Admin Senen")
    with transaction.atomic(), opened_by(SYSTEM):
        User.objects.create(name="Tono Wijaya", phone=user.phone, member_id=member.pk)
    one = ticket(about="Pak Tono")
    with pytest.raises(Refused, match="mirip"):
        answer_ticket(tono, one, "Saya tidak bersalah.")
    assert fresh(one).state == "new"


def test_records_that_were_merged_twice_keep_their_person_away_as_accused_and_as_sender(citra: Actor) -> None:
    first, second, third = (member_with(name=f"Tono {number}") for number in range(3))
    card = issue_card(SYSTEM, first)
    about_her, hers = ticket(about=card.code), ticket(member_id=first.pk)
    Member.objects.filter(pk=first.pk).update(merged_into=second)
    Member.objects.filter(pk=second.pk).update(merged_into=third)
    user, tono = officer_called("T. Wijaya")
    with transaction.atomic(), opened_by(SYSTEM):
        User.objects.create(name="Tono Wijaya", phone=user.phone, member_id=third.pk)
    assert_kept_away(tono, about_her)
    assert list_tickets(tono, "", None).tickets == [hers]
    with pytest.raises(Refused, match="laporan Anda sendiri"):
        answer_ticket(tono, hers, "Jawaban")
    answer_ticket(citra, about_her, "Kami periksa.")


def test_the_page_offers_no_deed_to_whoever_is_kept_away(desk: Desk, ani: Actor) -> None:
    client = desk(ani)  # her account is called "Uji …"
    one = ticket(about="Ibu Uji")
    text = client.get(f"/laporan/{one.pk}").content.decode()
    assert "mirip dengan nama Anda" in text
    assert f"/laporan/{one.pk}/jawab" not in text
    assert client.post(f"/laporan/{one.pk}/jawab", {"text": "Jawaban"}).status_code == 422
    assert fresh(one).state == "new"
