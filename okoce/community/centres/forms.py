"""Forms about centres. Rules live in the deeds; a form reads and shows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.centres.rules import (
    LONGEST_ADDRESS,
    LONGEST_HOURS,
    LONGEST_NAME,
    LONGEST_REASON,
    Details,
)
from okoce.community.groups.models import Group
from okoce.community.groups.queries import group_known_as
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.forms import put_in_words
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import DayField, QuestionForm, RuleAwareForm


class CentreDetails(RuleAwareForm):
    """What everybody reads of a centre."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Nama pusat"),
        max_length=LONGEST_NAME,
        help_text=_("Contoh: Pusat Wirausaha Senen"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Alamat"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Jalan, nomor, dan patokan, sehingga orang menemukannya."),
        widget=forms.Textarea({"rows": 2}),
    )
    hours = forms.CharField(
        label=_("Jam buka"),
        max_length=LONGEST_HOURS,
        help_text=_("Contoh: Senin–Jumat 09.00–16.00, Sabtu 09.00–12.00"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("Siapa yang dihubungi"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Semua orang membacanya, jadi minta izinnya dulu."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("Nomor HP atau telepon"),
        max_length=60,
        help_text=_("Semua orang membacanya. Contoh: 0812-3456-7890"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )

    def details(self) -> Details:
        """What the deed takes; for a valid form."""
        return Details(**{name: self.cleaned_data[name] for name in CentreDetails.base_fields})


class PlanCentre(CentreDetails):
    """A new one: also its kecamatan, among those of the komunitas."""

    region = forms.ChoiceField(label=_("Kecamatan"))
    from_on = DayField(label=_("Direncanakan sejak"))
    field_order = ("region", "name", "address", "hours", "contact_name", "contact_phone", "from_on")

    def __init__(self, *args: Any, districts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, territory.path_of(code)) for code in districts]
        if len(choices) != 1:
            choices.insert(0, ("", gettext("Pilih kecamatan…")))
        self.fields["region"] = forms.ChoiceField(label=_("Kecamatan"), choices=choices)
        put_in_words(self)
        self.order_fields(self.field_order)


class OpenCentre(RuleAwareForm):
    """From which day on it is open."""

    use_required_attribute = False
    on = DayField(label=_("Buka sejak"))


class ShutCentre(RuleAwareForm):
    """From which day on it is shut, and why."""

    use_required_attribute = False
    on = DayField(label=_("Tutup sejak"))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        help_text=_("Satu kalimat. Semua orang membacanya."),
        error_messages={"required": _("Tulis alasannya dalam satu kalimat; semua orang membacanya.")},
        widget=forms.Textarea({"rows": 2}),
    )


class HandOverCentre(RuleAwareForm):
    """Which komunitas is responsible from now on."""

    use_required_attribute = False
    komunitas = forms.CharField(
        label=_("Komunitas yang mengurus mulai sekarang"),
        max_length=200,
        help_text=_("Nama atau kodenya."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_komunitas(self) -> Group:
        group = group_known_as(self._actor, self.cleaned_data["komunitas"])
        if group is None:
            raise forms.ValidationError(gettext("Komunitas itu tidak ada. Periksa nama atau kodenya."))
        return group


class NarrowCentres(QuestionForm):
    """What the desk's list is searched by."""

    q = forms.CharField(
        label=_("Nama pusat"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
