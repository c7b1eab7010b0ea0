"""The forms of messages: how one is written to, and the words of a kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.foundation.notifications.actions import LONGEST_BODY, LONGEST_SUBJECT, NewWording
from okoce.foundation.notifications.hand_rules import NewHandRule
from okoce.foundation.notifications.kinds import Kind
from okoce.foundation.notifications.states import CHOSEN, Language
from okoce.foundation.shared.versions import LONGEST_SOURCE
from okoce.foundation.web.forms import DayField, RuleAwareForm, StepperInput


class ChoosePreference(RuleAwareForm):
    """By which channel, in which language, or not at all."""

    channel = forms.ChoiceField(
        label=_("Lewat apa?"),
        required=False,
        choices=[("", _("Terserah OK OCE")), *((one.value, one.label) for one in CHOSEN)],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=Language.choices, widget=forms.RadioSelect)
    is_stopped = forms.BooleanField(
        label=_("Jangan kirimi saya pesan. Saya membacanya di sini saja."), required=False
    )


class WriteWording(RuleAwareForm):
    """Another version of the words of one kind, in one language."""

    subject = forms.CharField(label=_("Judul"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(label=_("Isi"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 6}))
    whatsapp_name = forms.CharField(
        label=_("Nama templat di WhatsApp"),
        required=False,
        max_length=100,
        help_text=_(
            "Hanya bila WhatsApp sudah menyetujui kata-kata ini persis. Kosong: pesannya dikirim dengan tangan."
        ),
    )
    from_on = DayField(label=_("Berlaku mulai"))
    source = forms.CharField(
        label=_("Dasarnya"), max_length=300, help_text=_("Keputusan siapa dan kapan, atau mengapa diubah.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.is_immediate:
            self.fields["whatsapp_name"].help_text = (
                _(
                    "Templat kode (authentication) di WhatsApp; teksnya ditulis WhatsApp, jadi namanya boleh tetap."
                )
                if kind.needed
                else _(
                    "Hanya bila WhatsApp sudah menyetujui kata-kata ini persis. Kosong: pesannya tidak keluar lewat WhatsApp."
                )
            )

    def new_wording(self, kind: str, language: str) -> NewWording:
        """What the deed takes; for a valid form."""
        told: dict[str, Any] = self.cleaned_data
        return NewWording(code=kind, language=language, **told)


class DecideHandRule(RuleAwareForm):
    """For how many days volunteers are asked to send one kind, from a day on."""

    days = forms.IntegerField(
        label=_("Berapa hari relawan diminta mengirimnya?"),
        help_text=_("0: tidak pernah; pesannya hanya berdiri di halaman penerimanya."),
        error_messages={
            "required": _("Tulis jumlah harinya, 0 bila tidak pernah."),
            "invalid": _("Tulis jumlah harinya, angka saja."),
        },
        widget=StepperInput({"min": 0, "step": 1}),
    )
    from_on = DayField(
        label=_("Berlaku mulai"), error_messages={"required": _("Tanggalnya kosong. Tulis harinya.")}
    )
    source = forms.CharField(
        label=_("Dasarnya"),
        max_length=LONGEST_SOURCE,
        help_text=_("Keputusan siapa dan kapan, atau mengapa diubah."),
    )

    def new_rule(self, kind: str) -> NewHandRule:
        """What the deed takes; for a valid form."""
        return NewHandRule(code=kind, **self.cleaned_data)


class TakeBackHandRule(RuleAwareForm):
    """Why a rule that has not begun is not to begin."""

    reason = forms.CharField(
        label=_("Mengapa dibatalkan"),
        max_length=LONGEST_SOURCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis mengapa aturan ini dibatalkan.")},
    )
