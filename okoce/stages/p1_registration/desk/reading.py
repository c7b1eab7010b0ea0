"""What an officer types into one box, understood: a place, and which field the searched text belongs into."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.nik import (
    LENGTH,
    Nik,
    WrittenNik,
    date_warning,
    parse_written_nik,
    region_warning,
)
from okoce.community.members.numbers import record_id_of
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.states import LENGTH_OF, Level

_SEPARATORS = str.maketrans("", "", " .-()/+\u00a0\u2013_")
_DISTRICT = LENGTH_OF[Level.DISTRICT]


def read_district(text: str) -> str:
    """The code of a kecamatan written as its code, its name, or "Senen, Kota Jakarta Pusat"; raises Invalid otherwise."""
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
        raise Invalid([FieldError("district", _with_candidates(found.sentence, found.suggestion))])
    return found.region.code[:_DISTRICT]


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
    """Nobody was found: what was typed belongs into this field, and what a NIK says of its bearer into two more."""
    text = " ".join(typed.split())
    digits = text.translate(_SEPARATORS)
    if not text or text.upper().startswith("OK-"):
        return {}
    if not digits.isascii() or not digits.isdigit():
        return {"name": text}
    if len(digits) == LENGTH:
        return {"nik": digits} | said_by_nik(digits)
    is_phone = isinstance(parse_phone(text), str) or record_id_of(digits) is None
    return {"phone": text} if is_phone else {}


def said_by_nik(written: str) -> dict[str, str]:
    """Birth date and sex as the NIK has them, for the officer to compare with the card."""
    nik = parse_written_nik(written)
    return {"birth_on": nik.birth_on.strftime("%d-%m-%Y"), "sex": nik.sex} if isinstance(nik, Nik) else {}


def nik_warnings(written: str, birth_on: date | None, sex: str) -> list[str]:
    """What is odd about a NIK that was taken all the same: for a second look at the card."""
    nik = parse_written_nik(written) if written.strip() else None
    if not isinstance(nik, WrittenNik):
        return []
    known = [nik.region_prefix] if territory.resolver().heirs(nik.region_prefix) else []
    found = [date_warning(nik), region_warning(nik, known)]
    if isinstance(nik, Nik) and birth_on is not None and birth_on != nik.birth_on:
        found.append(
            _("Menurut NIK ia lahir %(day)s, berbeda dari isian.")
            % {"day": nik.birth_on.strftime("%d-%m-%Y")}
        )
    if isinstance(nik, Nik) and sex not in {"", nik.sex}:
        found.append(_("Jenis kelamin menurut NIK berbeda dari isian."))
    return [sentence for sentence in found if sentence]
