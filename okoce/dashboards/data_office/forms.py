"""Plain forms of the data officer's desk. Rules live in the deeds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.paper_consents import Named, PaperConsent
from okoce.community.members.queries import Wording
from okoce.community.privacy.actions.requests import WrittenRequest
from okoce.community.privacy.states import RequestKind
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import DayField, Option, RuleAwareForm


class AnswerRequest(RuleAwareForm):
    """The words that the member reads."""

    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=2000,
        help_text=_("Yang meminta membacanya di halamannya. Tulis apa yang sudah dilakukan, dan kapan."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis jawabannya; yang meminta membacanya di halamannya.")},
    )


class CorrectAccount(RuleAwareForm):
    """What an account is called, and its e-mail."""

    name = forms.CharField(
        label=_("Nama"), max_length=100, error_messages={"required": _("Tulis nama pemilik akun.")}
    )
    email = forms.CharField(
        label=_("Surel"),
        max_length=254,
        required=False,
        help_text=_("Pemilik akun bisa masuk dengan surel ini. Pastikan memang miliknya."),
    )


class NoteRequest(RuleAwareForm):
    """What a member asked on paper."""

    kind = forms.ChoiceField(
        label=_("Apa yang diminta?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang diminta.")},
    )
    text = forms.CharField(
        label=_("Dengan kata-kata orangnya"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis apa yang diminta, dengan kata-kata orangnya.")},
    )
    letter = forms.CharField(
        label=_("Surat atau catatannya"),
        max_length=200,
        help_text=_("Nomor surat atau tempat menyimpannya. Periksa dulu bahwa yang meminta memang orangnya."),
        error_messages={"required": _("Tulis nomor surat atau tempat menyimpannya.")},
    )
    received_on = DayField(
        label=_("Diterima pada"),
        initial=today_wib,
        error_messages={
            "required": _("Tulis hari surat ini diterima. Waktu menjawab dihitung dari hari itu.")
        },
    )

    def written(self) -> WrittenRequest:
        return WrittenRequest(**self.cleaned_data)


class NoteAccountRequest(NoteRequest):
    """What the owner of an account asked on paper; whose it is, the telephone or e-mail of the account says."""

    contact = forms.CharField(
        label=_("Nomor HP atau surel akunnya"),
        max_length=254,
        help_text=_(
            "Seperti tercatat pada akunnya, juga bila pemiliknya tidak bisa masuk lagi dengan nomor itu."
        ),
        error_messages={"required": _("Tulis nomor HP atau surel yang tercatat pada akunnya.")},
    )
    field_order = ("contact", "kind", "text", "letter", "received_on")

    def clean_contact(self) -> str:
        return contact_in(str(self.cleaned_data["contact"]))

    def written(self) -> WrittenRequest:
        told = dict(self.cleaned_data)
        del told["contact"]
        return WrittenRequest(**told)


def contact_in(typed: str) -> str:
    """A telephone in E.164, or an e-mail."""
    text = typed.strip()
    if "@" in text:
        return text
    phone = parse_phone(text)
    if isinstance(phone, Unreadable):
        raise forms.ValidationError(gettext("Tulis nomor HP seperti 0812-3456-7890, atau alamat surel."))
    return phone


class EraseAccount(RuleAwareForm):
    """Once more whose account it is: what follows cannot be undone."""

    contact = forms.CharField(
        label=_("Nomor HP atau surel akunnya, sekali lagi"),
        max_length=254,
        error_messages={"required": _("Tulis nomor HP atau surel yang tercatat pada akunnya.")},
    )

    def __init__(self, data: Any, *, account: Any) -> None:
        super().__init__(data)
        self._account = account

    def clean_contact(self) -> str:
        contact = contact_in(str(self.cleaned_data["contact"]))
        if contact.lower() not in {self._account.phone, (self._account.email or "").lower()}:
            raise forms.ValidationError(
                gettext("Ini bukan nomor atau surel akun di halaman ini. Periksa suratnya.")
            )
        return contact


class NoteConsent(RuleAwareForm):
    """What a member agrees to in the office, in the words of today."""

    purpose = forms.ChoiceField(
        label=_("Apa yang diizinkan?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang diizinkan. Bacakan dulu kalimatnya.")},
    )
    partner = forms.ChoiceField(
        label=_("Bank atau kantor"),
        required=False,
        help_text=_("Hanya bila izinnya menyebut satu bank atau kantor."),
    )
    given_on = DayField(
        label=_("Disetujui pada"),
        initial=today_wib,
        error_messages={"required": _("Tulis hari orang ini menyetujuinya.")},
    )
    has_guardian = forms.BooleanField(label=_("Orang tua atau wali setuju"), required=False)

    def __init__(
        self, data: Any, *, words: Mapping[str, Wording], offered: list[Any], is_child: bool
    ) -> None:
        super().__init__(data)
        purposes = [(code, Option(one.text, one.detail)) for code, one in words.items()]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # a ChoiceField  # a ChoiceField
        self.fields["partner"].choices = [("", _("Tidak menyebut siapa pun")), *offered]  # type: ignore[attr-defined]  # a ChoiceField
        if not is_child:
            del self.fields["has_guardian"]

    def paper(self, named: Named | None) -> PaperConsent:
        told = self.cleaned_data
        return PaperConsent(
            purpose=told["purpose"],
            given_on=told["given_on"],
            named=named,
            has_guardian=told.get("has_guardian", False),
        )


class RestrictMember(RuleAwareForm):
    """Where the letter is in which somebody asks for it."""

    letter = forms.CharField(
        label=_("Surat permintaannya"),
        max_length=200,
        help_text=_("Nomor surat atau tempat menyimpannya. Periksa dulu bahwa yang menulis memang orangnya."),
        error_messages={"required": _("Tulis nomor surat atau tempat menyimpannya.")},
    )
