"""What a message holds of a person is told to her, goes with her, and goes when its time is over."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import left_to_hands, reachable, welcomed
from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications.forgetting import forget_old_messages
from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.sending import send_waiting
from okoce.foundation.notifications.tests.people import chosen, term
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import all_told, forget_everywhere
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db


def test_she_is_told_her_messages_and_how_she_wants_them() -> None:
    siti, other = reachable(), reachable()
    welcomed(siti)
    welcomed(other)
    chosen(To(member_id=siti.pk), language="en")
    [message] = all_told(Person((siti.pk,)))["messages"]["messages"]
    assert message["variables"] == {"number": siti.number}
    assert "reference" not in message
    [preference] = all_told(Person((siti.pk,)))["messages"]["preferences"]
    assert preference["language"] == "en"


def test_they_go_with_her_and_those_of_others_stay() -> None:
    siti, other = reachable(), reachable()
    welcomed(siti)
    left_to_hands(other)
    chosen(To(member_id=siti.pk), is_stopped=True)
    with transaction.atomic(), opened_by(SYSTEM):
        forget_everywhere(Person((siti.pk,)))
    assert set(Message.objects.values_list("member_id", flat=True)) == {other.pk}
    assert not Preference.objects.exists()
    assert send_waiting(0) == 0


def test_they_are_kept_for_as_long_as_the_term_says_but_none_that_still_goes_out() -> None:
    old, young = left_to_hands(reachable()), left_to_hands(reachable())
    waiting = welcomed(reachable())
    Message.objects.filter(pk__in=[old.pk, waiting.pk]).update(at=timezone.now() - timedelta(days=181))
    assert forget_old_messages() == 1
    assert set(Message.objects.all()) == {waiting, young}
    term("kept_days", 0)
    assert forget_old_messages() == 1
    assert set(Message.objects.all()) == {waiting}
