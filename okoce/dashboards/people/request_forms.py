"""How the data officer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import RuleAwareForm


class AnswerRequest(RuleAwareForm):
    """The words that the member reads."""

    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=2000,
        help_text=_("Anggota membacanya di halamannya. Tulis apa yang sudah dilakukan, dan kapan."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis jawabannya; anggota membacanya di halamannya.")},
    )
