from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class BranchState(models.TextChoices):
    PLANNED = "planned", _("Direncanakan")
    ACTIVE = "active", _("Aktif")
    PAUSED = "paused", _("Berhenti sementara")
    CLOSED = "closed", _("Ditutup")


BRANCH = StateMachine(
    BranchState,
    {
        BranchState.PLANNED: {BranchState.ACTIVE, BranchState.CLOSED},
        BranchState.ACTIVE: {BranchState.PAUSED, BranchState.CLOSED},
        BranchState.PAUSED: {BranchState.ACTIVE, BranchState.CLOSED},
    },
)


class Organ(models.TextChoices):
    BOARD = "board", _("Dewan pengurus")
    SECRETARIAT = "secretariat", _("Sekretariat")
    DIRECTORATE = "directorate", _("Direktorat")


class SupportKind(models.TextChoices):
    VISIT = "visit", _("Kunjungan")
    TRAINERS = "trainers", _("Pelatihan untuk pelatih")
    ACCOMPANYING = "accompanying", _("Pendampingan komunitas")


class TermCode(models.TextChoices):
    UNVISITED_DAYS = "unvisited_days", _("Belum ditengok sesudah berapa hari")
    ENDING_DAYS = "ending_days", _("Masa jabatan segera habis, berapa hari sebelumnya")
    FIRST_NOTICE_DAYS = (
        "first_notice_days",
        _("Pemberitahuan pertama, berapa hari sebelum masa jabatan habis"),
    )
    SECOND_NOTICE_DAYS = (
        "second_notice_days",
        _("Pemberitahuan kedua, berapa hari sebelum masa jabatan habis"),
    )
    LAST_NOTICE_DAYS = "last_notice_days", _("Pemberitahuan terakhir, berapa hari sebelum masa jabatan habis")


NOTICES = (TermCode.LAST_NOTICE_DAYS, TermCode.SECOND_NOTICE_DAYS, TermCode.FIRST_NOTICE_DAYS)
