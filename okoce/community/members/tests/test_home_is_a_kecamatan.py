"""The database refuses a home that is wider or narrower than a kecamatan: it would be counted as another place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from okoce.community.members.models import Member, Residence
from okoce.community.members.tests.factories import member_with
from tests.cast import SENEN

pytestmark = pytest.mark.django_db
NO_KECAMATAN = ["", "31", "31.71", "317104"]


@pytest.mark.parametrize("region", NO_KECAMATAN)
def test_nobody_lives_in_a_wider_region(region: str) -> None:
    member = member_with()
    with pytest.raises(IntegrityError, match="members_member_district"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(region=region)
    assert Member.objects.get(pk=member.pk).region == SENEN


@pytest.mark.parametrize("region", NO_KECAMATAN)
def test_nobody_has_lived_in_a_wider_region(region: str) -> None:
    member = member_with()
    with pytest.raises(IntegrityError, match="members_residence_district"), transaction.atomic():
        Residence.objects.create(member=member, region=region, until_on=date(2020, 1, 1))
    assert not Residence.objects.filter(member=member).exists()
