"""What can be told, how a ticket stands, what happens to it, and the terms that a decision sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class TicketKind(models.TextChoices):
    IMPOSTOR = "impostor", _("Orang atau kelompok palsu")
    COMPLAINT = "complaint", _("Keluhan")
    QUESTION = "question", _("Pertanyaan")


class TicketState(models.TextChoices):
    NEW = "new", _("Baru masuk")
    TAKEN = "taken", _("Sedang ditangani")
    ASKED = "asked", _("Menunggu pelapor")
    ANSWERED = "answered", _("Sudah dijawab")
    CLOSED = "closed", _("Ditutup")


class TicketEnd(models.TextChoices):
    """How a ticket was closed."""

    SOLVED = "solved", _("Pelapor menyatakan selesai")
    REASON = "reason", _("Petugas menutup dengan alasan")
    QUIET = "quiet", _("Sudah dijawab, pelapor tidak menulis lagi")
    ERASED = "erased", _("Pelapor menghapus datanya")
    SILENT = "silent", _("Ditanya balik, pelapor tidak menjawab")


class Voice(models.TextChoices):
    """Who speaks in a line of a ticket."""

    SENDER = "sender", _("Pelapor")
    OFFICE = "office", _("Petugas")
    HOUSE = "house", _("Sistem")


class EntryKind(models.TextChoices):
    """What happened to a ticket, as its sender reads it."""

    SENT = "sent", _("Laporan diterima")
    ADDED = "added", _("Keterangan pelapor")
    TAKEN = "taken", _("Mulai ditangani")
    ANSWERED = "answered", _("Jawaban")
    ASKED = "asked", _("Pertanyaan balik")
    HANDED_OVER = "handed_over", _("Diteruskan")
    ESCALATED = "escalated", _("Naik satu tingkat, karena waktunya habis")
    SENT_UP = "sent_up", _("Naik, karena kembali ke tempat yang pernah memegangnya")
    REOPENED = "reopened", _("Dibuka lagi oleh pelapor")
    CLOSED = "closed", _("Ditutup")


class TermCode(models.TextChoices):
    """What `TicketTerm` says, and in which unit."""

    IMPOSTOR_HOURS = "impostor_hours", _("Dalam berapa jam laporan pemalsuan dijawab")
    COMPLAINT_HOURS = "complaint_hours", _("Dalam berapa jam keluhan dijawab")
    QUESTION_HOURS = "question_hours", _("Dalam berapa jam pertanyaan dijawab")
    STEP_HOURS = "step_hours", _("Berapa jam tiap tingkat berikutnya punya waktu")
    PASSED_TIMES = (
        "passed_times",
        _("Sesudah berapa kali diteruskan laporan yang kembali ke tempat semula naik"),
    )
    REOPEN_DAYS = "reopen_days", _("Berapa hari sesudah dijawab laporan boleh dibuka lagi")
    SILENT_DAYS = "silent_days", _("Sesudah berapa hari tanpa balasan pelapor laporan ditutup")
    KEPT_DAYS = "kept_days", _("Berapa hari laporan yang ditutup disimpan")
    NETWORK_HOUR = "network_hour", _("Berapa laporan sejam dari satu jaringan")
    NETWORK_DAY = "network_day", _("Berapa laporan sehari dari satu jaringan")
    SENDER_DAY = "sender_day", _("Berapa laporan sehari dari satu nomor atau anggota")
    PHOTOS_MOST = "photos_most", _("Berapa foto paling banyak pada satu laporan")
    PHOTO_MEGABYTES = "photo_megabytes", _("Berapa MB paling besar satu foto")
    WORDS_DAY = "words_day", _("Berapa keterangan sehari dari pelapor pada satu laporan")


HOURS_OF = {
    TicketKind.IMPOSTOR: TermCode.IMPOSTOR_HOURS,
    TicketKind.COMPLAINT: TermCode.COMPLAINT_HOURS,
    TicketKind.QUESTION: TermCode.QUESTION_HOURS,
}
# Their clock runs: the movement owes an answer.
RUNNING = (TicketState.NEW, TicketState.TAKEN)
OPEN = (*RUNNING, TicketState.ASKED)

TICKET = StateMachine(
    TicketState,
    {
        TicketState.NEW: {
            TicketState.TAKEN,
            TicketState.ASKED,
            TicketState.ANSWERED,
            TicketState.CLOSED,
        },
        TicketState.TAKEN: {
            TicketState.NEW,
            TicketState.ASKED,
            TicketState.ANSWERED,
            TicketState.CLOSED,
        },
        TicketState.ASKED: {
            TicketState.NEW,
            TicketState.TAKEN,
            TicketState.ANSWERED,
            TicketState.CLOSED,
        },
        TicketState.ANSWERED: {TicketState.NEW, TicketState.CLOSED},
        TicketState.CLOSED: {TicketState.NEW},
    },
)
