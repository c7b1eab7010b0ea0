"""What a deed refuses stands beside the fields of its form."""

import pytest
from django import forms

from okoce.foundation.shared.errors import Conflict, DomainError, FieldError, Invalid, NotAllowed, NotFound
from okoce.foundation.web.forms import RuleAwareForm


class Letter(RuleAwareForm):
    day = forms.CharField()
    text = forms.CharField()


def sent() -> Letter:
    form = Letter({"day": "2018-12-31", "text": "Halo"})
    assert form.is_valid()
    return form


def test_each_wrong_field_has_its_sentence_and_what_belongs_to_none_stands_above() -> None:
    form = sent()
    with form.taking_refusals():
        raise Invalid(
            [FieldError("day", "Hari ini belum tiba."), FieldError("elsewhere", "Nomor ini terpakai.")]
        )
    assert form.errors["day"] == ["Hari ini belum tiba."]
    assert form.non_field_errors() == ["Nomor ini terpakai."]
    assert form["text"].value() == "Halo"


def test_a_refusal_of_the_whole_stands_above_the_fields() -> None:
    form = sent()
    with form.taking_refusals():
        raise Conflict("Sudah dijawab orang lain.")
    assert form.non_field_errors() == ["Sudah dijawab orang lain."]


@pytest.mark.parametrize("refusal", [NotFound("Surat itu tidak ada."), NotAllowed("Ini bukan tugas Anda.")])
def test_what_is_out_of_scope_or_not_allowed_at_all_has_a_page_of_its_own(refusal: DomainError) -> None:
    form = sent()
    with pytest.raises(type(refusal)), form.taking_refusals():
        raise refusal
    assert not form.errors


def test_a_fault_of_the_programme_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError), sent().taking_refusals():
        _ = 1 / 0


def test_nothing_is_written_beside_the_fields_where_nothing_was_refused() -> None:
    form = sent()
    with form.taking_refusals():
        form.cleaned_data["text"] = "Selesai"
    assert not form.errors
