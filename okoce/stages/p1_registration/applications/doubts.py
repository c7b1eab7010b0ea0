"""What may be right although it looks wrong: asked about once, beside the field, and taken the second time."""

import unicodedata

from django.utils.translation import gettext as _


def doubt_about(name: str) -> str:
    """One sentence: what looks wrong about a name, and what happens if she goes on; "" where nothing does."""
    letters = [one for one in name if one.isalpha()]
    if len(letters) == 1:
        return _("Nama ini hanya satu huruf. Lengkapi, atau lanjutkan saja bila di KTP memang begitu.")
    if not all(unicodedata.name(one, "").startswith("LATIN") for one in letters):
        return _(
            "Nama ini tidak memakai huruf Latin. Tulis seperti di KTP, atau lanjutkan saja bila di KTP begitu."
        )
    return ""
