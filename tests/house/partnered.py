"""A mitra beside each of the two people of the walk: made anew for each, under the numbers by which grants name it."""

from datetime import date

from django.db.transaction import atomic

from okoce.community.members.models import Member
from okoce.community.partners.actions.agreements import (
    NewAgreement,
    NewObligation,
    add_obligation,
    register_agreement,
)
from okoce.community.partners.actions.partners import check_partner, validate_partner
from okoce.community.partners.actions.referrals import NewReferral, send_referral
from okoce.community.partners.agreement_models import Agreement, Obligation
from okoce.community.partners.models import Contact, Partner, PartnerArea
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.factories import contact_of, items
from okoce.foundation.access.door import opened_by
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM
from tests.house.pages import Keys

JANUARY, LAST = date(2026, 1, 1), date(2030, 12, 31)
# Of the other place. So long that no key or token drawn at random holds it: a shorter name once stood in one.
STRANGER = "Asepuddinsyah"
NEAR_PARTNER, FAR_PARTNER = 5, 6


def partnered(member: Member, partner_id: int, name: str) -> None:
    """An active mitra that serves where she lives, with somebody who acts for it."""
    with atomic(), opened_by(SYSTEM):
        partner = Partner.objects.create(
            id=partner_id, name=name, name_key=name.lower(), kind="campus", region=member.region
        )
        PartnerArea.objects.create(partner=partner, region=member.region, from_on=JANUARY)
    check_partner(SYSTEM, partner, items())
    validate_partner(SYSTEM, partner, today_wib())
    contact_of(partner, f"kontak {name}")
    agreement = register_agreement(
        SYSTEM,
        NewAgreement(
            kind="mou",
            number=f"1/{name}",
            subject=f"Pelatihan di {name}",
            signed_on=JANUARY,
            from_on=JANUARY,
            last_on=LAST,
            stages=(2,),
            places=(member.region,),
            partner_ids=(partner_id,),
            group_id=member.group_id,
        ),
    )
    add_obligation(
        SYSTEM,
        agreement,
        NewObligation(ower="partner", text=f"Kursi di {name}", from_on=JANUARY, last_on=LAST),
    )
    send_referral(
        SYSTEM,
        NewReferral(
            number=member.number,
            from_partner_id=None,
            to_partner_id=partner_id,
            stage=2,
            need=f"Kursi di {name}",
            consent_on=today_wib(),
            consent_way="present",
        ),
    )


def partner_keys(is_near: bool) -> Keys:
    """What addresses name of the mitra of the one or the other."""
    partner_id = NEAR_PARTNER if is_near else FAR_PARTNER
    return {
        "partner_id": lambda: partner_id,
        "contact_id": lambda: Contact.objects.get(partner_id=partner_id).pk,
        "agreement_id": lambda: Agreement.objects.get(parties__partner_id=partner_id).pk,
        "referral_id": lambda: Referral.objects.get(to_partner_id=partner_id).pk,
        "obligation_id": lambda: Obligation.objects.get(agreement__parties__partner_id=partner_id).pk,
    }
