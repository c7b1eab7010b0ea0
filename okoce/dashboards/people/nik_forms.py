"""What is asked before somebody's NIK is shown in full."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import RuleAwareForm


class UnmaskNik(RuleAwareForm):
    """Why it is needed: the person herself reads it."""

    reason = forms.CharField(
        label=_("Untuk apa?"),
        max_length=500,
        help_text=_("Ditulis di riwayat. Orangnya sendiri membaca alasan ini, dan bahwa Anda petugas apa."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis untuk apa NIK lengkapnya diperlukan.")},
    )
