"""A ticket waits where somebody is in office who may answer it: a level without anybody is passed over, at the beginning, on the way
up, and when the last one leaves."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okoce.community.tickets.actions.clocks import leave_empty_office
from okoce.community.tickets.actions.handling import answer_ticket, ask_sender, hand_over_ticket
from okoce.community.tickets.actions.replying import add_words
from okoce.community.tickets.clock import keep_clocks
from okoce.community.tickets.models import Accused, Entry, Ticket
from okoce.community.tickets.moves import HOUSE, SENDER
from okoce.community.tickets.seats import tickets_left_alone
from okoce.community.tickets.tests.tellers import fresh, moved_back, officer_called, seated, sent, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.actions import end_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.verification.codes import show_code
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db
CITY, PROVINCE, DAY = "31.71", "31", timedelta(days=1)


@pytest.fixture(autouse=True)
def _offices() -> None:
    """Here each test says who sits where."""


def leaves(user: User) -> None:
    for held in RoleAssignment.objects.filter(user=user):
        end_role(SYSTEM, held, today_wib())


def lines(one: Ticket) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(ticket=one).order_by("id").values_list("what", "office"))


@pytest.mark.parametrize(
    ("places", "office"),
    [
        ((SENEN, CITY, PROVINCE), SENEN),
        ((CITY, PROVINCE), CITY),
        ((PROVINCE,), PROVINCE),
        ((), ""),
        ((COBLONG, "32"), ""),  # elsewhere
    ],
)
def test_it_begins_at_the_first_level_where_somebody_sits(places: tuple[str, ...], office: str) -> None:
    seated(*places)
    one = ticket(kind="impostor")
    assert fresh(one).office == office
    assert (fresh(one).step_until is None) == (office == "")
    assert one.due - one.sent_since == timedelta(hours=24), "the promise is the same wherever it waits"
    assert lines(one) == [("sent", office)]


def test_the_sender_reads_at_once_where_it_is() -> None:
    seated(PROVINCE)
    told = sent(kind="impostor")
    shown = words(page(Client().get(f"/lapor/{show_code(told.code)}")).main)
    assert "Ada di Provinsi DKI Jakarta" in shown
    assert "Ada di Kecamatan" not in shown


def test_an_office_of_the_past_or_to_come_another_right_and_a_closed_account_are_nobody() -> None:
    leaves(seated(SENEN)[SENEN])
    officer_called("Q. Y.", "petugas_ptsp")
    to_come, _actor = officer_called("Q. Z.")
    gone, _actor = officer_called("Q. W.")
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=to_come).update(from_on=today_wib() + DAY)
        User.objects.filter(pk=gone.pk).update(is_active=False)
    assert ticket().office == ""


def test_who_is_named_or_tells_it_herself_is_nobody_there() -> None:
    sender, _actor = officer_called("Q. Y.", region=CITY)
    seated(PROVINCE)
    officer_called("Tono Wijaya")
    assert ticket(about="Tono Wijaya", user_id=sender.pk).office == PROVINCE
    assert ticket().office == SENEN


def test_on_its_way_up_it_passes_over_whoever_is_not_there() -> None:
    seated(SENEN, PROVINCE)
    one = moved_back(ticket(), 4 * DAY)
    assert keep_clocks() == 1
    assert lines(one)[-1] == ("escalated", PROVINCE)
    moved_back(one, 4 * DAY)
    assert keep_clocks() == 1
    assert (fresh(one).office, fresh(one).step_until) == ("", None)


def test_handed_over_to_a_kecamatan_where_nobody_sits_it_goes_to_whoever_stands_above(ani: Actor) -> None:
    seated(SENEN, "32")
    one = ticket()
    hand_over_ticket(ani, one, COBLONG, "Kejadiannya di Coblong")
    assert (fresh(one).region, fresh(one).office) == (COBLONG, "32")


def test_when_the_last_one_leaves_it_goes_on_and_says_why(citra: Actor) -> None:
    places = seated(SENEN, CITY)
    told = sent()
    one = told.ticket
    assert keep_clocks() == 0
    leaves(places[SENEN])
    assert [keep_clocks(), keep_clocks()] == [1, 0]
    after = fresh(one)
    assert (after.office, after.state, after.taken_by, after.due) == (CITY, "new", None, one.due)
    assert lines(one)[-1] == ("handed_over", CITY)
    shown = words(page(Client().get(f"/lapor/{show_code(told.code)}")).main)
    assert "Sekarang tidak ada petugas di Kecamatan Senen yang bisa menjawabnya." in shown
    fact = Event.objects.get(kind="tickets.ticket_handed_over", subject_id=one.pk)
    assert fact.author == "system:ticket_clock"
    leaves(places[CITY])
    assert keep_clocks() == 1
    assert fresh(one).office == ""
    answer_ticket(citra, one, "Kami jawab.")


def test_when_only_the_one_who_tells_it_is_left_it_goes_on() -> None:
    places = seated(SENEN, CITY)
    sender, _actor = officer_called("Q. Y.")
    one = ticket(user_id=sender.pk)
    assert one.office == SENEN
    leaves(places[SENEN])
    assert keep_clocks() == 1
    assert fresh(one).office == CITY


def test_while_another_one_is_left_it_stays(ani: Actor) -> None:
    places = seated(SENEN, CITY)
    officer_called("Q. Y.")
    one = ticket()
    leaves(places[SENEN])
    assert keep_clocks() == 0
    assert leave_empty_office(HOUSE, one) is False
    assert (fresh(one).office, len(lines(one))) == (SENEN, 1)


def test_who_waits_for_the_sender_waits_there_and_goes_on_with_her_answer(ani: Actor) -> None:
    places = seated(SENEN, CITY)
    one = ticket()
    ask_sender(ani, one, "Di mana?")
    leaves(places[SENEN])
    assert keep_clocks() == 0
    add_words(SENDER, one, "Di pasar.")
    assert keep_clocks() == 1
    assert (fresh(one).office, fresh(one).state) == (CITY, "new")


def test_opened_again_it_waits_where_somebody_sits_now(ani: Actor) -> None:
    places = seated(SENEN, CITY)
    one = ticket()
    answer_ticket(ani, one, "Ini jawabannya.")
    leaves(places[SENEN])
    add_words(SENDER, one, "Belum jelas.")
    assert (fresh(one).office, fresh(one).state) == (CITY, "new")
    assert lines(one)[-1] == ("reopened", CITY)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_move_it_once() -> None:
    places = seated(SENEN, CITY)
    one = ticket()
    leaves(places[SENEN])
    assert sum(together(4, lambda _place: keep_clocks())) == 1
    assert lines(one) == [("sent", SENEN), ("handed_over", CITY)]


def test_who_is_called_as_the_one_it_is_about_is_nobody_there(citra: Actor) -> None:
    seated(CITY)
    officer_called("Tono Wijaya")
    assert ticket(about="Pak Tono").office == CITY, "he could not answer it"
    assert ticket(text="Yang menagih bernama Tono Wijaya.").office == CITY


def test_words_that_name_the_only_one_there_let_it_go_on(ani: Actor) -> None:
    seated(CITY)
    officer_called("Tono Wijaya")
    one = ticket()
    assert one.office == SENEN
    add_words(SENDER, one, "Ternyata namanya Tono Wijaya.")
    assert keep_clocks() == 1
    assert fresh(one).office == CITY


def looked_at(number: int) -> int:
    """How many statements it takes to look at so many tickets, each of another signed-in sender and about another officer."""
    for _one in range(number):
        sender, _actor = officer_called("Q. Y.", region=COBLONG)
        accused, _actor = officer_called("Q. Z.", region=COBLONG)
        one = ticket(user_id=sender.pk)
        with transaction.atomic(), opened_by(SYSTEM):
            Accused.objects.create(ticket=one, user_id=accused.pk)
    with CaptureQueriesContext(connection) as asked:
        assert tickets_left_alone() == []
    return len(asked)


def test_thirty_tickets_of_signed_in_senders_cost_as_many_statements_as_three() -> None:
    seated(SENEN, CITY)
    few = looked_at(3)
    assert looked_at(27) == few
    assert Ticket.objects.running().count() == 30
