"""In her passport she reads which mitra gave the class behind a stamp."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.partners.tests.factories import active_partner
from okoce.dashboards.own.tests.conftest import drawn
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.tests.factories import proof, registered
from tests.cast import SENEN, SYSTEM

pytestmark = pytest.mark.django_db


def test_the_mitra_stands_beside_the_evidence(phone_of: Callable[[Member], Client]) -> None:
    siti = registered(name="Siti Aminah", region=SENEN)
    campus = active_partner("Kampus Senen", "campus")
    browser = phone_of(siti)
    assert "Kampus Senen" not in drawn(browser.get("/saya/paspor"))
    give_evidence(SYSTEM, siti, proof(2, date(2018, 5, 1), number="77", partner=campus.pk))
    assert "Dari Kampus Senen" in drawn(browser.get("/saya/paspor"))
