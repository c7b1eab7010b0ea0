"""What went up is handed back down to its kecamatan, with the reason; what goes up and down goes on up by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.tickets.actions.handling import answer_ticket, hand_back_ticket, hand_over_ticket
from okoce.community.tickets.clock import keep_clocks
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.tests.tellers import fresh, moved_back, sent, ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import end_role
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, Refused
from okoce.foundation.verification.codes import show_code
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
CITY, WHY = "31.71", "Petugas Senen mengenal tempatnya"


def handed_back(one: Ticket) -> list[dict[str, object]]:
    rows = Event.objects.filter(kind="tickets.ticket_handed_back", subject_id=one.pk)
    return list(rows.order_by("id").values_list("payload", flat=True))


def test_the_kecamatan_has_it_again_and_its_sender_reads_who_and_why(
    ani: Actor, citra: Actor, desk: Desk
) -> None:
    told = sent()
    one = told.ticket
    promised = fresh(one).due
    hand_over_ticket(ani, one, CITY, "Perlu kota")
    client = desk(citra)
    shown = page(client.get(f"/laporan/{one.pk}"))
    assert "Kembali ke Kecamatan Senen" in words(shown.main)
    answer = client.post(f"/laporan/{one.pk}/teruskan", {"target": "kembali", "reason": WHY})
    assert answer.status_code == 302
    after = fresh(one)
    assert (after.region, after.office, after.state, after.taken_by, after.due) == (
        SENEN,
        SENEN,
        "new",
        None,
        promised,
    )
    senders = words(page(Client().get(f"/lapor/{show_code(told.code)}")).main)
    assert "Diteruskan: sekarang di Kecamatan Senen" in senders
    assert WHY in senders
    [payload] = handed_back(one)
    assert payload == {"ticket_id": one.pk, "office": "Kecamatan Senen"}
    answer_ticket(ani, after, "Kami urus.")


def test_what_time_has_taken_up_is_handed_back_too(ani: Actor, citra: Actor) -> None:
    one = moved_back(ticket(), timedelta(days=30))
    keep_clocks()
    assert fresh(one).office == CITY
    hand_back_ticket(citra, one, WHY)
    assert fresh(one).office == SENEN


def test_up_and_down_again_goes_on_up_with_what_each_said(ani: Actor, citra: Actor) -> None:
    one = ticket()
    for _round in range(2):
        hand_over_ticket(ani, one, CITY, "Perlu kota")
        hand_back_ticket(citra, one, WHY)
    assert fresh(one).office == "31"
    assert (
        list(Entry.objects.filter(ticket=one).order_by("id").values_list("what", flat=True))[-1] == "sent_up"
    )


def test_what_stands_in_its_kecamatan_is_not_handed_back(ani: Actor, desk: Desk) -> None:
    one = ticket()
    with pytest.raises(Refused, match="sudah ada di kecamatannya"):
        hand_back_ticket(ani, one, WHY)
    assert "Kembali ke" not in words(page(desk(ani).get(f"/laporan/{one.pk}")).main)
    answer = desk(ani).post(f"/laporan/{one.pk}/teruskan", {"target": "kembali", "reason": WHY})
    assert answer.status_code == 422
    assert handed_back(one) == []


def test_without_a_reason_or_by_whoever_does_not_answer_there_nothing_moves(
    ani: Actor, citra: Actor, budi: Actor
) -> None:
    one = ticket()
    hand_over_ticket(ani, one, CITY, "Perlu kota")
    with pytest.raises(Invalid):
        hand_back_ticket(citra, one, " ")
    with pytest.raises(Refused):
        hand_back_ticket(ani, one, WHY)  # it stands above her now
    assert fresh(one).office == CITY
    assert handed_back(one) == []


def test_where_nobody_further_down_may_answer_it_stays(ani: Actor, citra: Actor) -> None:
    one = ticket()
    hand_over_ticket(ani, one, CITY, "Perlu kota")
    for held in RoleAssignment.objects.filter(region=SENEN):
        end_role(SYSTEM, held, today_wib())
    with pytest.raises(Refused, match="tidak ada petugas"):
        hand_back_ticket(citra, one, WHY)
    assert fresh(one).office == CITY
    assert handed_back(one) == []
