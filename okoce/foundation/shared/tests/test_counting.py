"""Several counts come in one query, capped, and none is asked where nothing can be meant."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okoce.foundation.shared.counting import count_each

pytestmark = pytest.mark.django_db


def test_each_is_counted_for_itself_in_one_query() -> None:
    for number in range(5):
        Session.objects.create(session_key=f"key{number}", session_data="", expire_date=timezone.now())
    many = [
        Session.objects.filter(session_key__startswith="key"),
        Session.objects.filter(Q(pk__in=[])),
        Session.objects.filter(session_key="key0").order_by("expire_date"),
    ]
    with CaptureQueriesContext(connection) as asked:
        assert count_each(many, 3) == [3, 0, 1]
    assert len(asked) == 1


def test_nothing_that_can_be_meant_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert count_each([Session.objects.none()], 3) == [0]
        assert count_each([], 3) == []
    assert len(asked) == 0
