"""Who has complained is nobody's to know: that she was answered goes through no volunteer's hands, and under no name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.tickets.actions.handling import answer_ticket
from okoce.community.tickets.actions.sending import NewTicket, send_ticket
from okoce.community.tickets.moves import SENDER
from okoce.dashboards.messages.tests.letters import left_to_hands, noon, reachable
from okoce.foundation.access.actor import Actor
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.queries import waiting_for_hands
from okoce.foundation.notifications.reviewing import review_by_hand
from okoce.foundation.notifications.tests.people import sent_at
from tests.cast import SENEN
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def answered(member: Member, by: Actor) -> Message:
    """Her complaint has been answered; the outbox has it."""
    told = NewTicket(
        key="formulir", kind="complaint", text="Petugas minta uang.", region=SENEN, member_id=member.pk
    )
    answer_ticket(by, send_ticket(SENDER, told).ticket, "Kami periksa.")
    return Message.objects.get(code="ticket_answered")


def test_what_no_channel_takes_stands_on_her_own_page_and_in_no_officers_list(
    ani: Actor, citra: Actor, desk: Desk
) -> None:
    rina = reachable(name="Rina Melati", region=SENEN)
    message = answered(rina, citra)
    sent_at(noon())
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "in_app")
    assert "Rina" not in words(page(desk(ani).get("/pesan/tangan")).main)


def test_what_a_channel_gave_back_is_shown_to_nobody_until_it_stands_on_her_page(
    ani: Actor, citra: Actor, desk: Desk
) -> None:
    rina = reachable(name="Rina Melati", region=SENEN)
    message = answered(rina, citra)
    Message.objects.filter(pk=message.pk).update(
        state="by_hand", hand_until=message.at + timedelta(days=7), problem="whatsapp failed"
    )
    assert not waiting_for_hands(ani).exists()
    assert desk(ani).post(f"/pesan/{message.pk}/terkirim").status_code == 404
    message.refresh_from_db()
    assert (message.state, message.sent_by) == ("by_hand", None)
    assert review_by_hand() == 1
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "in_app")


def test_the_list_of_deliveries_does_not_say_who_it_was(citra: Actor, dewi: Actor, desk: Desk) -> None:
    answered(reachable(name="Rina Melati", region=SENEN), citra)
    left_to_hands(reachable(name="Siti Aminah", region=SENEN))
    shown = words(page(desk(dewi).get("/pesan/kirim")).main)
    assert "Laporan dibalas" in shown
    assert "Siti Aminah" in shown
    assert "Rina" not in shown
