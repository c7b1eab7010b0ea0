"""Names of fields that programs send besides our own: those of the members file, and a few that everybody tries."""

from dataclasses import dataclass
from typing import Any

# Spelling → our name; a dot leads into an object.
ACCEPTED = {
    "nama": "name",
    "telepon": "phone",
    "kode_wilayah": "region",
    "provinsi": "province",
    "kabupaten": "regency",
    "kecamatan": "district",
    "kelurahan": "village",
    "alamat": "address",
    "tanggal_lahir": "birth_on",
    "birth_date": "birth_on",
    "jenis_kelamin": "sex",
    "gender": "sex",
    "status_kerja": "work_status",
    "komunitas": "group",
    "sumber": "source",
    "tanggal_daftar": "registered_on",
    "persetujuan": "consent",
    "persetujuan_tanggal": "consent.given_on",
    "consent_on": "consent.given_on",
    "usaha": "business",
    "nama_usaha": "business.name",
    "bidang_usaha": "business.sector",
    "mulai_usaha": "business.since_on",
    "jumlah_pekerja": "business.workers",
    "omzet_bulanan": "business.monthly_turnover",
    "nib": "business.nib",
    "npwp": "business.npwp",
}
# Whoever sends the day of a consent at the top level states to have witnessed it.
_WITNESSED_BY_DAY = "consent.given_on"


@dataclass(frozen=True, slots=True)
class Spelt:
    """Which of our names were written otherwise."""

    otherwise: dict[str, str]

    def as_written(self, field: str) -> str:
        return self.otherwise.get(field, field)


def with_own_names(raw: dict[str, Any]) -> tuple[dict[str, Any], Spelt]:
    """What was sent under our names. A spelling beside our own name stays, and is refused as unknown."""
    spellings = raw.keys() & ACCEPTED.keys()
    told = dict(raw)
    otherwise: dict[str, str] = {}
    for spelling in sorted(spellings, key=lambda one: ACCEPTED[one]):
        name = ACCEPTED[spelling]
        if _move(told, spelling, name):
            otherwise[name] = spelling
    if _WITNESSED_BY_DAY in otherwise:
        told["consent"].setdefault("witnessed", True)
    return told, Spelt(otherwise)


def _move(told: dict[str, Any], spelling: str, name: str) -> bool:
    outer, _dot, inner = name.partition(".")
    if not inner:
        if outer in told:
            return False
        told[outer] = told.pop(spelling)
        return True
    part = told.get(outer, {})
    if not isinstance(part, dict) or inner in part:
        return False
    told[outer] = {**part, inner: told.pop(spelling)}
    return True
