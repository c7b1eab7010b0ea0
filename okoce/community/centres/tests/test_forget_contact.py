"""Whom a centre names to be asked for is told what stands there, and goes with her."""

import pytest
from django.test import Client

from okoce.community.centres.models import Centre
from okoce.community.centres.personal import NO_PHONE
from okoce.community.centres.tests.factories import opened_centre, planned_centre
from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.door import opened_by
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import FORGETTERS, TELLERS
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
HERS, ANOTHERS = "+6281234567001", "+6281299998888"


def forget(person: Person) -> None:
    with opened_by(SYSTEM):
        for forgetter in FORGETTERS:
            if forgetter.__module__ == "okoce.community.centres.personal":
                forgetter(person)


@pytest.mark.parametrize(
    ("phone", "name", "is_told", "left"),
    [
        (HERS, "Siti Aminah", True, ("", NO_PHONE)),  # another name under her number
        (ANOTHERS, "RATNA", True, ("", HERS)),  # her name beside the number of the komunitas
        (ANOTHERS, "Siti Aminah", False, ("Ratna", HERS)),
    ],
)
def test_her_name_and_number_go_and_the_place_stays(
    phone: str, name: str, is_told: bool, left: tuple[str, str], client: Client
) -> None:
    centre = opened_centre(active_group("Mawar", SENEN))
    person = Person(member_ids=(1,), phones=(phone,), names=(name,))
    assert bool(TELLERS["centres"](person)) == is_told
    forget(person)
    stored = Centre.objects.get()
    assert (stored.contact_name, stored.contact_phone) == left
    told = words(page(client.get(f"/pusat/{centre.pk}")).main)
    assert "Jl. Kramat Raya 12" in told
    assert ("Belum ada yang bisa dihubungi" in told) == (left[1] == NO_PHONE)


def test_the_number_of_another_one_who_is_called_the_same_is_not_told_to_her() -> None:
    planned_centre(active_group("Mawar", SENEN))
    hers, namesake = (
        Person(member_ids=(1,), phones=(phone,), names=("Ratna",)) for phone in (HERS, ANOTHERS)
    )
    assert HERS in str(TELLERS["centres"](hers))
    told = str(TELLERS["centres"](namesake))
    assert "Pusat Senen" in told
    assert HERS not in told
