"""The forms of rules. People name the last day of a rule; the rule itself names the first day without it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.people.narrowing import exact_place
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.web.forms import DayField, QuestionForm, RuleAwareForm
from okoce.pipeline.queries.rules import LONGEST_NAME, LONGEST_REASON, LONGEST_SOURCE
from okoce.pipeline.requirements import REQUIREMENTS
from okoce.pipeline.rule_plans import REGISTRATION, NewRule, earliest_day
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import LicenceKind, Stage

IN_ORDER, FREELY = "berurutan", "bebas"
A_DAY = timedelta(days=1)
_FIELDS = {"region": "wilayah", "until_on": "last_on"}
# Everybody begins with P1, and by nothing else: there is nothing to choose.
CHOSEN_STAGES = [stage for stage in Stage if stage != Stage.P1_REGISTRATION]
CHOSEN_REQUIREMENTS = [one for one in REQUIREMENTS if one.code != REGISTRATION]


class NarrowRules(QuestionForm):
    """Which rules are listed: those of a place, as of a day."""

    wilayah = forms.CharField(label=_("Wilayah"), required=False, max_length=60)
    per = DayField(label=_("Pada tanggal"), required=False)


class _DecideOnRule(RuleAwareForm):
    """What every change of a rule has: why, and the preview that it is decided on."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mengapa aturan ini diubah. Tercatat dalam riwayat bersama nama Anda."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    any_number = forms.BooleanField(
        label=_("Simpan juga bila angka orangnya berubah lagi sementara ini"), required=False
    )

    def take(self, refusal: DomainError) -> None:
        """Refusals name what a rule has; people see it in their own words."""
        if isinstance(refusal, Invalid):
            refusal.errors = [replace(one, field=_FIELDS.get(one.field, one.field)) for one in refusal.errors]
        elif refusal.field:
            refusal.field = _FIELDS.get(refusal.field, refusal.field)
        super().take(refusal)


class WriteRule(_DecideOnRule):
    """A version of the rule for a territory, from a day on."""

    name = forms.CharField(
        label=_("Nama program"),
        max_length=LONGEST_NAME,
        help_text=_("Seperti orang menyebutnya, misalnya “7 PAS” atau “jaringan OK OCE”."),
    )
    programme = forms.ChoiceField(label=_("Kelanjutan dari"), required=False)
    wilayah = forms.CharField(
        label=_("Wilayah"),
        required=False,
        max_length=60,
        help_text=_(
            "Nama atau kode provinsi, kabupaten/kota, atau kecamatan. Kosongkan untuk seluruh Indonesia."
        ),
    )
    from_on = DayField(label=_("Berlaku mulai tanggal"))
    last_on = DayField(
        label=_("Berlaku sampai dengan tanggal"),
        required=False,
        help_text=_("Kosongkan bila berlaku seterusnya."),
    )
    order = forms.ChoiceField(
        label=_("Urutan tahap"),
        choices=[
            (IN_ORDER, _("Berurutan: tahap tidak boleh dilompati")),
            (FREELY, _("Bebas: sesudah P1, tahap lain boleh diambil kapan saja")),
        ],
        widget=forms.RadioSelect,
    )
    offered = forms.TypedMultipleChoiceField(
        label=_("Tahap yang ditawarkan, di samping P1"),
        coerce=int,
        required=False,
        choices=[(stage.value, f"{stage.code} {stage.label}") for stage in CHOSEN_STAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    binding = forms.MultipleChoiceField(
        label=_("Syarat yang mengikat"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tahap tanpa syarat selesai oleh satu bukti apa pun yang diperiksa petugas."),
    )
    licences = forms.MultipleChoiceField(
        label=_("Jenis izin yang dihitung untuk P4"),
        required=False,
        choices=LicenceKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.CharField(
        label=_("Dasar"),
        max_length=LONGEST_SOURCE,
        help_text=_("Peraturan atau keputusan yang menetapkannya, dengan tanggalnya."),
    )
    base = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programmes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [*programmes.items(), ("", _("Program baru"))]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["binding"].choices = [  # type: ignore[attr-defined]  # likewise
            (one.code, f"{one.stage.code}: {one.sentence}") for one in CHOSEN_REQUIREMENTS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["region"], problem = exact_place(str(cleaned.get("wilayah", "")).strip())
        if problem:
            self.add_error("wilayah", problem)
        return cleaned

    def new_rule(self) -> NewRule:
        """What the deed takes; for a valid form."""
        told = self.cleaned_data
        return NewRule(
            name=told["name"],
            programme=told["programme"],
            region=told["region"],
            from_on=told["from_on"],
            until_on=told["last_on"] + A_DAY if told["last_on"] else None,
            is_sequential=told["order"] == IN_ORDER,
            offered=(Stage.P1_REGISTRATION.value, *sorted(told["offered"])),
            binding=(REGISTRATION, *sorted(told["binding"])),
            licences=tuple(sorted(told["licences"])),
            source=told["source"],
            reason=told["reason"],
            base=told["base"],
        )


def as_it_stands(rule: Rule) -> dict[str, Any]:
    """What a form begins with: another version of this one, from the first day that is possible."""
    return {
        "name": rule.name,
        "programme": rule.programme,
        "wilayah": rule.region,
        "from_on": earliest_day(),
        "order": IN_ORDER if rule.is_sequential else FREELY,
        "offered": [str(stage) for stage in sorted(rule.offered)],
        "binding": sorted(rule.binding),
        "licences": sorted(rule.licences),
        "source": rule.source,
        "base": rule.code,
    }


class EndRule(_DecideOnRule):
    """The last day of a rule; one that has not begun is taken back and asks for none."""

    last_on = DayField(label=_("Hari terakhir berlaku"))

    def __init__(self, *args: Any, is_to_come: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_to_come:
            del self.fields["last_on"]

    @property
    def on(self) -> date | None:
        """The first day without the rule; for a valid form."""
        last: date | None = self.cleaned_data.get("last_on")
        return last + A_DAY if last else None

    def clean_last_on(self) -> date:
        last: date = self.cleaned_data["last_on"]
        if last == date.max:
            raise forms.ValidationError(gettext("Hari itu terlalu jauh."))
        return last
