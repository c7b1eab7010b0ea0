"""What can be looked at, and the terms that a law or a decision sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class LookedAt(models.TextChoices):
    """The page of a person that an officer opened, in words for the person herself."""

    PERSON = "person", _("Halaman data Anda")
    HISTORY = "history", _("Riwayat Anda")
    CARD = "card", _("Kartu anggota Anda")
    CORRECTION = "correction", _("Formulir untuk membetulkan data Anda")
    DUPLICATE = "duplicate", _("Pemeriksaan catatan ganda")
    REQUEST = "request", _("Permintaan Anda tentang data")
    REFERRAL = "referral", _("Rujukan Anda")
    CONSENTS = "consents", _("Izin yang Anda berikan")
    TICKET = "ticket", _("Foto pada laporan Anda")
    API = "api", _("Data Anda, lewat program komputer petugas")
    NIK = "nik", _("NIK Anda secara lengkap")


class AccountLookedAt(models.TextChoices):
    """The page with the contact of whoever has an account alone, in words for herself."""

    ACCOUNT = "account", _("Akun Anda, di meja pelindungan data")
    REQUEST = "request", _("Permintaan Anda tentang data")
    GROUP = "group", _("Kontak Anda, di halaman komunitas yang Anda ajukan")
    PARTNER = "partner", _("Kontak Anda, di halaman mitra")
    TICKET = "own_ticket", _("Laporan Anda")


class ErasureOrigin(models.TextChoices):
    """How somebody asked to be erased."""

    OWN = "own", _("Diminta sendiri di halamannya")
    WRITTEN = "written", _("Diminta dengan surat")


class RequestKind(models.TextChoices):
    """What somebody asks of the data officer that no button of her own page does."""

    ACCESS = "access", _("Penjelasan atau salinan data saya")
    CORRECT = "correct", _("Data saya keliru, dan saya tidak bisa membetulkannya sendiri")
    RESTRICT = "restrict", _("Batasi pemakaian data saya")
    WITHDRAW = "withdraw", _("Tarik persetujuan saya")
    OBJECT = "object", _("Saya keberatan atas sesuatu dengan data saya")
    OTHER = "other", _("Pertanyaan lain tentang data saya")


class RequestOrigin(models.TextChoices):
    """How a question about her data came in."""

    OWN = "own", _("Dari halamannya sendiri")
    WRITTEN = "written", _("Lewat surat atau lisan di kantor")


class TermCode(models.TextChoices):
    """What `PrivacyTerm` says, and in which unit."""

    LOOKS_KEPT_DAYS = "looks_kept_days", _("Berapa hari catatan siapa yang melihat data disimpan")
    NIK_A_DAY = "nik_a_day", _("Berapa NIK lengkap boleh dibuka satu petugas dalam sehari")
    ERASURE_WAIT_DAYS = "erasure_wait_days", _("Berapa hari tunggu sebelum data dihapus")
    REQUEST_HOURS = "request_hours", _("Dalam berapa jam permintaan tentang data dijawab")
    BREACH_HOURS = "breach_hours", _("Dalam berapa jam kebocoran data diberitahukan")
    OFFICE_NAME_DAYS = (
        "office_name_days",
        _("Berapa hari sesudah tugasnya berakhir nama petugas yang akunnya dihapus disimpan"),
    )


class Audience(models.TextChoices):
    """Who is told of a breach."""

    SUBJECT = "subject", _("Orang yang datanya bocor")
    AGENCY = "agency", _("Lembaga pelindungan data pribadi")


class BreachState(models.TextChoices):
    NOTICED = "noticed", _("Diketahui, belum diberitahukan")
    NOTIFIED = "notified", _("Sudah diberitahukan")
    CLOSED = "closed", _("Selesai ditangani")


BREACH = StateMachine(
    BreachState,
    {BreachState.NOTICED: {BreachState.NOTIFIED}, BreachState.NOTIFIED: {BreachState.CLOSED}},
)
