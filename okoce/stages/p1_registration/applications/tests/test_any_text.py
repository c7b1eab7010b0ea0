"""Whatever somebody types: a sentence beside the field or a step on, never an error, and what was typed stays."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from okoce.foundation.shared.keys import decrypt
from okoce.foundation.territory.finding import search_places
from okoce.stages.p1_registration.applications.answers import PURPOSE, Answers, opened, sealed
from okoce.stages.p1_registration.applications.forms import PersonForm, PhoneForm, WorkForm

ANYTHING = st.text(max_size=250) | st.text("Sitiaminh .,'-\u202e\u200b🙂أب", max_size=250)
MOST = settings(max_examples=60, deadline=None)
SENTENCE_ENDS = (".", "?", ")", "KK.")


class TestAnyText(TestCase):
    @MOST
    @given(name=ANYTHING, birth_on=ANYTHING)
    def test_is_judged_as_a_person(self, name: str, birth_on: str) -> None:
        told = {"name": name, "birth_on": birth_on, "sex": "female"}
        form = PersonForm(_posted(told))
        if form.is_valid():
            assert form.cleaned_data["name"].strip()
            assert len(form.cleaned_data["name"]) <= 150
            return
        assert {field: form[field].value() for field in told} == told
        for field, sentences in form.errors.items():
            assert field in told
            assert all(len(str(sentence)) > 10 for sentence in sentences)

    @MOST
    @given(name=st.text(st.characters(categories=("Ll", "Lu", "Lo", "Mn", "Zs")), min_size=1, max_size=60))
    def test_sent_twice_is_taken_where_it_was_only_in_doubt(self, name: str) -> None:
        told = {"name": name, "birth_on": "17-8-1990", "sex": "female"}
        first = PersonForm(_posted(told))
        if not first.is_valid() and first["doubted"].value():
            assert PersonForm(_posted({**told, "doubted": first["doubted"].value()})).is_valid()

    @MOST
    @given(phone=st.text("0123456789+-. ()/ab", max_size=30) | ANYTHING)
    def test_is_judged_as_a_number(self, phone: str) -> None:
        form = PhoneForm(_posted({"phone": phone}))
        assert not form.is_valid() or form.cleaned_data["phone"].startswith("+628")
        assert form["phone"].value() == phone

    @MOST
    @given(trade=ANYTHING)
    def test_is_judged_as_a_business(self, trade: str) -> None:
        form = WorkForm(_posted({"activity": "trading", "trade": trade}))
        assert form.is_valid() or form.errors["trade"]

    @MOST
    @given(typed=ANYTHING)
    def test_is_looked_for_as_a_place(self, typed: str) -> None:
        found = search_places(typed)
        assert found.offers or found.sentence

    @MOST
    @given(name=st.text(max_size=200), source=st.text(max_size=60))
    def test_comes_back_as_it_was_kept(self, name: str, source: str) -> None:
        answers = Answers(phone="+6281234567890", name=name, source=source)
        kept = sealed(answers)
        assert opened(kept) == answers
        assert decrypt(PURPOSE, kept) != kept


def _posted(told: dict[str, str]):  # type: ignore[no-untyped-def]  # what a browser sends
    from django.http import QueryDict

    posted = QueryDict(mutable=True)
    posted.update(told)
    return posted
