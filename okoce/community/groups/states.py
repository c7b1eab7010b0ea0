from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class GroupState(models.TextChoices):
    APPLIED = "applied", _("Mengajukan")
    ASKED = "asked", _("Diminta melengkapi")
    ACTIVE = "active", _("Aktif")
    PAUSED = "paused", _("Berhenti sementara")
    REFUSED = "refused", _("Ditolak")
    CLOSED = "closed", _("Ditutup")


class GroupKind(models.TextChoices):
    CAMPUS = "campus", _("Kampus")
    RELIGIOUS = "religious", _("Keagamaan")
    PROFESSIONAL = "professional", _("Profesi")
    REGIONAL = "regional", _("Wilayah")
    WOMEN = "women", _("Perempuan")
    OTHER = "other", _("Lainnya")


class GroupTermCode(models.TextChoices):
    QUIET_DAYS = "quiet_days", _("Sunyi sesudah berapa hari")
    QUIET_WARNING_PERCENT = "quiet_warning_percent", _("Peringatan sunyi sesudah berapa persen dari hari itu")
    FIRST_STEPS_DAYS = "first_steps_days", _("Ketua dibawa ke langkah pertama selama berapa hari")


class OfficerRole(models.TextChoices):
    CHAIR = "chair", _("Ketua")
    SECRETARY = "secretary", _("Sekretaris")
    TREASURER = "treasurer", _("Bendahara")
    MOBILISER = "mobiliser", _("Penggerak")


class NominationState(models.TextChoices):
    WAITING = "waiting", _("Menunggu sekretariat")
    APPOINTED = "appointed", _("Ditunjuk")
    DECLINED = "declined", _("Tidak disetujui")
    WITHDRAWN = "withdrawn", _("Ditarik")


@dataclass(frozen=True, slots=True)
class Term:
    """An office for a time; without an end it lasts until it is ended."""

    role: str
    from_on: date
    until_on: date | None = None


# The role of access that an office brings with it, for its own komunitas.
GRANTED = {
    OfficerRole.CHAIR: "pengurus_komunitas",
    OfficerRole.SECRETARY: "pengurus_komunitas",
    OfficerRole.TREASURER: "pengurus_komunitas",
    OfficerRole.MOBILISER: "penggerak",
}

# Offices that one person holds at a time; the constraint on officers looks at it too. Of mobilisers there are many.
ONE_AT_A_TIME = (OfficerRole.CHAIR, OfficerRole.SECRETARY, OfficerRole.TREASURER)


GROUP = StateMachine(
    GroupState,
    {
        GroupState.APPLIED: {
            GroupState.ASKED,
            GroupState.ACTIVE,
            GroupState.REFUSED,
            GroupState.CLOSED,
        },
        GroupState.ASKED: {GroupState.APPLIED, GroupState.ACTIVE, GroupState.REFUSED},
        GroupState.ACTIVE: {GroupState.PAUSED, GroupState.CLOSED},
        GroupState.PAUSED: {GroupState.ACTIVE, GroupState.CLOSED},
    },
)

# Those that the secretariat has yet to decide about.
WAITING = (GroupState.APPLIED, GroupState.ASKED)
OVER = (GroupState.REFUSED, GroupState.CLOSED)

# Why an invitation of a komunitas that was validated once leads nowhere now.
TAKES_NOBODY: dict[str, Promise] = {
    GroupState.PAUSED.value: _(
        "Komunitas %(name)s sedang berhenti sementara dan belum menerima anggota. Coba lagi nanti, atau pilih komunitas lain."
    ),
    GroupState.CLOSED.value: _("Komunitas %(name)s sudah ditutup. Pilih komunitas lain."),
}

# What the same means for whoever belongs to it.
RESTS_FOR_MEMBERS: dict[str, Promise] = {
    GroupState.PAUSED.value: _(
        "Komunitas Anda sedang berhenti sementara. Anda tetap anggotanya; cap, kartu, dan riwayat Anda tetap. Anda boleh juga pindah."
    ),
    GroupState.CLOSED.value: _(
        "Komunitas Anda sudah ditutup. Cap, kartu, dan riwayat Anda tetap; Anda boleh pindah ke komunitas lain."
    ),
}
