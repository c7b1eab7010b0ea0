"""The seven stages and the closed sets around them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class Stage(models.IntegerChoices):
    """The stages in order. `P1` … `P7` is how the programme's own people call them."""

    P1_REGISTRATION = 1, _("Pendaftaran")
    P2_TRAINING = 2, _("Pelatihan")
    P3_MENTORING = 3, _("Pendampingan")
    P4_PERMITS = 4, _("Perizinan")
    P5_MARKETING = 5, _("Pemasaran")
    P6_BOOKKEEPING = 6, _("Pelaporan keuangan")
    P7_FINANCING = 7, _("Akses permodalan")

    @property
    def code(self) -> str:
        """`P1` … `P7`."""
        return f"P{self.value}"


class StageState(models.TextChoices):
    """What a stage record says; "not started" and "not offered" are the absence of one."""

    IN_PROGRESS = "in_progress", _("Sedang diurus")
    CLAIMED = "claimed", _("Belum diperiksa")
    COMPLETED = "completed", _("Selesai")


class EvidenceState(models.TextChoices):
    CLAIMED = "claimed", _("Belum diperiksa")
    VERIFIED = "verified", _("Diperiksa")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Dicabut")


class EvidenceOrigin(models.TextChoices):
    OFFICER = "officer", _("Petugas")
    IMPORT = "import", _("Impor")
    MEMBER = "member", _("Anggota")
    TOOL = "tool", _("Sistem")


class BatchState(models.TextChoices):
    """How far evidence is that was handed in for many people at once."""

    WAITING = "waiting", _("Menunggu giliran")
    RUNNING = "running", _("Sedang diserahkan")
    DONE = "done", _("Selesai diserahkan")
    STOPPED = "stopped", _("Dihentikan")
    FAILED = "failed", _("Gagal")


class LineState(models.TextChoices):
    """What became of it for one of them."""

    WAITING = "waiting", _("Menunggu giliran")
    TAKEN = "taken", _("Diserahkan")
    KNOWN = "known", _("Sudah ada")
    REFUSED = "refused", _("Tidak ikut")


_BATCH_OVER = {BatchState.STOPPED, BatchState.FAILED}
EVIDENCE_BATCH = StateMachine(
    BatchState,
    {
        BatchState.WAITING: {BatchState.RUNNING, *_BATCH_OVER},
        BatchState.RUNNING: {BatchState.DONE, *_BATCH_OVER},
    },
)
BUSY = frozenset({BatchState.WAITING, BatchState.RUNNING})


class LicenceKind(models.TextChoices):
    """Kinds of permit that may stand on evidence for P4; which of them complete P4 is data of the programme rule."""

    IUMK = "IUMK", _("IUMK")
    SKU = "SKU", _("SKU")
    NIB = "NIB", _("NIB")
    PIRT = "PIRT", _("P-IRT")
    HALAL = "HALAL", _("Sertifikat halal")
    OTHER = "LAINNYA", _("Izin lain")


# The kind of evidence of one visit by a mentor; three of them complete P3.
VISIT = "visit"


def evidence_kind_label(kind: str) -> str:
    """A kind of evidence as people read it; empty where it has none."""
    known = {VISIT: _("Kunjungan pendamping"), **dict(LicenceKind.choices)}
    return str(known.get(kind, kind))


class JobLevel(models.TextChoices):
    """How well a stated number of workers is known."""

    CLAIMED = "claimed", _("Menurut anggota")
    SEEN = "seen", _("Dilihat pendamping")
    DOCUMENTED = "documented", _("Ada dokumen")


class StandstillReason(models.TextChoices):
    """Why a person does not go on; one main reason per person and step."""

    NO_NPWP = "no_npwp", _("Belum punya NPWP")
    ZONE = "zone", _("Zona tempat usaha tidak sesuai")
    DOCUMENTS_MISSING = "documents_missing", _("Berkas belum lengkap")
    FORM_UNCLEAR = "form_unclear", _("Tidak paham formulir")
    NEVER_APPLIED = "never_applied", _("Belum pernah mengajukan")
    WAITING_FOR_CLASS = "waiting_for_class", _("Menunggu kelas pelatihan")
    WAITING_FOR_MENTOR = "waiting_for_mentor", _("Menunggu pendamping")
    WAITING_FOR_OFFICE = "waiting_for_office", _("Menunggu kantor izin")
    NO_TIME = "no_time", _("Tidak ada waktu")
    NOT_INTERESTED = "not_interested", _("Tidak berminat")
    STOPPED_BUSINESS = "stopped_business", _("Berhenti usaha")
    MOVED = "moved", _("Pindah")
    UNREACHABLE = "unreachable", _("Tidak bisa dihubungi")
    REFUSED_SLIK = "refused_slik", _("Ditolak bank: catatan SLIK")
    REFUSED_CAPACITY = "refused_capacity", _("Ditolak bank: kemampuan bayar")
    OTHER = "other", _("Alasan lain")
    # somebody asked, and nobody knows: noted with author and day, unlike the silence of a record without any reason
    UNKNOWN = "unknown", _("Sudah ditanya, belum diketahui")


# Whose target it is, instead of a node of the tallies: every active komunitas by itself.
EACH_GROUP = "K:*"

# What is not known of a loss: nobody asked, or somebody did and noted that nobody knows. A list may ask for either.
UNKNOWN_REASON = "unknown"
UNKNOWN_REASON_LABEL = _("Belum diketahui")
UNKNOWN_PARTS = {
    "unknown_asked": _("Belum diketahui: sudah ditanya"),
    "unknown_unasked": _("Belum diketahui: belum ditanya"),
}
# The stored reasons ("" none) that each of these stands for.
UNKNOWN_STORED = {
    UNKNOWN_REASON: ("", StandstillReason.UNKNOWN.value),
    "unknown_asked": (StandstillReason.UNKNOWN.value,),
    "unknown_unasked": ("",),
}
# As lists of people may be narrowed: those that are known, then what is not.
REASON_FILTERS: tuple[tuple[str, Any], ...] = (
    *((code, label) for code, label in StandstillReason.choices if code != UNKNOWN_REASON),
    (UNKNOWN_REASON, UNKNOWN_REASON_LABEL),
    *UNKNOWN_PARTS.items(),
)


class Metric(models.TextChoices):
    """What a target counts. The words of each are its definition, printed beside it."""

    MEMBERS = "members", _("Anggota terdaftar (P1)")
    P2_TRAINED = "p2_trained", _("Orang terlatih (P2)")
    P3_MENTORED = "p3_mentored", _("Orang didampingi (P3)")
    P4_LICENSED = "p4_licensed", _("Orang berizin usaha (P4)")
    P5_SELLING = "p5_selling", _("Orang berjualan lewat toko atau bazar (P5)")
    P6_REPORTING = "p6_reporting", _("Orang melaporkan pembukuan (P6)")
    P7_FINANCED = "p7_financed", _("Orang menerima modal (P7)")
    ENTREPRENEURS = "entrepreneurs", _("Wirausaha")
    JOBS_CLAIMED = "jobs_claimed", _("Lapangan kerja menurut anggota")
    JOBS_VERIFIED = "jobs_verified", _("Lapangan kerja yang diperiksa")
    COMMUNITIES = "communities", _("Komunitas aktif")
    ENTREPRENEURS_PER_COMMUNITY = "entrepreneurs_per_community", _("Wirausaha per komunitas")


class Grain(models.TextChoices):
    """The span of time that one row of a tally sums up."""

    DAY = "d", "day"
    MONTH = "m", "month"
    YEAR = "y", "year"
    ALL = "a", "all"
