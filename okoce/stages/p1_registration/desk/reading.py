"""What an officer types into one box, understood: a place, and which field the searched text belongs into."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.nik import LENGTH, Nik, parse_nik
from okoce.community.members.numbers import DIGITS as NUMBER_DIGITS
from okoce.community.members.numbers import record_id_of
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.finding import called_nearby, nearest_first
from okoce.foundation.territory.resolution import Reason, Resolution
from okoce.foundation.territory.states import LENGTH_OF, Level

_SEPARATORS = str.maketrans("", "", " .-()/+\u00a0\u2013_")
_DISTRICT = LENGTH_OF[Level.DISTRICT]
# How a mobile telephone begins, and how many digits it has, 0 and all. Some landlines are shorter.
_OF_MOBILES = ("08", "8", "628")
SHORTEST_PHONE, LONGEST_PHONE = 10, 13
MOST_NAMED = 4
LONGEST_QUOTED = 60
_NOT_ONE = {
    Reason.SIMILAR: _lazy(
        "Kecamatan “%(written)s” tidak ditemukan. Mungkin maksudnya: %(places)s. Tulis seperti itu, atau pilih dari daftarnya."
    ),
    Reason.AMBIGUOUS: _lazy(
        "Ada beberapa kecamatan “%(written)s”: %(places)s. Tulis juga kabupaten atau kotanya, seperti itu."
    ),
}


def read_district(text: str, near: str = "") -> str:
    """The code of a kecamatan written as its code, its name, or "Senen, Kota Jakarta Pusat"; raises Invalid otherwise, with
    what may be meant, of that what lies near a known place first."""
    code = read_code(text).code
    if len(code) == _DISTRICT and territory.find_region(code):
        return code
    district, regency, province = [*(part.strip() for part in text.split(",", 2)), "", ""][:3]
    found = territory.resolver().resolve(
        district="" if code else district,
        regency=regency,
        province=province,
        code=code,
        at_least=Level.DISTRICT,
    )
    if found.region is None:
        raise Invalid([FieldError("district", _not_one(district, found, "" if regency else near))])
    return found.region.code[:_DISTRICT]


def _not_one(written: str, found: Resolution, near: str) -> str:
    """Why a name is not one kecamatan, and those that may be meant: each once, with where it lies."""
    sentence = _NOT_ONE.get(found.reason)
    codes = [one.code for one in found.candidates if len(one.code) == _DISTRICT]
    if sentence is None or not codes:
        said = found.sentence_for_one_box
        unnamed = [str(one) for one in found.candidates if one.path not in said]
        return _with_candidates(said, " | ".join(unnamed))
    near_by = called_nearby(written, Level.DISTRICT, near) if found.reason == Reason.SIMILAR else []
    likely = nearest_first([*near_by, *codes], near)
    places = "; ".join(territory.path_of(code) for code in likely[:MOST_NAMED])
    return str(sentence) % {"written": written[:LONGEST_QUOTED], "places": places}


def read_village(text: str, district: str) -> str:
    """The code of a kelurahan of that kecamatan, by name or code; "" for none. Raises Invalid for one of another place."""
    if not text:
        return ""
    code = read_code(text).code
    if len(code) > _DISTRICT:
        return code  # whether it lies there is checked with everything else
    found = territory.resolver().resolve(village=text, code=district, at_least=Level.DISTRICT)
    if found.region is None or len(found.region.code) <= _DISTRICT:
        sentence = _("Kelurahan ini tidak ada di kecamatan itu. Pilih dari daftarnya, atau kosongkan.")
        raise Invalid([FieldError("village", _with_candidates(sentence, found.suggestion))])
    return found.region.code


def _with_candidates(sentence: str, candidates: str) -> str:
    return " ".join([sentence, _("Yang mungkin: %s.") % candidates]) if candidates else sentence


def carried_from(typed: str) -> dict[str, str]:
    """Nobody was found: what was typed belongs into this field, and what a NIK says of its bearer into two more. Digits that
    are part of no telephone and no NIK belong nowhere."""
    text = " ".join(typed.split())
    digits = text.translate(_SEPARATORS)
    if not text or is_member_number(text):
        return {}
    if not _are_digits(digits):
        return {"name": text}
    if len(digits) == LENGTH:
        return {"nik": digits} | said_by_nik(digits)
    if digits.startswith(_OF_MOBILES) or _is_phone(text, digits):
        return {"phone": text}
    return {"nik": digits} if SHORTEST_PHONE <= len(digits) < LENGTH else {}


def is_member_number(text: str) -> bool:
    """Whether it is written as a member's number, or is one without its letters; a right one or not."""
    digits = text.translate(_SEPARATORS)
    if digits[:2].upper() == "OK" and _are_digits(digits[2:]):
        return True
    is_number = len(digits) > NUMBER_DIGITS and record_id_of(digits) is not None
    return _are_digits(digits) and is_number and not _is_phone(text, digits)


def is_unfinished(typed: str) -> bool:
    """Whether these are digits, but fewer than any number has that somebody could be found by."""
    text = " ".join(typed.split())
    digits = text.translate(_SEPARATORS)
    is_whole = is_member_number(text) or _is_phone(text, digits)
    return _are_digits(digits) and len(digits) < LENGTH and not is_whole and not _is_too_long_phone(digits)


def _is_phone(text: str, digits: str) -> bool:
    """Whether it is all of a telephone; the beginning of a mobile is none, though a landline may read so."""
    phone = parse_phone(text)
    if isinstance(phone, Unreadable):
        return False
    return not digits.startswith(_OF_MOBILES) or len(phone) >= len("+62") + SHORTEST_PHONE - 1


def _is_too_long_phone(digits: str) -> bool:
    return digits.startswith(_OF_MOBILES) and len(digits) > LONGEST_PHONE


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def said_by_nik(written: str) -> dict[str, str]:
    """Birth date and sex as the NIK has them, for the officer to compare with the card."""
    nik = parse_nik(written)
    return {"birth_on": nik.birth_on.strftime("%d-%m-%Y"), "sex": nik.sex} if isinstance(nik, Nik) else {}
