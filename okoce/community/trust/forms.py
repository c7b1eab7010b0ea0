"""Forms about certificates and names. Rules live in the deeds; a form reads and shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.trust.rules import NewName
from okoce.community.trust.states import CertificateEnd
from okoce.foundation.web.forms import DayField, RuleAwareForm

LONGEST_TYPED = 300


class EndCertificate(RuleAwareForm):
    """Why the certificate so far is no longer valid; `seen` says which one was looked at."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Kenapa surat lama dibatalkan?"),
        choices=CertificateEnd.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih alasan surat lama dibatalkan."),
            "invalid_choice": _("Pilih alasan surat lama dibatalkan."),
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class GiveName(RuleAwareForm):
    """What a komunitas or mitra may call itself, under which conditions, for how long."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama yang diizinkan"),
        help_text=_("Memuat “OK OCE”. Contoh: OK OCE Melati Senen"),
        error_messages={"required": _("Tulis nama yang diizinkan.")},
        widget=forms.TextInput({"maxlength": LONGEST_TYPED, "autocomplete": "off"}),
    )
    conditions = forms.CharField(
        label=_("Syarat"),
        help_text=_("Terbaca umum. Contoh: hanya untuk kegiatan tanpa biaya di Kecamatan Senen"),
        error_messages={"required": _("Tulis syaratnya; siapa pun yang memeriksa membacanya.")},
        widget=forms.Textarea({"rows": 3}),
    )
    from_on = DayField(
        label=_("Mulai"), error_messages={"required": _("Tanggal mulai kosong. Tulis hari pertamanya.")}
    )
    until_on = DayField(
        label=_("Sampai"),
        required=False,
        help_text=_("Hari terakhirnya. Kosong: sampai dicabut."),
    )

    def new_name(self) -> NewName:
        told = self.cleaned_data
        return NewName(told["name"], told["conditions"], told["from_on"], told["until_on"] or None)


class WithdrawName(RuleAwareForm):
    """Why a name is taken back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu atau dua kalimat. Pemegang izin membacanya."),
        error_messages={"required": _("Tulis alasannya dalam satu kalimat; pemegang izin membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )
