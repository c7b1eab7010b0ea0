"""Agreements for tests."""

from datetime import date
from typing import Any

from okoce.community.partners.actions.agreements import NewAgreement, register_agreement
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.access.actor import Actor

JANUARY, MARCH, LAST = date(2026, 1, 1), date(2026, 3, 1), date(2026, 12, 31)


def told(*partners: Partner, **otherwise: Any) -> NewAgreement:
    new = {
        "kind": "pks",
        "number": "38/PKS/2018",
        "subject": "Kredit tanpa agunan",
        "signed_on": JANUARY,
        "from_on": JANUARY,
        "last_on": LAST,
        "stages": (7,),
        "places": ("31",),
        "partner_ids": tuple(one.pk for one in partners),
    }
    return NewAgreement(**(new | otherwise))


def signed(actor: Actor, *partners: Partner, **otherwise: Any) -> Agreement:
    return register_agreement(actor, told(*(partners or (active_partner(),)), **otherwise))
