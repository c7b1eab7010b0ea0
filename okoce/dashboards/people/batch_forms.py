"""What a batch asks before it is carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okoce.community.members.actions.helping import Helping
from okoce.community.members.models import Member
from okoce.dashboards.forms import NO_REASON, DayField, GiveEvidence, RuleAwareForm
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.states import Stage, StandstillReason

# Of so many each may have a number of her own: more do not fit a page that somebody fills in.
MOST_NUMBERED = 40
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


class HandInForMany(GiveEvidence):
    """What one occasion proves of everybody chosen. Of few, each may have a document's number of her own."""

    PREFIX = "nomor_"

    number = forms.CharField(
        label=_("Nomor dokumen"),
        required=False,
        max_length=100,
        help_text=_("Bila sama untuk semua orang, misalnya nomor surat kelasnya."),
    )
    # told of one business at a time, on the person's page
    workers = None  # type: ignore[assignment]  # Django's way to leave a field out

    def __init__(self, *args: Any, people: Sequence[Member] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for member in people:
            self.fields[f"{self.PREFIX}{member.pk}"] = forms.CharField(
                label=member.name, help_text=member.number, required=False, max_length=100
            )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("stage") == Stage.P4_PERMITS and told.get("number"):
            self.add_error("number", self._why_no_common_number())
        return told

    def _why_no_common_number(self) -> str:
        if self.numbered:
            return str(_("Nomor izin berbeda untuk tiap orang. Tulis di samping namanya, atau kosongkan."))
        sentence = _("Nomor izin berbeda untuk tiap orang. Kosongkan, atau pilih paling banyak %s orang.")
        return str(sentence % MOST_NUMBERED)

    @property
    def numbered(self) -> list[Any]:
        """The fields beside the names."""
        return [self[name] for name in self.fields if name.startswith(self.PREFIX)]

    @property
    def has_numbers(self) -> bool:
        return any(bound.value() for bound in self.numbered)

    @property
    def common(self) -> list[Any]:
        """The fields about everybody."""
        return [self[name] for name in self.fields if not name.startswith(self.PREFIX)]

    def given(self) -> GivenEvidence:
        told = self.cleaned_data
        return GivenEvidence(**{name: told[name] for name in told if not name.startswith(self.PREFIX)})

    def numbers(self, ids: Sequence[int]) -> Mapping[int, str]:
        """By record, in the order of the choice."""
        return {record_id: self.cleaned_data.get(f"{self.PREFIX}{record_id}", "") for record_id in ids}
