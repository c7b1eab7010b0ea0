"""The public form of a mitra. Rules live in the deeds; a form reads and shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.organisations.forms import EMPTY, LONGEST_TYPED, LastButton, answer_field
from okoce.community.partners.actions.partners import NewPartner
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import PartnerKind
from okoce.community.partners.telling import judged_application
from okoce.foundation.shared.errors import Invalid
from okoce.foundation.web.forms import Option, RuleAwareForm

PICK_ONE = {"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")}
PICK_SOME = {
    "required": _("Pilih paling sedikit satu tahap."),
    "invalid_choice": _("Tahap itu tidak ada. Pilih dari daftarnya."),
}
NOTES = {
    PartnerKind.SKPD: _("dinas provinsi, kabupaten, atau kota"),
    PartnerKind.BANK: _("juga koperasi simpan pinjam dan fintech berizin"),
    PartnerKind.CAMPUS: _("universitas, politeknik, atau sekolah"),
    PartnerKind.NGO: _("perkumpulan, asosiasi, organisasi keagamaan"),
}


class PartnerApplication(RuleAwareForm):
    """What a mitra is, what it offers for which stages, and who speaks for it. The telephone is the one that was proven."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama lembaga atau perusahaan"),
        help_text=_("Nama resminya. Contoh: Dinas PPKUKM Provinsi DKI Jakarta"),
        error_messages=EMPTY,
        widget=forms.TextInput({"maxlength": LONGEST_TYPED, "autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Lembaga apa?"),
        choices=[(one.value, Option(one.label, NOTES.get(one, ""))) for one in PartnerKind],
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )
    offer = forms.CharField(
        label=_("Apa yang Anda tawarkan kepada wirausaha?"),
        help_text=_("Satu atau dua kalimat. Contoh: pelatihan kemasan dan pinjaman sampai Rp10 juta"),
        error_messages=EMPTY,
        widget=forms.Textarea({"rows": 3}),
    )
    offered_stages = forms.MultipleChoiceField(
        label=_("Untuk tahap apa?"),
        help_text=_("Boleh lebih dari satu."),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PICK_SOME,
    )
    website = forms.CharField(
        label=_("Situs web"),
        required=False,
        help_text=_("Contoh: www.contoh.id"),
        widget=forms.TextInput({"maxlength": LONGEST_TYPED, "inputmode": "url", "autocomplete": "url"}),
    )
    contact_name = forms.CharField(
        label=_("Nama Anda"),
        help_text=_("Orang yang mewakili. Hanya sekretariat dan petugas mitra ini yang melihatnya."),
        error_messages=EMPTY,
        widget=forms.TextInput({"autocomplete": "name", "maxlength": LONGEST_TYPED}),
    )
    contact_duty = forms.CharField(
        label=_("Jabatan Anda di sana"),
        help_text=_("Contoh: Kepala seksi UMKM"),
        error_messages=EMPTY,
        widget=forms.TextInput({"autocomplete": "organization-title", "maxlength": LONGEST_TYPED}),
    )
    contact_email = forms.CharField(
        label=_("Surel Anda"),
        required=False,
        help_text=_("Contoh: rina@contoh.id"),
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "email", "maxlength": LONGEST_TYPED}),
    )

    answer = answer_field()

    def __init__(self, *args: Any, phone: str, is_asked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["answer"]
        self.phone = phone
        self.fields["offered_stages"].choices = list(stage_names().items())  # type: ignore[attr-defined]  # a MultipleChoiceField

    def clean(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        if not self.errors:
            try:
                judged_application(new_partner({**told, "areas": ("",)}, self.phone), told.get("answer", ""))
            except Invalid as wrong:
                self.take(wrong)
        return told


class Agreeing(LastButton):
    """Its contact agrees to the words that stand there. Whether she must, the deed says."""

    consent = forms.BooleanField(required=False)
    version = forms.CharField(required=False)


def new_partner(told: dict[str, Any], phone: str) -> NewPartner:
    """As the deed takes it; `told` is what the form read, and `areas`."""
    about = {name: value for name, value in told.items() if name != "answer"}
    stages = tuple(int(one) for one in told["offered_stages"])
    return NewPartner(**{**about, "offered_stages": stages}, contact_phone=phone)
