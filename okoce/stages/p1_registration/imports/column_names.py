"""What the columns of the members file are called on pages; a file names them as `spellings.py` lists them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.stages.p1_registration.imports.spellings import COLUMNS

COLUMN_NAMES: dict[str, str | Promise] = {
    "nama": _("Nama"),
    "telepon": _("Telepon (HP atau WA)"),
    "nik": _("NIK"),
    "provinsi": _("Provinsi"),
    "kabupaten": _("Kabupaten atau kota"),
    "kecamatan": _("Kecamatan"),
    "kelurahan": _("Kelurahan atau desa"),
    "kode_wilayah": _("Kode wilayah"),
    "jenis_kelamin": _("Jenis kelamin"),
    "tanggal_lahir": _("Tanggal lahir"),
    "tanggal_daftar": _("Tanggal daftar (P1)"),
    "nama_usaha": _("Nama usaha"),
    "bidang_usaha": _("Bidang usaha"),
    "mulai_usaha": _("Mulai usaha"),
    "jumlah_pekerja": _("Jumlah pekerja"),
    "omzet_bulanan": _("Omzet bulanan"),
    "komunitas": _("Komunitas"),
    "p2_tanggal": _("Tanggal P2, pelatihan"),
    "p3_tanggal": _("Tanggal P3, pendampingan"),
    "p4_tanggal": _("Tanggal P4, perizinan"),
    "p5_tanggal": _("Tanggal P5, pemasaran"),
    "p6_tanggal": _("Tanggal P6, pelaporan keuangan"),
    "p7_tanggal": _("Tanggal P7, permodalan"),
    "p4_jenis": _("Jenis izin (P4)"),
    "p4_nomor": _("Nomor izin (P4)"),
    "pekerja_saat_izin": _("Pekerja saat izin terbit"),
    "status_kerja": _("Status kerja saat mendaftar"),
    "persetujuan_tanggal": _("Tanggal persetujuan"),
    "nib": _("NIB"),
    "npwp": _("NPWP"),
    "email": _("Surel"),
    "alamat": _("Alamat"),
    "sumber": _("Sumber informasi"),
}


def column_name(column: str) -> str:
    """The name of a column; of what is none, what was written."""
    return str(COLUMN_NAMES.get(column, column))


def meanings_to_choose() -> list[tuple[str, str]]:
    """Every column with its name, in the order of the format."""
    return [(column, column_name(column)) for column in COLUMNS]
