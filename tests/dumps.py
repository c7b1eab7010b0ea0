"""The whole database as text, also what is sealed in it, to look for what must not stand there any more."""

import json
from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connection, models

from okoce.community.members.actions.entry import NIK_PURPOSE
from okoce.community.tickets.sealing import ABOUT, PHONE, WORDS
from okoce.foundation.accounts.lockout import LOCKED_PHONE
from okoce.foundation.api.idempotency import PURPOSE as ANSWERS
from okoce.foundation.events.ciphers import unseal, unwrap
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.notifications.composing import PURPOSE as VARIABLES
from okoce.foundation.shared.keys import decrypt
from okoce.pipeline.merges import Journal
from okoce.stages.p1_registration.applications.answers import PURPOSE as DRAFTS

_TABLES = """
SELECT quote_ident(table_name) FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""


def _opening(purpose: str) -> Callable[[bytes], str]:
    return lambda sealed: decrypt(purpose, sealed).decode()


def _journal(sealed: bytes) -> str:
    journal = Journal.opened(sealed)
    return json.dumps([list(journal.before.values()), list(journal.after.values())])


# What opens each sealed column with the installation's keys.
OPENED: dict[str, Callable[[bytes], str]] = {
    "members.Member.nik_encrypted": _opening(NIK_PURPOSE),
    "tickets.Ticket.about_encrypted": _opening(ABOUT),
    "tickets.Ticket.phone_encrypted": _opening(PHONE),
    "tickets.Entry.words_encrypted": _opening(WORDS),
    "accounts.Guessing.phone_encrypted": _opening(LOCKED_PHONE),
    "api.IdempotentAnswer.answer": _opening(ANSWERS),
    "notifications.Message.variables_encrypted": _opening(VARIABLES),
    "pipeline.Merge.journal": _journal,
    "registration.RegistrationDraft.answers": _opening(DRAFTS),
}
NOT_OPENED = {
    "events.Event.changes": "opened with the key of its subject",
    "events.SubjectKey.wrapped": "such a key",
    "tickets.Ticket.sent_from": "a hash of a network",
}


def sealed_columns() -> set[str]:
    """The columns that hold more than a hash."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and not field.name.endswith("hash")
    }


def rows_of_all_tables() -> Iterator[tuple[str, bytes]]:
    """Table and row, every column as COPY writes it; bytes come as hexadecimal digits."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for row in copy:
                    yield table, bytes(row)


def all_that_opens() -> Iterator[tuple[str, str]]:
    """Table and text of whatever is sealed and can be opened."""
    for column, open_it in OPENED.items():
        label, _dot, name = column.rpartition(".")
        model = apps.get_model(label)
        for sealed in model._base_manager.exclude(**{name: None}).values_list(name, flat=True):
            if bytes(sealed):
                yield model._meta.db_table, open_it(bytes(sealed))
    keys = {(key.subject_type, key.subject_id): unwrap(key.wrapped) for key in SubjectKey.objects.all()}
    for event in Event.objects.filter(changes__isnull=False):
        key = keys.get((event.subject_type, event.subject_id or 0))
        if key is not None:
            yield Event._meta.db_table, json.dumps(unseal(key, event.changes or b""), ensure_ascii=False)


def tables_that_show(*sought: str) -> set[str]:
    """The tables in which one of these texts stands in the clear or as bytes, in whatever case."""
    plain = [text.casefold().encode() for text in sought]
    needles = [*plain, *(text.encode().hex().encode() for text in sought)]
    return {
        table
        for table, row in rows_of_all_tables()
        if any(needle in row.decode(errors="replace").casefold().encode() for needle in needles)
    }


def tables_that_hold(*sought: str) -> set[str]:
    """Those, and the tables in which one of the texts is sealed so that it can be opened."""
    opened = {
        table for table, text in all_that_opens() if any(one.casefold() in text.casefold() for one in sought)
    }
    return tables_that_show(*sought) | opened
