"""What is asked before an emergency is opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.people.narrowing import exact_place
from okoce.foundation.web.forms import RuleAwareForm


class OpenEmergency(RuleAwareForm):
    """Where, why, and whether anything is to be corrected."""

    region = forms.CharField(
        label=_("Wilayah"),
        max_length=120,
        help_text=_(
            "Nama atau kode provinsi, kabupaten/kota, atau kecamatan, misalnya Senen, Jakarta Pusat. Pilih yang sesempit mungkin."
        ),
        error_messages={"required": _("Tulis wilayahnya, misalnya Senen atau 31.71.04.")},
    )
    reason = forms.CharField(
        label=_("Apa yang terjadi, dan mengapa tidak bisa menunggu?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Dibaca petugas pelindungan data dan administrator saat itu juga. Jangan sebut nama orang."
        ),
        error_messages={"required": _("Tulis apa yang terjadi dan mengapa tidak bisa menunggu.")},
    )
    may_write = forms.BooleanField(
        label=_("Saya juga perlu membetulkan data, bukan hanya membaca"), required=False
    )

    def clean_region(self) -> str:
        """The one place that is meant: a guess would use up the only emergency of the day."""
        code, why_not = exact_place(str(self.cleaned_data["region"]).strip(), allows_nation=False)
        if why_not:
            raise forms.ValidationError(why_not)
        return code

    def told(self) -> dict[str, Any]:
        """What the deed takes; for a valid form."""
        return {name: self.cleaned_data[name] for name in ("region", "reason", "may_write")}
