"""Answers that are kept for a day may name a person."""

from django.db import connection

from okoce.foundation.api.idempotency import PURPOSE
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told
from okoce.foundation.personal.traces import is_named_in
from okoce.foundation.shared.keys import decrypt

not_told("api.IdempotentAnswer", "a copy of what the records say, for a day, for the program that asked")


_KEPT = "SELECT id, answer FROM api_idempotentanswer WHERE answer IS NOT NULL"
_BLANK = "UPDATE api_idempotentanswer SET request_hash = '', status = NULL, answer = NULL WHERE id = ANY(%s)"


@forgets("api.IdempotentAnswer")
def _(person: Person) -> None:
    """The key stays taken, so that a repetition brings nobody back: it is answered as a key of something else."""
    with connection.chunked_cursor() as cursor:  # a day of a busy program is not for the memory
        cursor.execute(_KEPT)
        about = [pk for pk, answer in cursor if is_named_in(person, decrypt(PURPOSE, bytes(answer)))]
    with connection.cursor() as cursor:
        cursor.execute(_BLANK, [about])
