"""What can be verified: each kind of thing registers its prefix and who finds it. Nobody else asks of which kind a code is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification.codes import ALPHABET, PREFIX_LENGTH, compact, is_whole


class Validity(StrEnum):
    """What a genuine code says today."""

    VALID = "valid"
    REVOKED = "revoked"  # taken back or replaced
    ENDED = "ended"  # what it stood for has ended: somebody left, a term ran out
    NOT_NOW = "not_now"  # it rests, or has not begun


@dataclass(frozen=True, slots=True)
class Finding:
    """What the public may know of a genuine thing: no name in full, no number, no day of birth."""

    what: str  # e.g. member_card
    what_name: str
    holder: str  # masked, where it is a person
    place: str
    state: Validity
    since: date
    until: date | None = None
    is_masked: bool = True  # the holder is a person, of whom initials are shown
    notes: tuple[str, ...] = ()  # what else the public may know, in whole sentences


# The compact code → what stands behind it, or None where it was never given out. Asked by anybody, so it must mask.
Resolver = Callable[[str], "Finding | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing with codes of its own."""

    prefix: str
    name: str | Promise
    resolve: Resolver


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Called once by each feature whose things can be verified."""
    if len(kind.prefix) != PREFIX_LENGTH or not set(kind.prefix) <= set(ALPHABET):
        raise ValueError(f"{kind.prefix} is no prefix: two signs of the codes' alphabet")
    if kind.prefix in KINDS:
        raise ValueError(f"two kinds begin with {kind.prefix}")
    KINDS[kind.prefix] = kind


def finding_of(typed: str) -> Finding:
    """What a code stands for. NotFound `mistyped_code` where a sign is wrong, `unknown_code` where it was never given out."""
    code = compact(typed)
    if not is_whole(code):
        raise NotFound(
            _("Kode ini tidak lengkap atau salah ketik. Periksa lagi huruf dan angkanya: %s.") % _shape(),
            code="mistyped_code",
        )
    kind = KINDS.get(code[:PREFIX_LENGTH])
    found = kind.resolve(code) if kind else None
    if found is None:
        raise NotFound(
            _("Kode ini tidak pernah kami terbitkan. Jangan percaya pada kartu atau surat yang memakainya."),
            code="unknown_code",
        )
    return found


def _shape() -> str:
    return _("2 huruf, lalu 18 huruf atau angka (kartu lama 12); tanpa angka 0 dan 1, tanpa huruf I, L dan O")
