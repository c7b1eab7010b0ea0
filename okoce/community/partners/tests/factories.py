"""Partners for tests."""

from typing import Any

from okoce.community.partners.actions.contacts import appoint_contact
from okoce.community.partners.actions.partners import (
    NewPartner,
    check_partner,
    create_partner,
    validate_partner,
)
from okoce.community.partners.models import Contact, Partner, PartnerItem
from okoce.community.partners.terms import ContactTerm
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from tests.cast import account_of

SYSTEM = Actor.system("test")
PHONE = "+6281311112222"


def items() -> set[int]:
    """Everything that the secretariat has to look at."""
    return set(PartnerItem.objects.values_list("pk", flat=True))


def proposed(name: str = "Bank Maju", kind: str = "bank", **told: Any) -> Partner:
    told = {"areas": ("31",), "contact_name": "Rina Hartati", "contact_phone": PHONE} | told
    return create_partner(SYSTEM, NewPartner(name=name, kind=kind, **told))


def active_partner(name: str = "Bank Maju", kind: str = "bank", **told: Any) -> Partner:
    partner = proposed(name, kind, **told)
    check_partner(SYSTEM, partner, items())
    return validate_partner(SYSTEM, partner, today_wib())


def contact_of(partner: Partner, label: str = "rina") -> tuple[Contact, Actor]:
    """Somebody who acts for it from today on."""
    user = account_of(Actor(label=label))
    contact = appoint_contact(SYSTEM, partner, user.email or "", ContactTerm("Kepala seksi", today_wib()))
    return contact, actor_for_user(User.objects.get(pk=user.pk))
