"""A demo has an association to show, made up and saying so, once."""

from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.association.models import Branch, Support, Tenure
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.demo import association
from okoce.demo.association import make_association
from okoce.demo.officers import contact_of
from okoce.demo.replay import FLOWERS, _make_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from tests.pages import page, words

pytestmark = pytest.mark.django_db
DEMO = Actor.system("demo")


@pytest.fixture(autouse=True)
def komunitas(territory_in_memory: None) -> None:  # noqa: F811  (the fixture)
    for number in range(association.VISITED):
        _make_group(DEMO, number, f"Contoh {FLOWERS[number % len(FLOWERS)]} {number}", "other")
    trainer = create_user(DEMO, NewUser(name="Contoh Direktorat", email=contact_of("direktorat_diklat")))
    grant_role(DEMO, trainer, "direktorat_diklat", Anchors())


def test_it_is_made_once_and_says_that_it_is_a_sample() -> None:
    make_association(DEMO)
    counts = tuple(model.objects.count() for model in (Branch, Tenure, Support, Event))
    make_association(DEMO)
    assert tuple(model.objects.count() for model in (Branch, Tenure, Support, Event)) == counts
    assert counts[:3] == (
        len(association.BRANCHES) + 1,
        len(association.CENTRAL) + len(association.BRANCHES),
        8,
    )
    holders = User.objects.filter(pk__in=Tenure.objects.values("user_id"))
    assert all(one.name.startswith("Contoh") and one.is_synthetic for one in holders)


def test_everybody_reads_it_and_one_term_runs_out_soon() -> None:
    make_association(DEMO)
    shown = words(page(Client().get("/perkumpulan")).select_one("main"))
    assert "Contoh Ketua Umum" in shown
    assert "Contoh Bendahara Umum" not in shown  # she did not agree to be named
    today = today_wib()
    assert Tenure.objects.filter(until_on__gt=today, until_on__lt=today + timedelta(days=60)).count() == 1
