"""The forms of targets. A scope is named as people know it; nothing named is the whole nation."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.groups.queries import group_known_as
from okoce.dashboards.people.narrowing import named_or_nation
from okoce.foundation.access.actor import Actor
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import DayField, RuleAwareForm
from okoce.pipeline.actions.targets import LONGEST_SOURCE, NewTarget
from okoce.pipeline.programmes import programme_node
from okoce.pipeline.queries.rules import programmes
from okoce.pipeline.states import EACH_GROUP, Metric
from okoce.pipeline.tallies import group_node

LONGEST_CODE = 13


class SetTarget(RuleAwareForm):
    """One target as it is written down."""

    metric = forms.ChoiceField(label=_("Ukuran"), choices=Metric.choices)
    value = forms.CharField(
        label=_("Angka target"), max_length=20, widget=forms.TextInput({"inputmode": "numeric"})
    )
    wilayah = forms.CharField(
        label=_("Wilayah"),
        required=False,
        max_length=60,
        help_text=_(
            "Nama atau kode provinsi, kabupaten/kota, atau kecamatan. Kosongkan untuk seluruh Indonesia."
        ),
    )
    komunitas = forms.CharField(
        label=_("Komunitas"),
        required=False,
        max_length=100,
        help_text=_("Nama atau kodenya, bila targetnya milik satu komunitas."),
    )
    each_group = forms.BooleanField(label=_("Berlaku untuk setiap komunitas aktif"), required=False)
    programme = forms.ChoiceField(
        label=_("Program"),
        required=False,
        help_text=_("Bila targetnya milik satu program, di mana pun program itu berlaku."),
    )
    from_on = DayField(label=_("Mulai tanggal"))
    until_on = DayField(label=_("Sampai tanggal"))
    source = forms.CharField(
        label=_("Sumber"),
        max_length=LONGEST_SOURCE,
        help_text=_("Keputusan, surat, atau berita yang memuatnya, dengan tanggalnya."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.places: list[tuple[str, str]] = []  # which may be meant where it is not one
        choices = [("", gettext("Bukan program")), *programmes().items()]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, see above

    def clean_value(self) -> int:
        written = str(self.cleaned_data["value"]).replace(".", "").replace(" ", "")
        if not written.isascii() or not written.isdigit():
            raise forms.ValidationError(
                gettext("Angka ini tidak terbaca. Tulis bilangan bulat, seperti 200.000.")
            )
        return int(written)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        place, group = cleaned.get("wilayah", "").strip(), cleaned.get("komunitas", "").strip()
        programme = cleaned.get("programme", "")
        if sum(map(bool, (place, group, programme, cleaned.get("each_group")))) > 1:
            told = gettext(
                "Pilih satu lingkup saja: wilayah, satu komunitas, setiap komunitas, atau satu program."
            )
            self.add_error("wilayah", told)
        elif programme:
            cleaned["node"] = programme_node(programme)
        elif cleaned.get("each_group"):
            cleaned["node"] = EACH_GROUP
        else:
            cleaned["node"] = self._group(group) if group else self._place(place)
        self._require_forwards(cleaned)
        return cleaned

    def new_target(self) -> NewTarget:
        """What the deed takes; for a valid form."""
        told = self.cleaned_data
        return NewTarget(
            **{name: told[name] for name in ("metric", "node", "from_on", "until_on", "value", "source")}
        )

    def _require_forwards(self, cleaned: dict[str, Any]) -> None:
        """Told together with what else is wrong; the deed asks it, too."""
        begin, end = cleaned.get("from_on"), cleaned.get("until_on")
        if begin and end and end <= begin:
            self.add_error("until_on", gettext("Target berakhir sebelum mulai. Periksa kedua tanggalnya."))

    def _place(self, written: str) -> str:
        """The place that is meant; of several that may be one is picked by its button."""
        picked = territory.find_region(self.data.get("pilih", "")[:LONGEST_CODE])
        if picked is not None:
            return picked.code
        found = named_or_nation(written)
        if found.code is not None:
            return found.code
        self.places = found.offers()
        told = gettext("Mungkin maksudnya salah satu tempat di bawah ini, atau periksa ejaan “%s”.")
        self.add_error("wilayah", told % written if self.places else found.sentence)
        return ""

    def _group(self, written: str) -> str:
        group = group_known_as(self._actor, written)
        if group is None:
            self.add_error("komunitas", gettext("Komunitas itu tidak ada. Periksa nama atau kodenya."))
            return ""
        return group_node(group.pk)


class WithdrawTarget(RuleAwareForm):
    """Why a target no longer holds."""

    reason = forms.CharField(
        label=_("Mengapa dicabut"), max_length=LONGEST_SOURCE, widget=forms.Textarea(attrs={"rows": 3})
    )
