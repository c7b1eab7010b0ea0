"""Free text from outside, made safe to store: no control codes, no broken letters, single spaces, a longest length."""

import re
import unicodedata

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_text(value: str, longest: int = 200) -> str | Unreadable:
    """The text in one line, or why it cannot be stored."""
    if _FORBIDDEN.search(value):
        return Unreadable(
            _("Ada tanda yang tidak terbaca (kode kendali atau huruf rusak)."), _("Ketik ulang teksnya.")
        )
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if len(text) > longest:
        return Unreadable(
            _("Terlalu panjang: %(count)s huruf, paling banyak %(most)s.")
            % {"count": len(text), "most": longest},
            _("Persingkat teksnya."),
        )
    return text
