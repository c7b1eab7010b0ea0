"""What is asked before somebody's card is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.states import CardEnd
from okoce.dashboards.forms import RuleAwareForm


class EndCard(RuleAwareForm):
    """Which card is before one's eyes: what was given out since is not ended by a form that came late, or twice."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReplaceCard(EndCard):
    """Why the card so far is to be valid no longer."""

    reason = forms.ChoiceField(
        label=_("Mengapa diganti?"),
        choices=[(end.value, end.label) for end in (CardEnd.LOST, CardEnd.COPIED, CardEnd.DAMAGED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih mengapa kartunya diganti.")},
    )


class RevokeCard(EndCard):
    """Why somebody is to have no card."""

    reason = forms.ChoiceField(
        label=_("Mengapa dibatalkan?"),
        choices=CardEnd.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih mengapa kartunya dibatalkan.")},
    )
