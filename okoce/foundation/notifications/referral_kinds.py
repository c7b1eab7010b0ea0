"""Kinds of message about referrals. To offices none of them names the person: a volunteer may have to send it by hand."""

from django.utils.translation import gettext_lazy as _

from okoce.foundation.notifications.kind import NAME, STAGE, Kind, Variable

SENDER = Variable("sender", _("Yang merujuk"), "Dinas UMKM", "Dinas UMKM")
RECEIVER = Variable("partner", _("Yang menerima rujukan"), "Bank Maju", "Bank Maju")
DUE = Variable("due", _("Batas waktu"), "31 Desember 2026", "31 December 2026")
OWED = Variable("owed", _("Yang ditunggu"), "jawaban", "an answer")
REASON = Variable(
    "reason",
    _("Alasan yang tertulis"),
    "Kuota tahun ini sudah habis.",
    "This year's places are all taken.",
    tells_of_others=True,
)

REFERRAL_RECEIVED = Kind(
    "referral_received",
    _("Rujukan masuk"),
    _("Kepada narahubung mitra, begitu seseorang dirujuk ke mitranya."),
    (NAME, SENDER, RECEIVER, STAGE, DUE),
)
REFERRAL_ANSWERED = Kind(
    "referral_answered",
    _("Rujukan dijawab"),
    _("Kepada yang merujuk, begitu penerima menjawab atau mencatat hasilnya."),
    (NAME, RECEIVER, STAGE, Variable("answer", _("Jawabannya"), "diterima", "accepted")),
)
REFERRAL_TAKEN_BACK = Kind(
    "referral_taken_back",
    _("Rujukan ditarik kembali"),
    _("Kepada narahubung mitra, begitu yang merujuk menarik rujukannya."),
    (NAME, SENDER, RECEIVER, STAGE),
)
REFERRAL_LATE = Kind(
    "referral_late",
    _("Rujukan lewat batas waktu"),
    _("Kepada narahubung mitra, sekali untuk tiap batas waktu yang lewat."),
    (NAME, SENDER, RECEIVER, STAGE, OWED, DUE),
)
REFERRAL_ESCALATED = Kind(
    "referral_escalated",
    _("Rujukan yang perlu ditegur"),
    _("Kepada yang mengawasi rujukan di wilayahnya, sekali untuk tiap batas waktu yang lewat."),
    (NAME, SENDER, RECEIVER, STAGE, OWED, DUE),
)

# To the member herself: where she was sent concerns nobody who sends messages by hand.
OWN_REFERRAL_SENT = Kind(
    "own_referral_sent",
    _("Anda dirujuk"),
    _("Kepada anggota, begitu ia dirujuk dengan persetujuannya."),
    (NAME, SENDER, RECEIVER, STAGE, DUE),
    is_private=True,
)
OWN_REFERRAL_ACCEPTED = Kind(
    "own_referral_accepted",
    _("Rujukan Anda diterima"),
    _("Kepada anggota, begitu mitra menerimanya."),
    (NAME, RECEIVER, STAGE, DUE),
    is_private=True,
)
OWN_REFERRAL_DECLINED = Kind(
    "own_referral_declined",
    _("Rujukan Anda tidak diterima"),
    _("Kepada anggota, begitu mitra tidak bisa menerimanya."),
    (NAME, RECEIVER, STAGE, REASON),
    is_private=True,
)
OWN_REFERRAL_TAKEN_BACK = Kind(
    "own_referral_taken_back",
    _("Rujukan Anda ditarik kembali"),
    _("Kepada anggota, begitu yang merujuk menarik rujukannya, atau mitranya berakhir."),
    (NAME, RECEIVER, STAGE, REASON),
    is_private=True,
)
OWN_REFERRAL_CLOSED = Kind(
    "own_referral_closed",
    _("Rujukan Anda selesai"),
    _("Kepada anggota, begitu mitra mencatat hasilnya."),
    (
        NAME,
        RECEIVER,
        STAGE,
        Variable(
            "outcome", _("Hasilnya"), "menurut mereka, Anda sudah dilayani", "they say that you were served"
        ),
    ),
    is_private=True,
)

REFERRAL_KINDS = (
    REFERRAL_RECEIVED,
    REFERRAL_ANSWERED,
    REFERRAL_TAKEN_BACK,
    REFERRAL_LATE,
    REFERRAL_ESCALATED,
    OWN_REFERRAL_SENT,
    OWN_REFERRAL_ACCEPTED,
    OWN_REFERRAL_DECLINED,
    OWN_REFERRAL_TAKEN_BACK,
    OWN_REFERRAL_CLOSED,
)
