"""Closed sets of the common tables; the values are stored, the labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Applies(models.TextChoices):
    """What somebody applies for."""

    GROUP = "group", _("Komunitas")
    PARTNER = "partner", _("Mitra")


class ApplicationTermCode(models.TextChoices):
    MOST_WAITING = "most_waiting", _("Pengajuan satu nomor yang boleh menunggu bersamaan")
    MOST_FILED = "most_filed", _("Pengajuan baru satu nomor dalam satu masa")
    FILED_DAYS = "filed_days", _("Panjang masa itu dalam hari")
    UNFINISHED_DAYS = "unfinished_days", _("Pengajuan yang tidak dilengkapi berakhir sesudah berapa hari")
    CONTACT_DAYS = "contact_days", _("Kontak pengajuan yang ditolak disimpan berapa hari")
    ENDED_CONTACT_DAYS = (
        "ended_contact_days",
        _("Kontak pendiri komunitas yang ditutup dan mitra yang berakhir disimpan berapa hari"),
    )
