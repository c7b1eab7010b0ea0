"""A number or rule that holds from a day on, written down once: another day has another version, and none is changed."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import Conflict

Version = TypeVar("Version", bound=models.Model)


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
