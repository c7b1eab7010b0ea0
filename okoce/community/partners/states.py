"""Closed sets of the partners' tables; the values are stored, the labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class PartnerKind(models.TextChoices):
    SKPD = "skpd", _("Dinas atau SKPD")
    PTSP = "ptsp", _("PTSP (pelayanan izin)")
    PLUT = "plut", _("PLUT (pusat layanan usaha)")
    MINISTRY = "ministry", _("Kementerian atau lembaga nasional")
    OFFICE = "office", _("Kantor pemerintah lain")
    BANK = "bank", _("Bank atau pemberi pinjaman")
    COMPANY = "company", _("Perusahaan")
    FOUNDATION = "foundation", _("Yayasan")
    CAMPUS = "campus", _("Kampus")
    NGO = "ngo", _("LSM atau organisasi masyarakat")
    MEDIA = "media", _("Media")


class PartnerState(models.TextChoices):
    PROPOSED = "proposed", _("Menunggu validasi")
    ASKED = "asked", _("Diminta melengkapi")
    ACTIVE = "active", _("Aktif")
    PAUSED = "paused", _("Berhenti sementara")
    REFUSED = "refused", _("Ditolak")
    CLOSED = "closed", _("Berakhir")


PARTNER = StateMachine(
    PartnerState,
    {
        PartnerState.PROPOSED: {PartnerState.ASKED, PartnerState.ACTIVE, PartnerState.REFUSED},
        PartnerState.ASKED: {PartnerState.PROPOSED, PartnerState.ACTIVE, PartnerState.REFUSED},
        PartnerState.ACTIVE: {PartnerState.PAUSED, PartnerState.CLOSED},
        PartnerState.PAUSED: {PartnerState.ACTIVE, PartnerState.CLOSED},
    },
)

# Those that the secretariat has yet to decide about.
WAITING = (PartnerState.PROPOSED, PartnerState.ASKED)

# The role of access that a contact person has: a bank's also verifies disbursements.
GRANTED = {PartnerKind.BANK: "petugas_bank"}
CONTACT_ROLE = "kontak_mitra"


class AgreementKind(models.TextChoices):
    MOU = "mou", _("Nota kesepahaman (MoU)")
    PKS = "pks", _("Perjanjian kerja sama (PKS)")


class AgreementState(models.TextChoices):
    """Where an agreement stands on a day: it follows from its days and is nowhere stored."""

    PLANNED = "planned", _("Belum mulai")
    RUNNING = "running", _("Berlaku")
    EXPIRED = "expired", _("Habis masanya")
    CUT = "cut", _("Diakhiri lebih awal")


class Ower(models.TextChoices):
    """Who promised it."""

    PARTNER = "partner", _("Mitra")
    MOVEMENT = "movement", _("Gerakan atau komunitas")


class Metric(models.TextChoices):
    """What a measurable promise counts."""

    SEATS = "seats", _("kursi pelatihan")
    MENTORS = "mentors", _("pendamping")
    PERMITS = "permits", _("izin usaha")
    PLACES = "places", _("tempat jualan")
    LOANS = "loans", _("pinjaman")
    RUPIAH = "rupiah", _("rupiah")
    PEOPLE = "people", _("orang dilayani")


class ReferralState(models.TextChoices):
    SENT = "sent", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Tidak diterima")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")
    CLOSED = "closed", _("Selesai")


REFERRAL = StateMachine(
    ReferralState,
    {
        ReferralState.SENT: {ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.WITHDRAWN},
        ReferralState.ACCEPTED: {ReferralState.CLOSED, ReferralState.WITHDRAWN},
        # consent may be withdrawn at any time, as the words say that the member heard
        ReferralState.CLOSED: {ReferralState.WITHDRAWN},
    },
)
# How a page draws each.
TONES = {
    ReferralState.SENT.value: "waiting",
    ReferralState.ACCEPTED.value: "lit",
    ReferralState.CLOSED.value: "verified",
    ReferralState.DECLINED.value: "stuck",
    ReferralState.WITHDRAWN.value: "",
}
# Somebody still has to do something about it.
OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)
# Nothing came of it: the receiver has no more to do with the person.
IN_VAIN = (ReferralState.DECLINED, ReferralState.WITHDRAWN)


class ReferralTermCode(models.TextChoices):
    """What is given so many days."""

    ANSWER = "answer", _("Hari untuk menjawab rujukan")
    OUTCOME = "outcome", _("Hari untuk mencatat hasilnya, sejak diterima")


class ReferralOutcome(models.TextChoices):
    """What came of it, as the receiver says."""

    SERVED = "served", _("Sudah dilayani")
    UNSUITED = "unsuited", _("Tidak cocok dengan kebutuhannya")
    ABSENT = "absent", _("Orangnya tidak datang atau tidak bisa dihubungi")


class ConsentWay(models.TextChoices):
    """How the member agreed to be referred."""

    PRESENT = "present", _("Langsung, di depan petugas")
    PHONE = "phone", _("Lewat telepon atau WhatsApp")
    WRITTEN = "written", _("Dengan surat bertanda tangan")


class ConsentGiver(models.TextChoices):
    """Who agreed."""

    MEMBER = "member", _("Anggota sendiri")
    GUARDIAN = "guardian", _("Orang tua atau walinya")
