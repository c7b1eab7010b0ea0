"""What was found somewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import RuleAwareForm


class TraceLine(RuleAwareForm):
    """A line of a file, or its code alone. Posted, so that what is in it stands in no address."""

    line = forms.CharField(
        label=_("Baris atau kode yang ditemukan"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("Tempel baris yang bocor apa adanya, atau kodenya saja. Yang ditempel tidak disimpan."),
        error_messages={"required": _("Tempel baris yang ditemukan, atau ketik kode unduhannya.")},
    )
