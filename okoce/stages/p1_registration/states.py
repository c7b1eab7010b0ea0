"""Closed sets of registration: where an import stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class ImportState(models.TextChoices):
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
        ImportState.UPLOADED: {ImportState.CHECKING, ImportState.RUNNING, *_OVER},
        ImportState.CHECKING: {ImportState.CHECKED, *_OVER},
        ImportState.CHECKED: {ImportState.CHECKING, ImportState.RUNNING, *_OVER},
        ImportState.RUNNING: {ImportState.DONE, *_OVER},
        ImportState.FAILED: {ImportState.RUNNING},
    },
)
BUSY = frozenset({ImportState.CHECKING, ImportState.RUNNING})
