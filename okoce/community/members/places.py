"""A place of residence: a kecamatan that exists, and a kelurahan within it or none."""

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level


def place_errors(region: str, village: str) -> list[FieldError]:
    """What is wrong with a place, field by field."""
    if len(region) != LENGTH_OF[Level.DISTRICT] or territory.find_region(region) is None:
        return [
            FieldError("region", _("Kecamatan tidak dikenal. Pilih kecamatan, misalnya 31.71.04 (Senen)."))
        ]
    if village and not _is_village_of(village, region):
        sentence = _("Kelurahan ini tidak ada di kecamatan itu. Pilih dari daftarnya, atau kosongkan.")
        return [FieldError("village", sentence)]
    return []


def _is_village_of(village: str, region: str) -> bool:
    is_shaped = len(village) == LENGTH_OF[Level.VILLAGE] and village.startswith(region + ".")
    return is_shaped and village[len(region) + 1 :].isdigit() and territory.find_region(village) is not None
