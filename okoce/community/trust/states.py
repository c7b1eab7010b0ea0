from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateEnd(models.TextChoices):
    """Why a certificate is no longer valid."""

    LOST = "lost", _("Lembarnya hilang")
    COPIED = "copied", _("Dipakai pihak lain")
    RENAMED = "renamed", _("Nama atau wilayah komunitas berubah")
    MISTAKE = "mistake", _("Terbit karena keliru")


class NameState(models.TextChoices):
    """How a permission to use the name stands on a day; derived from its days."""

    COMING = "coming", _("Belum mulai")
    HOLDS = "holds", _("Berlaku")
    ENDED = "ended", _("Habis masanya")
    WITHDRAWN = "withdrawn", _("Dicabut")


def name_state(day: date, from_on: date, until_on: date | None, withdrawn_on: date | None) -> NameState:
    """`until_on` is the last day on which it holds, as everybody reads it."""
    if withdrawn_on is not None:
        return NameState.WITHDRAWN
    if until_on is not None and until_on < day:
        return NameState.ENDED
    return NameState.COMING if from_on > day else NameState.HOLDS
