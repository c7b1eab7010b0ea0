"""Repeated writes: the same key and body give the same answer and no second record; another body gives 409.

The note and the deed are one transaction, so that either both stand or neither. A second request with the same key waits at
the unique index until the first has ended, then reads its answer. Refusals are not kept: they change nothing.
"""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from okoce.foundation.access.door import joined_to_deed
from okoce.foundation.api.answers import respond, to_json
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.keys import decrypt, encrypt
from okoce.foundation.shared.statements import run_prepared

HEADER = "Idempotency-Key"
KEPT_HOURS = 24
LONGEST_KEY = 200
PURPOSE = "api.idempotency"

# An operation gives its status and its answer.
Operation = Callable[..., tuple[int, BaseModel]]

# What the OpenAPI document says of an operation that honours the header.
REPEATABLE: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": False,
            "description": (
                "Key of repetition, for example a UUID. The same key and body give the same answer and no second record"
                f" ({KEPT_HOURS} hours, per caller and operation); the same key with another body is answered 409."
            ),
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        }
    ]
}

# A note older than a day is taken over as if it were not there. The row stays locked until the end of the transaction.
_TAKE = f"""
INSERT INTO api_idempotentanswer AS note (caller, operation, key, request_hash, created_at)
VALUES (%(caller)s, %(operation)s, %(key)s, %(hash)s, now())
ON CONFLICT (caller, operation, key) DO UPDATE
  SET request_hash = excluded.request_hash, status = NULL, answer = NULL, created_at = now()
  WHERE note.created_at < now() - interval '{KEPT_HOURS} hours'
RETURNING id
"""
_READ = """
SELECT request_hash, status, answer FROM api_idempotentanswer
WHERE caller = %(caller)s AND operation = %(operation)s AND key = %(key)s
"""
_KEEP = "UPDATE api_idempotentanswer SET status = %(status)s, answer = %(answer)s WHERE id = %(id)s"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request under one key."""

    caller: str
    operation: str
    key: str
    hash: bytes

    def place(self) -> dict[str, Any]:
        return {"caller": self.caller, "operation": self.operation, "key": self.key}


def idempotent(operation: str) -> Callable[[Operation], Callable[..., HttpResponse]]:
    """Honour the header `Idempotency-Key` for one write operation; declare it with `openapi_extra=REPEATABLE`."""

    def honour(write: Operation) -> Callable[..., HttpResponse]:
        @functools.wraps(write)
        def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            def deed() -> tuple[int, bytes]:
                status, answer = write(request, *args, **kwargs)
                return status, to_json(answer)

            key = request.headers.get(HEADER, "")
            if not key:
                return respond(*deed())
            _check_key(key)
            return respond(*_answer_once(_asked(request, operation, key), deed))

        return once

    return honour


def _check_key(key: str) -> None:
    if len(key) > LONGEST_KEY or not key.isprintable():
        sentence = _("Kunci pengulangan paling panjang %s huruf biasa. Pakai UUID.") % LONGEST_KEY
        raise Invalid([FieldError(HEADER, sentence)])


def _asked(request: HttpRequest, operation: str, key: str) -> _Asked:
    caller: str = request.actor.label  # type: ignore[attr-defined]  # see accounts.requests
    told = b"\0".join((str(request.method).encode(), request.get_full_path().encode(), request.body))
    return _Asked(caller, operation, key, hashlib.sha256(told).digest())


def _answer_once(asked: _Asked, deed: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    with joined_to_deed():
        note = _take_note(asked)
        if note is None:
            return _answer_of(asked)
        status, answer = deed()
        _keep(note, status, answer)
    return status, answer


def _take_note(asked: _Asked) -> int | None:
    """The id of a fresh note, or None where this key has been answered already."""
    taken = run_prepared(_TAKE, {**asked.place(), "hash": asked.hash})
    return int(taken[0][0]) if taken else None


def _answer_of(asked: _Asked) -> tuple[int, bytes]:
    [(request_hash, status, answer)] = run_prepared(_READ, asked.place())
    if bytes(request_hash) != asked.hash:
        sentence = _(
            "Kunci pengulangan ini sudah dipakai untuk isi lain. Pakai kunci baru untuk permintaan baru."
        )
        raise Conflict(sentence, code="idempotency_key_reused")
    return int(status), decrypt(PURPOSE, bytes(answer))


def _keep(note: int, status: int, answer: bytes) -> None:
    kept = {"id": note, "status": status, "answer": encrypt(PURPOSE, answer)}
    run_prepared(_KEEP, kept)


def forget_old_answers() -> int:
    """Delete answers older than a day; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM api_idempotentanswer WHERE created_at < now() - interval '{KEPT_HOURS} hours'"
        )
        return int(cursor.rowcount)
