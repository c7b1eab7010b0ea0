"""Which kecamatan are lit on the map, and how brightly: the members of each as of now."""

from dataclasses import dataclass
from threading import Lock

from okoce.foundation.territory import queries as territory
from okoce.pipeline import tallies


class _Remembered:
    """The last answer of this process, with the version of the counts it was read at."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version = -1
        self.members: dict[str, int] = {}


_remembered = _Remembered()


def members_by_district() -> dict[str, int]:
    """Members of every kecamatan that has any; read again only after a commit that changed a count."""
    # The version is read first: a commit between the two reads only makes the next call read once more.
    version = tallies.version()
    with _remembered.lock:
        if version == _remembered.version:
            return _remembered.members
    members = tallies.current_by_district()
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
