"""No rule begins on a day that has begun, also where it is written past every deed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.shared.days import latest_today
from okoce.pipeline.models import ProgrammeRule
from okoce.pipeline.rule_plans import earliest_day
from okoce.pipeline.tests.rulings import BINDING, rule_codes
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db


def raw(code: str, from_on: date | None, **given: Any) -> ProgrammeRule:
    return ProgrammeRule(
        **{
            "code": code,
            "name": "Uji",
            "programme": "uji",
            "region": "32",
            "from_on": from_on,
            "is_sequential": True,
            "offered": [1, 2, 3, 4, 5, 6, 7],
            "binding": list(BINDING),
            "licences": ["NIB"],
            **given,
        }
    )


@pytest.mark.parametrize("days_ago", [0, 1, 3000])
def test_a_version_that_begins_today_or_before_is_refused_by_the_database(days_ago: int) -> None:
    before = rule_codes()
    with (
        pytest.raises(ProgrammingError, match="begins on a day to come"),
        transaction.atomic(),
        opened_by(SYSTEM),
    ):
        raw("uji-lalu", latest_today() - timedelta(days=days_ago)).save()
    assert rule_codes() == before


def test_so_is_one_without_a_beginning_and_many_at_once_of_which_one_is_late() -> None:
    before = rule_codes()
    late = [raw("uji-1", earliest_day()), raw("uji-2", latest_today(), region="33")]
    for rows in ([raw("uji-0", None)], late):
        with pytest.raises(ProgrammingError), transaction.atomic(), opened_by(SYSTEM):
            ProgrammeRule.objects.bulk_create(rows)
    assert rule_codes() == before


def test_a_statement_past_the_models_is_refused_too() -> None:
    before = rule_codes()
    copied = (
        "INSERT INTO pipeline_programmerule"
        " (code, name, programme, source, reason, region, from_on, is_sequential, offered, binding, licences)"
        " SELECT 'uji-sql', name, programme, source, reason, '32', DATE '2018-01-01', is_sequential, offered, binding, licences"
        " FROM pipeline_programmerule WHERE code = 'jaringan'"
    )
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        opened_by(SYSTEM),
        connection.cursor() as cursor,
    ):
        cursor.execute(copied)
    assert rule_codes() == before


def test_one_that_begins_tomorrow_is_taken_and_the_rules_of_2018_stand_as_they_were(citra: Actor) -> None:
    with transaction.atomic(), opened_by(citra):
        raw("uji-besok", earliest_day()).save()
    assert rule_codes() == ["7pas-2018", "jaringan", "uji-besok"]
    assert ProgrammeRule.objects.get(code="7pas-2018").from_on is None
