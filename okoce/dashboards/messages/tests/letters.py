"""Messages to real records, for the tests of pages."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications.kinds import AGREEMENT_ENDING, WELCOME
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.tests.people import sent_at
from okoce.foundation.shared.days import ZONES, today_wib
from tests.cast import SYSTEM


def reachable(**given: Any) -> Member:
    """A member who allows to be written to."""
    return member_with(**{"purposes": ("programme", "contact"), **given})


def noon() -> datetime:
    """Of today, when nobody sleeps in any zone."""
    return datetime.combine(today_wib(), time(12), ZONES["WIB"])


def welcomed(member: Member, occasion: str = "1") -> Message:
    """A message that waits for her."""
    to = To(member_id=member.pk)
    assert send(WELCOME, to, occasion=occasion, number=member.number)
    return Message.objects.latest("id")


def hand_rule(code: str, days: int, from_on: date = date(2026, 1, 1)) -> None:
    """The secretariat has decided so."""
    with transaction.atomic(), opened_by(SYSTEM):
        HandRule.objects.get_or_create(code=code, from_on=from_on, days=days, defaults={"source": "uji"})


def left_to_hands(member: Member, occasion: str = "1") -> Message:
    """One that no channel could take, none is configured; and of its kind volunteers are asked to send them."""
    hand_rule("welcome", 14)
    message = welcomed(member, occasion)
    sent_at(noon())
    message.refresh_from_db()
    assert message.state == "by_hand", (message.state, message.channel, message.problem)
    return message


def to_officer(user_id: int, occasion: str = "1") -> Message:
    told = {"agreement": f"{occasion}/MoU", "days": "7", "last": "31 Desember 2026"}
    assert send(AGREEMENT_ENDING, To(user_id=user_id), occasion=occasion, **told)
    return Message.objects.latest("id")
