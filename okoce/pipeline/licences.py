"""What the number of a permit must look like to be evidence for P4: one rule for files, programs and forms. Pure.

Kinds that count their digits are held to them; a letter of an office (SKU, IUMK) has whatever that office writes.
"""

import re

from django.utils.translation import gettext as _

from okoce.foundation.shared.office_numbers import read_nib, read_office_number
from okoce.foundation.shared.unreadable import Unreadable, shown
from okoce.pipeline.states import LicenceKind

_OWN_NAME = re.compile(r"(?:P-?IRT|NIB)?[\s.:]*(?:(?:No|Nomor)\b[\s.:]*)?", re.IGNORECASE)


def read_licence_number(kind: str, written: str) -> str | Unreadable:
    """The number as it is kept. Empty stays empty: not every officer has the letter at hand."""
    if not written:
        return ""
    if kind not in (LicenceKind.NIB, LicenceKind.PIRT):
        return written if any(letter.isdigit() for letter in written) else _no_digits(written)
    bare = _OWN_NAME.sub("", written, count=1)
    if kind == LicenceKind.NIB:
        read = read_nib(bare)
    else:
        read = read_office_number(bare, "P-IRT", (15,), _("Tulis ke-15 angkanya, misalnya 2063171010001-23."))
    return _no_digits(written) if read is None else read


def _no_digits(written: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” bukan nomor izin.") % {"text": shown(written)},
        _("Tulis nomor seperti di suratnya, atau kosongkan."),
    )
