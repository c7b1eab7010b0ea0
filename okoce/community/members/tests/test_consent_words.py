"""The words of a consent: the version in force, in the reader's language, and never another text under an old version."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.utils import translation

from okoce.community.members.models import ConsentText
from okoce.community.members.queries import consent_wordings
from okoce.community.members.states import PAPER_PURPOSES

pytestmark = pytest.mark.django_db
PAPER_DAY, FORM_DAY = date(2020, 1, 1), date(2026, 11, 22)


def test_a_day_has_the_words_of_the_version_in_force_on_it() -> None:
    assert {(one.purpose, one.version) for one in consent_wordings(PAPER_DAY).values()} == {
        (purpose, "1") for purpose in PAPER_PURPOSES
    }
    assert {one.version for one in consent_wordings(FORM_DAY).values()} == {"2"}


def test_every_version_says_what_the_programme_itself_asks_for() -> None:
    for day in (PAPER_DAY, FORM_DAY):
        assert consent_wordings(day)["programme"].text


def test_they_are_read_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "WhatsApp number" in consent_wordings(FORM_DAY)["programme"].text


def test_what_somebody_agreed_to_stays_word_for_word() -> None:
    before = list(ConsentText.objects.order_by("id").values())
    for statement in ("UPDATE members_consenttext SET text = 'lain'", "DELETE FROM members_consenttext"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(ConsentText.objects.order_by("id").values()) == before
