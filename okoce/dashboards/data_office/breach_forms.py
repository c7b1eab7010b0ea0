"""Plain forms of the register of breaches. Rules live in the deeds."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okoce.community.privacy.actions.breaches import Told
from okoce.dashboards.data_office.forms import contact_in
from okoce.foundation.shared.days import ZONES, today_wib
from okoce.foundation.web.forms import DayField, RuleAwareForm

WIB = ZONES["WIB"]


class NoteBreach(RuleAwareForm):
    """What is known of a breach."""

    title = forms.CharField(
        label=_("Nama singkat kejadiannya"),
        max_length=200,
        error_messages={"required": _("Tulis nama singkat kejadiannya, misalnya “Laptop petugas hilang”.")},
    )
    what = forms.CharField(
        label=_("Apa yang terjadi"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tanpa nama orang: kalimat ini berdiri dalam pemberitahuan."),
        error_messages={"required": _("Tulis apa yang terjadi, dan bagaimana data itu keluar.")},
    )
    data = forms.CharField(  # type: ignore[assignment]  # a field, taken off the class by its metaclass
        label=_("Data apa yang terkena"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya: nama, nomor HP, kecamatan."),
        error_messages={"required": _("Tulis data apa yang terkena.")},
    )
    happened_on = DayField(
        label=_("Terjadi pada"), required=False, help_text=_("Kosongkan bila belum diketahui.")
    )
    noticed_on = DayField(
        label=_("Diketahui pada"),
        initial=today_wib,
        error_messages={
            "required": _("Tulis hari kebocoran ini diketahui. Waktu 3×24 jam dihitung dari situ.")
        },
    )
    noticed_time = forms.TimeField(
        label=_("Pukul (WIB)"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Tulis jam kebocoran ini diketahui, misalnya 14:30."),
            "invalid": _("Jam ini tidak terbaca. Tulis seperti 14:30."),
        },
    )
    people_count = forms.IntegerField(
        label=_("Berapa orang yang terkena"),
        required=False,
        help_text=_("Kosongkan bila belum diketahui."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Tulis jumlah orang dengan angka, misalnya 120.")},
    )
    measures = forms.CharField(
        label=_("Apa yang sudah dilakukan"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def told(self) -> Told:
        told = dict(self.cleaned_data)
        noticed = datetime.combine(told.pop("noticed_on"), told.pop("noticed_time"), WIB)
        return Told(**told, noticed_since=noticed)


class AmendBreach(NoteBreach):
    """The same; when it was noticed stays as it was noted."""

    def __init__(self, data: Any, *, breach: Any) -> None:
        self._noticed = breach.noticed_since
        names = ("title", "what", "data", "happened_on", "people_count", "measures")
        super().__init__(data, initial={name: getattr(breach, name) for name in names})
        for name in ("noticed_on", "noticed_time"):
            del self.fields[name]

    def told(self) -> Told:
        return Told(**self.cleaned_data, noticed_since=self._noticed)


class NameAffected(RuleAwareForm):
    """Member numbers, as they come out of a list."""

    numbers = forms.CharField(
        label=_("Nomor anggota yang terkena"),
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pisahkan dengan spasi, koma, atau baris baru."),
        error_messages={"required": _("Tulis nomor anggotanya, misalnya OK-00000123-0.")},
    )

    def clean_numbers(self) -> list[str]:
        written: str = self.cleaned_data["numbers"]
        return list(dict.fromkeys(written.replace(",", " ").replace(";", " ").split()))


class NameAccounts(RuleAwareForm):
    """Telephones or e-mails of accounts; a telephone may have spaces in it."""

    contacts = forms.CharField(
        label=_("Nomor HP atau surel akun yang terkena"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Untuk petugas, narahubung, atau pengurus yang bukan anggota. Satu baris satu akun."),
        error_messages={"required": _("Tulis nomor HP atau surel yang tercatat pada akunnya.")},
    )

    def clean_contacts(self) -> list[str]:
        written: str = self.cleaned_data["contacts"]
        lines = (line.strip() for line in written.replace(",", "\n").replace(";", "\n").splitlines())
        return list(dict.fromkeys(contact_in(line) for line in lines if line))


def now_wib() -> str:
    """The time of day, as the field shows it."""
    return timezone.now().astimezone(WIB).strftime("%H:%M")
