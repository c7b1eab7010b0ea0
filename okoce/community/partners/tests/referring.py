"""An office, two banks, and somebody who needs a loan."""

from dataclasses import dataclass
from typing import Any

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.referrals import NewReferral, send_referral
from okoce.community.partners.models import Partner
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from tests.cast import SENEN

PHONE, SHOWN = "0812 3456 7890", "0812-3456-7890"
REASON = "Kuota tahun ini sudah habis."


@dataclass
class World:
    """An office that coaches people of Senen, a bank that serves Jakarta, another bank, and somebody who needs a loan."""

    office: Partner
    bank: Partner
    other: Partner
    siti: Member
    coach: Actor  # of the office, who also reads people of Senen
    banker: Actor
    stranger: Actor

    def told(self, **otherwise: Any) -> NewReferral:
        new = {
            "number": self.siti.number,
            "from_partner_id": self.office.pk,
            "to_partner_id": self.bank.pk,
            "stage": 7,
            "need": "Modal kerja untuk oven",
            "consent_on": today_wib(),
            "consent_way": "present",
        }
        return NewReferral(**(new | otherwise))

    def sent(self, **otherwise: Any) -> Referral:
        return send_referral(self.coach, self.told(**otherwise))


def make_world() -> World:
    """With a contact person each."""
    office, bank, other = (
        active_partner("Dinas UMKM", "skpd", areas=("31.71",)),
        active_partner("Bank Maju"),
        active_partner("Bank Lain"),
    )
    coach = contact_of(office, "coach")[1]
    coach = Actor(
        label=coach.label,
        user_id=coach.user_id,
        grants=(*coach.grants, Grant("petugas_skpd", Scope(region="31.71"))),
    )
    siti = member_with(name="Siti Aminah", phone=PHONE, region=SENEN)
    return World(office, bank, other, siti, coach, contact_of(bank)[1], contact_of(other, "sari")[1])


def stored(referral: Referral) -> tuple[str, str, str]:
    found = Referral.objects.get(pk=referral.pk)
    return found.state, found.reason, found.outcome
