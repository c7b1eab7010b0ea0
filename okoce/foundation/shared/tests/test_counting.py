"""Several counts come in one query, capped, and none is asked where nothing can be meant."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okoce.foundation.shared.counting import Counting

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
        assert Counting.of(many, 3).answer() == [3, 0, 1]
    assert len(asked) == 1


def test_nothing_that_can_be_meant_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Counting.of([Session.objects.none()], 3).answer() == [0]
        assert Counting.of([], 3).answer() == []
    assert len(asked) == 0


def test_a_question_that_is_kept_is_answered_as_of_now() -> None:
    kept = Counting.of([Session.objects.filter(session_key__startswith="key")], 3)
    assert kept.answer() == [0]
    Session.objects.create(session_key="key", session_data="", expire_date=timezone.now())
    assert kept.answer() == [1]
