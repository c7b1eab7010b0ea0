"""What is asked before people are taken along in a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import RuleAwareForm


class AskExport(RuleAwareForm):
    """What the file is for: it stands in the file, and the data officer reads it."""

    alasan = forms.CharField(
        label=_("Untuk apa berkas ini?"),
        max_length=300,
        help_text=_(
            "Ditulis di dalam berkas dan di daftar unduhan yang dibaca petugas pelindungan data. Jangan sebut nama orang."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Tulis untuk apa berkasnya, misalnya “mengundang peserta pelatihan 3 Desember”.")
        },
    )
