"""What is asked before somebody joins a komunitas, moves to another, or leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import DayField, RuleAwareForm
from okoce.foundation.shared.errors import DomainError


class JoinGroup(RuleAwareForm):
    """Which komunitas, from which day on."""

    komunitas = forms.CharField(
        label=_("Nama atau kode komunitas"),
        max_length=200,
        error_messages={"required": _("Tulis nama atau kode komunitasnya.")},
        widget=forms.TextInput({"list": "near-groups", "autocomplete": "off"}),
    )
    from_on = DayField(
        label=_("Anggota sejak"), error_messages={"required": _("Tulis sejak hari apa. Hari ini juga boleh.")}
    )


class LeaveGroup(RuleAwareForm):
    """From which day on she belongs to none."""

    until_on = DayField(
        label=_("Keluar sejak"), error_messages={"required": _("Tulis sejak hari apa. Hari ini juga boleh.")}
    )

    def take(self, refusal: DomainError) -> None:
        """A form of one field: whatever is wrong is the day."""
        self.add_error("until_on", refusal.sentence)
