"""Referrals of whoever has two grants, and of whoever is herself the one who is sent: what one grant gives, another does not."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.partners.acting import may_call, may_name
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    decline_referral,
    send_referral,
    withdraw_referral,
)
from okoce.community.partners.queries.referrals import referrals_waiting, senders_for
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.referring import REASON, World, stored
from okoce.community.privacy.models import Look
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.errors import NotFound, Refused
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
BANDUNG = Scope(region="32")


def with_grant(actor: Actor, role: str, scope: Scope) -> Actor:
    return Actor(label=actor.label, user_id=actor.user_id, grants=(*actor.grants, Grant(role, scope)))


class TestTwoGrants:
    """One for an office of Jakarta, another over Jawa Barat: Siti lives in Jakarta."""

    def test_a_secretary_of_another_place_does_not_answer_what_her_office_sent(self, world: World) -> None:
        referral, both = world.sent(), with_grant(world.coach, "sekretariat", BANDUNG)
        for deed in (
            lambda: accept_referral(both, referral),
            lambda: decline_referral(both, referral, REASON),
        ):
            with pytest.raises(Refused):
                deed()
        assert stored(referral) == ("sent", "", "")
        assert not referrals_waiting(both).exists()
        assert withdraw_referral(both, referral, "Keliru.").state == "withdrawn"

    def test_an_auditor_of_another_place_reads_no_name_after_her_office_said_no(self, world: World) -> None:
        referral = decline_referral(world.banker, world.sent(), REASON)
        both = with_grant(world.banker, "auditor", BANDUNG)
        assert not may_name(both, referral)
        assert not may_call(both, referral)
        assert may_name(with_grant(world.banker, "auditor", Scope(region="31")), referral)

    @pytest.mark.parametrize("scope", [BANDUNG, Scope(group_id=7), Scope(region="31", group_id=7)])
    def test_nobody_sends_for_the_movement_beyond_her_place(self, world: World, scope: Scope) -> None:
        both = with_grant(world.coach, "sekretariat", scope)
        with pytest.raises(NotFound):
            send_referral(both, world.told(from_partner_id=None))
        assert not Referral.objects.exists()
        assert [value for value, _name in senders_for(both, SENEN)] == [str(world.office.pk)]

    def test_what_waits_is_what_she_answers_through_either_grant(self, world: World, citra: Actor) -> None:
        world.sent()
        assert referrals_waiting(with_grant(world.banker, "sekretariat", BANDUNG)).count() == 1
        assert referrals_waiting(with_grant(world.stranger, "sekretariat", Scope(region="31"))).count() == 1
        assert referrals_waiting(with_grant(citra, "kontak_mitra", Scope(partner_id=1))).count() == 1

    def test_the_member_reads_for_which_of_two_offices_somebody_looked(
        self, desk: Callable[[Actor], Client], world: World
    ) -> None:
        referral = world.sent()
        both = with_grant(world.stranger, "petugas_bank", Scope(partner_id=world.bank.pk))
        desk(both).get(f"/rujukan/{referral.pk}")
        assert Look.objects.get(member_id=world.siti.pk).partner_id == world.bank.pk


class TestHerOwn:
    def herself(self, world: World, actor: Actor) -> Actor:
        """The same person, also signed in as a member."""
        return with_grant(actor, "anggota", Scope(member_id=world.siti.pk))

    def test_nobody_sends_herself(self, world: World) -> None:
        with pytest.raises(Refused) as refusal:
            send_referral(self.herself(world, world.coach), world.told())
        assert "diri Anda sendiri" in refusal.value.sentence
        assert not Referral.objects.exists()

    def test_nobody_answers_for_her_office_when_it_is_she_who_was_sent(self, world: World) -> None:
        referral, her = world.sent(), self.herself(world, world.banker)
        for deed in (lambda: accept_referral(her, referral), lambda: decline_referral(her, referral, REASON)):
            with pytest.raises(Refused):
                deed()
        assert stored(referral) == ("sent", "", "")
        accept_referral(world.banker, referral)
        with pytest.raises(Refused):
            close_referral(her, referral, "served")
        assert stored(referral) == ("accepted", "", "")

    def test_nor_from_an_account_of_her_office_with_her_own_telephone(self, world: World) -> None:
        referral = world.sent()
        with opened_by(SYSTEM):
            phone = Member.objects.get(pk=world.siti.pk).phone
            User.objects.filter(pk=world.banker.user_id).update(phone=phone)
        with pytest.raises(Refused):
            accept_referral(world.banker, referral)
        assert stored(referral) == ("sent", "", "")
        client = Client()
        client.force_login(User.objects.get(pk=world.banker.user_id))
        shown = page(client.get(f"/rujukan/{referral.pk}"))
        assert shown.select_one(f"form[action='/rujukan/{referral.pk}/terima']") is None
        assert "Siti Aminah" in words(shown.main)
