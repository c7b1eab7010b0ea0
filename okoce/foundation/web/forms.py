"""How a form's fields are drawn: which markup a widget needs, what describes it to a screen reader; forms that show refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.errors import DomainError, Invalid, NotAllowed, NotFound
from okoce.foundation.shared.forms import WordedForm
from okoce.foundation.shared.pictures import ACCEPTED
from okoce.foundation.shared.unreadable import Unreadable

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choice"),
    (forms.RadioSelect, "choice"),
    (forms.CheckboxInput, "tick"),
)


class MoneyInput(forms.TextInput):
    """Rupiah: large figures after "Rp", numeric keyboard; the field accepts dots, spaces, "rb", "jt"."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class StepperInput(forms.NumberInput):
    """A small whole number; with script it gets − and + beside it (web/kit.js)."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with a note below it; stands where a choice's label stands."""

    label: str | Promise
    note: str | Promise = ""

    def __str__(self) -> str:
        return str(self.label)


class DayField(forms.CharField):
    """A day in any usual spelling; a phone's own calendar sends ISO, and shows a day that it is given only where that is ISO too."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a day instead of the text
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        day = parse_day(value)
        if isinstance(day, Unreadable):
            raise forms.ValidationError(
                gettext("Tanggal ini tidak terbaca. Tulis seperti 2018-12-31 atau 31-12-2018.")
            )
        return day


class PhotosInput(forms.FileInput):
    """One or several photos, from the camera or the gallery of a telephone."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"multiple": True, "accept": ACCEPTED, **(attrs or {})})


class PhotosField(forms.FileField):
    """Any number of photos as they were sent; whether they are some is judged by whoever keeps them."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, list) else [data] if data else []
        if self.required and not sent:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(sent)


class QuestionForm(WordedForm):
    """A form that narrows a list or searches: nothing of it is kept, and any field may stay empty.

    `is_alike` says that its fields are the same for every reader, so that one drawing of each choice serves all of them.
    """

    is_alike = False


class RuleAwareForm(WordedForm):
    """A form that can show the refusals of an action beside its fields."""

    def take(self, refusal: DomainError) -> None:
        """Put each wrong field's sentence where the reader sees it; nothing typed is lost."""
        if isinstance(refusal, Invalid):
            for wrong in refusal.errors:
                self.add_error(wrong.field if wrong.field in self.fields else None, str(wrong.sentence))
        else:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @contextmanager
    def taking_refusals(self) -> Iterator[None]:
        """What a deed in here refuses stands beside the fields afterwards, for the page that is then shown again. What is out
        of scope stays not found, and who may not do it at all is told so on a page of its own."""
        try:
            yield
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            self.take(refusal)


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary; `target` is the id that the link jumps to."""

    sentence: str
    label: str = ""
    target: str = ""


def is_drawn_alike(field: BoundField) -> bool:
    """Whether a field looks the same for every reader: an empty one, or a choice. What was typed is drawn for its reader alone."""
    form = field.form
    if not isinstance(form, QuestionForm) or not form.is_alike or not form.is_bound or form.prefix:
        return False
    is_harmless = isinstance(field.field, forms.ChoiceField) or not field.value()
    return is_harmless and not field.errors


def kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, MoneyInput):
        return "money"
    if isinstance(widget, StepperInput):
        return "stepper"
    return next((kind for widget_type, kind in _KINDS if isinstance(widget, widget_type)), "input")


def id_of(field: BoundField) -> str:
    """A group of radio buttons or boxes has no label of its own; its container carries the id."""
    return field.id_for_label or field.auto_id


def described_by(field: BoundField, help_text: str) -> str:
    """The error is read before the help."""
    ids = [f"{id_of(field)}_error"] if field.errors else []
    return " ".join([*ids, f"{id_of(field)}_help"] if help_text else ids)


def drawn_widget(field: BoundField, kind: str, description: str, css: str = "") -> SafeString:
    """The control itself with its class and ARIA attributes."""
    attrs: dict[str, str | bool] = {}
    if kind == "input":
        attrs["class"] = f"input {css}".rstrip()
    if description:
        attrs["aria-describedby"] = description
    if field.errors:
        attrs["aria-invalid"] = "true"
    if type(field.field.widget) is forms.Select:
        return _drawn_select(field, attrs)
    if type(field.field.widget) is forms.TextInput:
        return _drawn_input(field, attrs)
    return field.as_widget(attrs=attrs)


def _drawn_input(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    """As Django's own template draws it, which takes ten times as long."""
    told = _told_widget(field, attrs)
    value = "" if told["value"] is None else format_html(' value="{}"', told["value"])
    drawn = [
        format_html(" {}", name) if said is True else format_html(' {}="{}"', name, said)
        for name, said in told["attrs"].items()
        if said is not False
    ]
    return format_html(
        '<input type="{}" name="{}"{}{}>', told["type"], told["name"], value, SafeString("".join(drawn))
    )


def _drawn_select(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    """As Django's own template draws it; that takes twenty times as long, and a list has a hundred options to narrow it by."""
    told = _told_widget(field, attrs)
    drawn = [_drawn_options(label, options) for label, options, _place in told["optgroups"]]
    return format_html(
        '<select name="{}"{}>{}</select>', told["name"], flatatt(told["attrs"]), SafeString("".join(drawn))
    )


def _told_widget(field: BoundField, attrs: dict[str, str | bool]) -> dict[str, Any]:
    """What Django tells the template of a field's control."""
    attrs = field.build_widget_attrs(attrs)
    if field.auto_id and "id" not in field.field.widget.attrs:
        attrs["id"] = field.auto_id
    told: dict[str, Any] = field.field.widget.get_context(field.html_name, field.value(), attrs)["widget"]
    return told


def _drawn_options(label: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(
        f'<option value="{escape(option["value"])}"{flatatt(option["attrs"])}>{escape(option["label"])}</option>'
        for option in options
    )
    return f'<optgroup label="{escape(label)}">{drawn}</optgroup>' if label else drawn


def summary_of(form: forms.BaseForm) -> list[SummaryLine]:
    """Every error of a form, fields in their order, each with the place to go to."""
    lines = [SummaryLine(sentence=str(sentence)) for sentence in form.non_field_errors()]
    for field in form:
        lines += [
            SummaryLine(sentence=str(sentence), label=str(field.label).rstrip("?:"), target=id_of(field))
            for sentence in field.errors
        ]
    return lines
