"""Photos that come with a ticket: kept as pictures without anything that hides in a file, forgotten with their rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from okoce.community.tickets.models import Entry, Photo
from okoce.community.tickets.states import TermCode
from okoce.community.tickets.terms import term_at
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.pictures import LEGIBLE, Picture, forget_picture, store_picture

FIELD = "photos"
Sent = Sequence[Iterable[bytes]]


def attach_photos(entry: Entry, sent: Sent, region: str, now: datetime) -> None:
    """Keep what came with a line. Refuses more than a ticket may have, and what is no photo or too large; of these nothing stays."""
    if not sent:
        return
    has, most = (
        Photo.objects.filter(ticket=entry.ticket_id).count(),
        term_at(TermCode.PHOTOS_MOST, region, now),
    )
    if has + len(sent) > most:
        sentence = _("Paling banyak %s foto pada satu laporan. Pilih yang paling penting.") % most
        raise Invalid([FieldError(FIELD, sentence)])
    megabytes = term_at(TermCode.PHOTO_MEGABYTES, region, now)
    kept: list[Picture] = []
    try:
        for chunks in sent:
            picture = store_picture(chunks, FIELD, most_megabytes=megabytes, large_size=LEGIBLE)
            kept.append(picture)  # one by one: those before a refused one are known
        Photo.objects.bulk_create(
            Photo(ticket=entry.ticket, entry=entry, name=one.name, width=one.width, height=one.height)
            for one in kept
        )
    except Exception:
        for one in kept:
            forget_picture(one.name)
        raise


def forget_photos(photos: QuerySet[Photo]) -> None:
    """Their rows now, their files as soon as that holds."""
    names = list(photos.values_list("name", flat=True))
    photos.delete()
    for name in names:
        transaction.on_commit(partial(forget_picture, name))
