"""What a provider tells of messages that went out: delivered, read, or not. Told twice it is once; told late it takes nothing back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from okoce.foundation.notifications.hands import left
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.sending import give_back
from okoce.foundation.notifications.states import PROGRESS, Channel, MessageState
from okoce.foundation.notifications.whatsapp import StatusReport

_STATES = {
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
}
_SINCE = {
    MessageState.SENT: "sent_since",
    MessageState.DELIVERED: "delivered_since",
    MessageState.READ: "read_since",
}
FAILED = "failed"


def take_reports(reports: Sequence[StatusReport]) -> int:
    """Write what became of messages; answers how many reports were about one of ours."""
    return sum(_take(report) for report in reports)


@transaction.atomic
def _take(report: StatusReport) -> bool:
    message = _of(report)
    if message is None:
        return False
    if report.status == FAILED:
        _fail(message, report)
    elif report.status in _STATES:
        _go_on(message, _STATES[report.status], report)
    return True


def _of(report: StatusReport) -> Message | None:
    """By our own reference, which came along, else by theirs; held until the end."""
    rows = Message.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(reference=report.reference).first() if report.reference else None
    return found or rows.filter(provider_id=report.provider_id).first()


def _go_on(message: Message, state: MessageState, report: StatusReport) -> None:
    """Its time is written whatever comes first; the state only goes on. One of which nobody knew is known now."""
    changed: dict[str, Any] = {}
    since = _SINCE[state]
    if getattr(message, since) is None:
        changed[since] = _moment(report)
    if _place(message.state) < _place(state):
        changed |= {"state": state, "held_until": None, "problem": ""}
    if not message.provider_id:
        changed["provider_id"] = report.provider_id
    if changed:
        Message.objects.filter(pk=message.pk).update(**changed)


def _place(state: str) -> int:
    """How far it has come; what stands outside of the way (waiting, by hand) is before it, what was withdrawn beyond."""
    if state == MessageState.WITHDRAWN:
        return len(PROGRESS)
    return PROGRESS.index(MessageState(state)) if state in PROGRESS else -1


def _fail(message: Message, report: StatusReport) -> None:
    """It was taken and could not be delivered: it is left to hands. Of a try that was not the last, and of one that a volunteer
    has sent since, it says nothing any more."""
    is_of_another_try = message.provider_id not in ("", report.provider_id)
    is_on_its_way = (
        message.state in (MessageState.SENDING, MessageState.SENT) and message.channel != Channel.IN_APP
    )
    if not is_on_its_way or is_of_another_try or message.sent_by is not None:
        return
    Message.objects.filter(pk=message.pk).update(
        held_until=None, problem=report.problem or "whatsapp failed", cost=0, **left(message, timezone.now())
    )
    give_back(message.cost, message.spent_on)


def _moment(report: StatusReport) -> datetime:
    return datetime.fromtimestamp(report.seconds, UTC)
