"""Forms about agreements. Rules live in the deeds; a form reads and shows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.groups.queries import group_known_as
from okoce.community.organisations.rules import require_past
from okoce.community.partners.actions.agreements import (
    LONGEST_NUMBER,
    LONGEST_PROMISE,
    LONGEST_SUBJECT,
    NewAgreement,
    NewExtension,
    NewObligation,
)
from okoce.community.partners.models import Partner
from okoce.community.partners.places import read_places, written_places
from okoce.community.partners.queries.partners import active_partner_named, areas_of
from okoce.community.partners.queries.serving import beyond
from okoce.community.partners.rules import require_period, required_places
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import AgreementKind, Metric, Ower
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.web.forms import DayField, RuleAwareForm

LONGEST_TYPED = 2000
MOST_AMOUNT = 10**15  # rupiah; more is a slip of the hand


class RegisterAgreement(RuleAwareForm):
    """An agreement as it was signed with one mitra, and whoever else signed."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Jenis"), choices=AgreementKind.choices)
    number = forms.CharField(
        label=_("Nomor"),
        help_text=_("Seperti tertulis di suratnya. Contoh: 38/PKS/2018"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    subject = forms.CharField(
        label=_("Tentang apa"), max_length=LONGEST_SUBJECT, widget=forms.Textarea({"rows": 2})
    )
    signed_on = DayField(label=_("Ditandatangani"))
    from_on = DayField(label=_("Berlaku mulai"))
    last_on = DayField(label=_("Hari terakhir berlaku"))
    stages = forms.MultipleChoiceField(
        label=_("Tahap yang dilayani"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Belum ada tahap yang dipilih. Pilih paling sedikit satu.")},
    )
    places = forms.CharField(
        label=_("Wilayah yang dicakup"),
        help_text=_(
            "Provinsi, kabupaten/kota, atau kecamatan, dipisah titik koma. Contoh: DKI Jakarta; Kota Bandung"
        ),
        max_length=LONGEST_TYPED,
        widget=forms.Textarea({"rows": 2}),
    )
    group = forms.CharField(
        label=_("Komunitas yang menandatangani"),
        required=False,
        help_text=_("Nama atau kodenya. Kosong: Gerakan OK OCE sendiri."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    partners = forms.CharField(
        label=_("Mitra lain yang ikut menandatangani"),
        required=False,
        help_text=_("Nama lengkapnya, dipisah titik koma."),
        max_length=LONGEST_TYPED,
        widget=forms.Textarea({"rows": 2}),
    )
    wider = forms.BooleanField(
        label=_("Perjanjiannya memang menyebut wilayah di luar wilayah mitra"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor, self._partner = actor, partner
        self.fields["stages"].choices = list(stage_names().items())  # type: ignore[attr-defined]  # a MultipleChoiceField
        # asked only of whoever wrote a place beyond the territory of the mitra
        self._wider = self.fields.pop("wider")

    def clean(self) -> dict[str, Any]:
        """Every field is judged at once, also by the rules of the deed: nobody corrects a place only to learn of a day."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        readers: dict[str, Callable[[Any], object]] = {
            "places": lambda text: required_places(read_places(text), "places"),
            "group": lambda text: _group(self._actor, text),
            "partners": lambda text: [self._partner.pk, *_partners(text)],
            "signed_on": _past,
        }
        for name, read in readers.items():
            if name in told:
                with self.taking_refusals():
                    told[name] = read(told[name])
        if {"from_on", "last_on"} <= told.keys():
            with self.taking_refusals():
                require_period(told["from_on"], told["last_on"])
        if not {"places", "partners"} & self.errors.keys() and {"places", "partners"} <= told.keys():
            self._warn_of_wider(told["places"], told["partners"])
        return told

    def _warn_of_wider(self, places: tuple[str, ...], partner_ids: list[int]) -> None:
        """What lies beyond the territory of its mitra is served by nobody: said before it is taken down."""
        areas = areas_of(partner_ids)
        outside = beyond(places, areas)
        if not outside:
            return
        self.fields["wider"] = self._wider
        if not self.data.get("wider"):
            sentence = gettext(
                "%(outside)s di luar wilayah mitranya (%(areas)s); di sana perjanjian ini tidak dihitung melayani. "
                "Persempit wilayahnya, ubah dulu wilayah mitra, atau centang kotak di bawah bila memang begitu bunyinya."
            )
            told = {"outside": written_places(outside), "areas": written_places(areas)}
            self.add_error("places", sentence % told)

    def agreement(self) -> NewAgreement:
        """As the deed takes it."""
        told = self.cleaned_data
        return NewAgreement(
            kind=told["kind"],
            number=told["number"],
            subject=told["subject"],
            signed_on=told["signed_on"],
            from_on=told["from_on"],
            last_on=told["last_on"],
            stages=tuple(int(one) for one in told["stages"]),
            places=told["places"],
            partner_ids=tuple(told["partners"]),
            group_id=told["group"],
        )


def _past(day: date) -> date:
    require_past("signed_on", day)
    return day


def _partners(text: str) -> list[int]:
    found = []
    for name in filter(None, (" ".join(part.split()) for part in text.replace("\n", ";").split(";"))):
        partner = active_partner_named(name)
        if partner is None:
            sentence = gettext(
                "Tidak ada mitra aktif bernama “%s”. Periksa ejaannya, atau catat dulu mitranya."
            )
            raise Invalid([FieldError("partners", sentence % name)])
        found.append(partner.pk)
    return found


def _group(actor: Actor, text: str) -> int | None:
    if not text.strip():
        return None
    group = group_known_as(actor, text)
    if group is None:
        sentence = gettext("Tidak ada komunitas bernama atau berkode “%s”. Periksa ejaannya.")
        raise Invalid([FieldError("group", sentence % text)])
    return group.pk


class ExtendAgreement(RuleAwareForm):
    """An agreement goes on."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("Nomor perpanjangan"),
        help_text=_("Nomor addendum atau surat perpanjangannya."),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    signed_on = DayField(label=_("Ditandatangani"))
    last_on = DayField(label=_("Hari terakhir berlaku yang baru"))

    def extension(self) -> NewExtension:
        return NewExtension(**self.cleaned_data)


class EndAgreement(RuleAwareForm):
    """An agreement ends before its time."""

    use_required_attribute = False
    ended_on = DayField(label=_("Tidak berlaku lagi sejak"))
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Satu atau dua kalimat. Para pihak membacanya."),
        error_messages={"required": _("Tulis alasannya dalam satu kalimat; para pihak membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )


class AddObligation(RuleAwareForm):
    """What a side promised, measurable where that is possible."""

    use_required_attribute = False
    ower = forms.ChoiceField(label=_("Yang berjanji"), choices=Ower.choices)
    text = forms.CharField(
        label=_("Janjinya"),
        help_text=_("Contoh: menyediakan kursi pelatihan kemasan"),
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea({"rows": 2}),
    )
    amount = forms.IntegerField(
        label=_("Jumlah"),
        required=False,
        min_value=1,
        max_value=MOST_AMOUNT,
        help_text=_("Angkanya saja. Kosong bila tidak terukur."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    metric = forms.ChoiceField(
        label=_("Yang dihitung"), required=False, choices=[("", _("Tidak terukur")), *Metric.choices]
    )
    from_on = DayField(label=_("Mulai"))
    last_on = DayField(label=_("Sampai dengan"))

    def obligation(self) -> NewObligation:
        return NewObligation(**self.cleaned_data)
