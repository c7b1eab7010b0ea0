"""Several counts come in one query, capped, and none is asked where nothing can be meant."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from okoce.foundation.shared.counting import count_each
from okoce.foundation.territory.models import Region
from okoce.foundation.territory.states import Kind, Level, Zone

pytestmark = pytest.mark.django_db


def test_each_is_counted_for_itself_in_one_query() -> None:
    for number in range(5):
        Region.objects.create(
            code=f"9{number}", name=f"Uji {number}", kind=Kind.PROVINSI, level=Level.PROVINCE, zone=Zone.WIB
        )
    many = [
        Region.objects.filter(code__startswith="9"),
        Region.objects.filter(Q(pk__in=[])),
        Region.objects.filter(code="90").order_by("name"),
    ]
    with CaptureQueriesContext(connection) as asked:
        assert count_each(many, 3) == [3, 0, 1]
    assert len(asked) == 1


def test_nothing_that_can_be_meant_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert count_each([Region.objects.none()], 3) == [0]
        assert count_each([], 3) == []
    assert len(asked) == 0
