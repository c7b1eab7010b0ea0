"""The forms by which whoever applies proves her telephone."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import RuleAwareForm

EMPTY = {"required": _("Bagian ini kosong. Isi dulu, lalu lanjut.")}
LONGEST_TYPED = 300


def answer_field() -> forms.CharField:
    """What whoever applied answers to the secretariat's question; on a form that nobody asked anything about it is left out."""
    return forms.CharField(
        label=_("Jawaban Anda untuk sekretariat"),
        required=False,
        help_text=_("Satu atau dua kalimat. Sekretariat membacanya saat memeriksa lagi."),
        widget=forms.Textarea({"rows": 3}),
    )


class ApplicantPhone(RuleAwareForm):
    """The first screen: a telephone number."""

    use_required_attribute = False
    phone = forms.CharField(
        label=_("Nomor WhatsApp Anda"),
        help_text=_("Kami kirim kode 6 angka ke nomor ini. Contoh: 0812-3456-7890"),
        error_messages=EMPTY,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "maxlength": LONGEST_TYPED}),
    )

    def clean_phone(self) -> str:
        phone = parse_phone(self.cleaned_data["phone"])
        if isinstance(phone, Unreadable):
            raise forms.ValidationError(f"{phone.reason} {phone.suggestion}".strip())
        return phone


class ApplicantCode(RuleAwareForm):
    """The second: the code that was sent there."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Kode 6 angka"),
        help_text=_("Ada di pesan yang baru kami kirim."),
        error_messages=EMPTY,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 60}),
    )


class LastButton(RuleAwareForm):
    """Under the places: the whole application is sent. What is wrong with it stands above, since its fields are on pages before."""

    @classmethod
    def refused(cls, sent: Any, refusal: DomainError) -> Self:
        """As it was sent, with every sentence of the refusal."""
        form = cls(sent)
        wrong = refusal.errors if isinstance(refusal, Invalid) else []
        for sentence in [str(one.sentence) for one in wrong] or [refusal.sentence]:
            form.add_error(None, sentence)
        return form
