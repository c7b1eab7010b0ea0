"""What is asked before a written request to be erased is noted."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.members.numbers import record_id_of
from okoce.dashboards.forms import RuleAwareForm


class AskErasure(RuleAwareForm):
    """Where the letter is filed, and once more whose it is: what follows cannot be undone."""

    letter = forms.CharField(
        label=_("Surat permintaannya"),
        max_length=200,
        help_text=_("Nomor surat atau tempat menyimpannya. Periksa dulu bahwa yang menulis memang orangnya."),
        error_messages={"required": _("Tulis nomor atau tempat surat permintaannya disimpan.")},
    )
    number = forms.CharField(
        label=_("Nomor anggotanya, sekali lagi"),
        max_length=40,
        error_messages={"required": _("Tulis nomor anggota orang yang datanya dihapus.")},
    )

    def __init__(self, data: Any, *, member: Any) -> None:
        super().__init__(data)
        self._member = member

    def clean_number(self) -> str:
        written: str = self.cleaned_data["number"]
        if record_id_of(written) != self._member.pk:
            raise forms.ValidationError(
                gettext("Nomor ini bukan nomor orang di halaman ini. Periksa suratnya.")
            )
        return written
