"""The daily look asks just those whom the plain definition names, in its order, and reads none of them twice."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages import occasions
from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications.models import Message, MessageTerm
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.evidence import withdraw_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.position_models import Position
from okoce.pipeline.standing_still import STANDSTILLS_UNSEEN, standstills_unseen
from okoce.pipeline.tests.factories import completed, registered
from tests.cast import SYSTEM
from tests.kept import unkept

pytestmark = pytest.mark.django_db

# Whoever stands at a stage before the last since one of these days, is no longer anybody else's record, has neither left nor been
# forgotten nor was made up, and was not written to about just that.
PLAIN = """
SELECT p.member_id, p.stage, p.since_on FROM pipeline_position p JOIN members_member m ON m.id = p.member_id
WHERE p.stage < 7 AND p.since_on BETWEEN %s AND %s
  AND m.left_on IS NULL AND m.erased_at IS NULL AND m.merged_into_id IS NULL AND NOT m.is_synthetic
  AND NOT EXISTS (SELECT FROM notifications_message told
    WHERE told.key = 'stuck:' || p.stage || ':' || p.since_on || ':m' || p.member_id)
ORDER BY p.since_on, p.member_id LIMIT %s
"""
DAYS, CAUGHT_UP = 30, 14


def by_definition(most: int, days: int = DAYS) -> list[str]:
    last = today_wib() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [last - timedelta(days=CAUGHT_UP), last, most])
        return [f"stuck:{stage}:{since}:m{pk}" for pk, stage, since in cursor.fetchall()]


def asked_now(most: int) -> list[str]:
    newest = Message.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    count = occasions.tell_of_standstills(most)
    keys = Message.objects.filter(pk__gt=newest).order_by("id").values_list("key", flat=True)
    assert count == len(keys)
    return list(keys)


def ago(days: int) -> date:
    return today_wib() - timedelta(days=days)


def somebody(days: int) -> Member:
    return registered(registered_on=ago(days), consent_on=today_wib())


def written(member: Member, **given: object) -> None:
    """As a deed or an import would leave her."""
    with transaction.atomic(), opened_by(SYSTEM):
        Member.objects.filter(pk=member.pk).update(**given)


def happens(chance: random.Random, people: list[Member]) -> None:
    """One thing that changes who is to be asked."""
    someone = chance.choice(people)
    match chance.randrange(7):
        case 0 | 1:
            people.append(somebody(chance.randrange(25, 50)))
        case 2:
            since = Position.objects.get(pk=someone.pk)
            if since.stage == 1:  # also on the same day
                completed(someone, p2=max(since.since_on, ago(chance.randrange(25, 50))))
        case 3:
            handed_in = Evidence.objects.filter(member=someone, stage=2, state="verified").first()
            if handed_in is not None:
                withdraw_evidence(SYSTEM, handed_in, "Salah orang")
        case 4:
            written(someone, left_on=today_wib())
        case 5:
            written(someone, left_on=None)
        case _:
            written(someone, is_synthetic=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_look_asks_whom_the_plain_definition_names(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occasions, "AT_ONCE", 3)
    chance = random.Random(seed)
    people = [somebody(chance.randrange(25, 50)) for _one in range(12)]
    total = 0
    for _hour in range(14):
        for _time in range(3):
            happens(chance, people)
        most = chance.choice([1, 2, 5, 100])
        expected = by_definition(most)
        assert asked_now(most) == expected
        total += len(expected)
    assert asked_now(100) == by_definition(100) or by_definition(100) == []
    assert total > 5


def test_a_term_that_becomes_shorter_or_longer_is_followed() -> None:
    for days in range(10, 60, 5):
        somebody(days)
    for days in (40, 30, 50, 20):
        with unkept("notifications_messageterm"):
            MessageTerm.objects.update_or_create(
                code="stuck_days", from_on=date(2026, 1, 1), defaults={"value": days, "source": "uji"}
            )
        expected = by_definition(100, days)
        assert asked_now(100) == expected
        assert by_definition(100, days) == []


def test_whoever_was_set_back_to_where_she_was_asked_is_not_asked_again() -> None:
    siti = somebody(31)
    assert len(asked_now(10)) == 1
    completed(siti, p2=ago(31))
    assert asked_now(10) == [f"stuck:2:{ago(31)}:m{siti.pk}"], "another stage, though on the same day"
    withdraw_evidence(SYSTEM, Evidence.objects.get(member=siti, stage=2), "Salah orang")
    assert asked_now(10) == [] == by_definition(10)


def test_whoever_comes_back_in_time_is_asked() -> None:
    siti = somebody(31)
    written(siti, left_on=today_wib())
    assert asked_now(10) == []
    written(siti, left_on=None)
    assert len(asked_now(10)) == 1


def unseen() -> int:
    return len(standstills_unseen(ago(DAYS + CAUGHT_UP), ago(DAYS), None, 100))


def test_what_was_seen_to_is_not_read_again() -> None:
    people = [somebody(31) for _one in range(4)]
    written(people[0], is_synthetic=True)
    assert unseen() == 4
    asked_now(2)
    assert unseen() == 1
    asked_now(2)
    assert unseen() == 0


def test_a_look_that_breaks_off_marks_nobody_whom_it_did_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    somebody(31)

    def broken(*_told: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(occasions, "mark_seen", broken)
        with pytest.raises(RuntimeError), transaction.atomic():
            occasions.tell_of_standstills()
    assert (unseen(), Message.objects.count()) == (1, 0)
    assert len(asked_now(10)) == 1


def test_an_index_leads_to_those_who_were_not_seen_to() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        asked = {"first": ago(44), "last": ago(30), "day": ago(44), "person": 0, "most": 500}
        cursor.execute("EXPLAIN " + STANDSTILLS_UNSEEN, asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "pipeline_position_unasked" in plan
