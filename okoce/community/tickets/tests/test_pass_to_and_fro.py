"""A ticket that is passed around and comes back to where it was goes up, with what each said; days are those of the place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.tickets.actions.handling import answer_ticket, ask_sender, hand_over_ticket
from okoce.community.tickets.clock import keep_clocks
from okoce.community.tickets.models import Entry, Ticket, TicketTerm
from okoce.community.tickets.offices import office_name
from okoce.community.tickets.tests.tellers import fresh, officer_called, sent, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.actions import end_role
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.verification.codes import show_code
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
OURS, THEIRS = "Kejadiannya di Coblong", "Pelapornya orang Senen"


def steps(one: Ticket) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(ticket=one).order_by("id").values_list("what", "office"))


def test_the_second_hand_over_between_the_same_two_goes_up_with_both_reasons(ani: Actor, budi: Actor) -> None:
    told = sent()
    one = told.ticket
    hand_over_ticket(ani, one, COBLONG, OURS)
    assert fresh(one).office == COBLONG
    hand_over_ticket(budi, one, SENEN, THEIRS)
    after = fresh(one)
    assert (after.region, after.office, after.state, after.taken_by) == (SENEN, "31.71", "new", None)
    assert after.step_until is not None
    assert abs(after.step_until - timezone.now() - timedelta(hours=24)) < timedelta(minutes=1)
    assert steps(one)[-2:] == [("handed_over", SENEN), ("sent_up", "31.71")]
    shown = words(page(Client().get(f"/lapor/{show_code(told.code)}")).main)
    assert "Naik, karena kembali ke tempat yang pernah memegangnya: sekarang di Kota Jakarta Pusat" in shown
    assert "sudah 2 kali diteruskan dan kembali ke Kecamatan Senen." in shown
    assert f"Kecamatan Senen: {OURS}" in shown
    assert f"Kecamatan Coblong: {THEIRS}" in shown
    fact = Event.objects.get(kind="tickets.ticket_sent_up")
    assert OURS not in str(fact.payload)
    with pytest.raises(Refused):
        answer_ticket(ani, one, "Jawaban")
    assert fresh(one).state == "new"


def test_a_ring_of_three_goes_up_as_soon_as_it_closes_and_both_sides_read_why(
    ani: Actor, budi: Actor, citra: Actor, desk: Callable[[Actor], Client]
) -> None:
    told = sent()
    one = told.ticket
    hand_over_ticket(ani, one, COBLONG, OURS)
    hand_over_ticket(budi, one, KEBAYORAN_BARU, "Kejadiannya di Kebayoran Baru")
    assert fresh(one).office == KEBAYORAN_BARU, "nobody has had it twice"
    _user, dodi = officer_called("Dodi", region=KEBAYORAN_BARU)
    hand_over_ticket(dodi, one, SENEN, THEIRS)
    assert (fresh(one).region, fresh(one).office) == (SENEN, "31.71")
    assert steps(one)[-2:] == [("handed_over", SENEN), ("sent_up", "31.71")]
    senders = words(page(Client().get(f"/lapor/{show_code(told.code)}")).main)
    officers = words(page(desk(citra).get(f"/laporan/{one.pk}")).main)
    for shown in (senders, officers):
        assert "sudah 3 kali diteruskan dan kembali ke Kecamatan Senen." in shown
        for place, reason in (
            ("Senen", OURS),
            ("Coblong", "Kejadiannya di Kebayoran Baru"),
            ("Kebayoran Baru", THEIRS),
        ):
            assert f"Kecamatan {place}: {reason}" in shown


def test_two_of_a_longer_way_that_pass_it_back_close_a_ring_too(ani: Actor, budi: Actor) -> None:
    one = ticket()
    hand_over_ticket(ani, one, COBLONG, OURS)
    hand_over_ticket(budi, one, KEBAYORAN_BARU, "Kejadiannya di Kebayoran Baru")
    _user, dodi = officer_called("Dodi", region=KEBAYORAN_BARU)
    hand_over_ticket(dodi, one, COBLONG, "Bukan di sini")
    assert (fresh(one).region, fresh(one).office) == (COBLONG, "32.73")


def test_asking_whoever_stands_above_is_no_pass_but_she_has_had_it(
    ani: Actor, citra: Actor, budi: Actor
) -> None:
    one = ticket()
    hand_over_ticket(ani, one, "31.71", "Perlu kota")
    hand_over_ticket(citra, one, COBLONG, OURS)
    assert fresh(one).office == COBLONG
    hand_over_ticket(budi, one, SENEN, THEIRS)
    assert fresh(one).office == "31", "the city has passed it on itself"


def test_a_place_where_nobody_sits_is_told_from_the_kecamatan_that_it_stands_in_for(
    ani: Actor, citra: Actor
) -> None:
    for held in RoleAssignment.objects.filter(region=COBLONG):
        end_role(SYSTEM, held, today_wib())
    one = ticket()
    hand_over_ticket(ani, one, COBLONG, OURS)
    assert fresh(one).office == "32.73"
    hand_over_ticket(citra, one, SENEN, THEIRS)
    assert fresh(one).office == "31.71"


def test_whoever_closes_the_ring_is_told_where_it_went(
    ani: Actor, budi: Actor, desk: Callable[[Actor], Client]
) -> None:
    one = ticket()
    hand_over_ticket(ani, one, COBLONG, OURS)
    answer = desk(budi).post(
        f"/laporan/{one.pk}/teruskan",
        {"target": "kecamatan", "place": "Senen, Jakarta Pusat", "reason": THEIRS},
        follow=True,
    )
    assert f"jadi naik ke {office_name('31.71')}" in answer.content.decode()


def test_how_often_is_a_dated_term_and_is_counted_anew_after_it_went_up(
    ani: Actor, budi: Actor, citra: Actor
) -> None:
    TicketTerm.objects.create(code="passed_times", value=3, from_on=today_wib(), source="uji")
    one = ticket()
    hand_over_ticket(ani, one, COBLONG, OURS)
    hand_over_ticket(budi, one, SENEN, THEIRS)
    assert fresh(one).office == SENEN
    hand_over_ticket(ani, one, COBLONG, "Tetap di Coblong")
    assert (fresh(one).region, fresh(one).office) == (COBLONG, "32.73")
    hand_over_ticket(citra, one, SENEN, "Senen yang menjawab")
    hand_over_ticket(ani, one, COBLONG, "Sekali lagi")
    assert fresh(one).office == COBLONG


@pytest.mark.parametrize(
    ("region", "asked", "still_open", "over"),
    [
        # asked on 1 June at 23.30 WIB: the 15th is the last day, over at midnight there
        (SENEN, (6, 1, 16, 30), (6, 15, 16, 59), (6, 15, 17, 1)),
        # in Jayapura (WIT) the same instant is 2 June already, so the 16th is the last day
        ("91.71.01", (6, 1, 16, 30), (6, 16, 14, 59), (6, 16, 15, 1)),
    ],
)
def test_the_days_of_silence_are_those_of_the_calendar_of_the_place(
    citra: Actor, region: str, asked: tuple[int, ...], still_open: tuple[int, ...], over: tuple[int, ...]
) -> None:
    def at(month: int, day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, month, day, hour, minute, tzinfo=UTC)

    one = ticket(region=region)
    ask_sender(citra, one, "Di mana?")
    with transaction.atomic(), opened_by(SYSTEM):
        Ticket.objects.filter(pk=one.pk).update(asked_since=at(*asked))
    for moment, closed in ((still_open, 0), (over, 1)):
        with patch("django.utils.timezone.now", return_value=at(*moment)):
            assert keep_clocks() == closed
    assert fresh(one).ended == "silent"
