"""Which kecamatan are lit on the map, and how brightly: by the members of each as of now, or by the centres open in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.centres.queries import open_by_district
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.constellation import CENTRES
from okoce.foundation.web.lists import FilterChip
from okoce.pipeline import tallies

# As the address of the public page says what lights the map.
BY_CENTRES = "pusat"


@dataclass(frozen=True, slots=True)
class Sky:
    """The map as a page draws it: what lights a kecamatan, and how many of that each has."""

    lit_by: str
    counts: Mapping[str, int]

    @property
    def lit(self) -> int:
        return len(self.counts)

    @property
    def is_by_centres(self) -> bool:
        return self.lit_by == CENTRES


def sky_by_centres(day: date) -> Sky:
    """Lit where a centre was open at the end of a day."""
    return Sky(CENTRES, open_by_district(day))


def sky_chips(*, by_centres: bool) -> list[FilterChip]:
    """The switch between the two."""
    home = reverse("home")
    return [
        FilterChip(_("Menyala oleh anggota"), home, is_current=not by_centres),
        FilterChip(_("Menyala oleh pusat wirausaha"), f"{home}?menyala={BY_CENTRES}", is_current=by_centres),
    ]


class _Remembered:
    """The last answer of this process, with the version of the counts it was read at."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version = -1
        self.members: dict[str, int] = {}


_remembered = _Remembered()


def members_by_district() -> dict[str, int]:
    """Members of every kecamatan of today's list that has any; read again only after a commit that changed a count."""
    # The version is read first: a commit between the two reads only makes the next call read once more.
    version = tallies.version()
    with _remembered.lock:
        if version == _remembered.version:
            return _remembered.members
    counted = tallies.current_by_district()
    members = {code: count for code, count in counted.items() if territory.find_region(code)}
    with _remembered.lock:
        _remembered.version, _remembered.members = version, members
    return members


@dataclass(frozen=True, slots=True)
class LitProvince:
    """How much of a province is lit, and the members behind it."""

    code: str
    name: str
    lit: int
    districts: int
    members: int


def lit_by_province(members: dict[str, int]) -> list[LitProvince]:
    """The map as a table: every province, the one with most members first."""
    found = []
    for province in territory.children(""):
        codes = [place.code for place in territory.districts(province.code)]
        lit = [members[code] for code in codes if code in members]
        found.append(LitProvince(province.code, province.label, len(lit), len(codes), sum(lit)))
    return sorted(found, key=lambda row: (-row.members, row.name))
