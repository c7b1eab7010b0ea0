"""When the clock runs out a ticket goes one level up, each step recorded; what went quiet is closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okoce.community.tickets.actions.clocks import close_quiet_ticket
from okoce.community.tickets.actions.handling import answer_ticket, ask_sender, hand_over_ticket, take_ticket
from okoce.community.tickets.actions.replying import add_words
from okoce.community.tickets.clock import keep_clocks
from okoce.community.tickets.models import Entry, TicketTerm
from okoce.community.tickets.moves import HOUSE, SENDER
from okoce.community.tickets.tests.tellers import fresh, moved_back, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from tests.together import together

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_it_goes_from_the_kecamatan_to_the_secretariat_step_by_step(ani: Actor, citra: Actor) -> None:
    one = ticket()
    take_ticket(ani, one)
    assert keep_clocks() == 0
    offices = []
    for _step in range(4):
        moved_back(one, 4 * DAY)
        keep_clocks()
        offices.append(fresh(one).office)
    assert offices == ["31.71", "31", "", ""]
    top = fresh(one)
    assert (top.state, top.taken_by, top.step_until) == ("new", None, None)
    assert list(
        Entry.objects.filter(ticket=one, what="escalated").order_by("id").values_list("office", flat=True)
    ) == [
        "31.71",
        "31",
        "",
    ]
    assert (
        Event.objects.filter(
            kind="tickets.ticket_escalated", subject_id=one.pk, author="system:ticket_clock"
        ).count()
        == 3
    )
    with pytest.raises(Refused, match="Sekretariat"):
        answer_ticket(ani, one, "Terlambat.")
    answer_ticket(citra, one, "Kami jawab.")


def test_no_step_is_skipped_and_none_taken_twice_within_its_time() -> None:
    one = moved_back(ticket(), 30 * DAY)
    assert [keep_clocks(), keep_clocks()] == [1, 0]
    assert fresh(one).office == "31.71"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_move_it_one_step() -> None:
    one = moved_back(ticket(), 4 * DAY)
    results = together(4, lambda _place: keep_clocks())
    assert sum(results) == 1
    assert fresh(one).office == "31.71"


def test_who_waits_for_the_sender_does_not_go_up(ani: Actor) -> None:
    one = ticket()
    ask_sender(ani, one, "Di mana?")
    moved_back(one, 10 * DAY)
    assert keep_clocks() == 0
    assert fresh(one).office == one.region


def test_an_answer_that_nobody_contradicts_and_a_question_that_nobody_answers_are_closed(ani: Actor) -> None:
    answered, asked = ticket(), ticket()
    answer_ticket(ani, answered, "Ini jawabannya.")
    ask_sender(ani, asked, "Di mana?")
    for one in (answered, asked):
        moved_back(one, 15 * DAY)
    assert keep_clocks() == 2
    assert [fresh(one).ended for one in (answered, asked)] == ["quiet", "silent"]
    assert fresh(asked).reopen_until is not None
    assert keep_clocks() == 0


def test_the_next_office_has_its_own_time_however_long_the_sender_was_waited_for_before(ani: Actor) -> None:
    one = ticket()
    ask_sender(ani, one, "Di mana?")
    moved_back(one, 5 * DAY)
    hand_over_ticket(ani, one, "31", "Perlu provinsi")
    add_words(SENDER, one, "Di pasar.")
    after = fresh(one)
    assert (after.office, after.state) == ("31", "new")
    assert after.step_until is not None
    assert abs(after.step_until - timezone.now() - DAY) < timedelta(minutes=1)


def test_who_was_asked_anew_meanwhile_is_not_closed_as_silent(ani: Actor) -> None:
    """The job has found it, its sender answers, the office asks once more, then its turn comes."""
    one = ticket()
    ask_sender(ani, one, "Di mana?")
    found = moved_back(one, 15 * DAY)
    add_words(SENDER, one, "Di pasar.")
    ask_sender(ani, one, "Pasar yang mana?")
    assert close_quiet_ticket(HOUSE, found) is False
    assert fresh(one).state == "asked"


def test_the_days_of_silence_and_of_opening_again_are_those_that_hold_on_the_day(ani: Actor) -> None:
    day = timezone.now().date() - 2 * DAY
    for code, days in (("silent_days", 3), ("reopen_days", 5)):
        TicketTerm.objects.create(code=code, value=days, from_on=day, source="uji")
    asked, answered = ticket(), ticket()
    ask_sender(ani, asked, "Di mana?")
    answer_ticket(ani, answered, "Ini jawabannya.")
    reopen_until = fresh(answered).reopen_until
    assert reopen_until is not None
    assert abs(reopen_until - timezone.now() - 5 * DAY) < timedelta(minutes=1)
    moved_back(asked, 4 * DAY)
    assert keep_clocks() == 1
    assert fresh(asked).ended == "silent"
