"""What is drawn once serves only who would see the same, in the language of each reader, and remembers nothing typed."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from okoce.foundation.web.drawing import drawn_once
from okoce.foundation.web.forms import QuestionForm
from okoce.foundation.web.navigation import NavItem
from okoce.foundation.web.templatetags.web import _drawn_alike, field
from tests.pages import words

MENU = "web/components/desk_menu.html"


class Narrow(QuestionForm):
    is_alike = True

    q = forms.CharField(label=_("Nama"), required=False, max_length=9)
    stage = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua"), ("1", _("Anggota"))])


class NarrowByReader(Narrow):
    is_alike = False


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    _drawn_alike.cache_clear()


def drawn(form: forms.Form, name: str) -> str:
    return Template("{% field bound %}").render(Context({"bound": form[name]}))


def test_a_part_follows_each_value_in_it() -> None:
    one, two = NavItem("a", "/a", "Orang", count=1), NavItem("a", "/a", "Orang", count=2)
    with translation.override("id"):
        shown = [
            BeautifulSoup(drawn_once(MENU, items=(item,), current=""), "html.parser") for item in (one, two)
        ]
        assert [words(menu.select_one(".tally")) for menu in shown] == ["1 menunggu", "2 menunggu"]
        assert "aria-current" in drawn_once(MENU, items=(two,), current="a")
        assert drawn_once(MENU, items=(one,), current="") is drawn_once(MENU, items=(one,), current="")


def test_each_reader_gets_her_own_language() -> None:
    item = NavItem("a", "/a", "x", count=1)
    told = {}
    for language in ("id", "en", "id"):
        with translation.override(language):
            told.setdefault(language, set()).add(drawn_once(MENU, items=(item,), current=""))
    assert {len(drawings) for drawings in told.values()} == {1}
    assert told["id"] != told["en"]


def test_names_in_a_part_are_escaped() -> None:
    assert "<b>" not in drawn_once(MENU, items=(NavItem("a", "/a", "<b>"),), current="")


@pytest.mark.parametrize("told", [{}, {"stage": "1"}, {"q": "Siti"}, {"q": "x" * 10}, {"stage": "9"}])
def test_a_field_drawn_once_looks_like_one_drawn_for_its_reader(told: dict[str, str]) -> None:
    for language in ("id", "en"):
        with translation.override(language):
            for name in ("q", "stage", "q", "stage"):
                assert drawn(Narrow(told), name) == drawn(NarrowByReader(told), name)


def test_neither_what_was_typed_nor_what_was_wrong_is_remembered() -> None:
    for told in ({"q": "Siti"}, {"q": "x" * 10}, {"stage": "9"}):
        name = next(iter(told))
        field(Narrow(told)[name])
    assert _drawn_alike.cache_info().currsize == 0
    field(Narrow({})["q"])
    field(Narrow({"stage": "1"})["stage"])
    assert _drawn_alike.cache_info().currsize == 2


def test_a_form_that_hangs_on_its_reader_is_never_drawn_for_others() -> None:
    form = NarrowByReader({"stage": "2"})
    form.fields["stage"].choices = [("2", "Hanya dia")]
    assert "Hanya dia" in drawn(form, "stage")
    assert "Hanya dia" not in drawn(NarrowByReader({}), "stage")
    assert _drawn_alike.cache_info().currsize == 0
