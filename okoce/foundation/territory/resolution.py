"""What became of a written address: one region, or the candidates and a sentence that says why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import Place

# The columns of the members file, which the sentences and the rejects file name.
FIELD_OF = {
    Level.PROVINCE: "provinsi",
    Level.REGENCY: "kabupaten",
    Level.DISTRICT: "kecamatan",
    Level.VILLAGE: "kelurahan",
}
CODE_FIELD = "kode_wilayah"


class Reason(StrEnum):
    """Why an address did, or did not, lead to one region."""

    FOUND = "found"
    CORRECTED = "corrected"  # one clear misspelling, or "Kab" written for a kota
    MOVED = "moved"  # found through a former code, name or province
    EMPTY = "empty"
    TOO_SHALLOW = "too_shallow"  # the kecamatan is missing
    UNKNOWN = "unknown"
    SIMILAR = "similar"  # not known, but something like it is
    AMBIGUOUS = "ambiguous"
    CONTRADICTION = "contradiction"  # known, but not in the region named above it
    CODE_MALFORMED = "code_malformed"
    CODE_UNKNOWN = "code_unknown"
    CODE_SPLIT = "code_split"  # a former code with several heirs, or none that is certain
    CODE_DISAGREES = "code_disagrees"


@dataclass(frozen=True, slots=True)
class Candidate:
    place: Place
    path: str

    @property
    def code(self) -> str:
        return self.place.code

    def __str__(self) -> str:
        return f"{self.path} ({self.code})"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Either `region`, or `sentence` with the `field` at fault and the `candidates`, best first."""

    reason: Reason
    region: Place | None = None
    path: str = ""
    # What was changed on the way to the region; empty when everything stood there literally.
    note: str = ""
    sentence: str = ""
    # The same for whoever typed into one box and sees no columns, where the sentence names some.
    plain: str = ""
    field: str = ""
    candidates: tuple[Candidate, ...] = ()
    # The deepest region that is certain although the whole is not: the kecamatan of an unknown kelurahan.
    within: Place | None = None

    @property
    def corrected(self) -> bool:
        return self.reason == Reason.CORRECTED

    @property
    def sentence_for_one_box(self) -> str:
        return self.plain or self.sentence

    @property
    def suggestion(self) -> str:
        """For the column `usulan` of a rejects file."""
        return " | ".join(str(candidate) for candidate in self.candidates)


def enumerated(names: Iterable[str], most: int = 4) -> str:
    """ "A; B; C; dan 3 lainnya"."""
    listed = list(dict.fromkeys(names))
    rest = len(listed) - most
    return "; ".join(listed) if rest <= 0 else "; ".join([*listed[:most], f"dan {rest} lainnya"])
