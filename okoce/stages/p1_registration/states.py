"""Closed sets of registration: where an import stands, and how far somebody is who registers herself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class ImportState(models.TextChoices):
    UNCLEAR = "unclear", _("Kolom belum jelas")
    UPLOADED = "uploaded", _("Berkas diterima")
    CHECKING = "checking", _("Sedang diperiksa")
    CHECKED = "checked", _("Sudah diperiksa")
    RUNNING = "running", _("Sedang diimpor")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")
    FAILED = "failed", _("Gagal")


_OVER = {ImportState.CANCELLED, ImportState.FAILED}
IMPORT = StateMachine(
    ImportState,
    {
        ImportState.UNCLEAR: {ImportState.UPLOADED, ImportState.CANCELLED},
        ImportState.UPLOADED: {ImportState.CHECKING, ImportState.RUNNING, *_OVER},
        ImportState.CHECKING: {ImportState.CHECKED, *_OVER},
        ImportState.CHECKED: {ImportState.UPLOADED, ImportState.CHECKING, ImportState.RUNNING, *_OVER},
        ImportState.RUNNING: {ImportState.DONE, *_OVER},
        ImportState.FAILED: {ImportState.RUNNING},
    },
)
BUSY = frozenset({ImportState.CHECKING, ImportState.RUNNING})
# Somebody may still say what its columns mean.
OPEN = frozenset({ImportState.UNCLEAR, ImportState.UPLOADED, ImportState.CHECKED})
# Of these, those whose columns say all that every row needs: they can be tried and begun.
READY = OPEN - {ImportState.UNCLEAR}


class DraftStep(models.TextChoices):
    """The blocks of the public form, in their order; a draft keeps the one that comes next."""

    CODE = "code", _("Kode")
    PERSON = "person", _("Tentang Anda")
    PLACE = "place", _("Tempat tinggal")
    WORK = "work", _("Usaha")
    GROUP = "group", _("Komunitas")
    CONSENT = "consent", _("Persetujuan")
    DONE = "done", _("Selesai")

    @property
    def place(self) -> int:
        """Its place in the order; the number itself is block 1, together with the code."""
        return list(DraftStep).index(self) + 1


class Activity(models.TextChoices):
    """What somebody does when she comes in: work status and state of the business in one question."""

    TRADING = "trading", _("Sudah jualan")
    LICENSED = "licensed", _("Sudah jualan dan punya izin")
    UNEMPLOYED = "menganggur", _("Belum usaha, sedang tidak bekerja")
    EMPLOYED = "bekerja", _("Belum usaha, sekarang bekerja")
    AT_SCHOOL = "sekolah", _("Belum usaha, masih sekolah")
    KEEPING_HOUSE = "mengurus_rumah", _("Belum usaha, mengurus rumah")

    @property
    def is_business(self) -> bool:
        return self in {Activity.TRADING, Activity.LICENSED}
