"""A number or rule that holds from a day on, written down once: another day has another version, and none is changed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_SOURCE = 300
Version = TypeVar("Version", bound=models.Model)


def checked_source(source: str, from_on: date, *others: FieldError | None) -> str:
    """By what a version was decided, as it is stored. Refuses one that does not begin tomorrow or later, and one that says nothing
    of that; together with what is wrong with its `others`, every wrong field at once."""
    errors = [error for error in others if error is not None]
    if from_on <= today_wib():
        errors.append(
            FieldError("from_on", _("Yang sudah berlaku tidak berubah. Pilih besok atau sesudahnya."))
        )
    read = clean_text(source, LONGEST_SOURCE)
    if isinstance(read, Unreadable):
        errors.append(FieldError("source", f"{read.reason} {read.suggestion}"))
    elif not read:
        errors.append(FieldError("source", _("Bagian ini kosong. Isi dulu.")))
    if errors:
        raise Invalid(errors)
    return str(read)


def code_problem(code: str, known: Collection[str]) -> FieldError | None:
    """What is wrong with the code of a number, if anything."""
    return None if code in known else FieldError("code", _("Pilih salah satu."))


def days_problem(field: str, days: int, most: int) -> FieldError | None:
    """What is wrong with a number of days, if anything."""
    if 0 < days <= most:
        return None
    return FieldError(field, _("Tulis jumlah hari, dari 1 sampai %s.") % most)


def write_version(row: Version, says: Sequence[str], taken: str) -> tuple[Version, bool]:
    """Store a version with `code` and `from_on`; of one that stands already with the same words (the fields `says`) that one, and
    False. Within a deed. Refuses with `taken`, a sentence with %s for the day, beside `from_on` where something else was decided."""
    wanted = {name: getattr(row, name) for name in ("code", "from_on", *says)}
    same = type(row)._default_manager.filter(**wanted).first()
    if same is not None:
        return same, False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(taken % day_in_words(wanted["from_on"]), field="from_on") from error
    return row, True
