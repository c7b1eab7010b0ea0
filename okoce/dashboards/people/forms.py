"""What the list of people is narrowed by. Every choice stands in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.states import EntryState
from okoce.foundation.web.forms import QuestionForm
from okoce.pipeline.states import REASON_FILTERS, Stage

LONGEST_PLACE = 60
# How long somebody has stood behind her furthest stage: days at least and at most.
AGES: dict[str, tuple[int | None, int | None]] = {
    "0-30": (None, 30),
    "31-90": (31, 90),
    "91-180": (91, 180),
    "181-365": (181, 365),
    "30-": (31, None),
    "90-": (91, None),
    "180-": (181, None),
    "365-": (366, None),
}
AGE_LABELS = {
    "30-": _("Lebih dari 30 hari"),
    "90-": _("Lebih dari 90 hari"),
    "180-": _("Lebih dari 180 hari"),
    "365-": _("Lebih dari setahun"),
    "0-30": _("Sampai 30 hari"),
    "31-90": _("31–90 hari"),
    "91-180": _("91–180 hari"),
    "181-365": _("181–365 hari"),
}
ORDERS = [("nama", _("Nama")), ("lama", _("Paling lama menunggu"))]


class NarrowPeople(QuestionForm):
    """The filters of the list; a komunitas is named as people know it, a place by its name or code."""

    is_alike = True

    q = forms.CharField(label=_("Nama, nomor HP, NIK atau nomor anggota"), required=False, max_length=100)
    wilayah = forms.CharField(
        label=_("Wilayah"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=_("Nama atau kode provinsi, kabupaten/kota, atau kecamatan."),
    )
    komunitas = forms.CharField(
        label=_("Komunitas"), required=False, max_length=100, help_text=_("Nama atau kodenya.")
    )
    tahap = forms.TypedChoiceField(
        label=_("Tahap terjauh"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Semua tahap")), *((stage.value, f"{stage.code} {stage.label}") for stage in Stage)],
    )
    macet = forms.ChoiceField(
        label=_("Alasan belum lanjut"),
        required=False,
        choices=[
            ("", _("Semua alasan")),
            *REASON_FILTERS,
        ],
    )
    umur = forms.ChoiceField(
        label=_("Lama di tahap itu"), required=False, choices=[("", _("Berapa pun")), *AGE_LABELS.items()]
    )
    usaha = forms.ChoiceField(
        label=_("Usaha saat mendaftar"),
        required=False,
        choices=[("", _("Semua keadaan")), *EntryState.choices],
    )
    urut = forms.ChoiceField(label=_("Urutan"), required=False, choices=ORDERS)
    sesudah = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
