"""Is this card genuine? The page and the API say the same, to anybody."""

from typing import Any

import pytest
from django.test import Client

from okoce.community.members.actions.cards import issue_card, replace_card
from okoce.community.members.tests.factories import member_with
from okoce.foundation.verification import brake
from okoce.foundation.verification.codes import new_code, show_code
from tests.cast import SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db


def api(code: str) -> Any:
    return Client().get(f"/api/v1/public/verify/{code}")


def test_a_genuine_card_shows_initials_kecamatan_and_since_when() -> None:
    siti = member_with(
        name="Siti Wulandari", phone="081234567890", nik="3171044107900001", email="siti@okoce.contoh"
    )
    code = issue_card(SYSTEM, siti).code
    answer = Client().get(f"/verifikasi/{show_code(code)}")
    text = words(page(answer).main)
    for part in ("Asli dan berlaku", "S*** W***", "Senen, Kota Jakarta Pusat", "1 Januari 2018"):
        assert part in text
    whole = answer.content.decode()
    for secret in ("Siti", "Wulandari", "0812", "3171", siti.number, "siti@"):
        assert secret not in whole
    assert "no-store" in answer["Cache-Control"]


def test_the_api_says_the_same() -> None:
    code = issue_card(SYSTEM, member_with(name="Siti Wulandari")).code
    answer = api(code.lower())
    assert answer.json() == {
        "code": show_code(code), "what": "member_card", "what_name": "Kartu anggota", "holder": "S*** W***",
        "place": "Senen, Kota Jakarta Pusat, DKI Jakarta", "state": "valid", "since": "2018-01-01", "until": None,
    }  # fmt: skip


def test_a_replaced_card_says_that_it_is_no_longer_valid() -> None:
    siti = member_with()
    old = issue_card(SYSTEM, siti).code
    replace_card(SYSTEM, siti, "copied")
    assert "Tidak berlaku lagi" in words(page(Client().get(f"/verifikasi/{old}")).main)
    assert api(old).json()["state"] == "revoked"
    assert api(old).json()["until"] is not None


def test_an_unknown_code_and_a_mistyped_one_are_told_apart() -> None:
    unknown = new_code("KA")
    wrong = unknown[:-1] + ("2" if unknown[-1] != "2" else "3")
    for code, heading, kind in (
        (unknown, "Kode tidak dikenal", "unknown_code"),
        (wrong, "Periksa lagi kodenya", "mistyped_code"),
    ):
        shown = page(Client().get(f"/verifikasi/{code}"), 404)
        assert words(shown.h1) == heading
        problem = api(code)
        assert problem.status_code == 404
        assert problem["Content-Type"] == "application/problem+json"
        assert problem.json()["type"] == f"urn:okoce:problem:{kind}"


def test_whoever_tries_codes_is_told_to_wait_by_both_doors() -> None:
    genuine = issue_card(SYSTEM, member_with()).code
    for _turn in range(brake.MOST_MISSED):
        api(new_code("KA"))
    assert api(genuine).status_code == 429
    assert words(page(Client().get(f"/verifikasi/{genuine}"), 429).h1) == "Tunggu sebentar"


def test_a_typed_code_leads_to_its_own_address() -> None:
    code = new_code("KA")
    answer = Client().get("/verifikasi", {"kode": show_code(code).lower().replace("-", " ")})
    assert (answer.status_code, answer["Location"]) == (302, f"/verifikasi/{show_code(code)}")
    for nothing in ("", "   ", "---"):
        assert page(Client().get("/verifikasi", {"kode": nothing})).select_one("input[name=kode]")


@pytest.mark.parametrize(
    "typed", ["../../etc", "a/b", "<script>alert(1)</script>", "\u202eKA", "☺", "%00", "K" * 3000, "?#&"]
)
def test_what_somebody_types_breaks_nothing(typed: str) -> None:
    answer = Client().get("/verifikasi", {"kode": typed}, follow=True)
    assert answer.status_code in {200, 404}
    assert "alert(1)" not in answer.content.decode()
