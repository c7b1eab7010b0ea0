"""No form of the house shows a sentence of Django's."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from okoce.foundation.shared.forms import WordedForm
from okoce.foundation.web.forms import DayField
from tests.pages import refused

PACKAGE = Path(__file__).resolve().parent.parent.parent / "okoce"
# The gallery shows what errors look like; nothing is sent to it.
SHOWN_ONLY = {"foundation/web/gallery.py", "foundation/web/gallery_kit.py"}


def test_every_form_stands_on_the_one_that_has_our_words() -> None:
    bare = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts and str(path.relative_to(PACKAGE)) not in SHOWN_ONLY
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and node.name != WordedForm.__name__
        and {"forms.Form", "Form", "forms.ModelForm"} & {ast.unparse(base) for base in node.bases}
    ]
    assert bare == []


class Everything(WordedForm):
    text = forms.CharField(max_length=3)
    own = forms.CharField(error_messages={"required": "Milik sendiri."})
    day = DayField()
    email = forms.EmailField()
    count = forms.IntegerField(min_value=2)
    choice = forms.ChoiceField(choices=[("a", "a")])
    tick = forms.BooleanField()


def said(**typed: str) -> dict[str, str]:
    return {name: str(errors[0]) for name, errors in Everything(typed).errors.items()}


def test_each_kind_of_field_says_what_is_wrong_and_what_to_do() -> None:
    empty = said()
    assert empty.pop("own") == "Milik sendiri."
    wrong = said(text="panjang", own="a", day="kapan", email="siti", count="satu", choice="b", tick="on")
    assert wrong["text"] == "Isian ini terlalu panjang: 7 huruf dan angka. Ringkas sampai paling banyak 3."
    few = said(count="1", text="a\x00")
    for sentence in [*empty.values(), *wrong.values(), few["count"], few["text"]]:
        assert sentence.count(".") >= 2, sentence
        for mark in ("Pastikan", "Bidang ini", "Masukkan", "%("):
            assert mark not in sentence


def test_no_browser_cuts_off_what_is_pasted_into_a_text() -> None:
    """It would send the first part and say nothing."""

    class Texts(WordedForm):
        own = forms.CharField(widget=forms.Textarea({"rows": 2, "maxlength": 5}))
        limited = forms.CharField(max_length=5, widget=forms.Textarea)

    form = Texts({"own": "1234567", "limited": "1234567"})
    assert "maxlength" not in form.as_p()
    assert list(form.errors) == ["limited"]
    assert "7 huruf" in form.errors["limited"][0]


def test_a_day_that_a_form_offers_is_one_that_a_browser_shows() -> None:
    """In the language's own spelling its calendar stays empty, and sent like that the form is refused."""
    with translation.override("id"):
        form = Everything(initial={"day": date(2026, 11, 24)})
        assert 'value="2026-11-24"' in str(form["day"])


def test_a_list_of_django_itself_is_left_alone() -> None:
    """Sentences are given to the form's own fields, not to their class."""
    Everything({})
    with translation.override("id"), pytest.raises(forms.ValidationError, match="Bidang ini"):
        forms.CharField().clean("")


@pytest.mark.django_db
def test_an_endless_contact_is_told_in_our_words(client: Client) -> None:
    text = str(refused(client.post("/masuk", {"cara": "sandi", "contact": "x" * 300, "password": ""})))
    assert "Isian ini terlalu panjang: 300 huruf dan angka. Ringkas sampai paling banyak 254." in text
    assert "Bagian ini kosong. Isi dahulu, lalu kirim lagi." in text
