"""Referrals between offices and partners: sent with consent, answered, taken back, closed; who sees what of whom."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.community.partners.actions.contacts import end_contact
from okoce.community.partners.actions.partners import close_partner, pause_partner
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    decline_referral,
    send_referral,
    withdraw_referral,
)
from okoce.community.partners.models import Contact
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.referral_moves import PARTNER_HAS_ENDED
from okoce.community.partners.tests.factories import active_partner
from okoce.community.partners.tests.referring import REASON, World, stored
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, TransitionRefused
from tests.cast import SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


class TestSending:
    def test_notes_who_agreed_to_which_words_when_and_how(self, world: World) -> None:
        referral = world.sent()
        assert (referral.from_partner_id, referral.to_partner_id, referral.stage) == (
            world.office.pk,
            world.bank.pk,
            7,
        )
        assert (referral.consent_on, referral.consent_way, referral.consent_by) == (
            today_wib(),
            "present",
            "member",
        )
        assert (referral.consent_text.version, referral.sent_by) == ("1", world.coach.user_id)

    def test_twice_is_once_and_another_need_is_told_to_wait(self, world: World) -> None:
        first = world.sent()
        assert world.sent().pk == first.pk
        with pytest.raises(Refused) as refusal:
            world.sent(need="Lain lagi")
        assert "sudah dirujuk ke sana" in refusal.value.sentence
        assert Referral.objects.count() == Event.objects.filter(kind="partners.referral_sent").count() == 1
        world.sent(stage=2)
        assert Referral.objects.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"need": " "}, "need"),
            ({"stage": 8}, "stage"),
            ({"consent_on": date(2030, 1, 1)}, "consent_on"),
            ({"consent_on": date(2005, 1, 1)}, "consent_on"),  # before there were words to agree to
            ({"consent_way": "dream"}, "consent_way"),
            ({"consent_by": "neighbour"}, "consent_by"),
        ],
    )
    def test_what_is_wrong_is_refused_at_its_field(
        self, world: World, wrong: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            world.sent(**wrong)
        assert [error.field for error in refusal.value.errors] == [field]
        assert not Referral.objects.exists()

    def test_for_a_minor_her_guardian_agrees(self, world: World) -> None:
        with opened_by(SYSTEM):
            Member.objects.filter(pk=world.siti.pk).update(birth_on=today_wib() - timedelta(17 * 365))
        with pytest.raises(Invalid) as refusal:
            world.sent()
        assert "orang tua atau walinya" in str(refusal.value)
        assert not Referral.objects.exists()
        assert world.sent(consent_by="guardian").consent_by == "guardian"

    def test_for_an_adult_nobody_else_agrees(self, world: World) -> None:
        with opened_by(SYSTEM):
            Member.objects.filter(pk=world.siti.pk).update(birth_on=today_wib() - timedelta(30 * 365))
        with pytest.raises(Invalid) as refusal:
            world.sent(consent_by="guardian")
        assert [error.field for error in refusal.value.errors] == ["consent_by"]
        assert not Referral.objects.exists()
        with opened_by(SYSTEM):
            Member.objects.filter(pk=world.siti.pk).update(birth_on=None)
        assert world.sent(consent_by="guardian").consent_by == "guardian", (
            "of whom nobody knows how old she is"
        )

    def test_only_to_an_active_mitra_that_serves_where_she_lives(self, world: World, citra: Actor) -> None:
        bandung = active_partner("Bank Bandung", areas=("32.73",))
        pause_partner(citra, world.other, "Kuota habis.")
        for partner_id in (bandung.pk, world.other.pk, world.office.pk, 999_999):
            with pytest.raises(Invalid) as refusal:
                world.sent(to_partner_id=partner_id)
            assert [error.field for error in refusal.value.errors] == ["to_partner"]
        assert not Referral.objects.exists()

    def test_nobody_sends_for_an_office_that_is_not_hers(self, world: World, ani: Actor, dewi: Actor) -> None:
        for somebody, refusal in ((world.stranger, NotFound), (ani, NotAllowed), (dewi, NotAllowed)):
            with pytest.raises(refusal):
                send_referral(somebody, world.told())
        with pytest.raises(NotFound):  # nor in the name of the movement
            send_referral(world.coach, world.told(from_partner_id=None))
        assert not Referral.objects.exists()

    def test_whose_time_has_ended_sends_nobody(self, world: World, citra: Actor) -> None:
        contact = Contact.objects.get(user_id=world.coach.user_id)
        end_contact(citra, contact, today_wib())
        without = Actor(label=world.coach.label, user_id=world.coach.user_id, grants=world.coach.grants[1:])
        with pytest.raises(NotAllowed):
            send_referral(without, world.told())
        assert not Referral.objects.exists()

    def test_nobody_sends_a_person_whom_she_may_not_read(self, world: World) -> None:
        far = member_with(name="Asep", region="31.74.07")
        with pytest.raises(NotFound):
            world.sent(number=far.number)
        with pytest.raises(NotFound):  # a contact person reads nobody by being one
            send_referral(
                world.banker, world.told(from_partner_id=world.bank.pk, to_partner_id=world.other.pk)
            )
        assert not Referral.objects.exists()

    def test_the_secretariat_sends_for_the_movement(self, world: World, citra: Actor) -> None:
        assert send_referral(citra, world.told(from_partner_id=None)).from_partner is None

    def test_whoever_took_somebody_on_may_send_her_on(self, world: World) -> None:
        referral = world.sent()
        on = world.told(from_partner_id=world.bank.pk, to_partner_id=world.other.pk)
        with pytest.raises(NotFound):
            send_referral(world.banker, on)
        accept_referral(world.banker, referral)
        assert send_referral(world.banker, on).from_partner_id == world.bank.pk


class TestAnswering:
    def test_accepts_and_says_what_came_of_it(self, world: World) -> None:
        referral = world.sent()
        accept_referral(world.banker, referral)
        accept_referral(world.banker, referral)  # a double click
        close_referral(world.banker, referral, "served", "Kredit disetujui.")
        close_referral(world.banker, referral, "served", "Kredit disetujui.")
        assert stored(referral) == ("closed", "", "served")
        kinds = Event.objects.filter(kind__startswith="partners.referral_").order_by("id")
        assert [event.kind.split("_", 1)[1] for event in kinds] == ["sent", "accepted", "closed"]

    def test_another_note_to_an_outcome_is_refused_and_not_lost_in_silence(self, world: World) -> None:
        referral = world.sent()
        accept_referral(world.banker, referral)
        close_referral(world.banker, referral, "served", "Kredit disetujui.")
        with pytest.raises(TransitionRefused):
            close_referral(world.banker, referral, "served", "Kredit ditolak.")
        assert Referral.objects.get(pk=referral.pk).note == "Kredit disetujui."

    def test_declines_with_a_reason(self, world: World) -> None:
        referral = world.sent()
        with pytest.raises(Invalid):
            decline_referral(world.banker, referral, " ")
        assert stored(referral) == ("sent", "", "")
        decline_referral(world.banker, referral, REASON)
        assert stored(referral) == ("declined", REASON, "")
        for deed in (
            lambda: accept_referral(world.banker, referral),
            lambda: close_referral(world.banker, referral, "served"),
            lambda: withdraw_referral(world.coach, referral, "Keliru."),
        ):
            with pytest.raises(TransitionRefused):
                deed()
        assert stored(referral) == ("declined", REASON, "")

    def test_the_sender_does_not_answer_and_the_receiver_does_not_take_back(self, world: World) -> None:
        referral = world.sent()
        for deed in (
            lambda: accept_referral(world.coach, referral),
            lambda: decline_referral(world.coach, referral, REASON),
            lambda: close_referral(world.coach, referral, "served"),
            lambda: withdraw_referral(world.banker, referral, "Ya."),
        ):
            with pytest.raises(Refused) as refusal:
                deed()
            assert "bukan giliran kantor Anda" in refusal.value.sentence
        assert stored(referral) == ("sent", "", "")

    def test_the_sender_takes_back_also_what_was_accepted(self, world: World) -> None:
        referral = world.sent()
        accept_referral(world.banker, referral)
        withdraw_referral(world.coach, referral, "Anggota menarik persetujuannya.")
        assert stored(referral)[0] == "withdrawn"

    def test_the_secretariat_answers_for_a_mitra_that_cannot(self, world: World, citra: Actor) -> None:
        assert accept_referral(citra, world.sent()).state == "accepted"

    def test_an_outcome_only_after_it_was_accepted(self, world: World) -> None:
        referral = world.sent()
        with pytest.raises(TransitionRefused):
            close_referral(world.banker, referral, "served")
        accept_referral(world.banker, referral)
        with pytest.raises(Invalid):
            close_referral(world.banker, referral, "lost")
        assert stored(referral) == ("accepted", "", "")

    def test_the_database_refuses_half_an_answer(self, world: World) -> None:
        referral = world.sent()
        for half in ({"state": "accepted"}, {"state": "declined", "answered_at": timezone.now()}):
            with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
                Referral.objects.filter(pk=referral.pk).update(**half)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_six_clicks_send_once(self, world: World) -> None:
        results = together(6, lambda _place: world.sent())
        assert len({result.pk for result in results if isinstance(result, Referral)}) == 1
        assert Referral.objects.count() == 1

    def test_accepted_and_taken_back_at_once_is_whole(self, world: World) -> None:
        referral = world.sent()
        deeds = [
            lambda: accept_referral(world.banker, referral),
            lambda: withdraw_referral(world.coach, referral, "Keliru."),
            lambda: decline_referral(world.banker, referral, REASON),
        ]
        together(3, lambda place: deeds[place]())
        state, reason, _outcome = stored(referral)
        assert (state, reason) in {("withdrawn", "Keliru."), ("declined", REASON)}


def test_a_closed_office_takes_nobody(world: World, citra: Actor) -> None:
    close_partner(citra, world.bank, "Selesai.")
    with pytest.raises((Invalid, Conflict)):
        world.sent()
    assert not Referral.objects.exists()


class TestAnEndedMitra:
    """Nobody waits for ever for one that is no more."""

    def test_lets_go_of_whom_it_was_sent_and_says_why(self, world: World, citra: Actor) -> None:
        waiting, taken = world.sent(), world.sent(stage=2)
        accept_referral(world.banker, taken)
        done = world.sent(stage=3)
        close_referral(world.banker, accept_referral(world.banker, done), "served")
        close_partner(citra, world.bank, "Izinnya dicabut.")
        reason = PARTNER_HAS_ENDED % "Bank Maju"
        assert stored(waiting)[:2] == ("declined", reason)
        assert stored(taken)[:2] == ("withdrawn", reason)
        assert stored(done) == ("closed", "", "served")
        kinds = Event.objects.filter(kind__in=["partners.referral_declined", "partners.referral_withdrawn"])
        assert {(event.subject_id, event.kind.rpartition("_")[2]) for event in kinds} == {
            (waiting.pk, "declined"),
            (taken.pk, "withdrawn"),
        }
        close_partner(citra, world.bank, "Izinnya dicabut.")
        assert kinds.count() == 2, "twice is once"

    def test_is_read_by_the_sender_who_may_send_her_elsewhere(
        self, desk: Desk, world: World, citra: Actor
    ) -> None:
        referral = world.sent()
        close_partner(citra, world.bank, "Izinnya dicabut.")
        told = words(page(desk(world.coach).get(f"/rujukan/{referral.pk}")).main)
        assert "Kemitraan dengan Bank Maju berakhir." in told
        assert "Izinnya dicabut." not in told, "that is between the movement and the mitra"
        assert world.sent(to_partner_id=world.other.pk).state == "sent"

    def test_leaves_what_it_has_sent_itself_to_the_receivers(self, world: World, citra: Actor) -> None:
        referral = world.sent()
        close_partner(citra, world.office, "Dilebur.")
        assert stored(referral)[0] == "sent"
        assert accept_referral(world.banker, referral).state == "accepted"

    @pytest.mark.django_db(transaction=True)
    def test_ended_and_accepted_at_once_leaves_nobody_waiting(self, world: World, citra: Actor) -> None:
        referral = world.sent()
        deeds = [
            lambda: accept_referral(world.banker, referral),
            lambda: close_partner(citra, world.bank, "Selesai."),
        ]
        together(2, lambda place: deeds[place]())
        assert stored(referral)[0] in ("declined", "withdrawn")
