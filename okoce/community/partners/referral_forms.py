"""Forms about referrals. Rules live in the deeds; a form reads and shows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.partners.actions.referral_terms import NewReferralTerm
from okoce.community.partners.actions.referrals import LONGEST_NEED, NewReferral
from okoce.community.partners.queries.referrals import MOVEMENT
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import ConsentGiver, ConsentWay, ReferralOutcome, ReferralTermCode
from okoce.foundation.shared.versions import LONGEST_SOURCE
from okoce.foundation.web.forms import DayField, RuleAwareForm

Choices = Sequence[tuple[str, str]]


class SendReferral(RuleAwareForm):
    """Who sends, to whom, for which stage and what, and how the member agreed."""

    use_required_attribute = False
    from_partner = forms.ChoiceField(label=_("Dari kantor"))
    to_partner = forms.ChoiceField(
        label=_("Ke mitra"), help_text=_("Yang melayani kecamatan tempat tinggal anggota ini.")
    )
    stage = forms.TypedChoiceField(label=_("Untuk tahap"), coerce=int)
    need = forms.CharField(
        label=_("Yang dibutuhkan"),
        help_text=_(
            "Satu kalimat. Penerima dan anggota membacanya. Contoh: pelatihan kemasan untuk kue kering"
        ),
        max_length=LONGEST_NEED,
        widget=forms.Textarea({"rows": 2}),
    )
    consent_on = DayField(label=_("Anggota setuju pada"))
    consent_way = forms.ChoiceField(label=_("Cara menyetujui"), choices=ConsentWay.choices)
    consent_by = forms.ChoiceField(
        label=_("Yang menyetujui"),
        choices=ConsentGiver.choices,
        help_text=_("Untuk anggota di bawah umur: orang tua atau walinya."),
    )
    agreed = forms.BooleanField(
        label=_("Saya sudah membacakan kata-kata di atas, dan anggota setuju."),
        error_messages={
            "required": _("Tanpa persetujuan anggota, ia tidak dirujuk. Bacakan dulu, lalu centang.")
        },
    )

    def __init__(self, *args: Any, senders: Choices, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Pilih…"))]
        told = {
            "from_partner": [*senders] if len(senders) == 1 else [*nothing, *senders],
            "to_partner": [*nothing, *receivers],
            "stage": [*nothing, *stage_names().items()],
        }
        for name, choices in told.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # each a ChoiceField

    def referral(self, number: str) -> NewReferral:
        told = self.cleaned_data
        sender = told["from_partner"]
        return NewReferral(
            number=number,
            from_partner_id=None if sender == MOVEMENT else int(sender),
            to_partner_id=int(told["to_partner"]),
            stage=told["stage"],
            need=told["need"],
            consent_on=told["consent_on"],
            consent_way=told["consent_way"],
            consent_by=told["consent_by"],
        )


class ReferralReason(RuleAwareForm):
    """Why it is declined, or taken back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu kalimat. Kantor yang lain dan anggota membacanya."),
        error_messages={
            "required": _("Tulis alasannya dalam satu kalimat; kantor yang lain dan anggota membacanya.")
        },
        widget=forms.Textarea({"rows": 2}),
    )


class CloseReferral(RuleAwareForm):
    """What came of it."""

    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("Hasilnya"), choices=[("", _("Pilih…")), *ReferralOutcome.choices])
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        help_text=_("Pengirim dan anggota membacanya."),
        widget=forms.Textarea({"rows": 2}),
    )


class DecideReferralTerm(RuleAwareForm):
    """So many days for a step, from a day on."""

    use_required_attribute = False
    code = forms.ChoiceField(
        label=_("Batas waktu"),
        choices=ReferralTermCode.choices,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
    )
    days = forms.IntegerField(
        label=_("Berapa hari"),
        help_text=_("Hari kalender, Sabtu, Minggu, dan hari libur ikut dihitung."),
        error_messages={
            "required": _("Tulis jumlah harinya."),
            "invalid": _("Tulis jumlah harinya, angka saja."),
        },
    )
    from_on = DayField(
        label=_("Mulai berlaku"),
        help_text=_("Untuk langkah yang mulai hari itu atau sesudahnya."),
        error_messages={"required": _("Tanggalnya kosong. Tulis harinya.")},
    )
    source = forms.CharField(
        label=_("Dasar"), help_text=_("Keputusan yang menetapkannya."), max_length=LONGEST_SOURCE
    )

    def new_term(self) -> NewReferralTerm:
        return NewReferralTerm(**self.cleaned_data)
