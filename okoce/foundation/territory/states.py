"""Closed sets of the territory: levels, kinds, time zones."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    PROVINCE = "province", _("provinsi")
    REGENCY = "regency", _("kabupaten/kota")
    DISTRICT = "district", _("kecamatan")
    VILLAGE = "village", _("desa/kelurahan")


class Kind(TextChoices):
    PROVINSI = "provinsi", "provinsi"
    KABUPATEN = "kabupaten", "kabupaten"
    KOTA = "kota", "kota"
    KECAMATAN = "kecamatan", "kecamatan"
    KELURAHAN = "kelurahan", "kelurahan"
    DESA = "desa", "desa"
    DESA_ADAT = "desa adat", "desa adat"


class Zone(TextChoices):
    WIB = "WIB", "Waktu Indonesia Barat"
    WITA = "WITA", "Waktu Indonesia Tengah"
    WIT = "WIT", "Waktu Indonesia Timur"


# A dotted Kemendagri code says its level by its length: 31 · 31.71 · 31.71.04 · 31.71.04.1001
LEVEL_BY_LENGTH = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}
LENGTH_OF = {level: length for length, level in LEVEL_BY_LENGTH.items()}


def level_of(code: str) -> Level:
    return LEVEL_BY_LENGTH[len(code)]


def parent_of(code: str) -> str:
    return code.rpartition(".")[0]
