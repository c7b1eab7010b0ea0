"""Whoever is told by a message to open a page reads its whole address, and the page is there."""

import re

import pytest
from django.urls import resolve

from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import Wording
from okoce.foundation.shared.days import today_wib

pytestmark = pytest.mark.django_db
PATH = re.compile(r"(?<![\w}/])/[a-z]+")
ADDRESS = re.compile(r"\{site\}(/[a-z/]*[a-z])")
SIGN_IN = re.compile(r"\b(?:Masuk|Sign in)\b(?! (?:di|at) \{site\}/masuk)")


def words_today() -> list[Wording]:
    found = [
        Wording.objects.valid_on(code, language, today_wib()) for code in KINDS for language in ("id", "en")
    ]
    return [one for one in found if one is not None]


def test_every_kind_has_words_in_both_languages() -> None:
    assert len(words_today()) == 2 * len(KINDS)


def test_no_page_is_named_without_the_site() -> None:
    assert [(one.code, one.language) for one in words_today() if PATH.search(one.body)] == []


def test_whoever_is_to_sign_in_reads_where() -> None:
    assert [(one.code, one.language) for one in words_today() if SIGN_IN.search(one.body)] == []


def test_every_address_is_a_page() -> None:
    led = {address for one in words_today() for address in ADDRESS.findall(one.body)}
    assert {"/komunitas/daftar", "/mitra/daftar", "/masuk", "/rujukan", "/saya/laporan", "/lapor"} <= led
    for address in led:
        assert resolve(address).url_name, address


def test_a_komunitas_that_goes_on_is_not_told_that_its_centres_are_open() -> None:
    """They stay as they are; the secretariat opens each."""
    told = {
        language: Wording.objects.valid_on("group_reopened", language, today_wib())
        for language in ("id", "en")
    }
    assert all(told.values())
    assert "tetap tutup" in told["id"].body  # type: ignore[union-attr]  # there
    assert "stay shut" in told["en"].body  # type: ignore[union-attr]  # there


def test_the_words_of_before_stay_as_they_were() -> None:
    first = Wording.objects.get(code="group_validated", language="id", version=1)
    assert "Buka /komunitas/daftar" in first.body
    later = Wording.objects.get(code="group_validated", language="id", version=2)
    assert "Buka {site}/komunitas/daftar dengan nomor ini" in later.body
