"""Plain forms of the member's own pages. Rules live in the actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.residences import Home
from okoce.community.members.nik import WrittenNik, nik_warnings, parse_nik
from okoce.community.members.queries import Wording
from okoce.community.privacy.states import RequestKind
from okoce.dashboards.forms import DayField, RuleAwareForm
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.forms import Option, PhotosField
from okoce.foundation.web.numbers import day_text


class ChangeEmail(RuleAwareForm):
    """Where letters by e-mail go."""

    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        max_length=200,
        help_text=_("Kosongkan bila tidak punya."),
        error_messages={
            "invalid": _("Surel ini belum lengkap. Tulis seperti siti@contoh.id, atau kosongkan.")
        },
    )


class AddNik(RuleAwareForm):
    """The sixteen digits of her card. What is odd about them is asked about once, and taken the second time."""

    nik = forms.CharField(
        label=_("NIK"),
        max_length=40,
        help_text=_("16 angka di KTP."),
        error_messages={"required": _("Tulis dulu ke-16 angka dari KTP Anda.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    doubted = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, birth_on: date | None, sex: str) -> None:
        super().__init__(data)
        self._birth_on, self._sex = birth_on, sex

    def clean(self) -> dict[str, Any]:
        nik = parse_nik(self.cleaned_data.get("nik", ""))
        odd = nik_warnings(nik, self._birth_on, self._sex)
        if not odd or not isinstance(nik, WrittenNik):
            return self.cleaned_data
        asked = keyed_hash("own.nik_doubt", nik.digits).hex()[:16]
        if self.cleaned_data.get("doubted") != asked:
            reasons = " ".join(one.reason for one in odd)
            how = gettext(
                "Cocokkan dengan KTP dan betulkan, atau kirim sekali lagi bila di KTP memang begitu."
            )
            self.add_error("nik", f"{reasons} {how}")
            self.data = {**self.data.dict(), "doubted": asked}  # type: ignore[attr-defined]  # what a browser posts is a QueryDict
        return self.cleaned_data


class MyWords(RuleAwareForm):
    """What I have to add to something that I told."""

    use_required_attribute = False
    text = forms.CharField(label=_("Tulis di sini"), max_length=2_000, widget=forms.Textarea({"rows": 4}))
    photos = PhotosField(label=_("Foto atau tangkapan layar"), required=False)


class HomeForm(RuleAwareForm):
    """A home: the kecamatan is chosen before, its kelurahan are offered."""

    begins_where_it_stands = False

    region = forms.CharField(widget=forms.HiddenInput)
    village = forms.ChoiceField(label=_("Kelurahan atau desa"), required=False)
    address = forms.CharField(
        label=_("Jalan, nomor, RT/RW"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )

    def __init__(self, data: Any, *, member: Any, region: str) -> None:
        found = territory.find_region(region) if len(region) == LENGTH_OF[Level.DISTRICT] else None
        self.knows_region = found is not None
        self.district = found.code if found else ""
        stays = self.district == member.region
        told = (
            {"region": self.district, "village": member.village, "address": member.address} if stays else {}
        )
        super().__init__(data, initial={"region": self.district, **told})
        below = territory.children(self.district) if found else []
        self.fields["village"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Belum tahu")),
            *((place.code, place.label) for place in below),
        ]

    def home(self) -> Home:
        return Home(self.cleaned_data["region"], self.cleaned_data["village"])


class MoveHome(HomeForm):
    """Another home since a day."""

    moved_on = DayField(
        label=_("Mulai tinggal di sana"),
        error_messages={"required": _("Tulis sejak tanggal berapa Anda tinggal di sana. Kira-kira boleh.")},
    )


class CorrectHome(HomeForm):
    """The same home, written rightly."""

    begins_where_it_stands = True


class ChangePhone(RuleAwareForm):
    """A new number, which must be in her hand."""

    phone = forms.CharField(
        label=_("Nomor HP baru"),
        max_length=40,
        error_messages={"required": _("Tulis dulu nomor HP yang baru.")},
        help_text=_("Kode 6 angka dikirim ke nomor ini. Contoh: 0812-3456-7890."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        read = parse_phone(self.cleaned_data["phone"])
        if isinstance(read, Unreadable):
            raise forms.ValidationError(f"{read.reason} {read.suggestion}".strip())
        return read


class ConfirmPhone(RuleAwareForm):
    """The code that arrived there."""

    code = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=20,
        error_messages={"required": _("Ketik dulu 6 angka dari pesan kami.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ChooseConsents(RuleAwareForm):
    """What a member allows besides the programme, each in the words of today."""

    contact = forms.BooleanField(required=False)
    shop = forms.BooleanField(required=False)
    finances_mentor = forms.BooleanField(required=False)

    def put_in_words(self, wordings: Mapping[str, Wording], since: Mapping[str, date]) -> None:
        """Label each box with what it allows, and since when it does."""
        for purpose, field in self.fields.items():
            field.label = wordings[purpose].text
            day = since.get(purpose)
            field.help_text = (
                gettext("Anda izinkan sejak %s.") % day_text(day) if day else wordings[purpose].detail
            )


class AllowNamed(RuleAwareForm):
    """Which mitra may see what."""

    purpose = forms.ChoiceField(
        label=_("Apa yang Anda izinkan?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang Anda izinkan.")},
    )
    partner = forms.ChoiceField(
        label=_("Bank atau kantor"), error_messages={"required": _("Pilih bank atau kantornya.")}
    )

    def __init__(self, data: Any, *, words: Mapping[str, Wording], offered: list[Any]) -> None:
        super().__init__(data)
        purposes = [(code, Option(one.text, one.detail)) for code, one in words.items()]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["partner"].choices = [("", _("Pilih…")), *offered]  # type: ignore[attr-defined]  # likewise


class LeaveMyGroup(RuleAwareForm):
    """Why I leave my komunitas, where I want to say it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        max_length=500,
        help_text=_("Petugas yang membaca riwayat Anda membacanya."),
        widget=forms.Textarea({"rows": 2}),
    )


class EraseMyData(RuleAwareForm):
    """That she has read what it means."""

    is_sure = forms.BooleanField(
        label=_("Saya mengerti: sesudah hari tunggu, data saya tidak bisa dikembalikan."),
        error_messages={"required": _("Centang dulu bahwa Anda mengerti, lalu kirim lagi.")},
    )


class LeaveTheMovement(RuleAwareForm):
    """Likewise."""

    is_sure = forms.BooleanField(
        label=_("Saya mengerti, dan ingin keluar dari OK OCE hari ini."),
        error_messages={"required": _("Centang dulu bahwa Anda mengerti, lalu kirim lagi.")},
    )


class AskAboutMyData(RuleAwareForm):
    """What no button here does; somebody answers within the hours that the law gives."""

    kind = forms.ChoiceField(
        label=_("Apa yang Anda minta?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apa yang Anda minta.")},
    )
    text = forms.CharField(
        label=_("Tulis dengan kata-kata Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis dengan kata-kata Anda apa yang Anda minta.")},
    )
