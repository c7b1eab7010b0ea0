"""Plain forms of the officers' pages. Rules live in the actions; a form reads and shows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.foundation.web.forms import DayField, RuleAwareForm
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.states import LicenceKind, Stage, StandstillReason

NO_REASON = _("Alasan belum dipilih. Pilih satu dari daftarnya.")
LATER_STAGES = [
    (stage.value, f"{stage.code} {stage.label}") for stage in Stage if stage > Stage.P1_REGISTRATION
]


class GiveEvidence(RuleAwareForm):
    """Evidence for one stage of one member."""

    stage = forms.TypedChoiceField(label=_("Tahap"), choices=LATER_STAGES, coerce=int)
    happened_on = DayField(
        label=_("Tanggal kejadian"),
        error_messages={"required": _("Tanggal kejadian kosong. Tulis hari terjadinya, menurut buktinya.")},
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        choices=[("", _("Pernyataan petugas")), ("visit", _("Kunjungan pendamping")), *LicenceKind.choices],
        help_text=_("Untuk P3: kunjungan. Untuk P4: jenis izinnya."),
    )
    number = forms.CharField(label=_("Nomor dokumen"), required=False, max_length=100)
    workers = forms.IntegerField(
        label=_("Jumlah pekerja, termasuk pemilik"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Hanya untuk P4: berapa orang bekerja di usahanya pada hari itu."),
        error_messages={"invalid": _("Tulis jumlah pekerja dengan angka, misalnya 2.")},
    )
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    partner = forms.TypedChoiceField(
        label=_("Diberikan oleh mitra"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_(
            "Yang mengadakan kelas, menerbitkan izin, atau memberi pinjaman. Dihitung pada perjanjiannya."
        ),
    )

    def __init__(self, *args: Any, partners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", _("Tidak ada atau tidak diketahui")), *partners]  # type: ignore[attr-defined]  # a ChoiceField

    def given(self) -> GivenEvidence:
        """What the action takes."""
        return GivenEvidence(**self.cleaned_data)


class SetStandstill(RuleAwareForm):
    """The main reason why a member does not go on."""

    stage = forms.TypedChoiceField(label=_("Belum sampai ke tahap"), choices=LATER_STAGES, coerce=int)
    reason = forms.ChoiceField(
        label=_("Alasan utama"),
        choices=[("", _("Pilih alasan…")), *StandstillReason.choices],
        error_messages={"required": NO_REASON},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "standstill_%s"  # it stands on one page with GiveEvidence, which has a stage too


class GiveReason(RuleAwareForm):
    """Why a piece of evidence is refused or taken back. That there must be a reason the deed says, once it is clear that the reader
    may decide at all."""

    reason = forms.CharField(
        label=_("Alasannya"), required=False, widget=forms.Textarea(attrs={"rows": 3, "required": True})
    )
