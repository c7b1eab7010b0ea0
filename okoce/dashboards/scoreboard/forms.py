from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.groups.states import GroupKind
from okoce.foundation.web.forms import QuestionForm


class NarrowScores(QuestionForm):
    """Which kind of komunitas stands on the board."""

    jenis = forms.ChoiceField(
        label=_("Jenis komunitas"), required=False, choices=[("", _("Semua jenis")), *GroupKind.choices]
    )
