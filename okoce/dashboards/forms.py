"""Plain forms of the officers' pages. Rules live in the actions; a form reads and shows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.actions.evidence import GivenEvidence
from okoce.pipeline.states import LicenceKind, Stage, StandstillReason

LATER_STAGES = [
    (stage.value, f"{stage.code} {stage.label}") for stage in Stage if stage > Stage.P1_REGISTRATION
]


class DayField(forms.CharField):
    """A day in any usual spelling; a phone's own calendar sends ISO."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a day instead of the text
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        day = parse_day(value)
        if isinstance(day, Unreadable):
            raise forms.ValidationError(
                gettext("Tanggal ini tidak terbaca. Tulis seperti 2018-12-31 atau 31-12-2018.")
            )
        return day


class RuleAwareForm(forms.Form):
    """A form that can show the refusals of an action beside its fields."""

    def take(self, refusal: DomainError) -> None:
        """Put each wrong field's sentence where the reader sees it; nothing typed is lost."""
        if isinstance(refusal, Invalid):
            for wrong in refusal.errors:
                self.add_error(wrong.field if wrong.field in self.fields else None, str(wrong.sentence))
        else:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class GiveEvidence(RuleAwareForm):
    """Evidence for one stage of one member."""

    stage = forms.TypedChoiceField(label=_("Tahap"), choices=LATER_STAGES, coerce=int)
    happened_on = DayField(label=_("Tanggal kejadian"))
    kind = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        choices=[("", _("Pernyataan petugas")), ("visit", _("Kunjungan pendamping")), *LicenceKind.choices],
        help_text=_("Untuk P3: kunjungan. Untuk P4: jenis izinnya."),
    )
    number = forms.CharField(label=_("Nomor dokumen"), required=False, max_length=100)
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def given(self) -> GivenEvidence:
        """What the action takes."""
        return GivenEvidence(**self.cleaned_data)


class SetStandstill(RuleAwareForm):
    """The main reason why a member does not go on."""

    stage = forms.TypedChoiceField(label=_("Belum sampai ke tahap"), choices=LATER_STAGES, coerce=int)
    reason = forms.ChoiceField(
        label=_("Alasan utama"), choices=[("", _("Pilih alasan…")), *StandstillReason.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "standstill_%s"  # it stands on one page with GiveEvidence, which has a stage too


class SearchMembers(forms.Form):
    """What is looked for in the list of people."""

    q = forms.CharField(label=_("Nama, nomor HP, NIK atau nomor anggota"), required=False, max_length=100)
    tahap = forms.TypedChoiceField(
        label=_("Tahap terjauh"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Semua tahap")), *((stage.value, f"{stage.code} {stage.label}") for stage in Stage)],
    )
    macet = forms.ChoiceField(
        label=_("Alasan berhenti"),
        required=False,
        choices=[("", _("Semua alasan")), *StandstillReason.choices],
    )
    wilayah = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sesudah = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
