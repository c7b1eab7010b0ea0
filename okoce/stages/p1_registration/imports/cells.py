"""Small vocabularies and checks of single cells: sex, work, licences, numbers that offices give."""

import re

from django.utils.translation import gettext as _

from okoce.foundation.shared.office_numbers import read_nib, read_office_number
from okoce.foundation.shared.unreadable import Unreadable, shown
from okoce.stages.p1_registration.imports.headers import normalised

# What people write for "nothing here".
_NOTHING_TEXT = "|-|--|---|–|—|.|n/a|na|null|nil|nihil|none|kosong|(kosong)|tidak ada|belum ada"
NOTHING = frozenset(_NOTHING_TEXT.split("|"))

_SEXES = {
    "female": "p perempuan pr prp wanita cewek w female f pe",
    "male": "l lakilaki laki lk lk2 pria cowok male m lki lakilki",
}
_WORK = {
    "menganggur": (
        "menganggur nganggur pengangguran tidakbekerja belumbekerja belumtidakbekerja "
        "tidakbelumbekerja pencarikerja mencarikerja carikerja sedangmencarikerja phk korbanphk "
        "tidakkerja belumkerja belumadapekerjaan"
    ),
    "bekerja": (
        "bekerja kerja karyawan karyawanswasta karyawati pegawai pegawaiswasta buruh pns asn tni "
        "polri honorer swasta"
    ),
    "usaha": (
        "usaha wirausaha wiraswasta pengusaha berwirausaha berusaha pedagang dagang berdagang "
        "pelakuusaha umkm punyausaha memilikiusaha sudahusaha wiraswata"
    ),
    "sekolah": ("sekolah pelajar mahasiswa mahasiswi pelajarmahasiswa kuliah siswa siswi bersekolah santri"),
    "mengurus_rumah": (
        "mengurusrumah mengurusrumahtangga iburumahtangga irt rumahtangga urusrumahtangga mengurusrt"
    ),
}
_LICENCES = {
    "iumk": "iumk izinusahamikrokecil izinusahamikro izinusahamikrodankecil suratiumk",
    "sku": "sku suratketeranganusaha keteranganusaha suratketusaha",
    "nib": "nib nomorindukberusaha oss nibberbasisrisiko nibrba",
    "pirt": "pirt spppirt izinpirt sppirt",
    "halal": "halal sertifikathalal sertifikasihalal halalmui",
    "siup": "siup suratizinusahaperdagangan siupmikro",
    "tdp": "tdp tandadaftarperusahaan",
    "situ": "situ suratizintempatusaha",
    "skdu": "skdu skdp suratketerangandomisiliusaha domisiliusaha",
    "bpom": "bpom izinedarbpom izinedar md bpommd",
    "sni": "sni",
    "merek": "merek merk haki hki hakmerek sertifikatmerek",
    "sertifikat_standar": "sertifikatstandar",
}


def _by_spelling(vocabulary: dict[str, str]) -> dict[str, str]:
    table = {spelling: code for code, spellings in vocabulary.items() for spelling in spellings.split()}
    return table | {normalised(code): code for code in vocabulary}


SEXES, WORK_STATUSES, LICENCE_KINDS = _by_spelling(_SEXES), _by_spelling(_WORK), _by_spelling(_LICENCES)
# Straight from the cell as most people write it, before anything is normalised.
_QUICK_SEX = {
    "L": "male",
    "P": "female",
    "l": "male",
    "p": "female",
    "Laki-laki": "male",
    "Perempuan": "female",
}

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
LONGEST_EMAIL = 254


def text_of(cell: object) -> str:
    """The cell as text: `3174.0` from a number cell is `3174`."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


def is_nothing(text: str) -> bool:
    """Whether the cell says that there is nothing: empty, `-`, `tidak ada`."""
    return len(text) <= 9 and text.casefold() in NOTHING


def parse_line(cell: object, longest: int) -> str | Unreadable:
    """One line of ordinary text. A formula is not text: it is never computed, and never kept."""
    text = text_of(cell)
    if text.isascii() and text.isprintable() and len(text) <= longest and text[:1] not in ("=", "#"):
        return text if "  " not in text else " ".join(text.split())
    if _CONTROL.search(text):
        return Unreadable(
            _("Isinya mengandung tanda yang tidak terlihat (kode kendali)."), _("Ketik ulang isi sel ini.")
        )
    text = " ".join(text.split())
    if len(text) > longest:
        return Unreadable(
            _("Isinya %(count)s huruf, paling banyak %(most)s.") % {"count": len(text), "most": longest},
            _("Pendekkan isinya."),
        )
    if text.startswith("="):
        return Unreadable(
            _("“%(text)s” rumus, bukan isi.") % {"text": shown(text)}, _("Tulis isinya, bukan rumusnya.")
        )
    if _SPREADSHEET_ERROR.fullmatch(text):
        return Unreadable(
            _("Sel ini berisi galat rumus %(text)s.") % {"text": text},
            _("Perbaiki rumusnya, atau tulis isinya."),
        )
    return text


def parse_sex(cell: object) -> str | Unreadable:
    if isinstance(cell, str) and cell in _QUICK_SEX:
        return _QUICK_SEX[cell]
    text = text_of(cell)
    return SEXES.get(normalised(text)) or Unreadable(
        _("“%(text)s” bukan jenis kelamin yang dikenali.") % {"text": shown(text)}, _("Tulis L atau P.")
    )


def parse_work_status(cell: object) -> str | Unreadable:
    text = text_of(cell)
    if text in _WORK:
        return text
    return WORK_STATUSES.get(normalised(text)) or Unreadable(
        _("“%(text)s” bukan status kerja yang dikenali.") % {"text": shown(text)},
        _("Tulis menganggur, bekerja, usaha, sekolah, atau mengurus rumah."),
    )


def parse_licence_kind(cell: object) -> str | Unreadable:
    text = text_of(cell)
    return LICENCE_KINDS.get(normalised(text)) or Unreadable(
        _("“%(text)s” bukan jenis izin yang dikenali.") % {"text": shown(text)},
        _("Tulis salah satu: IUMK, SKU, NIB, PIRT, halal, SIUP, TDP, BPOM, SNI, merek."),
    )


def parse_nib(cell: object) -> str | Unreadable | None:
    return read_nib(text_of(cell))


def parse_npwp(cell: object) -> str | Unreadable | None:
    """Fifteen digits of the old kind or sixteen of the new (for persons the NIK)."""
    how = _("Tulis ke-15 atau ke-16 angkanya, misalnya 01.234.567.8-901.000.")
    return read_office_number(text_of(cell), "NPWP", (15, 16), how)


def parse_email(cell: object) -> str | Unreadable:
    text = text_of(cell).removeprefix("mailto:")
    if len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) and ".." not in text:
        return text.lower()
    return Unreadable(
        _("“%(text)s” bukan alamat email.") % {"text": shown(text)},
        _("Tulis seperti nama@contoh.id, atau kosongkan."),
    )
