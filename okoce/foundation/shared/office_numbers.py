"""Numbers that offices give, of which the count of digits is known: what people and spreadsheets make of them."""

import re

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown

_SEPARATORS = str.maketrans("", "", " .-/'’‘\u00a0\u2013")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")


def read_office_number(text: str, name: str, lengths: tuple[int, ...], how: str) -> str | Unreadable | None:
    """The digits; None for zeros only, which people type where a form demands something. `how` tells how to write it."""
    digits = text.translate(_SEPARATORS)
    if _SCIENTIFIC.fullmatch(text):
        return Unreadable(
            _("%(name)s “%(text)s” sudah diubah menjadi bilangan oleh lembar kerja; angkanya hilang.")
            % {"name": name, "text": shown(text)},
            _("Ubah format kolomnya menjadi Teks, lalu ketik lagi nomornya."),
        )
    if not (digits.isascii() and digits.isdigit()):
        return Unreadable(
            _("%(name)s “%(text)s” berisi tanda selain angka.") % {"name": name, "text": shown(text)}, how
        )
    if not digits.strip("0"):
        return None
    if len(digits) not in lengths:
        wanted = _(" atau ").join(str(length) for length in lengths)
        reason = _("%(name)s berisi %(count)s angka, seharusnya %(wanted)s.")
        return Unreadable(reason % {"name": name, "count": len(digits), "wanted": wanted}, how)
    return digits


def read_nib(text: str) -> str | Unreadable | None:
    """Thirteen digits."""
    return read_office_number(text, "NIB", (13,), _("Tulis ke-13 angkanya, misalnya 1234000567890."))
