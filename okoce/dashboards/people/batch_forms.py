"""What a batch asks before it is carried out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.helping import Helping
from okoce.dashboards.forms import NO_REASON, DayField, RuleAwareForm
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.states import StandstillReason

# What can be helped with, and who may: values of a choice with their labels.
Offered = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class AssignHelper(RuleAwareForm):
    """Who helps, with what, from when on. The two are one choice, so that nobody is offered for what is not hers to do."""

    helper = forms.ChoiceField(
        label=_("Siapa yang membantu, dan untuk apa"),
        error_messages={"required": _("Yang membantu belum dipilih. Pilih satu orang dari daftarnya.")},
    )
    from_on = DayField(
        label=_("Mulai tanggal"), required=False, help_text=_("Kosongkan untuk hari ini.")
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Offered = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "helper_%s"  # it may stand on a page with other forms
        self.fields["helper"].choices = [("", _("Pilih orang…")), *offered]  # type: ignore[attr-defined]  # a ChoiceField
        if not offered:
            self.fields["helper"].help_text = _(
                "Belum ada yang bertugas membantu di sini. Minta administrator memberi seseorang peran pendamping."
            )

    def helping(self) -> Helping:
        """What the deed takes; for a valid form."""
        purpose, _colon, user_id = self.cleaned_data["helper"].partition(":")
        return Helping(int(user_id), purpose, self.cleaned_data["from_on"] or today_wib())


class NoteReason(RuleAwareForm):
    """One reason for everybody chosen."""

    reason = forms.ChoiceField(
        label=_("Alasan utama"),
        choices=[("", _("Pilih alasan…")), *StandstillReason.choices],
        error_messages={"required": NO_REASON},
    )
