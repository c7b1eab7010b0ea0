"""Which kecamatan are lit on the map, and how brightly: the members of each as of now."""

from threading import Lock

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
