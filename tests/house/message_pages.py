"""The pages of messages, for the matrix of the walk; and a message to each of its two people, which waits for a hand."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications.kinds import WELCOME
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM
from tests.house.pages import AUDITS, EVERYBODY, FOUND, IMPORTS, NOT_FOUND, OWN, WITHDRAWS, Keys, Page

OFFICERS = EVERYBODY - OWN
SENDS = IMPORTS | {"penggerak", "pengurus_komunitas"}
READS_DELIVERIES = WITHDRAWS | AUDITS

MESSAGE_PAGES = {
    "whatsapp_webhook": Page(is_public=True, answer=NOT_FOUND, takes_forms=True),  # none is configured
    "officer_messages": Page(OFFICERS),
    "read_officer_messages": Page(OFFICERS, post=FOUND),
    "officer_preferences": Page(OFFICERS, takes_forms=True),
    "hand_list": Page(SENDS | AUDITS),
    "take_by_hand": Page(SENDS, about="message", post=FOUND),
    "let_go_by_hand": Page(SENDS, about="message", post=FOUND),
    "mark_sent_by_hand": Page(SENDS, about="message", post=FOUND),
    "delivery_list": Page(READS_DELIVERIES),
    "withdraw_message": Page(WITHDRAWS, about="message", post=FOUND),
    "wording_list": Page(READS_DELIVERIES),
    "write_wording": Page(WITHDRAWS, takes_forms=True),
    "hand_rule_list": Page(READS_DELIVERIES),
    "decide_hand_rule": Page(WITHDRAWS, takes_forms=True),
    "take_back_hand_rule": Page(WITHDRAWS, takes_forms=True),
    "own_messages": Page(OWN),
    "read_own_messages": Page(OWN, post=FOUND),
    "own_preferences": Page(OWN, takes_forms=True),
}


def written_to(member: Member) -> None:
    """A message that waits for a volunteer's hand, and a rule that is to begin."""
    with transaction.atomic(), opened_by(SYSTEM):
        HandRule.objects.get_or_create(
            code="welcome", from_on=today_wib() + timedelta(days=9), days=3, defaults={"source": "Rapat"}
        )
    send(WELCOME, To(member_id=member.pk), occasion="walk", number=member.number)
    Message.objects.filter(member_id=member.pk).update(
        state="by_hand", hand_until=timezone.now() + timedelta(days=7)
    )


def message_keys(member: Member) -> Keys:
    """What addresses name of it."""
    return {
        "message_id": lambda: Message.objects.get(member_id=member.pk, key__contains=":walk:").pk,
        "kind": lambda: "welcome",
        "hand_rule_id": lambda: HandRule.objects.get(code="welcome", from_on__gt=today_wib()).pk,
    }
