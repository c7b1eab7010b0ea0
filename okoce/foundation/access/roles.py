"""Who may do what, on one screen. A grant gives a role within a territory, a komunitas or a partner."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.foundation.access.permissions import READING, VERIFY_STAGE, Permission

# Short, so that a role stays on one screen.
P = Permission


class Breadth(StrEnum):
    """What a grant of the role must name so that it reaches any row at all."""

    NATION = "nation"
    TERRITORY = "territory"
    GROUP = "group"
    PARTNER = "partner"
    HELPER = "helper"  # the members one helps, and nobody else
    SELF = "self"
    EMERGENCY = "emergency"  # opened by oneself for minutes, never given


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    title: str | Promise
    sentence: str | Promise
    breadth: Breadth
    permissions: frozenset[P]


READ = frozenset(
    {
        P.MEMBERS_READ,
        P.GROUPS_READ,
        P.CENTRES_READ,
        P.PIPELINE_READ_FUNNEL,
        P.EVENTS_READ,
        P.MESSAGES_READ_OWN,
        P.ASSOCIATION_READ_OWN,
    }
)
COACH = READ | {P.PIPELINE_READ_EVIDENCE, P.PIPELINE_GIVE_EVIDENCE, P.PIPELINE_SET_STANDSTILL}
# Who serves a territory knows its partners.
OFFICE = COACH | {P.PARTNERS_READ}
# Who registers people also sees who began by herself and did not finish.
REGISTRAR = frozenset({P.MEMBERS_REGISTER, P.MEMBERS_READ_UNFINISHED})
INTAKE = REGISTRAR | frozenset(
    {
        P.MEMBERS_CORRECT,
        P.MEMBERS_READ_CONSENTS,
        P.MEMBERS_NOTE_CONSENT,
        P.MEMBERS_ISSUE_CARD,
        P.MEMBERS_REVOKE_CARD,
    }
)
# Who sends from her own phone what no channel takes.
MESSENGER = frozenset({P.MESSAGES_READ_BY_HAND, P.MESSAGES_SEND})
# Who looks after a list of people: gives them helpers, and takes the list along as a file.
STEWARD = MESSENGER | {P.MEMBERS_ASSIGN_HELPER, P.MEMBERS_READ_EXPORTS, P.MEMBERS_EXPORT}
# Who brings in people by the file, and looks at what may be one person twice.
IMPORTER = frozenset(
    {
        P.MEMBERS_READ_IMPORTS,
        P.MEMBERS_IMPORT,
        P.MEMBERS_READ_DUPLICATES,
        P.MEMBERS_REVIEW_DUPLICATES,
    }
)
# Who acts for a mitra: reaches what is its own, and the members whom it helps.
LIAISON = frozenset(
    {
        P.MEMBERS_READ,
        P.PARTNERS_READ,
        P.PARTNERS_CORRECT_OWN,
        P.REFERRALS_READ,
        P.REFERRALS_HANDLE,
        P.MESSAGES_READ_OWN,
        P.ASSOCIATION_READ_OWN,
    }
)
# Who answers what the public tells of her place.
LISTENER = frozenset({P.TICKETS_READ, P.TICKETS_HANDLE})
# Layer 1: reads the association and notes what it did for a komunitas.
LAYER_ONE = frozenset({P.ASSOCIATION_READ, P.ASSOCIATION_NOTE_SUPPORT})
VERIFY_ALL = frozenset(VERIFY_STAGE.values())
# Who sees turnover and NPWP without the member's own consent, because her task is the record itself: the offices that take it down,
# import it and settle its contradictions, whoever tells a member what is held about her, and the auditor, who reads all. Everybody
# else, whatever the place or the komunitas, sees them by the consent that the law asks for (`members/purposes.py`).
SEES_FINANCES = frozenset({P.MEMBERS_READ_FINANCES})
# Who answers for the law on personal data: every request on its clock, restricting, erasing, breaches.
GUARD = frozenset(
    {
        P.MEMBERS_ANSWER_DATA_REQUEST,
        P.MEMBERS_ERASE,
        P.MEMBERS_RESTRICT,
        P.MEMBERS_READ_CONSENTS,
        P.MEMBERS_NOTE_CONSENT,
        P.PRIVACY_READ,
        P.PRIVACY_MANAGE_BREACHES,
        P.EMERGENCY_STOP,
    }
)

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "anggota",
            _("Anggota"),
            _("Melihat datanya sendiri, memperbaiki kontak dan alamatnya, mengunduh dan menghapusnya."),
            Breadth.SELF,
            frozenset(
                {
                    P.MEMBERS_READ,
                    P.EVENTS_READ,
                    P.REFERRALS_READ,
                    P.REFERRALS_WITHDRAW_OWN,
                    P.MESSAGES_READ_OWN,
                    P.ASSOCIATION_READ_OWN,
                    P.MEMBERS_CORRECT_OWN,
                    P.MEMBERS_ERASE_OWN,
                    P.MEMBERS_RESTRICT_OWN,
                    P.MEMBERS_ISSUE_CARD,
                    P.TICKETS_READ_OWN,
                }
            ),
        ),
        Role(
            "penggerak",
            _("Penggerak"),
            _("Mengajak dan mendaftarkan anggota komunitasnya."),
            Breadth.GROUP,
            COACH | REGISTRAR | MESSENGER,
        ),
        Role(
            "pengurus_komunitas",
            _("Pengurus komunitas"),
            _("Mengurus anggota dan pusat wirausaha komunitasnya."),
            Breadth.GROUP,
            OFFICE | INTAKE | STEWARD | {P.CENTRES_MANAGE, P.GROUPS_HAND_OVER},
        ),
        Role(
            "pendamping",
            _("Pendamping"),
            _("Mendampingi anggota yang dipercayakan kepadanya."),
            Breadth.HELPER,
            COACH,
        ),
        Role(
            "pengurus_cabang",
            _("Pengurus cabang"),
            _(
                "Mengurus cabang perkumpulan di bawah cabangnya dan menengok komunitas; tidak melihat data anggota."
            ),
            Breadth.TERRITORY,
            LAYER_ONE
            | {
                P.ASSOCIATION_MANAGE,
                P.GROUPS_READ,
                P.CENTRES_READ,
                P.PIPELINE_READ_FUNNEL,
                P.MESSAGES_READ_OWN,
                P.ASSOCIATION_READ_OWN,
            },
        ),
        Role(
            "pelatih",
            _("Pelatih"),
            _("Melatih, dan memeriksa bukti pelatihan."),
            Breadth.TERRITORY,
            OFFICE | LAYER_ONE | {P.PIPELINE_VERIFY_P2},
        ),
        Role(
            "petugas_kecamatan",
            _("Petugas kecamatan"),
            _("Mendaftarkan warga dan memeriksa bukti tahap 2 sampai 5."),
            Breadth.TERRITORY,
            OFFICE
            | INTAKE
            | STEWARD
            | LISTENER
            | SEES_FINANCES
            | IMPORTER
            | {
                P.PIPELINE_VERIFY_P2,
                P.PIPELINE_VERIFY_P3,
                P.PIPELINE_VERIFY_P4,
                P.PIPELINE_VERIFY_P5,
            },
        ),
        Role(
            "petugas_skpd",
            _("Petugas SKPD"),
            _("Membina anggota di wilayahnya dan mengimpor data binaan."),
            Breadth.TERRITORY,
            OFFICE
            | INTAKE
            | STEWARD
            | LISTENER
            | SEES_FINANCES
            | IMPORTER
            | {
                P.PIPELINE_VERIFY_P2,
                P.PIPELINE_VERIFY_P3,
                P.PIPELINE_VERIFY_P5,
                P.PIPELINE_VERIFY_P6,
            },
        ),
        Role(
            "petugas_ptsp",
            _("Petugas PTSP"),
            _("Memeriksa izin usaha."),
            Breadth.TERRITORY,
            OFFICE | {P.PIPELINE_VERIFY_P4},
        ),
        Role(
            "petugas_bank",
            _("Petugas bank"),
            _("Memeriksa pencairan bagi anggota yang mengizinkan."),
            Breadth.PARTNER,
            LIAISON | {P.PIPELINE_READ_EVIDENCE, P.PIPELINE_GIVE_EVIDENCE, P.PIPELINE_VERIFY_P7},
        ),
        Role(
            "kontak_mitra",
            _("Narahubung mitra"),
            _("Mewakili satu mitra: menerima dan mengirim rujukan."),
            Breadth.PARTNER,
            LIAISON,
        ),
        Role(
            "sekretariat",
            _("Sekretariat PGO"),
            _("Menjalankan gerakan di seluruh Indonesia."),
            Breadth.NATION,
            OFFICE
            | INTAKE
            | STEWARD
            | VERIFY_ALL
            | GUARD
            | LISTENER
            | SEES_FINANCES
            | LAYER_ONE
            | IMPORTER
            | {
                P.ASSOCIATION_MANAGE,
                P.MEMBERS_MERGE,
                P.MEMBERS_UNMASK_NIK,
                P.GROUPS_READ_DESK,
                P.GROUPS_MANAGE,
                P.GROUPS_HAND_OVER,
                P.CENTRES_MANAGE,
                P.CENTRES_DECIDE,
                P.PARTNERS_READ_PROPOSALS,
                P.PARTNERS_MANAGE,
                P.NAMES_MANAGE,
                P.REFERRALS_READ,
                P.REFERRALS_HANDLE,
                P.ACCOUNTS_READ,
                P.EMERGENCY_OPEN,
                P.PIPELINE_WITHDRAW_EVIDENCE,
                P.PIPELINE_MANAGE_RULES,
                P.PIPELINE_MANAGE_TARGETS,
                P.MESSAGES_READ,
                P.MESSAGES_MANAGE,
            },
        ),
        Role(
            "petugas_pelindungan_data",
            _("Petugas pelindungan data"),
            _("Menjawab permintaan anggota tentang datanya, dan menangani kebocoran data."),
            Breadth.NATION,
            READ | GUARD | SEES_FINANCES | {P.PARTNERS_READ},
        ),
        Role(
            "direktorat_diklat",
            _("Direktorat diklat"),
            _("Menyelenggarakan pelatihan di seluruh Indonesia."),
            Breadth.NATION,
            OFFICE | LAYER_ONE | {P.PIPELINE_VERIFY_P2, P.PIPELINE_VERIFY_P3},
        ),
        Role(
            "auditor",
            _("Auditor"),
            _("Membaca semuanya, tidak menulis apa pun."),
            Breadth.NATION,
            READING,  # each right that only reads, and not one that writes (permissions.py)
        ),
        Role(
            "administrator",
            _("Administrator"),
            _(
                "Mengelola sistem di seluruh Indonesia; akun dan peran petugas ia atur dengan perintah okoce user."
            ),
            Breadth.NATION,
            frozenset(P) - SEES_FINANCES,
        ),
    )
}

# What somebody with `emergency.open` takes for some minutes where no grant of hers reaches (ADR 0031). Neither takes files along,
# shows a NIK in full, registers, imports or decides.
EMERGENCY_ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "akses_darurat",
            _("Akses darurat, membaca"),
            _(
                "Membaca data satu wilayah untuk beberapa menit, dengan alasan tertulis yang diketahui orang lain."
            ),
            Breadth.EMERGENCY,
            READ | {P.PARTNERS_READ},
        ),
        Role(
            "akses_darurat_menulis",
            _("Akses darurat, membaca dan membetulkan"),
            _("Sama, dan juga membetulkan data, kartu, izin, bukti, dan alasan."),
            Breadth.EMERGENCY,
            OFFICE | INTAKE - REGISTRAR,
        ),
    )
}
ALL_ROLES = ROLES | EMERGENCY_ROLES
NATIONAL_ROLES = frozenset(name for name, role in ROLES.items() if role.breadth is Breadth.NATION)
