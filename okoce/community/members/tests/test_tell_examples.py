"""Whether examples are among the people of a place: asked wherever figures leave the house, so it costs nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okoce.community.members.models import Member
from okoce.community.members.queries import has_synthetic_members
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.members.tests.plans import plan_of, without
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
PLACES = ("", "31", SENEN[:5], SENEN, "32", COBLONG)


def test_they_are_told_of_their_own_places_alone() -> None:
    member_with(region=SENEN)
    member_with(region=COBLONG)
    assert [place for place in PLACES if has_synthetic_members(place)] == []
    Member.objects.filter(region=SENEN).update(is_synthetic=True)
    assert [place for place in PLACES if has_synthetic_members(place)] == ["", "31", SENEN[:5], SENEN]


@pytest.mark.parametrize("place", PLACES[:4])
def test_they_are_read_from_an_index_of_theirs(place: str) -> None:
    without("district_name")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        has_synthetic_members(place)
    plan = plan_of(asked[0]["sql"], "seqscan", "bitmapscan", "sort")
    assert "members_member_synthetic" in plan
    assert "Sort" not in plan
