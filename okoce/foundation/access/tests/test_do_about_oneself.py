"""A deed about nobody but the doer: an account is enough, and no right that only reads stands before any deed."""

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import ACTIONS, OWN_ACTIONS, action, current_actor, own_action
from okoce.foundation.access.permissions import READING, Permission
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.access.tests.things import author_told, holder
from okoce.foundation.shared.errors import NotAllowed

pytestmark = pytest.mark.django_db
DONE: list[str] = []


@own_action
def note_oneself(actor: Actor) -> tuple[str, str]:
    DONE.append(actor.label)
    return author_told(), current_actor().label


def test_whoever_has_an_account_may_and_stands_as_the_author() -> None:
    for actor in (holder(("auditor", EVERYWHERE)), Actor(label="user:8", user_id=8)):
        assert note_oneself(actor) == (actor.label, actor.label)


def test_nobody_does_it_without_an_account() -> None:
    DONE.clear()
    with pytest.raises(NotAllowed):
        note_oneself(Actor.anonymous())
    assert DONE == []


def test_it_stands_in_a_register_of_its_own() -> None:
    name = f"{note_oneself.__module__}.{note_oneself.__qualname__}"
    assert name in OWN_ACTIONS
    assert name not in ACTIONS


@pytest.mark.parametrize("right", sorted(READING))
def test_the_door_is_not_made_with_a_right_that_only_reads(right: Permission) -> None:
    with pytest.raises(ValueError, match="only reads"):
        action(right)
