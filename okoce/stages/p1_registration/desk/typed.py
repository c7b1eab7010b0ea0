"""What the forms of the desk have in common: fields that are typed without hands leaving the keyboard, read by the house's rules."""

from datetime import date
from typing import Any

from django import forms

from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import Invalid
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.web.forms import RuleAwareForm
from okoce.stages.p1_registration.applications.forms import NeededAtTimes
from okoce.stages.p1_registration.desk.reading import read_district, read_village

# A person is typed in without hands leaving the keyboard; nothing of one may be offered to the next.
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def line(label: Any, missing: Any = "", **attrs: str) -> forms.CharField:
    """A line of text that is never cut: what is too long gets its sentence. `missing` makes it a field that must be filled."""
    widget = forms.TextInput({**PLAIN, **attrs})
    errors = {"required": missing} if missing else {}
    return forms.CharField(label=label, required=bool(missing), error_messages=errors, widget=widget)


class LineNeededAtTimes(NeededAtTimes, forms.CharField):
    pass


def line_needed_at_times(label: Any, help_text: Any = "", **attrs: str) -> forms.CharField:
    """A line that must be filled for some people only; which ones the screen says."""
    return LineNeededAtTimes(label=label, help_text=help_text, widget=forms.TextInput({**PLAIN, **attrs}))


def one_of(
    label: Any, choices: list[tuple[str, Any]], *, is_needed_at_times: bool = False
) -> forms.CharField:
    """One of few; what else comes is refused by the deed, with the others' sentences."""
    widget = forms.Select({"autocomplete": "off"}, [("", "–"), *choices])
    if is_needed_at_times:
        return LineNeededAtTimes(label=label, widget=widget)
    return forms.CharField(label=label, required=False, widget=widget)


class TypedForm(RuleAwareForm):
    """A form whose place and birth date are understood as people write them; what was typed stays as it is."""

    use_required_attribute = False  # the sentences are ours, and stand beside the field
    near = ""  # a place: what lies near it is meant before others of that name

    def clean_district(self) -> str:
        return self._read(read_district, self.written("district"), self.near)

    def clean_birth_on(self) -> date | None:
        return self._day("birth_on")

    def clean_village(self) -> str:
        district = self.cleaned_data.get("district", "")
        written = self.written("village")
        return self._read(read_village, written, district) if district else ""

    def written(self, name: str) -> str:
        """A field as it was typed."""
        return str(self.data.get(self.add_prefix(name), "")).strip()

    def _day(self, name: str) -> date | None:
        written = self.written(name)
        day = parse_day(written) if written else None
        if isinstance(day, Unreadable):
            raise forms.ValidationError(f"{day.reason} {day.suggestion}".strip())
        return day

    def _read(self, reader: Any, *written: str) -> str:
        try:
            return str(reader(*written))
        except Invalid as error:
            raise forms.ValidationError([str(wrong.sentence) for wrong in error.errors]) from error
