"""Two secretaries at once: one wins, the other is told; and readers of rules wait for neither."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.rules import RulesMoved, add_rule, withdraw_rule
from okoce.pipeline.models import ProgrammeRule
from okoce.pipeline.rules import REMEMBERED_SECONDS, all_rules, rules_as_stored
from okoce.pipeline.tests.rulings import added, seen_end, seen_of, undo_rules, version
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def as_before(transactional_db: None) -> Iterator[None]:
    yield
    undo_rules()


def test_of_two_secretaries_with_the_same_preview_one_wins_and_the_other_is_told(citra: Actor) -> None:
    drafts = [version(name="7 PAS"), version(name="7 TOP")]
    seen = seen_of(citra, drafts[0])

    def save(place: int) -> str:
        try:
            return add_rule(citra, drafts[place], seen).name
        except RulesMoved:
            return "told"

    answers = together(2, save)
    assert max(answers) == "told"
    assert ProgrammeRule.objects.filter(region="31", until_on__isnull=True).count() == 1


def test_a_button_pressed_twice_at_once_is_one_version(citra: Actor) -> None:
    new = version()
    seen = seen_of(citra, new)
    assert len(set(together(2, lambda _press: add_rule(citra, new, seen).pk))) == 1
    assert ProgrammeRule.objects.filter(region="31", until_on__isnull=True).count() == 1


def test_of_taking_back_and_replacing_one_wins(citra: Actor) -> None:
    row = added(citra)
    other = version(region="32", name="lain")
    seen = {0: seen_end(citra, row.code, None), 1: seen_of(citra, other)}

    def change(which: int) -> str:
        try:
            if which:
                return add_rule(citra, other, seen[1]).name
            return withdraw_rule(citra, row.code, "Ditunda", seen[0]).name
        except RulesMoved:
            return "told"

    assert together(2, change).count("told") == 1


def test_whoever_reads_rules_waits_for_no_secretary(citra: Actor) -> None:
    def read(_number: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
        return len(rules_as_stored())

    new = version()
    seen = seen_of(citra, new)
    with transaction.atomic():
        add_rule(citra, new, seen)
        assert together(1, read) == [2]
    assert together(1, read) == [3]


def test_a_process_follows_within_a_moment(citra: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process forgets at the commit; another reads again by its clock."""
    assert len(all_rules()) == 2
    with transaction.atomic():
        new = version()
        add_rule(citra, new, seen_of(citra, new))
        assert len(all_rules()) == 2
    assert len(all_rules()) == 3
    assert REMEMBERED_SECONDS <= 1
