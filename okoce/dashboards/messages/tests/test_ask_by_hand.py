"""Which messages volunteers are asked to send, and for how long, is a dated row a kind: nobody's list is buried under greetings."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import hand_rule, noon, reachable, to_officer, welcomed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.notifications import kinds
from okoce.foundation.notifications.adapters import use_adapters
from okoce.foundation.notifications.hands import hands_at
from okoce.foundation.notifications.kinds import KINDS, PRIVATE, Kind
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.queries import messages_by_hand, waiting_for_hands
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.reviewing import review_by_hand
from okoce.foundation.notifications.tests.fakes import PHONE_ID, TOKEN, CloudApiFake, cloud_api
from okoce.foundation.notifications.tests.people import Channels, by_whatsapp, sent_at
from okoce.foundation.shared.days import today_wib
from tests.cast import account_of, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PAGE = "/pesan/tangan"


def told(kind: Kind, member: Member, occasion: str = "1") -> Message:
    """Without any channel, at noon."""
    variables = dict.fromkeys(kind.names - {"name"}, "30")
    assert send(kind, To(member_id=member.pk), occasion=occasion, **variables)
    sent_at(noon())
    return Message.objects.latest("id")


def became(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.channel


def test_every_kind_has_a_rule_and_a_private_one_never_asks() -> None:
    assert set(HandRule.objects.values_list("code", flat=True)) == set(KINDS)
    hands = hands_at(timezone.now())
    assert {code for code in PRIVATE if hands.days_of(code)} == set()


def test_without_any_provider_only_what_somebody_waits_for_or_must_act_on_asks_for_a_hand(ani: Actor) -> None:
    siti = reachable(name="Siti Aminah")
    greeting, next_step = told(kinds.WELCOME, siti), told(kinds.NEXT_STEP, siti)
    stuck, answer = told(kinds.STUCK, siti), told(kinds.DATA_ANSWERED, siti)
    assert [became(one) for one in (greeting, next_step)] == [("sent", "in_app")] * 2
    assert [became(one) for one in (stuck, answer)] == [("by_hand", "")] * 2
    assert list(waiting_for_hands(ani).order_by("id")) == [stuck, answer]


def test_what_no_volunteer_sends_she_reads_on_her_own_page(phone_of: Callable[[Member], Client]) -> None:
    siti = reachable(name="Siti Aminah")
    told(kinds.WELCOME, siti)
    assert "selamat datang di OK OCE" in words(page(phone_of(siti).get("/saya/pesan")).main)


def test_another_rule_holds_from_its_day_on(ani: Actor) -> None:
    hand_rule("welcome", 3, today_wib() + timedelta(days=1))
    hand_rule("stuck", 0, today_wib())
    siti = reachable()
    assert became(told(kinds.WELCOME, siti)) == ("sent", "in_app")
    assert became(told(kinds.STUCK, siti)) == ("sent", "in_app")
    hand_rule("welcome", 3, today_wib())
    assert became(told(kinds.WELCOME, siti, "2")) == ("by_hand", "")


@pytest.fixture
def provider() -> Iterator[CloudApiFake]:
    """WhatsApp, on this machine, for the members of the register."""
    with cloud_api() as fake:
        before = use_adapters(Channels(by_whatsapp(fake.url, TOKEN, PHONE_ID)))
        try:
            yield fake
        finally:
            use_adapters(before)


@pytest.mark.loopback
def test_what_a_provider_gives_back_follows_the_same_rule(provider: CloudApiFake) -> None:
    provider.refusals = [(400, 131026)] * 2
    siti = reachable()
    assert became(told(kinds.WELCOME, siti)) == ("sent", "in_app")
    assert became(told(kinds.STUCK, siti)) == ("by_hand", "whatsapp")
    assert set(Message.objects.values_list("problem", "cost")) == {("whatsapp 400 code 131026", 0)}


def test_nobody_is_asked_to_send_what_has_grown_old(desk: Desk, ani: Actor) -> None:
    message = told(kinds.STUCK, reachable(name="Siti Aminah"))
    browser = desk(ani)
    assert "Siti Aminah" in words(page(browser.get(PAGE)).main)
    Message.objects.filter(pk=message.pk).update(hand_until=timezone.now())
    assert "Siti Aminah" not in words(page(browser.get(PAGE)).main), "at once"
    browser.post(f"/pesan/{message.pk}/ambil")
    message.refresh_from_db()
    assert message.taken_by is None
    assert [review_by_hand(), review_by_hand()] == [1, 0]
    assert became(message) == ("sent", "in_app"), "within the hour"


def test_a_rule_that_asks_no_more_empties_the_lists(ani: Actor) -> None:
    stuck, answer = told(kinds.STUCK, reachable()), told(kinds.DATA_ANSWERED, reachable())
    hand_rule("stuck", 0, today_wib())
    assert review_by_hand() == 1
    assert (became(stuck)[0], became(answer)[0]) == ("sent", "by_hand")


def test_a_mobiliser_sees_those_of_her_komunitas_and_the_secretariat_those_of_officers(citra: Actor) -> None:
    rose, lily = active_group("Mawar"), active_group("Melati")
    siti, rina = reachable(name="Siti"), reachable(name="Rina")
    joined(siti, rose, date(2018, 1, 3))
    joined(rina, lily, date(2018, 1, 3))
    hers, others = told(kinds.STUCK, siti), told(kinds.STUCK, rina)
    office = to_officer(account_of(citra).pk)
    Message.objects.filter(pk=office.pk).update(
        state="by_hand", hand_until=timezone.now() + timedelta(days=1)
    )
    mobiliser = officer("ratna", "penggerak", Scope(group_id=rose.pk), 41)
    assert list(waiting_for_hands(mobiliser)) == [hers]
    assert set(waiting_for_hands(citra)) == {hers, others, office}


def test_the_list_says_how_many_wait_and_since_when_the_oldest_first(desk: Desk, citra: Actor) -> None:
    first, second = (
        told(kinds.STUCK, reachable(name="Siti")),
        told(kinds.DATA_ANSWERED, reachable(name="Rina")),
    )
    Message.objects.filter(pk=first.pk).update(at=noon() - timedelta(days=2))
    found = messages_by_hand(citra)
    assert [row.id for row in found.page.rows] == [first.pk, second.pk]  # type: ignore[attr-defined]  # rows of HandMessage
    assert (found.count, found.oldest) == (2, noon() - timedelta(days=2))
    assert "2 menunggu, yang terlama sejak" in words(page(desk(citra).get(PAGE)).main)


def test_the_secretariat_reads_the_rule_beside_the_words(desk: Desk, citra: Actor) -> None:
    shown = words(page(desk(citra).get("/pesan/kata")).main)
    assert "relawan diminta mengirimnya selama 14 hari" in shown
    assert "pesan ini hanya berdiri di halaman penerimanya" in shown


def test_what_waits_is_still_a_greeting_where_the_rule_was_another_one(ani: Actor) -> None:
    hand_rule("welcome", 2)
    message = welcomed(reachable())
    sent_at(noon() + timedelta(days=3))
    assert became(message) == ("sent", "in_app"), "it grew old before any channel failed it"
