"""Every kind of message there is. The words themselves are versions in the database."""

from django.utils.translation import gettext_lazy as _

from okoce.foundation.notifications.kind import NAME, STAGE, Kind, Variable
from okoce.foundation.notifications.referral_kinds import REFERRAL_KINDS

ORDER = Variable(
    "order",
    _("Langkah berikutnya"),
    "Terima 3 kunjungan pendamping",
    "Receive 3 visits of a mentor",
)
DUE = Variable("due", _("Tanggal langkah berikutnya"), "31 Desember 2026", "31 December 2026")

WELCOME = Kind(
    "welcome",
    _("Selamat datang"),
    _("Sesudah seseorang terdaftar."),
    (NAME, Variable("number", _("Nomor anggota"), "OKOCE-0000017", "OKOCE-0000017")),
    is_unasked=True,
)
NEXT_STEP = Kind(
    "next_step",
    _("Langkah berikutnya"),
    _("Sesudah satu tahap selesai."),
    (NAME, STAGE, ORDER, DUE),
    is_unasked=True,
)
STUCK = Kind(
    "stuck",
    _("Lama belum lanjut"),
    _("Bila sudah lama tidak ada tahap yang selesai."),
    (NAME, Variable("days", _("Hari sejak tahap terakhir"), "30", "30"), ORDER),
    is_unasked=True,
)
AGREEMENT_ENDING = Kind(
    "agreement_ending",
    _("Perjanjian segera berakhir"),
    _("Kepada pengurus mitra, beberapa hari sebelum akhir perjanjian."),
    (
        NAME,
        Variable("agreement", _("Nomor perjanjian"), "12/MoU/2026", "12/MoU/2026"),
        Variable("days", _("Hari tersisa"), "30", "30"),
        Variable("last", _("Hari terakhir"), "31 Desember 2026", "31 December 2026"),
    ),
)
TENURE_ENDING = Kind(
    "tenure_ending",
    _("Masa jabatan segera berakhir"),
    _(
        "Kepada yang menjabat dan kepada yang menunjuk penggantinya, beberapa hari sebelum masa jabatannya habis."
    ),
    (
        NAME,
        Variable("who", _("Yang menjabat"), "Citra Lestari", "Citra Lestari", tells_of_others=True),
        Variable("position", _("Jabatan"), "Ketua cabang", "Chair of the branch"),
        Variable("branch", _("Cabang"), "Cabang DKI Jakarta", "Cabang DKI Jakarta"),
        Variable("days", _("Hari tersisa"), "30", "30"),
        Variable("last", _("Hari terakhir"), "31 Desember 2026", "31 December 2026"),
    ),
)
DATA_ANSWERED = Kind(
    "data_answered",
    _("Permintaan data dijawab"),
    _("Sesudah permintaan tentang data pribadi dijawab."),
    (NAME,),
)
TICKET_ANSWERED = Kind(
    "ticket_answered",
    _("Laporan dibalas"),
    _("Sesudah petugas menjawab, bertanya balik, atau menutup laporan seorang anggota."),
    (NAME, Variable("number", _("Nomor laporan"), "123", "123")),
    is_private=True,  # whom it names may be the one who would send it
)
PARTNER_VALIDATED = Kind(
    "partner_validated",
    _("Mitra divalidasi"),
    _("Kepada narahubung yang mengajukan mitranya sendiri, begitu sekretariat memvalidasinya."),
    (NAME, Variable("partner", _("Nama mitra"), "Bank Maju", "Bank Maju")),
)
PARTNER_ASKED = Kind(
    "partner_asked",
    _("Pengajuan mitra perlu dilengkapi"),
    _("Kepada yang mengajukan mitranya sendiri, begitu sekretariat bertanya tentang pengajuannya."),
    (NAME, Variable("partner", _("Nama mitra"), "Bank Maju", "Bank Maju")),
)
PARTNER_REFUSED = Kind(
    "partner_refused",
    _("Pengajuan mitra ditolak"),
    _("Kepada yang mengajukan mitranya sendiri, begitu sekretariat menolak pengajuannya."),
    (
        NAME,
        Variable("partner", _("Nama mitra"), "Bank Maju", "Bank Maju"),
        Variable(
            "reason",
            _("Alasan yang tertulis"),
            "Belum ada izin usahanya.",
            "It has no business permit yet.",
            tells_of_others=True,
        ),
    ),
)
GROUP = Variable("group", _("Nama komunitas"), "Ibu Wirausaha Senen", "Ibu Wirausaha Senen")
GROUP_ASKED = Kind(
    "group_asked",
    _("Pengajuan komunitas perlu dilengkapi"),
    _("Kepada pendiri komunitas, begitu sekretariat bertanya tentang pengajuannya."),
    (NAME, GROUP),
)
GROUP_REFUSED = Kind(
    "group_refused",
    _("Pengajuan komunitas ditolak"),
    _("Kepada pendiri komunitas, begitu sekretariat menolak pengajuannya."),
    (NAME, GROUP),
)
GROUP_VALIDATED = Kind(
    "group_validated",
    _("Komunitas divalidasi"),
    _("Kepada pendiri komunitas, begitu sekretariat memvalidasinya."),
    (NAME, GROUP),
)
OFFICER_APPOINTED = Kind(
    "officer_appointed",
    _("Ditunjuk menjadi pengurus komunitas"),
    _("Kepada pengurus komunitas, begitu ia ditunjuk atau jabatan diserahkan kepadanya."),
    (
        NAME,
        GROUP,
        Variable("since", _("Mulai bertugas"), "31 Desember 2026", "31 December 2026"),
        Variable("office", _("Jabatan"), "Ketua", "Chair"),
    ),
)
NOMINATION_ANSWERED = Kind(
    "nomination_answered",
    _("Usulan pengurus dijawab"),
    _("Kepada ketua komunitas, begitu sekretariat menjawab usulan pengurusnya."),
    (NAME, GROUP),
)
WRITTEN_REASON = Variable(
    "reason",
    _("Alasan yang tertulis"),
    "Semua pengurusnya pindah.",
    "All its officers have moved.",
    tells_of_others=True,
)
GROUP_PAUSED = Kind(
    "group_paused",
    _("Komunitas berhenti sementara"),
    _("Kepada pengurus komunitas yang bertugas hari itu, begitu sekretariat menghentikannya sementara."),
    (NAME, GROUP, WRITTEN_REASON),
)
GROUP_CLOSED = Kind(
    "group_closed",
    _("Komunitas ditutup"),
    _("Kepada pengurus komunitas yang bertugas hari itu, begitu sekretariat menutupnya."),
    (NAME, GROUP, WRITTEN_REASON),
)
GROUP_REOPENED = Kind(
    "group_reopened",
    _("Komunitas dibuka lagi"),
    _("Kepada pengurus komunitas yang bertugas hari itu, begitu sekretariat membukanya lagi."),
    (NAME, GROUP, WRITTEN_REASON),
)
QUIET_DAYS = Variable("days", _("Hari tanpa catatan"), "31", "31")
GROUP_QUIET_SOON = Kind(
    "group_quiet_soon",
    _("Komunitas hampir sunyi"),
    _(
        "Kepada ketua komunitas, sekali bila sudah lewat sebagian dari hari-hari sampai komunitasnya disebut sunyi."
    ),
    (NAME, GROUP, QUIET_DAYS, Variable("limit", _("Disebut sunyi sesudah"), "30", "30")),
)
GROUP_QUIET = Kind(
    "group_quiet",
    _("Komunitas sunyi"),
    _("Kepada ketua komunitas, sekali bila tidak ada catatan lagi selama hari-hari yang ditetapkan."),
    (
        NAME,
        GROUP,
        QUIET_DAYS,
        Variable("since", _("Catatan terakhir"), "31 Desember 2026", "31 December 2026"),
    ),
)
GROUPS_QUIET = Kind(
    "groups_quiet",
    _("Ada komunitas yang menjadi sunyi"),
    _(
        "Kepada sekretariat, pada hari komunitas menjadi sunyi; yang menjadi sunyi pada hari yang sama disebut bersama."
    ),
    (
        NAME,
        Variable("count", _("Berapa komunitas"), "2", "2"),
        Variable(
            "groups", _("Nama komunitasnya"), "Ibu Wirausaha Senen, Melati", "Ibu Wirausaha Senen, Melati"
        ),
    ),
)

EMERGENCY_OPENED = Kind(
    "emergency_opened",
    _("Akses darurat dibuka"),
    _("Kepada petugas pelindungan data dan administrator, begitu seorang petugas membuka akses darurat."),
    (
        NAME,
        Variable("who", _("Petugas yang membukanya"), "Citra Lestari", "Citra Lestari", tells_of_others=True),
        Variable("place", _("Wilayah"), "Senen", "Senen"),
        Variable("until", _("Sampai pukul"), "14.05 WIB", "14.05 WIB"),
    ),
)

BREACH = Kind(
    "breach",
    _("Kebocoran data"),
    _("Kepada orang yang datanya bocor, begitu petugas pelindungan data memberi tahu mereka."),
    (
        NAME,
        Variable("title", _("Yang terjadi"), "Laptop kantor hilang", "An office laptop was lost"),
        Variable("data", _("Data yang terkena"), "Nama dan nomor HP", "Names and telephone numbers"),
        Variable("noticed", _("Diketahui pada"), "31 Desember 2026", "31 December 2026"),
        Variable("measures", _("Yang dilakukan"), "Semua kata sandi diganti", "All passwords were changed"),
    ),
    is_private=True,
    is_mandatory=True,  # article 46 of UU 27/2022
)

CODE = Variable("code", _("Kode 6 angka"), "123456", "123456")
UNTIL = Variable("until", _("Sampai pukul"), "14.05 WIB", "14.05 WIB")
SIGN_IN_CODE = Kind(
    "sign_in_code",
    _("Kode untuk masuk atau mendaftar"),
    _("Begitu seseorang meminta kode ke nomor HP-nya."),
    (Variable("what", _("Kode untuk apa"), "kode masuk", "sign-in code"), CODE, UNTIL),
    is_immediate=True,
    needed=frozenset({"code"}),
)
GUARDIAN_CODE = Kind(
    "guardian_code",
    _("Kode persetujuan wali"),
    _("Begitu seorang anak meminta persetujuan orang tua atau walinya."),
    (CODE, UNTIL),
    is_immediate=True,
    needed=frozenset({"code"}),
)
GUARDIAN_ASKED = Kind(
    "guardian_asked",
    _("Penjelasan sebelum kode persetujuan wali"),
    _("Tepat sebelum kode persetujuan wali, bila kodenya keluar dengan kata-kata tetap dari WhatsApp."),
    (UNTIL,),
    is_immediate=True,
)
SIGN_IN_LOCKED = Kind(
    "sign_in_locked",
    _("Nomor dikunci"),
    _("Kepada pemilik nomor, begitu kodenya terlalu sering salah diisi."),
    (UNTIL,),
    is_immediate=True,
)
PHONE_CHANGED = Kind(
    "phone_changed",
    _("Nomor anggota diganti"),
    _("Kepada nomor yang lama, begitu seorang anggota memakai nomor lain."),
    (Variable("phone", _("Nomor baru, disamarkan"), "0812-••••-7891", "0812-••••-7891"),),
    is_immediate=True,
)
PHONE_LEFT = Kind(
    "phone_left",
    _("Nomor anggota dilepas"),
    _("Kepada nomor yang lama, begitu seorang anggota tidak memakainya lagi."),
    (),
    is_immediate=True,
)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        WELCOME,
        NEXT_STEP,
        STUCK,
        AGREEMENT_ENDING,
        TENURE_ENDING,
        DATA_ANSWERED,
        TICKET_ANSWERED,
        PARTNER_ASKED,
        PARTNER_REFUSED,
        PARTNER_VALIDATED,
        *REFERRAL_KINDS,
        GROUP_ASKED,
        GROUP_REFUSED,
        GROUP_VALIDATED,
        OFFICER_APPOINTED,
        NOMINATION_ANSWERED,
        GROUP_PAUSED,
        GROUP_CLOSED,
        GROUP_REOPENED,
        GROUP_QUIET_SOON,
        GROUP_QUIET,
        GROUPS_QUIET,
        EMERGENCY_OPENED,
        BREACH,
        SIGN_IN_CODE,
        GUARDIAN_CODE,
        GUARDIAN_ASKED,
        SIGN_IN_LOCKED,
        PHONE_CHANGED,
        PHONE_LEFT,
    )
}
PRIVATE = frozenset(code for code, kind in KINDS.items() if kind.is_private)
MANDATORY = frozenset(code for code, kind in KINDS.items() if kind.is_mandatory)
UNASKED = frozenset(code for code, kind in KINDS.items() if kind.is_unasked)
IMMEDIATE = frozenset(code for code, kind in KINDS.items() if kind.is_immediate)
