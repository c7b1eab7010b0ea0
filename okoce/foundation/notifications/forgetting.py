"""Forgetting messages whose time is over."""

from datetime import timedelta

from django.utils import timezone

from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.states import MessageState, TermCode
from okoce.foundation.notifications.terms import terms_at

AT_ONCE = 10_000


def forget_old_messages() -> int:
    """Delete messages older than the term of today, but none that still goes out; answers how many."""
    now = timezone.now()
    limit = now - timedelta(days=terms_at(now)[TermCode.KEPT_DAYS])
    old = Message.objects.filter(at__lt=limit).exclude(state__in=(MessageState.WAITING, MessageState.SENDING))
    gone = 0
    while ids := list(old.order_by("at").values_list("pk", flat=True)[:AT_ONCE]):
        gone += Message.objects.filter(pk__in=ids).delete()[0]
    return gone
