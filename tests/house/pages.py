"""What the matrix of the walk is written with: who opens a page, and how it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from okoce.foundation.access.roles import ALL_ROLES

EVERYBODY = frozenset(ALL_ROLES)
NOBODY: frozenset[str] = frozenset()
PARTNERS_OWN = frozenset({"petugas_bank", "kontak_mitra"})
READS_FIGURES = EVERYBODY - PARTNERS_OWN - {"anggota"}
READS_PEOPLE = EVERYBODY - {"pengurus_cabang"}  # who serves a branch of the association sees no member
READS_PARTNERS = EVERYBODY - {"anggota", "penggerak", "pendamping", "pengurus_cabang"}
CORRECTS_PARTNER = PARTNERS_OWN | {"administrator"}
HANDLES_REFERRALS = PARTNERS_OWN | {"sekretariat", "administrator"}
READS_REFERRALS = HANDLES_REFERRALS | {"auditor", "anggota"}
READS_HISTORY = READS_PEOPLE - PARTNERS_OWN
HANDS_IN = READS_PEOPLE - {"anggota", "auditor", "kontak_mitra", "petugas_pelindungan_data", "akses_darurat"}
SETS_REASONS = HANDS_IN - {"petugas_bank"}
VERIFIES_P2 = frozenset(
    {"pelatih", "petugas_kecamatan", "petugas_skpd", "sekretariat", "direktorat_diklat", "administrator"}
)
OWN = frozenset({"anggota"})  # no role but one's own record opens these, not even the administrator's
IMPORTS = frozenset({"petugas_kecamatan", "petugas_skpd", "sekretariat", "administrator"})
CORRECTS = IMPORTS | {"pengurus_komunitas", "akses_darurat_menulis"}
GIVES_CARDS = CORRECTS | {"anggota"}  # a member to herself
REGISTERS = IMPORTS | {"penggerak", "pengurus_komunitas"}
ASSIGNS_HELPERS = IMPORTS | {"pengurus_komunitas"}
AUDITS = frozenset({"auditor"})  # reads what others work on, and does none of it
UNMASKS = frozenset({"sekretariat", "administrator"})
NOTES_CONSENTS = CORRECTS | {"petugas_pelindungan_data"}
GUARDS_DATA = frozenset({"sekretariat", "petugas_pelindungan_data", "administrator"})
READS_DATA_OFFICE = GUARDS_DATA | {"auditor"}
WITHDRAWS = frozenset({"sekretariat", "administrator"})
MANAGES_PROGRAMME = WITHDRAWS  # its rules and targets

OK, FOUND, REFUSED, NO_FORM, NOT_FOUND, UNPROCESSABLE = 200, 302, 403, 405, 404, 422


# What addresses name, by the name that a pattern has for it: each a question, asked when an address needs the answer.
Keys = dict[str, Callable[[], object]]


@dataclass(frozen=True)
class Page:
    """Who opens it, and how it answers in one's own place. `post`: it is a deed, and answers so (302 done, 422 with an empty
    form). `about`: what its address names."""

    roles: frozenset[str] = NOBODY
    is_public: bool = False
    answer: int = OK
    post: int = 0
    about: str = ""
    takes_forms: bool = False  # besides showing itself
    writers: frozenset[str] | None = None  # who sends its form, where more read the page
    is_own: bool = False  # about the reader's own account: whoever is signed in, whatever the role
