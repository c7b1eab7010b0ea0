"""What no channel takes a volunteer sends from her own phone, within her own place, and it is told once."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Consent, Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import left_to_hands, noon, reachable, welcomed
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.actions import mark_sent_by_hand, withdraw_message
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.queries import waiting_for_hands
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.reviewing import review_by_hand
from okoce.foundation.notifications.tests.people import chosen, sent_at
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SYSTEM
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PAGE = "/pesan/tangan"


def taking(browser: Client, message: Message) -> Client:
    """She has taken it."""
    assert browser.post(f"/pesan/{message.pk}/ambil").status_code == 302
    return browser


def test_the_link_types_the_words_and_whoever_sent_says_so(desk: Desk, ani: Actor) -> None:
    siti = reachable(name="Siti Aminah", phone="081211112222")
    message = left_to_hands(siti)
    browser = desk(ani)
    assert "wa.me" not in browser.get(PAGE).content.decode(), "whoever opens it takes it first"
    shown = page(taking(browser, message).get(PAGE))
    [link] = [str(one["href"]) for one in shown.select("main a") if "wa.me" in str(one.get("href"))]
    assert urlsplit(link)[:3] == ("https", "wa.me", "/6281211112222")
    assert parse_qs(urlsplit(link).query)["text"][0].startswith("Halo Siti Aminah, selamat datang di OK OCE.")
    for _time in range(2):
        assert browser.post(f"/pesan/{message.pk}/terkirim").status_code == 302
    message.refresh_from_db()
    assert (message.state, message.channel, message.sent_by is not None) == ("sent", "whatsapp", True)
    assert Event.objects.filter(kind="notifications.sent_by_hand").count() == 1
    assert "Tidak ada yang menunggu" in words(page(browser.get(PAGE)).main)


def test_a_volunteer_sees_only_the_messages_of_her_place(desk: Desk, ani: Actor, budi: Actor) -> None:
    asep = reachable(name="Asep Coblong", region=COBLONG)
    message = left_to_hands(asep)
    assert "Asep" not in words(page(desk(ani).get(PAGE)).main)
    assert "Asep" in words(page(desk(budi).get(PAGE)).main)
    assert desk(ani).post(f"/pesan/{message.pk}/terkirim").status_code == 404
    with pytest.raises(NotFound):
        mark_sent_by_hand(ani, message)
    message.refresh_from_db()
    assert message.state == "by_hand"


def test_the_auditor_sends_nothing(dewi: Actor) -> None:
    message = left_to_hands(reachable())
    with pytest.raises(NotAllowed):
        mark_sent_by_hand(dewi, message)
    message.refresh_from_db()
    assert message.state == "by_hand"


def test_what_does_not_wait_for_a_hand_is_not_marked(ani: Actor) -> None:
    message = welcomed(reachable())
    with pytest.raises(Conflict):
        mark_sent_by_hand(ani, message)
    message.refresh_from_db()
    assert message.state == "waiting"


def test_whoever_took_her_consent_back_meanwhile_is_sent_nothing(desk: Desk, ani: Actor) -> None:
    siti = reachable(name="Siti Aminah")
    browser = taking(desk(ani), left_to_hands(siti))
    assert "wa.me" in browser.get(PAGE).content.decode()
    Consent.objects.filter(member=siti, purpose="contact").delete()
    shown = browser.get(PAGE).content.decode()
    assert "wa.me" not in shown
    assert "Lepas saja" in shown


def test_whoever_stopped_meanwhile_is_sent_nothing(desk: Desk, ani: Actor) -> None:
    siti = reachable(name="Siti Aminah")
    message = left_to_hands(siti)
    browser = taking(desk(ani), message)
    assert "wa.me" in browser.get(PAGE).content.decode()
    chosen(To(member_id=siti.pk), is_stopped=True)
    assert "wa.me" not in browser.get(PAGE).content.decode()
    assert review_by_hand() == 1
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "in_app")


def test_what_waits_for_somebody_who_left_is_taken_off_the_list(ani: Actor) -> None:
    siti, rina = reachable(name="Siti"), reachable(name="Rina")
    left_to_hands(siti)
    left_to_hands(rina)
    note_departure(SYSTEM, siti, today_wib())
    assert waiting_for_hands(ani).count() == 2
    assert [review_by_hand(), review_by_hand()] == [1, 0]
    assert waiting_for_hands(ani).get().member_id == rina.pk
    assert Message.objects.get(member_id=siti.pk).state == "withdrawn"


def test_without_a_telephone_the_link_writes_a_mail(desk: Desk, ani: Actor) -> None:
    siti = reachable(name="Siti", email="siti+1@contoh.id")
    Member.objects.filter(pk=siti.pk).update(phone=None)
    shown = page(taking(desk(ani), left_to_hands(siti)).get(PAGE))
    [link] = [str(one["href"]) for one in shown.select("main a") if "mailto" in str(one.get("href"))]
    assert link.startswith(
        "mailto:siti%2B1@contoh.id?subject=Selamat%20datang%20di%20OK%20OCE&body=Halo%20Siti%2C%20"
    )


def test_without_consent_nothing_waits_for_a_hand(desk: Desk, ani: Actor) -> None:
    siti = reachable(name="Siti Aminah")
    Consent.objects.filter(member=siti, purpose="contact").delete()
    message = welcomed(siti)
    sent_at(noon())
    message.refresh_from_db()
    assert (message.state, message.channel) == ("sent", "in_app")
    assert "Tidak ada yang menunggu" in words(page(desk(ani).get(PAGE)).main)


def test_the_secretariat_withdraws_what_nobody_was_sent_yet(desk: Desk, citra: Actor) -> None:
    message = left_to_hands(reachable())
    for _time in range(2):
        assert desk(citra).post(f"/pesan/{message.pk}/tarik").status_code == 302
    message.refresh_from_db()
    assert message.state == "withdrawn"
    assert Event.objects.filter(kind="notifications.withdrawn").count() == 1


def test_what_went_out_cannot_be_withdrawn(citra: Actor) -> None:
    message = left_to_hands(reachable())
    mark_sent_by_hand(citra, message)
    with pytest.raises(Refused):
        withdraw_message(citra, message)
    message.refresh_from_db()
    assert message.state == "sent"


def test_deliveries_tell_what_became_of_each_and_narrow_to_a_state(desk: Desk, citra: Actor) -> None:
    left_to_hands(reachable(name="Siti Aminah"))
    welcomed(reachable(name="Rina Melati"))
    browser = desk(citra)
    whole = words(page(browser.get("/pesan/kirim")).main)
    assert "Biaya hari ini Rp0 dari batas Rp1.000.000" in whole.replace(chr(0xA0), "")
    assert "Siti Aminah" in whole
    assert "Rina Melati" in whole
    narrowed = words(page(browser.get("/pesan/kirim?keadaan=by_hand")).main)
    assert "Siti Aminah" in narrowed
    assert "Rina Melati" not in narrowed
    assert browser.get("/pesan/kirim?keadaan=x&sesudah=y").status_code == 200


@pytest.mark.parametrize("address", [PAGE, "/pesan/kirim"])
def test_lists_cost_the_same_for_three_and_for_thirty(desk: Desk, citra: Actor, address: str) -> None:
    browser = desk(citra)
    assert_constant_queries(
        lambda: browser.get(address), lambda count: [left_to_hands(reachable()) for _one in range(count)]
    )
    assert Message.objects.count() == 30
