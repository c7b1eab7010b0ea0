"""At each step of a referral whoever waits for it is written to, once: the offices without her name, she herself in plain words."""

import pytest

from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.own_referrals import withdraw_own_referral
from okoce.community.partners.actions.partners import close_partner
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    decline_referral,
    send_referral,
    withdraw_referral,
)
from okoce.community.partners.tests.referring import REASON, World
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.notifications.adapters import Ready, use_adapters
from okoce.foundation.notifications.composing import unseal
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import HandRule, Message, Wording
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import Channel
from okoce.foundation.notifications.tests.people import NOON, Channels, chosen, sent_at
from tests.cast import account_of

pytestmark = pytest.mark.django_db
OFFICES = ("referral_received", "referral_answered", "referral_taken_back")
HERS = (
    "own_referral_sent",
    "own_referral_accepted",
    "own_referral_declined",
    "own_referral_taken_back",
    "own_referral_closed",
)


class Recording:
    """A channel that keeps what it was given."""

    takes_templates_only = False
    is_remote = False
    wakes_people = True

    def __init__(self) -> None:
        self.sent: list[Ready] = []

    def send(self, ready: Ready) -> str:
        self.sent.append(ready)
        return ready.reference


def written(code: str) -> list[Message]:
    return list(Message.objects.filter(code=code).order_by("id"))


def said(code: str) -> dict[str, str]:
    [message] = written(code)
    return unseal(message.variables_encrypted)


def to(code: str) -> list[int | None]:
    return [message.user_id for message in written(code)]


class TestOffices:
    def test_the_receiver_hears_of_it_and_until_when_without_her_name_or_need(self, world: World) -> None:
        world.sent()
        world.sent()  # the same once more
        assert to("referral_received") == [world.banker.user_id]
        told = said("referral_received")
        assert (told["sender"], told["partner"], told["stage"]) == (
            "Dinas UMKM",
            "Bank Maju",
            "P7 Akses permodalan",
        )
        assert told["due"]
        assert "Siti" not in str(told)
        assert "oven" not in str(told)

    def test_the_sender_hears_each_answer_once(self, world: World) -> None:
        referral = world.sent()
        for _click in range(2):
            accept_referral(world.banker, referral)
        for _click in range(2):
            close_referral(world.banker, referral, "served", "Dilayani Senin")
        answers = [unseal(one.variables_encrypted)["answer"] for one in written("referral_answered")]
        assert answers == ["Diterima", "Selesai, Sudah dilayani"]
        assert set(to("referral_answered")) == {world.coach.user_id}

    def test_a_reason_is_read_at_the_desk_alone(self, world: World) -> None:
        decline_referral(world.banker, world.sent(), REASON)
        assert said("referral_answered")["answer"] == "Tidak diterima"
        assert REASON not in str(said("referral_answered"))

    def test_who_sent_it_for_the_movement_hears_it_herself(self, world: World, citra: Actor) -> None:
        secretary = account_of(citra)
        actor = Actor(
            label=f"user:{secretary.pk}",
            user_id=secretary.pk,
            grants=(Grant("sekretariat", Scope(everywhere=True)),),
        )
        referral = send_referral(actor, world.told(from_partner_id=None))
        accept_referral(world.banker, referral)
        assert to("referral_answered") == [secretary.pk]
        assert said("referral_received")["sender"] == "Gerakan OK OCE"

    def test_the_receiver_hears_that_it_was_taken_back(self, world: World) -> None:
        referral = world.sent()
        withdraw_referral(world.coach, referral, REASON)
        assert to("referral_taken_back") == [world.banker.user_id]
        assert REASON not in str(said("referral_taken_back"))
        assert written("referral_answered") == []

    def test_where_the_mitra_ends_sender_and_member_hear_why(self, world: World, citra: Actor) -> None:
        waiting, taken = world.sent(), world.sent(stage=2)
        accept_referral(world.banker, taken)
        close_partner(citra, world.bank, "Bubar.")
        answers = [unseal(one.variables_encrypted)["answer"] for one in written("referral_answered")]
        assert answers == ["Diterima", "Tidak diterima", "Ditarik kembali"]
        assert "Kemitraan dengan Bank Maju berakhir" in said("own_referral_declined")["reason"]
        assert "Kemitraan dengan Bank Maju berakhir" in said("own_referral_taken_back")["reason"]
        assert written("referral_taken_back") == [], "whoever acted for it is none any more"
        assert waiting.pk != taken.pk

    def test_what_she_takes_back_herself_nobody_is_told_of(self, world: World) -> None:
        referral = world.sent()
        before = Message.objects.count()
        own = Actor(label="user:77", user_id=77, grants=(Grant("anggota", Scope(member_id=world.siti.pk)),))
        withdraw_own_referral(own, referral)
        assert Message.objects.count() == before


class TestHerself:
    def test_she_hears_of_every_step_in_plain_words(self, world: World) -> None:
        referral = world.sent()
        assert said("own_referral_sent")["partner"] == "Bank Maju"
        accept_referral(world.banker, referral)
        assert said("own_referral_accepted")["due"]
        close_referral(world.banker, referral, "absent")
        assert said("own_referral_closed")["outcome"] == (
            "menurut mereka, Anda tidak datang atau tidak bisa dihubungi"
        )
        assert {one.member_id for one in Message.objects.filter(code__in=HERS)} == {world.siti.pk}

    def test_she_reads_why_she_was_not_taken(self, world: World) -> None:
        decline_referral(world.banker, world.sent(), REASON)
        assert said("own_referral_declined")["reason"] == REASON

    def test_in_the_language_that_she_chose(self, world: World) -> None:
        chosen(To(member_id=world.siti.pk), language="en")
        world.sent()
        assert said("own_referral_sent")["stage"].startswith("P7 ")
        assert written("own_referral_sent")[0].language == "en"

    @pytest.mark.parametrize("has_agreed", [True, False])
    def test_without_consent_to_be_contacted_it_stands_on_her_own_page_alone(
        self, world: World, has_agreed: bool
    ) -> None:
        agreed = ("programme", "contact") if has_agreed else ("programme",)
        rina = member_with(name="Rina", phone="0812 9999 8888", region=world.siti.region, purposes=agreed)
        world.sent(number=rina.number)
        channel = Recording()
        before = use_adapters(Channels({Channel.WHATSAPP.value: channel}))
        try:
            sent_at(NOON)
        finally:
            use_adapters(before)
        [message] = written("own_referral_sent")
        assert message.channel == ("whatsapp" if has_agreed else "in_app")
        hers = [ready.body for ready in channel.sent if ready.address == "+6281299998888"]
        assert [
            body.startswith("Halo Rina, dengan persetujuan Anda Dinas UMKM merujuk Anda") for body in hers
        ] == ([True] if has_agreed else [])


def test_every_kind_has_words_in_both_languages_that_name_what_fills_them() -> None:
    for code in (*OFFICES, *HERS, "referral_late", "referral_escalated", "partner_asked", "partner_refused"):
        words = Wording.objects.filter(code=code)
        assert set(words.values_list("language", flat=True)) == {"id", "en"}
        assert all(KINDS[code].is_private == (code in HERS) for _one in words)
        assert HandRule.objects.filter(code=code).count() == 1
