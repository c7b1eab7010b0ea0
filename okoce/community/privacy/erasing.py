"""Carrying out what is due: each person by herself, so that one who cannot be erased yet keeps nobody waiting."""

import structlog
from django.utils import timezone

from okoce.community.privacy.actions.account_rights import carry_out_account_erasure
from okoce.community.privacy.actions.erasures import carry_out_erasure
from okoce.community.privacy.models import ErasureRequest
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import DomainError

log = structlog.get_logger(__name__)


def carry_out_due() -> int:
    """Erase everybody whose days of thinking it over are past; answers how many. What nobody foresaw with one of them is
    raised when all the others are through."""
    actor, erased = Actor.system("erasure"), 0
    unforeseen: Exception | None = None
    due = ErasureRequest.objects.waiting().filter(not_before__lte=timezone.now())
    for request in due.order_by("not_before"):
        try:
            is_account = request.member_id is None
            erased += (carry_out_account_erasure if is_account else carry_out_erasure)(actor, request)
        except DomainError as refusal:
            log.warning("erasure waits", request_id=request.pk, reason=refusal.code)
        except Exception as problem:
            log.exception("erasure failed", request_id=request.pk)
            unforeseen = unforeseen or problem
    if unforeseen is not None:
        raise unforeseen
    return erased
