"""What a member allows besides the programme: she sees it, takes it back and gives it again, and nobody else does."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.actions.own_consents import choose_own_consents
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound, Refused
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
PAGE = "/saya/data/izin"


def member(*purposes: str) -> Member:
    her = member_with()
    Consent.objects.filter(member=her).delete()
    for purpose in purposes:
        Consent.objects.create(member=her, purpose=purpose, text_version="1", given_on=date(2020, 5, 4))
    return her


def standing(her: Member) -> set[str]:
    return set(
        Consent.objects.filter(member=her, withdrawn_on__isnull=True).values_list("purpose", flat=True)
    )


def told(her: Member) -> list[str]:
    kinds = Event.objects.filter(subject_id=her.pk, kind__startswith="members.consent_")
    return list(kinds.order_by("id").values_list("kind", flat=True))


def test_the_page_says_what_is_allowed_and_since_when(phone_of: Phone) -> None:
    shown = page(phone_of(member("programme", "shop")).get(PAGE))
    assert "Anda setuju sejak 4 Mei 2020." in words(shown.main)
    assert "Anda izinkan sejak 4 Mei 2020." in words(shown.main)
    assert [box["name"] for box in shown.select("main input[type=checkbox]") if box.has_attr("checked")] == [
        "shop"
    ]


def test_an_unticked_box_withdraws_from_today_on_and_keeps_what_was(phone_of: Phone) -> None:
    her = member("programme", "contact", "shop")
    answer = phone_of(her).post(PAGE, {"shop": "on"}, follow=True)
    assert "Izin Anda disimpan" in words(page(answer).main)
    assert standing(her) == {"programme", "shop"}
    gone = Consent.objects.get(member=her, purpose="contact")
    assert (gone.given_on, gone.withdrawn_on) == (date(2020, 5, 4), today_wib())
    assert told(her) == ["members.consent_withdrawn"]


def test_what_was_withdrawn_can_be_given_again_in_the_words_of_today(phone_of: Phone) -> None:
    her = member("programme", "contact")
    browser = phone_of(her)
    browser.post(PAGE, {})
    browser.post(PAGE, {"contact": "on"})
    again = Consent.objects.get(member=her, purpose="contact", withdrawn_on__isnull=True)
    assert again.given_on == today_wib()
    assert told(her) == ["members.consent_withdrawn", "members.consent_given"]
    assert "Anda menarik persetujuan" in words(page(browser.get("/saya/data/riwayat")).main)


def test_the_same_choice_twice_is_written_once(phone_of: Phone) -> None:
    her = member("programme")
    browser = phone_of(her)
    for _time in range(2):
        browser.post(PAGE, {"contact": "on"})
    assert Consent.objects.filter(member=her, purpose="contact").count() == 1
    assert told(her) == ["members.consent_given"]


@pytest.mark.parametrize("is_minor", [False, True], ids=["no programme", "minor"])
def test_nothing_new_without_the_programme_nor_without_ones_guardian(phone_of: Phone, is_minor: bool) -> None:
    her = member(*(["programme"] if is_minor else []))
    if is_minor:
        GuardianConsent.objects.create(
            consent=Consent.objects.get(member=her), name="Ibu", phone="+6281200000001", relation="parent",
            text_version="1", witnessed_by=1,
        )  # fmt: skip
    before = standing(her)
    shown = page(phone_of(her).post(PAGE, {"contact": "on"}), 422)
    assert "kantor kecamatan" in words(shown.select_one("[role=alert]"))
    assert (standing(her), told(her)) == (before, [])


def test_nobody_chooses_for_somebody_else() -> None:
    her, other = member("programme", "contact"), member("programme", "contact")
    with pytest.raises(NotFound):
        choose_own_consents(herself(other), her, wanted=[], text_version="1")
    assert standing(her) == {"programme", "contact"}


def test_a_minor_may_take_back_alone(phone_of: Phone) -> None:
    her = member("programme", "contact")
    GuardianConsent.objects.create(
        consent=Consent.objects.get(member=her, purpose="programme"), name="Ibu", phone="+6281200000001", relation="parent",
        text_version="1", witnessed_by=1,
    )  # fmt: skip
    choose_own_consents(herself(her), her, wanted=[], text_version="1")
    assert standing(her) == {"programme"}


def test_giving_without_programme_is_refused_by_the_deed_itself() -> None:
    her = member()
    with pytest.raises(Refused):
        choose_own_consents(herself(her), her, wanted=["shop"], text_version="1")
    assert standing(her) == set()
