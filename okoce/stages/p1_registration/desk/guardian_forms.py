"""What is asked when somebody consents afterwards for a minor of the records."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.consents import Guardian
from okoce.community.members.queries import consent_wordings
from okoce.community.members.states import GUARDIAN, ConsentPurpose, GuardianRelation
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.forms import RuleAwareForm
from okoce.stages.p1_registration.applications.forms import word_tick
from okoce.stages.p1_registration.desk.typed import line

PROGRAMME, CONTACT = ConsentPurpose.PROGRAMME.value, ConsentPurpose.CONTACT.value
TICKS = {"guardian_agrees": GUARDIAN, "consent": PROGRAMME, "contact": CONTACT}


class AddGuardianConsent(RuleAwareForm):
    """Who consents, and to what, in the words of today."""

    use_required_attribute = False  # the sentences are ours, and stand beside the field

    version = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    guardian_name = line(
        _("Nama orang tua atau wali"),
        _("Nama kosong. Tulis nama orang tua atau walinya."),
        autocapitalize="words",
    )
    guardian_phone = line(
        _("Nomor HP orang tua atau wali"), _("Tulis nomor HP orang tua atau wali."), inputmode="tel"
    )
    guardian_relation = forms.ChoiceField(
        label=_("Hubungan dengan orang ini"),
        choices=[("", "–"), *GuardianRelation.choices],
        error_messages={"required": _("Pilih hubungannya dengan orang ini.")},
    )
    guardian_agrees = forms.BooleanField(
        label=_("Persetujuan orang tua atau wali"),
        error_messages={
            "required": _("Orang tua atau wali belum menyetujui. Bacakan; centang bila ia setuju.")
        },
    )
    consent = forms.BooleanField(
        label=_("Persetujuan anggota"),
        error_messages={
            "required": _("Persetujuan belum dicentang. Bacakan teksnya; centang bila orang ini setuju.")
        },
    )
    contact = forms.BooleanField(label=_("Dihubungi lewat WhatsApp"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = consent_wordings(today_wib())
        self.initial["version"] = self.wordings[PROGRAMME].version
        for name, purpose in TICKS.items():
            word_tick(self, name, str(self.fields[name].label), self.wordings[purpose])

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("version") != self.wordings[PROGRAMME].version:
            self.add_error(
                None, gettext("Kata-kata persetujuan baru saja diperbarui. Baca lagi, lalu setujui.")
            )
        return self.cleaned_data

    @property
    def guardian(self) -> Guardian:
        """For a valid form."""
        told = self.cleaned_data
        return Guardian(
            name=told["guardian_name"],
            phone=told["guardian_phone"],
            relation=told["guardian_relation"],
            text_version=self.wordings[PROGRAMME].version,
        )

    @property
    def purposes(self) -> tuple[str, ...]:
        return (PROGRAMME, CONTACT) if self.cleaned_data["contact"] else (PROGRAMME,)
