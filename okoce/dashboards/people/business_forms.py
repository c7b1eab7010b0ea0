"""What an officer tells about somebody's business, her workers, and about leaving the movement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.businesses import FINANCES
from okoce.community.members.states import EntryState
from okoce.foundation.shared.money import parse_rupiah
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import DayField, MoneyInput, RuleAwareForm
from okoce.pipeline.states import JobLevel

NO_NUMBER = {"invalid": _("Tulis dengan angka, misalnya 2.")}


def number_line(label: Any, *, is_needed: bool = False, **extra: Any) -> forms.IntegerField:
    """A whole number, typed on the keyboard for figures."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    errors = {**NO_NUMBER, "required": _("Jumlahnya kosong. Tulis dengan angka, misalnya 2.")}
    return forms.IntegerField(label=label, required=is_needed, widget=widget, error_messages=errors, **extra)


class RupiahField(forms.CharField):
    """Rupiah as people write them: "9.000.000", "9 jt"."""

    widget = MoneyInput

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]  # an amount instead of the text
        if isinstance(value, int) or value in self.empty_values:
            return None if value in self.empty_values else value
        amount = parse_rupiah(value)
        if isinstance(amount, Unreadable):
            raise forms.ValidationError(f"{amount.reason} {amount.suggestion}".strip())
        return amount


class CorrectBusiness(RuleAwareForm):
    """The business that somebody came with: what was mistyped, and what was not known then."""

    entry_state = forms.ChoiceField(label=_("Keadaan usaha saat mendaftar"), choices=EntryState.choices)
    name = forms.CharField(label=_("Nama usaha"), required=False)
    sector = forms.CharField(label=_("Bidang usaha"), required=False)
    since_on = DayField(label=_("Mulai usaha"), required=False)
    workers = number_line(_("Jumlah pekerja saat mendaftar, termasuk pemilik"))
    nib = forms.CharField(label=_("NIB"), required=False)
    monthly_turnover = RupiahField(label=_("Omzet sebulan saat mendaftar"), required=False)
    npwp = forms.CharField(label=_("NPWP"), required=False)

    def __init__(self, *args: Any, with_finances: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_finances:
            for name in FINANCES:
                del self.fields[name]

    def told(self) -> Mapping[str, Any]:
        """What the deed takes; for a valid form."""
        return self.cleaned_data


class StateJobs(RuleAwareForm):
    """How many people work there on a day."""

    workers = number_line(_("Jumlah pekerja, termasuk pemilik"), is_needed=True)
    stated_on = DayField(
        label=_("Pada tanggal"),
        error_messages={"required": _("Tanggalnya kosong. Tulis hari pada saat jumlah itu benar.")},
    )
    level = forms.ChoiceField(
        label=_("Dari mana tahu?"),
        choices=JobLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dari mana jumlah itu diketahui.")},
    )


class NoteDeparture(RuleAwareForm):
    """Since when somebody belongs to the movement no more."""

    left_on = DayField(
        label=_("Keluar pada tanggal"),
        error_messages={"required": _("Tanggal keluar kosong. Tulis sejak hari apa ia keluar.")},
    )
