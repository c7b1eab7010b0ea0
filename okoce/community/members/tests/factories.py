"""People for tests. Each has a phone of its own unless the test says otherwise."""

import itertools
from datetime import date
from typing import Any

from django.db import transaction

from okoce.community.members.actions.entry import NewBusiness, NewMember, Person
from okoce.community.members.models import Member
from okoce.community.members.queries import find_known
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from tests.cast import SENEN

_numbers = itertools.count(1)
NEW_YEAR = date(2018, 1, 1)


def new_member(**given: Any) -> NewMember:
    """A person as an officer writes her down, with consent."""
    serial = next(_numbers)
    business = {name[9:]: given.pop(name) for name in list(given) if name.startswith("business_")}
    told: dict[str, Any] = {
        "name": "Siti Aminah",
        "phone": f"0812{serial:08d}",
        "region": SENEN,
        "registered_on": NEW_YEAR,
        "consent_on": NEW_YEAR,
    }
    return NewMember(**{**told, **given}, business=NewBusiness(**business))


def member_with(**given: Any) -> Member:
    """A member who is in the records, without any stage."""
    with transaction.atomic(), opened_by(Actor.system("test")):
        person = Person.of(new_member(**given), witnessed_by=None)
        known = find_known(person.row["nik_hash"], person.row["phone"], person.row["name_key"])
        assert known.free_id is not None, "the test's person is known already"
        assert Member.objects.take_in(known.free_id, person.row, person.consent)
        return Member.objects.get(pk=known.free_id)
