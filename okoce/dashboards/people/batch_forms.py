"""What a batch asks before it is carried out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.helping import FITTING
from okoce.community.members.states import HelperPurpose
from okoce.dashboards.forms import NO_REASON, DayField, RuleAwareForm
from okoce.pipeline.states import StandstillReason

PURPOSES = [(purpose.value, purpose.label) for purpose in HelperPurpose if purpose.value in FITTING]


class AssignHelper(RuleAwareForm):
    """Who helps, with what, from when on."""

    helper = forms.ChoiceField(
        label=_("Siapa yang membantu"),
        error_messages={"required": _("Yang membantu belum dipilih. Pilih satu orang dari daftarnya.")},
    )
    purpose = forms.ChoiceField(label=_("Untuk apa"), choices=PURPOSES)
    from_on = DayField(
        label=_("Mulai tanggal"), required=False, help_text=_("Kosongkan untuk hari ini.")
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "helper_%s"  # it may stand on a page with other forms
        self.fields["helper"].choices = [("", _("Pilih orang…")), *offered]  # type: ignore[attr-defined]  # a ChoiceField


class NoteReason(RuleAwareForm):
    """One reason for everybody chosen."""

    reason = forms.ChoiceField(
        label=_("Alasan utama"),
        choices=[("", _("Pilih alasan…")), *StandstillReason.choices],
        error_messages={"required": NO_REASON},
    )
