"""Sign-in: by a phone that gets a code, or with a contact and a password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.throttle import begin_attempt, take_back
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.forms import WordedForm
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable


class AskCode(WordedForm):
    """The phone of a member: any usual spelling."""

    phone = forms.CharField(
        label=_("Nomor HP Anda"),
        help_text=_("Contoh: 0812-3456-7890. Boleh juga +62"),
        max_length=60,
        error_messages={"required": _("Tulis nomor HP Anda.")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        phone = parse_phone(str(self.cleaned_data["phone"]))
        if isinstance(phone, Unreadable):
            raise forms.ValidationError(" ".join(filter(None, (phone.reason, phone.suggestion))))
        return phone


class TypeCode(WordedForm):
    """The six digits; spaces in between do no harm."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        error_messages={
            "required": _("Ketik 6 angka dari pesan kami."),
            "max_length": _("Kode terdiri dari 6 angka."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PickPerson(WordedForm):
    """One of a telephone's people: buttons with a name each, so that nothing is typed; who it may be, signing in judges."""


class SignIn(WordedForm):
    """Refuses with one sentence that does not tell whether the account exists."""

    contact = forms.CharField(
        label=_("Nomor HP atau surel"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean_contact(self) -> str:
        text = str(self.cleaned_data["contact"]).strip()
        if "@" in text:
            return text.lower()
        phone = parse_phone(text)
        if isinstance(phone, Unreadable):
            raise forms.ValidationError(gettext("Tulis nomor HP seperti 0812-3456-7890, atau alamat surel."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        contact, address = cleaned["contact"], client_address(self.request)
        attempt = begin_attempt(contact, address)
        if attempt is None:
            raise forms.ValidationError(gettext("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))
        found = authenticate(self.request, contact=contact, password=cleaned["password"])
        if not isinstance(found, User):
            raise forms.ValidationError(
                gettext("Nomor atau surel dan kata sandi belum cocok. Periksa keduanya.")
            )
        take_back(attempt)
        self.user = found
        return cleaned
