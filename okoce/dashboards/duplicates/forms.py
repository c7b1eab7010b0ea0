"""Forms of the review of duplicates. Rules live in the actions; a form reads and shows."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.states import DuplicateReason
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.typed_numbers import BIGGEST_ID
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.forms import Option, QuestionForm, RuleAwareForm

LONGEST_NOTE = 500
STORED, CAME = "stored", "came"


class FindDuplicates(QuestionForm):
    """Which part of the queue is asked for."""

    alasan = forms.ChoiceField(
        label=_lazy("Alasan"), required=False, choices=[("", _lazy("Semua alasan")), *DuplicateReason.choices]
    )
    wilayah = forms.ChoiceField(label=_lazy("Wilayah keduanya"), required=False)
    status = forms.ChoiceField(
        required=False, choices=[("", "–"), ("berbeda", "–")], widget=forms.HiddenInput
    )
    sesudah = forms.IntegerField(required=False, min_value=0, max_value=BIGGEST_ID, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, reach: Collection[str]) -> None:
        """`reach`: the regions whose pairs the reader may see; none where it goes by other things than region."""
        super().__init__(data)
        asked = str(data.get("wilayah", ""))
        known = territory.find_region(asked) if asked else None
        self.fields["wilayah"].choices = _regions(known.code if known else "", reach)  # type: ignore[attr-defined]  # a choice field


def _regions(code: str, reach: Collection[str]) -> list[tuple[str, str]]:
    """The way down to a region and what lies directly below it, as far as the reader sees anything there; at the beginning the
    regions that she works in."""
    trail = [*territory.ancestors(code), territory.region(code)] if code else []
    below = territory.children(code) if len(code) < LENGTH_OF[Level.DISTRICT] else []
    places = [*trail, *below] if code or not reach else []
    seen = [place for place in places if not reach or any(region_within(place.code, one) for one in reach)]
    own = [territory.region(one) for one in sorted(reach)]
    shown = {place.code: place.label for place in (*own, *seen)}
    return [("", _("Semua wilayah")), *shown.items()]


class MergeDuplicate(RuleAwareForm):
    """Which of the two records stays."""

    keep = forms.TypedChoiceField(
        label=_lazy("Catatan yang dipertahankan"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Pilih catatan yang dipertahankan.")},
    )

    def __init__(self, data: Any = None, *, choices: list[tuple[int, Option]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]  # a choice field


class DismissDuplicate(RuleAwareForm):
    """That they are two people, and perhaps why."""

    note = forms.CharField(
        label=_lazy("Catatan"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_lazy("Misalnya: kakak dan adik, satu telepon. Tersimpan di riwayat keduanya."),
    )


class ReopenDuplicate(RuleAwareForm):
    """Why the decision is taken back."""

    reason = forms.CharField(
        label=_lazy("Mengapa dibuka lagi?"),
        max_length=LONGEST_NOTE,
        error_messages={
            "required": _lazy("Tulis mengapa keputusan itu dibuka lagi; alasannya tercatat di riwayat.")
        },
    )


class SettleContradiction(RuleAwareForm):
    """Which of two values is true."""

    choice = forms.ChoiceField(
        label=_lazy("Mana yang benar?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Pilih nilai yang benar.")},
    )
    value = forms.CharField(label=_lazy("Nilai yang benar"), required=False, max_length=200)
    note = forms.CharField(label=_lazy("Catatan"), required=False, max_length=LONGEST_NOTE)

    def __init__(self, data: Any = None, *, field: str, choices: list[tuple[str, Option]], came: str) -> None:
        super().__init__(data)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["value"].initial = came if field != "nik" else ""
        if field == "nik":
            self.fields["value"].help_text = _("Ketik NIK dari KTP: 16 angka. NIK tidak disimpan terbuka.")
        if len(choices) == 1:
            del self.fields["value"]
