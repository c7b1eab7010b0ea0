"""Forgetting messages whose time is over."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.states import MessageState, TermCode
from okoce.foundation.notifications.terms import terms_at
from okoce.foundation.shared.models import ScopedQuerySet

AT_ONCE = 10_000


def kept_for() -> timedelta:
    """How long a message is kept, as it holds today."""
    return timedelta(days=terms_at(timezone.now())[TermCode.KEPT_DAYS])


def messages_over() -> ScopedQuerySet[Message]:
    """What is kept no longer, but nothing that still goes out."""
    rows = Message.objects.filter(at__lt=timezone.now() - kept_for())
    return rows.exclude(state__in=(MessageState.WAITING, MessageState.SENDING))


def forget_old_messages() -> int:
    """Delete messages older than the term of today, but none that still goes out; answers how many."""
    old = messages_over()
    gone = 0
    while ids := list(old.order_by("at").values_list("pk", flat=True)[:AT_ONCE]):
        gone += Message.objects.filter(pk__in=ids).delete()[0]
    return gone


def forget_messages_to(user_ids: Collection[int]) -> None:
    """Delete what was told to accounts that are gone, and how they wanted it."""
    Message.objects.filter(user_id__in=user_ids).delete()
    Preference.objects.filter(user_id__in=user_ids).delete()
