"""Is this card genuine? The page and the API say the same, to anybody."""

import base64
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from okoce.community.groups.actions.groups import close_group
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.actions.cards import issue_card, replace_card
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.verification import brake
from okoce.foundation.verification.addresses import address_of, signed_address
from okoce.foundation.verification.codes import new_code, show_code
from okoce.foundation.verification.signing import public_keys
from okoce.foundation.web.square_codes import square_code
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_span")]


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
        "place": "Senen, Kota Jakarta Pusat, DKI Jakarta", "state": "valid", "since": "2018-01-01", "until": None, "notes": [],
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
    answers = api(genuine), Client().get(f"/verifikasi/{genuine}")
    assert words(page(answers[1], 429).h1) == "Tunggu sebentar"
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (429, str(brake.SPAN_SECONDS))
        assert "Tunggu 15 menit" in answer.content.decode()


def code_of(group: Group, code: str) -> str:
    Group.objects.filter(pk=group.pk).update(code=code)
    return code


@pytest.mark.parametrize("code", ["KOM-RPRP7Z", "CONTOH-044"])
def test_the_code_of_a_komunitas_leads_to_what_is_said_of_its_name(code: str) -> None:
    code_of(active_group("Melati Senen", SENEN), code)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.lower().replace('-', ' ')} "):
        answer = Client().get(f"/verifikasi/{typed}")
        assert (answer.status_code, answer["Location"]) == (302, f"/verifikasi/cari?nama={code}")
        shown = words(page(Client().get("/verifikasi", {"kode": typed}, follow=True)).main)
        for part in ("Melati Senen", "Asli dan berlaku", "Senen, Kota Jakarta Pusat"):
            assert part in shown
        assert api(typed).json() == {
            "code": code, "what": "group", "what_name": "Komunitas", "holder": "Melati Senen",
            "place": "Senen, Kota Jakarta Pusat, DKI Jakarta", "state": "valid", "since": "2018-01-02", "until": None,
            "notes": [],
        }  # fmt: skip


def test_the_code_of_a_komunitas_that_closed_says_so() -> None:
    group = active_group("Melati Senen", SENEN)
    code = code_of(group, "KOM-RPRP7Z")
    close_group(SYSTEM, group, "Bubar")
    assert "Sudah berakhir" in words(page(Client().get(f"/verifikasi/{code}", follow=True)).main)
    assert api(code).json()["state"] == "ended"


def test_the_code_of_an_application_or_of_nobody_is_mistyped_as_before() -> None:
    code_of(applied_group("Baru", SENEN), "KOM-RPRP7Z")
    for code in ("KOM-RPRP7Z", "kom-222222", "K", "KOM-" + "2" * 50):
        assert words(page(Client().get(f"/verifikasi/{code}"), 404).h1) == "Periksa lagi kodenya"
        assert api(code).json()["type"] == "urn:okoce:problem:mistyped_code"


def test_the_codes_of_komunitas_are_counted_as_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_of(active_group("Melati Senen", SENEN), "KOM-RPRP7Z")
    monkeypatch.setattr(brake, "MOST_ASKED", 2)
    assert [api(code).status_code for _turn in range(3)] == [200, 200, 429]
    assert Client().get(f"/verifikasi/{code}").status_code == 429


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


def claim_of(code: str) -> str:
    return signed_address(RequestFactory().get("/"), code).rpartition("/")[2]


def test_the_link_of_a_qr_is_verified_like_its_code_and_a_changed_one_is_said_to_be_forged() -> None:
    code = issue_card(SYSTEM, member_with(name="Siti Wulandari")).code
    claim = claim_of(code)
    genuine = words(page(Client().get(f"/verifikasi/{show_code(code)}/{claim}")).main)
    assert "Asli dan berlaku" in genuine
    assert "dipalsukan" not in genuine
    other = claim_of(issue_card(SYSTEM, member_with(name="Palsu")).code)
    for forged in (other, "A" * 300, "x"):
        told = words(page(Client().get(f"/verifikasi/{show_code(code)}/{forged}")).main)
        assert "Kode kotaknya dipalsukan" in told
        assert "S*** W***" in told


def test_a_card_whose_key_was_taken_out_is_not_said_to_be_forged(settings: Settings) -> None:
    code = issue_card(SYSTEM, member_with(name="Siti Wulandari")).code
    claim = claim_of(code)
    settings.OKOCE_SIGNING_KEYS = f"2:{base64.b64encode(bytes(range(32))).decode()}"
    told = words(page(Client().get(f"/verifikasi/{show_code(code)}/{claim}")).main)
    assert "Asli dan berlaku" in told
    assert "dipalsukan" not in told
    raw = base64.b32decode(claim + "=" * (-len(claim) % 8))
    never = base64.b32encode(raw[:1] + bytes([3]) + raw[2:]).decode().rstrip("=")
    assert "dipalsukan" in words(page(Client().get(f"/verifikasi/{show_code(code)}/{never}")).main)


def test_whoever_tries_codes_keeps_no_neighbour_from_scanning_a_signed_card() -> None:
    code = issue_card(SYSTEM, member_with()).code
    scanned = f"/verifikasi/{show_code(code)}/{claim_of(code)}"
    for _turn in range(brake.MOST_MISSED):
        Client().get(f"/verifikasi/{new_code('KA')}")
    assert Client().get(scanned).status_code == 200
    for braked in (
        f"/verifikasi/{show_code(code)}",
        f"{scanned[:-4]}AAAA",
        f"/verifikasi/{new_code('KA')}/x",
    ):
        assert Client().get(braked).status_code == 429


def test_what_no_longer_holds_is_signed_no_more() -> None:
    siti = member_with()
    old = issue_card(SYSTEM, siti).code
    replace_card(SYSTEM, siti, "copied")
    assert signed_address(RequestFactory().get("/"), old).endswith(f"/verifikasi/{show_code(old)}")


def test_a_pasted_link_leads_where_the_qr_leads() -> None:
    code = issue_card(SYSTEM, member_with()).code
    path = f"/verifikasi/{show_code(code)}/{claim_of(code)}"
    answer = Client().get("/verifikasi", {"kode": f"https://palsu.contoh{path}"})
    assert (answer.status_code, answer["Location"]) == (302, path)
    answer = Client().get("/verifikasi", {"kode": f"https://okoce.contoh/verifikasi/{show_code(code)}"})
    assert answer["Location"] == f"/verifikasi/{show_code(code)}"


def test_public_keys_are_published_and_no_other_part_of_them(settings: Settings) -> None:
    told = Client().get("/verifikasi/kunci.json")
    assert told.json() == {
        "signs": 1,
        "keys": [{"number": 1, "algorithm": "Ed25519", "public_key": public_keys()[1]}],
    }
    secret = settings.OKOCE_SIGNING_KEYS.partition(":")[2]
    for path in ("/verifikasi/kunci.json", "/verifikasi/luring", "/sw.js"):
        assert secret not in Client().get(path).content.decode()


def test_the_checker_alone_may_ask_for_the_camera_and_runs_nothing_inline() -> None:
    answer = Client().get("/verifikasi/luring")
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]  # default-src 'self' binds scripts
    assert "camera=()" in Client().get("/verifikasi")["Permissions-Policy"]
    shown = page(answer)
    assert [script.get("type") for script in shown.select("script:not([src])")] == ["application/json"]


def test_the_square_on_ones_own_card_carries_the_signed_link() -> None:
    siti = member_with(name="Siti Wulandari")
    code = issue_card(SYSTEM, siti).code
    client = Client()
    client.force_login(account_of(Actor(label="siti", grants=(Grant("anggota", Scope(member_id=siti.pk)),))))
    drawn = square_code(signed_address(RequestFactory().get("/"), code))
    assert page(client.get("/saya/kartu")).select_one("svg.qr path")["d"] == drawn.path
    assert drawn.path != square_code(address_of(RequestFactory().get("/"), code)).path
