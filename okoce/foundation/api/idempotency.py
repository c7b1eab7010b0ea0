"""Repeated writes: the same key and body give the same answer and no second record; another body gives 409.

The note and the deed are one transaction, so that either both stand or neither. A second request with the same key waits at
the unique index until the first has ended, then reads its answer. Refusals are not kept: they change nothing.
"""

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.responses import NinjaJSONEncoder

from okoce.foundation.api.models import IdempotentAnswer
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.keys import decrypt, encrypt

KEPT = timedelta(hours=24)
LONGEST_KEY = 200
PURPOSE = "api.idempotency"

# An operation gives its status and its answer (a schema or plain data).
Operation = Callable[..., tuple[int, Any]]


def idempotent(operation: str) -> Callable[[Operation], Callable[..., HttpResponse]]:
    """Honour the header `Idempotency-Key` for one write operation."""

    def honour(write: Operation) -> Callable[..., HttpResponse]:
        @functools.wraps(write)
        def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = request.headers.get("Idempotency-Key", "")
            if not key:
                return _respond(*_render(write(request, *args, **kwargs)))
            _check_key(key)
            return _respond(*_answer_once(request, operation, key, lambda: _render(write(request, *args, **kwargs))))

        return once

    return honour


def _check_key(key: str) -> None:
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid(
            [FieldError("Idempotency-Key", _("Kunci pengulangan paling panjang %s huruf biasa. Pakai UUID.") % LONGEST_KEY)]
        )


def _answer_once(
    request: HttpRequest, operation: str, key: str, write: Callable[[], tuple[int, bytes]]
) -> tuple[int, bytes]:
    caller = request.actor.label  # type: ignore[attr-defined]  # see accounts.requests
    request_hash = hashlib.sha256(request.method.encode() + request.path.encode() + request.body).digest()
    with transaction.atomic():
        note, is_new = _take_note(caller, operation, key, request_hash)
        if not is_new:
            if bytes(note.request_hash) != request_hash:
                raise Conflict(
                    _("Kunci pengulangan ini sudah dipakai untuk isi lain. Pakai kunci baru untuk permintaan baru."),
                    code="idempotency_key_reused",
                )
            return int(note.status or 200), decrypt(PURPOSE, bytes(note.answer or b""))
        status, answer = write()
        IdempotentAnswer.objects.filter(pk=note.pk).update(status=status, answer=encrypt(PURPOSE, answer))
    return status, answer


def _take_note(caller: str, operation: str, key: str, request_hash: bytes) -> tuple[IdempotentAnswer, bool]:
    place = {"caller": caller, "operation": operation, "key": key}
    IdempotentAnswer.objects.filter(**place, created_at__lt=timezone.now() - KEPT).delete()
    return IdempotentAnswer.objects.get_or_create(**place, defaults={"request_hash": request_hash})


def _render(result: tuple[int, Any]) -> tuple[int, bytes]:
    status, answer = result
    data = answer.model_dump(mode="json") if hasattr(answer, "model_dump") else answer
    return status, json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False).encode()


def _respond(status: int, answer: bytes) -> HttpResponse:
    return HttpResponse(answer, status=status, content_type="application/json; charset=utf-8")


def forget_old_answers() -> int:
    """Delete answers older than a day; returns how many."""
    deleted, _per_table = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted
