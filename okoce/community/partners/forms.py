"""Forms about partners. Rules live in the deeds; a form reads and shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.partners.rules import LONGEST_NAME
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import PartnerKind
from okoce.community.partners.telling import LONGEST_DUTY, LONGEST_EMAIL, LONGEST_WEBSITE
from okoce.community.partners.terms import ContactTerm
from okoce.foundation.territory.naming import LONGEST_WRITTEN
from okoce.foundation.web.forms import DayField, QuestionForm, RuleAwareForm
from okoce.foundation.web.place_forms import PlaceForm

LONGEST_TYPED = 300


class SpeakerFields(RuleAwareForm):
    """Who speaks for a mitra."""

    use_required_attribute = False
    contact_name = forms.CharField(
        label=_("Nama narahubung"),
        help_text=_(
            "Orang yang mewakili mitra ini. Hanya sekretariat dan petugas mitra ini yang melihatnya."
        ),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact_duty = forms.CharField(
        label=_("Jabatannya"),
        required=False,
        max_length=LONGEST_DUTY,
        help_text=_("Contoh: Kepala seksi UMKM"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("HP narahubung"),
        help_text=_("Contoh: 0812-3456-7890"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    contact_email = forms.CharField(
        label=_("Surel narahubung"),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "off"}),
    )


class PartnerDetails(SpeakerFields):
    """What a mitra is called, of which kind it is, what it offers, who speaks for it."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama mitra"),
        help_text=_("Nama resminya. Contoh: Dinas PPKUKM Provinsi DKI Jakarta"),
        widget=forms.TextInput({"maxlength": LONGEST_NAME, "autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(label=_("Jenis mitra"), choices=[("", _("Pilih…")), *PartnerKind.choices])
    offer = forms.CharField(
        label=_("Yang ditawarkan kepada anggota"),
        required=False,
        help_text=_("Satu atau dua kalimat. Contoh: pelatihan kemasan dan pinjaman sampai Rp10 juta"),
        widget=forms.Textarea({"rows": 3}),
    )
    offered_stages = forms.MultipleChoiceField(
        label=_("Untuk tahap apa"), required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.CharField(
        label=_("Situs web"),
        required=False,
        max_length=LONGEST_WEBSITE,
        help_text=_("Contoh: www.contoh.id"),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    field_order = ("name", "kind", "place", "region", "offer", "offered_stages", "website")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offered_stages"].choices = list(stage_names().items())  # type: ignore[attr-defined]  # a MultipleChoiceField

    def told(self) -> dict[str, Any]:
        """As the deed takes it."""
        told = dict(self.cleaned_data)
        return {**told, "offered_stages": tuple(int(stage) for stage in told["offered_stages"])}


class ProposePartner(PlaceForm, PartnerDetails):
    """The same of a new one, and where it mainly serves."""

    allows_nation = True
    place = forms.CharField(
        label=_("Wilayah utama"),
        required=False,
        help_text=_(
            "Nama provinsi, kabupaten/kota, atau kecamatan. Kosongkan untuk seluruh Indonesia. Wilayah lain ditambahkan di halaman"
            " berikutnya."
        ),
        max_length=LONGEST_WRITTEN,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def told(self) -> dict[str, Any]:
        """The same with the place."""
        told = super().told()
        del told["place"]
        area = told.pop("region", "")
        return {**told, "areas": (area,)}


class PartnerReason(RuleAwareForm):
    """Why something is decided."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu atau dua kalimat. Mitra membacanya."),
        error_messages={"required": _("Tulis alasannya dalam satu kalimat; mitra membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )


class AppointContact(RuleAwareForm):
    """Who is to act for a mitra, as what, for how long."""

    use_required_attribute = False
    who = forms.CharField(
        label=_("HP, nomor anggota, atau surel"),
        help_text=_("Anggota langsung dapat akun. Narahubung yang ditulis di usulan juga."),
        max_length=LONGEST_TYPED,
        error_messages={"required": _("Tulis siapa orangnya: nomor HP, nomor anggota (OK-…), atau surel.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    duty = forms.CharField(
        label=_("Jabatannya di sana"),
        required=False,
        max_length=LONGEST_DUTY,
        help_text=_("Contoh: Kepala seksi UMKM"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    from_on = DayField(
        label=_("Mulai"), error_messages={"required": _("Tanggal mulai kosong. Tulis hari pertamanya.")}
    )
    until_on = DayField(
        label=_("Sampai"),
        required=False,
        help_text=_("Hari sesudah hari terakhirnya. Kosong: sampai diakhiri."),
    )

    def term(self) -> ContactTerm:
        told = self.cleaned_data
        return ContactTerm(told["duty"], told["from_on"], told["until_on"] or None)


class EndContact(RuleAwareForm):
    """From which day on somebody acts for a mitra no more."""

    use_required_attribute = False
    until_on = DayField(
        label=_("Tidak bertugas lagi sejak"), error_messages={"required": _("Tulis sejak hari apa.")}
    )


class NarrowPartners(QuestionForm):
    """What the list of partners is narrowed by."""

    q = forms.CharField(
        label=_("Nama mitra"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    jenis = forms.ChoiceField(
        label=_("Jenis"), required=False, choices=[("", _("Semua jenis")), *PartnerKind.choices]
    )
