"""The blocks of the public form. What a value may be is said by the same rules as for officers, files and programs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.actions.entry import NewBusiness, NewMember, Person
from okoce.community.members.names import clean_name, has_pictures
from okoce.community.members.queries import Wording
from okoce.community.members.states import GUARDIAN, ConsentPurpose, GuardianRelation, Sex
from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.forms import WordedForm
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import Option
from okoce.stages.p1_registration.applications.doubts import doubt_about
from okoce.stages.p1_registration.states import Activity

LONGEST_TYPED = 300
LONGEST_SOURCE = 60
NO_GROUP = "none"
ANY_PHONE = "+6281200000000"  # stands for the one that was verified, where only other fields are judged
PROGRAMME = ConsentPurpose.PROGRAMME.value
OPTIONAL = (ConsentPurpose.SHOP.value, ConsentPurpose.CONTACT.value)
NOTES = {
    Activity.TRADING: _lazy("belum punya surat izin"),
    Activity.LICENSED: _lazy("misalnya NIB, PIRT, atau halal"),
}
# Each box: the purpose whose words stand beside it, and what it is called where it has been forgotten.
TICKS = {
    PROGRAMME: (PROGRAMME, _lazy("Persetujuan anggota")),
    ConsentPurpose.SHOP.value: (ConsentPurpose.SHOP.value, _lazy("Daftar belanja")),
    ConsentPurpose.CONTACT.value: (ConsentPurpose.CONTACT.value, _lazy("Kabar lewat WhatsApp")),
    "guardian_agrees": (GUARDIAN, _lazy("Persetujuan orang tua atau wali")),
}

EMPTY: dict[str, Any] = {"required": _lazy("Bagian ini kosong. Isi dulu, lalu lanjut.")}


class TextField(forms.CharField):
    """A line of text; its rules say what is wrong, so Django's own limits only guard against floods."""

    def __init__(self, *, attrs: dict[str, str] | None = None, **options: Any) -> None:
        widget = forms.TextInput({"maxlength": LONGEST_TYPED, **(attrs or {})})
        super().__init__(widget=widget, error_messages=EMPTY, strip=False, **options)


class NeededAtTimes:
    """Mixed in before a field that must be filled in some cases only: so it is not marked as one that may stay empty, its help
    says when it is needed, and the form refuses it then."""

    def validate(self, value: Any) -> None:
        """Nothing is missing by itself."""


class TextNeededAtTimes(NeededAtTimes, TextField):
    pass


class RulesForm(WordedForm):
    """A form whose fields are judged by the domain's rules after Django has read them."""

    use_required_attribute = False

    def refuse(self, errors: Sequence[FieldError]) -> None:
        for error in errors:
            self.add_error(error.field if error.field in self.fields else None, error.sentence)

    def read(self, name: str, parse: Any) -> Any:
        """What a parser makes of a field; None with the reason beside the field. Blanks alone are nothing."""
        value = self.cleaned_data.get(name, "")
        if not value.strip():
            if name not in self.errors:
                self.add_error(name, EMPTY["required"])
            return None
        parsed = parse(value)
        if isinstance(parsed, Unreadable):
            self.add_error(name, f"{parsed.reason} {parsed.suggestion}".strip())
            return None
        return parsed

    def read_mobile(self, name: str) -> Any:
        """A number to which a code can be sent."""
        phone = self.read(name, parse_phone)
        if phone is not None and not phone.startswith("+628"):
            self.add_error(
                name,
                _("Ini bukan nomor HP Indonesia. Tulis nomor yang mulai dengan 08, supaya kode bisa sampai."),
            )
        return phone


class PhoneForm(RulesForm):
    """The first screen. Where the link came from rides along."""

    phone = TextField(
        label=_lazy("Nomor WhatsApp Anda"),
        help_text=_lazy("Kami kirim kode 6 angka ke nomor ini. Contoh: 0812-3456-7890"),
        attrs={"inputmode": "tel", "autocomplete": "tel"},
    )
    may_call = forms.BooleanField(required=False)
    komunitas = forms.CharField(required=False, widget=forms.HiddenInput)
    sumber = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, wording: Wording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wording is None:
            del self.fields["may_call"]
        else:
            word_tick(self, "may_call", _("Boleh dihubungi"), wording)

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "phone": self.read_mobile("phone")}


class CodeForm(RulesForm):
    code = TextField(
        label=_lazy("Kode 6 angka"),
        help_text=_lazy("Ada di pesan yang baru kami kirim."),
        attrs={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class PersonForm(RulesForm):
    """Who she is. Her NIK she adds on her own page, with the card in her hand: no door asks it of somebody who wants to begin."""

    name = TextField(
        label=_lazy("Nama lengkap"),
        help_text=_lazy("Seperti di KTP. Satu kata boleh."),
        attrs={"autocomplete": "name"},
    )
    birth_on = TextField(
        label=_lazy("Tanggal lahir"),
        help_text=_lazy("Contoh: 17-8-1990 atau 17 Agustus 1990"),
        attrs={"autocomplete": "bday"},
    )
    sex = forms.ChoiceField(
        label=_lazy("Jenis kelamin"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Pilih salah satu."), "invalid_choice": _lazy("Pilih salah satu.")},
    )
    doubted = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        birth_on = self.read("birth_on", lambda text: parse_day(text, today=latest_today()))
        new = NewMember(name=told.get("name", ""), phone=ANY_PHONE, birth_on=birth_on)
        self.refuse(problems_of(new, {"name", "birth_on"} - set(self.errors)))
        if self.errors or birth_on is None:
            return told
        name = str(clean_name(told["name"]))
        self._ask_about(doubt_about(name))
        return {**told, "name": name, "birth_on": birth_on.isoformat()}

    def _ask_about(self, doubt: str) -> None:
        """Once: whoever sends the same again means it. What was asked about rides along as a fingerprint."""
        asked = keyed_hash("registration.doubt", self.cleaned_data["name"].strip()).hex()[:16]
        if not doubt or self.cleaned_data.get("doubted") == asked:
            return
        self.add_error("name", doubt)
        self.data = {**self.data.dict(), "doubted": asked}  # type: ignore[attr-defined]  # what a browser posts is a QueryDict


class PlaceForm(RulesForm):
    """One of the places that were offered, by its code."""

    code = forms.CharField(
        max_length=13,
        error_messages={**EMPTY, "max_length": _lazy("Pilih salah satu tempat dari daftar.")},
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        code = self.cleaned_data.get("code", "")
        region, village = code[:8], code if len(code) > 8 else ""
        wrong = place_errors_of(region, village)
        if wrong:
            self.add_error("code", wrong)
        return {"region": region, "village": village}


class WorkForm(RulesForm):
    activity = forms.ChoiceField(
        label=_lazy("Apa kegiatan Anda sekarang?"),
        choices=[(one.value, Option(one.label, NOTES.get(one, ""))) for one in Activity],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Pilih salah satu."), "invalid_choice": _lazy("Pilih salah satu.")},
    )
    trade = TextNeededAtTimes(
        label=_lazy("Usaha apa?"),
        help_text=_lazy(
            "Kalau sudah jualan: satu atau dua kata. Contoh: keripik tempe, jahit, bengkel motor"
        ),
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        trade, activity = told.get("trade", ""), told.get("activity", "")
        if activity and Activity(activity).is_business and not trade.strip():
            self.add_error("trade", _("Tulis usahanya, satu atau dua kata. Contoh: jahit baju"))
        if has_pictures(trade):
            self.add_error("trade", _("Tulis usahanya dengan huruf saja, tanpa gambar. Contoh: jahit baju"))
        new = NewMember(name="A", phone=ANY_PHONE, business=NewBusiness(sector=trade))
        for error in problems_of(new, {"business.sector"}):
            self.add_error("trade", error.sentence)
        return {**told, "trade": " ".join(trade.split())}


class GroupForm(RulesForm):
    """A komunitas among those near her, or none."""

    group = forms.ChoiceField(
        label=_lazy("Mau bergabung dengan komunitas mana?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _lazy("Pilih salah satu. Belum tahu? Pilih yang paling bawah."),
            "invalid_choice": _lazy("Komunitas itu tidak ada dalam daftar ini. Pilih salah satu."),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Option]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (says so to the type checker)
        field.choices = [*choices, (NO_GROUP, _("Belum sekarang, nanti saja"))]

    def clean(self) -> dict[str, Any]:
        return {"group_id": number_typed(self.cleaned_data.get("group", ""))}


class ConsentForm(RulesForm):
    """What she agrees to, in the words that were shown: the required purpose apart from the optional ones."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    programme = forms.BooleanField(
        error_messages={
            "required": _lazy("Tanpa persetujuan ini Anda belum bisa jadi anggota. Centang bila setuju.")
        }
    )
    shop = forms.BooleanField(required=False)
    contact = forms.BooleanField(required=False)
    guardian_name = TextField(label=_lazy("Nama orang tua atau wali"), attrs={"autocomplete": "off"})
    guardian_phone = TextField(
        label=_lazy("Nomor HP orang tua atau wali"),
        help_text=_lazy(
            "Kami kirim kode ke HP itu. Satu HP untuk sekeluarga? Tulis nomor yang sama: kode yang tadi diketik sudah membuktikannya."
        ),
        attrs={"inputmode": "tel", "autocomplete": "off"},
    )
    guardian_relation = forms.ChoiceField(
        label=_lazy("Hubungan dengan pendaftar"),
        choices=GuardianRelation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Pilih salah satu."), "invalid_choice": _lazy("Pilih salah satu.")},
    )
    guardian_agrees = forms.BooleanField(
        error_messages={
            "required": _lazy("Pendaftar belum dewasa. Orang tua atau walinya harus mencentang bila setuju.")
        }
    )

    def __init__(self, *args: Any, wordings: dict[str, Wording], needs_guardian: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings, self.needs_guardian = wordings, needs_guardian
        for name in [name for name in self.fields if name.startswith(GUARDIAN)] if not needs_guardian else ():
            del self.fields[name]
        for purpose in OPTIONAL:
            if purpose not in wordings:
                del self.fields[purpose]
        for name, (purpose, label) in TICKS.items():
            if name in self.fields and purpose in wordings:
                word_tick(self, name, str(label), wordings[purpose])

    @property
    def version_shown(self) -> str:
        return self.wordings[PROGRAMME].version

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("version") != self.version_shown:
            self.add_error(None, _("Kata-kata persetujuan baru saja diperbarui. Baca lagi, lalu setujui."))
        if self.needs_guardian:
            told = {**told, "guardian_name": self.read("guardian_name", clean_name)}
            told["guardian_phone"] = self.read_mobile("guardian_phone")
        return told

    @property
    def purposes(self) -> tuple[str, ...]:
        return tuple(name for name in (PROGRAMME, *OPTIONAL) if self.cleaned_data.get(name))


def word_tick(form: forms.Form, name: str, label: str, wording: Wording) -> None:
    """Give a box the words that are agreed to by ticking it."""
    field = form.fields[name]
    field.label = label
    field.wording = wording  # type: ignore[attr-defined]  # read by register_tick.html


def problems_of(new: NewMember, among: set[str]) -> list[FieldError]:
    """What the register would say about these fields."""
    try:
        Person.of(new, witnessed_by=None, only=among)
    except Invalid as error:
        return error.errors
    return []


def place_errors_of(region: str, village: str) -> str:
    problems = problems_of(
        NewMember(name="A", phone=ANY_PHONE, region=region, village=village), {"region", "village"}
    )
    return problems[0].sentence if problems else ""
