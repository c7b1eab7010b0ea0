"""Closed sets of the dashboards: where an export stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Menunggu giliran")
    RUNNING = "running", _("Sedang disusun")
    DONE = "done", _("Siap diunduh")
    CANCELLED = "cancelled", _("Dibatalkan")
    FAILED = "failed", _("Gagal")


class ExportFormat(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("XLSX")


_OVER = {ExportState.CANCELLED, ExportState.FAILED}
EXPORT = StateMachine(
    ExportState,
    {
        ExportState.WAITING: {ExportState.RUNNING, *_OVER},
        ExportState.RUNNING: {ExportState.DONE, *_OVER},
    },
)
BUSY = frozenset({ExportState.WAITING, ExportState.RUNNING})
