"""What may be right although it looks wrong: asked about once, beside the field, and taken the second time."""

import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.nik import WrittenNik, nik_warnings
from okoce.foundation.shared.unreadable import Unreadable


def doubts_about(name: str, birth_on: date, sex: str, nik: WrittenNik | Unreadable | None) -> dict[str, str]:
    """Field → one sentence: what looks wrong, and what happens if she goes on."""
    doubts = {"name": _doubt_of_name(name), "nik": _doubt_of_nik(nik, birth_on, sex)}
    return {field: sentence for field, sentence in doubts.items() if sentence}


def _doubt_of_name(name: str) -> str:
    letters = [one for one in name if one.isalpha()]
    if len(letters) == 1:
        return _("Nama ini hanya satu huruf. Lengkapi, atau lanjutkan saja bila di KTP memang begitu.")
    if not all(unicodedata.name(one, "").startswith("LATIN") for one in letters):
        return _(
            "Nama ini tidak memakai huruf Latin. Tulis seperti di KTP, atau lanjutkan saja bila di KTP begitu."
        )
    return ""


def _doubt_of_nik(nik: WrittenNik | Unreadable | None, birth_on: date, sex: str) -> str:
    if isinstance(nik, Unreadable):
        return " ".join([nik.reason, _("Betulkan, atau lanjutkan saja: NIK itu tidak kami simpan.")])
    if odd := nik_warnings(nik, birth_on, sex):
        told = " ".join(one.reason for one in odd)
        return " ".join(
            [told, _("Cocokkan dengan KTP dan betulkan, atau lanjutkan saja bila memang begitu.")]
        )
    return ""
