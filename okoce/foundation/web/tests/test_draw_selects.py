"""A list to choose from and a line to type in are drawn as Django draws them, only faster."""

import pytest
from bs4 import BeautifulSoup
from django import forms

from okoce.foundation.web.forms import drawn_widget

CHOICES = [("", "Semua"), (1, "P1 “Pendaftaran”"), ("a&b", "<b>"), ("Jawa", [("31", "DKI"), ("32", "Jabar")])]


class Narrow(forms.Form):
    stage = forms.ChoiceField(label="Tahap", choices=CHOICES, required=False)
    day = forms.ChoiceField(
        label="Hari", choices=[("1", "Satu")], widget=forms.Select(attrs={"class": "wide"})
    )


@pytest.mark.parametrize(
    "told", [None, {}, {"stage": "1"}, {"stage": "a&b", "day": "1"}, {"stage": "32", "day": "x"}]
)
@pytest.mark.parametrize("prefix", [None, "p"])
def test_a_select_says_what_djangos_own_says(told: dict[str, str] | None, prefix: str | None) -> None:
    given = {f"{prefix}-{name}" if prefix else name: value for name, value in told.items()} if told else told
    form = Narrow(given, prefix=prefix)
    for field in form:
        attrs = {"class": "input"} | ({"aria-invalid": "true"} if field.errors else {})
        ours = BeautifulSoup(drawn_widget(field, "input", ""), "html.parser").select_one("select")
        theirs = BeautifulSoup(field.as_widget(attrs=attrs), "html.parser").select_one("select")
        assert ours is not None
        assert theirs is not None
        assert ours.attrs == theirs.attrs
        assert [(one.name, one.attrs) for one in ours.find_all()] == [
            (one.name, one.attrs) for one in theirs.find_all()
        ]
        assert ours.get_text() == "".join(one.get_text() for one in theirs.find_all("option"))


class Typed(forms.Form):
    name = forms.CharField(max_length=20)
    code = forms.CharField(
        required=False, widget=forms.TextInput({"id": "own", "data-x": '<"', "hidden": True})
    )


@pytest.mark.parametrize(
    "told", [None, {}, {"name": "<b>“Siti”&'", "code": ""}, {"name": "x" * 21, "code": "a"}]
)
@pytest.mark.parametrize("prefix", [None, "p"])
def test_a_line_to_type_in_is_djangos_own_to_the_letter(
    told: dict[str, str] | None, prefix: str | None
) -> None:
    given = {f"{prefix}-{name}" if prefix else name: value for name, value in told.items()} if told else told
    form = Typed(given, prefix=prefix)
    for field in form:
        attrs: dict[str, str | bool] = {"class": "input"}
        attrs |= {"aria-invalid": "true"} if field.errors else {}
        assert drawn_widget(field, "input", "") == field.as_widget(attrs=attrs).strip()
