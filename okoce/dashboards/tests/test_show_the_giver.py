"""Which mitra gave a class, a licence or a loan stands beside the evidence: at the desk, and for programs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.models import Partner
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.queries.journeys import givers_of, journey_of
from okoce.pipeline.tests.factories import proof, registered
from tests.callers import MEMBERS, citras_program
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MAY = date(2018, 5, 1)


@pytest.fixture
def campus() -> Partner:
    return active_partner("Kampus Senen", "campus")


@pytest.fixture
def siti(campus: Partner) -> Member:
    member = registered(name="Siti Aminah", region=SENEN)
    give_evidence(SYSTEM, member, proof(2, MAY, number="77", partner=campus.pk))
    return member


def test_an_officer_reads_it_on_the_page_of_the_person(
    siti: Member, campus: Partner, desk: Desk, ani: Actor, citra: Actor
) -> None:
    shown = page(desk(ani).get(f"/anggota/{siti.number}"))
    assert "77, Kampus Senen, 1 Mei 2018" in words(shown.main)
    watching = page(desk(citra).get(f"/anggota/{siti.number}"))
    assert watching.select_one(f"a[href='/mitra/{campus.pk}']") is not None, "who may open it is led there"


def test_evidence_that_waits_names_it_too(campus: Partner, desk: Desk, citra: Actor, gita: Actor) -> None:
    wati = registered(name="Wati", region=SENEN)
    give_evidence(gita, wati, proof(2, MAY, number="78", partner=campus.pk))
    waiting = page(desk(citra).get(f"/anggota/{wati.number}")).select_one(
        "section[aria-labelledby=h-claimed]"
    )
    assert "78 · Kampus Senen · 1 Mei 2018" in words(waiting)
    assert waiting.select_one(f"a[href='/mitra/{campus.pk}']") is not None


def test_programs_are_told_its_number_and_name(siti: Member, campus: Partner) -> None:
    answer = citras_program().get(f"{MEMBERS}/{siti.number}/journey").json()
    [told] = answer["stages"][1]["evidence"]
    assert (told["partner"], told["partner_name"]) == (campus.pk, "Kampus Senen")
    assert answer["stages"][0]["evidence"] == []


def test_where_none_is_named_nothing_is_asked(siti: Member) -> None:
    bare = registered(name="Wati", region=SENEN)
    give_evidence(SYSTEM, bare, proof(2, MAY))
    steps = journey_of(SYSTEM, bare)
    assert statements(lambda: givers_of(steps)) == []
    assert givers_of(steps) == {}
    assert len(statements(lambda: givers_of(journey_of(SYSTEM, siti)))) >= 1
