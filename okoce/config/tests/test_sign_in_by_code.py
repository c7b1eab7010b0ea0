"""A phone, its code, who it is: signed in. Nothing tells who is registered before the code has proven the phone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.discreet import discreet_name
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.sign_in import PROVEN_FOR
from okoce.foundation.accounts.tests.people import account, granted
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.outbox import Outbox
from tests.pages import page, refused, words
from tests.together import together

pytestmark = pytest.mark.django_db
PHONE, OTHER = "+6281234567890", "+6281234567891"
SPELLINGS = ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890"]


@pytest.fixture
def siti() -> Member:
    return registered(name="Siti Rahayu Widyastuti", phone=PHONE)


def ask(client: Client, phone: str = "0812-3456-7890", **more: str) -> Any:
    return client.post("/masuk", {"phone": phone, "cara": "kode", **more})


def prove(client: Client, outbox: Outbox, phone: str = "0812-3456-7890", **more: str) -> Any:
    ask(client, phone, **more)
    return client.post("/masuk/kode", {"code": outbox.code(PHONE)})


def people_shown(client: Client) -> list[str]:
    return [words(row) for row in page(client.get("/masuk/siapa")).select("main .list-row")]


def error(answer: Any, field: str) -> str:
    return words(refused(answer).select_one(f"#id_{field}_error"))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_member_signs_in_with_a_phone_in_any_spelling(
    client: Client, siti: Member, outbox: Outbox, spelling: str
) -> None:
    assert ask(client, spelling)["Location"] == "/masuk/kode"
    assert prove(client, outbox, spelling)["Location"] == "/masuk/siapa"
    assert people_shown(client) == ["SR Siti R. W. Anggota"]
    answer = client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert answer["Location"] in {"/", "/saya"}
    user = User.objects.get(member_id=siti.pk)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert Event.objects.get(kind="accounts.member_account_opened").author == "system:sign_in"


def test_the_second_time_it_is_the_same_account(siti: Member, outbox: Outbox) -> None:
    for _time in range(2):
        with time_machine.travel(timezone.now() + timedelta(hours=_time)):
            browser = Client()
            prove(browser, outbox)
            browser.post("/masuk/siapa", {"person": f"m{siti.pk}"})
            assert is_signed_in(browser)
    assert User.objects.filter(member_id=siti.pk).count() == 1


def test_the_page_of_the_code_says_where_it_went_and_until_when(client: Client, outbox: Outbox) -> None:
    ask(client)
    text = words(page(client.get("/masuk/kode")).select_one("main"))
    assert "lewat WhatsApp ke 0812-••••-7890" in text
    assert "Berlaku sampai pukul" in text


@pytest.mark.parametrize(
    ("phone", "says"),
    [
        ("", "Tulis nomor HP Anda."),
        ("0812345", "bukan nomor telepon yang berlaku"),
        ("08123456789012345678", "10 sampai 13 angka"),
        ("nomor saya", "bukan nomor telepon"),
        ("0812-3456-7890 / 0813-1111-2222", "lebih dari satu nomor"),
        ("+65 8123 4567", "nomor HP Indonesia"),
    ],
)
def test_a_bad_phone_is_told_beside_the_field_and_stays_there(
    client: Client, outbox: Outbox, phone: str, says: str
) -> None:
    answer = ask(client, phone)
    found = refused(answer)
    assert says in words(found.select_one("#id_phone_error"))
    assert found.select_one("[name=phone]").get("value", "") == phone
    assert outbox.sent == []


def test_a_phone_that_nobody_knows_looks_just_the_same_until_its_code(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    stranger = Client()
    known, unknown = ask(client), ask(stranger, "0812-3456-7891")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    pages = [browser.get("/masuk/kode").content.decode() for browser in (client, stranger)]
    assert words(page(client.get("/masuk/kode")).select_one("h1")) == "Isi kode 6 angka"
    assert len(pages[0]) == len(pages[1])
    stranger.post("/masuk/kode", {"code": outbox.code(OTHER)})
    text = words(page(stranger.get("/masuk/siapa")).select_one("main"))
    assert "belum ada anggota dengan nomor 0812-••••-7891" in text
    assert not is_signed_in(stranger)


def test_a_family_is_asked_who_it_is_and_learns_no_more_than_it_may(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    registered(name="Asep Rahayu", phone=PHONE)
    officer = account(name="Ani Petugas Kecamatan", phone=PHONE)
    granted(officer)
    prove(client, outbox)
    assert people_shown(client) == ["AR Asep R. Anggota", "SR Siti R. W. Anggota", "AP Ani P. K. Petugas"]
    assert "Widyastuti" not in client.get("/masuk/siapa").content.decode()
    assert client.post("/masuk/siapa", {"person": f"u{officer.pk}"})["Location"] == "/corong"
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_an_officer_who_is_a_member_too_stands_there_once(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    User.objects.filter(pk=account(phone=PHONE).pk).update(member_id=siti.pk)
    granted(User.objects.get(member_id=siti.pk))
    prove(client, outbox)
    assert people_shown(client) == ["SR Siti R. W. Anggota dan petugas"]
    assert client.post("/masuk/siapa", {"person": f"m{siti.pk}"})["Location"] == "/corong"


def test_the_phone_that_she_had_before_does_not_open_her_officers_account(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    User.objects.filter(pk=account(phone=PHONE).pk).update(member_id=siti.pk)
    officer = User.objects.get(member_id=siti.pk)
    granted(officer)
    Member.objects.filter(pk=siti.pk).update(phone=OTHER)
    prove(client, outbox)
    assert people_shown(client) == []
    assert refused(client.post("/masuk/siapa", {"person": f"u{officer.pk}"})).select_one("main [role=alert]")
    assert not is_signed_in(client)


def test_two_of_the_same_initials_are_told_apart_by_the_end_of_their_number(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    twin = registered(name="Siti Rukmini Wati", phone=PHONE)
    prove(client, outbox)
    assert people_shown(client)[1].endswith(f"nomor anggota berakhir {twin.number[-4:]}")


def test_who_was_merged_or_erased_does_not_stand_there(client: Client, siti: Member, outbox: Outbox) -> None:
    gone = registered(name="Gono", phone=PHONE)
    merged = registered(name="Gina", phone=PHONE)
    Member.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    Member.objects.filter(pk=merged.pk).update(merged_into=siti)
    prove(client, outbox)
    assert people_shown(client) == ["SR Siti R. W. Anggota"]
    for member in (gone, merged):
        assert refused(client.post("/masuk/siapa", {"person": f"m{member.pk}"})).select_one(
            "main [role=alert]"
        )
    assert not is_signed_in(client)


def test_who_has_left_still_signs_in(client: Client, siti: Member, outbox: Outbox) -> None:
    note_departure(Actor.system("test"), siti, today_wib())
    prove(client, outbox)
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert "Anda keluar dari OK OCE pada" in words(page(client.get("/saya")).main)


@pytest.mark.parametrize("key", ["", "m0", "m999999999999", "u1", "x", "m", "u", "m1 OR 1=1"])
def test_nobody_else_can_be_chosen(client: Client, siti: Member, outbox: Outbox, key: str) -> None:
    account(phone=OTHER)
    prove(client, outbox)
    assert refused(client.post("/masuk/siapa", {"person": key})).select_one("main [role=alert]")
    assert not is_signed_in(client)
    assert not User.objects.filter(member_id__isnull=False).exists()


def test_a_person_of_another_phone_cannot_be_chosen(client: Client, siti: Member, outbox: Outbox) -> None:
    stranger = registered(name="Budi", phone=OTHER)
    prove(client, outbox)
    assert refused(client.post("/masuk/siapa", {"person": f"m{stranger.pk}"})).select_one("main [role=alert]")
    assert not is_signed_in(client)


def test_without_a_proven_phone_nobody_is_shown_or_signed_in(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    ask(client)
    for answer in (client.get("/masuk/siapa"), client.post("/masuk/siapa", {"person": f"m{siti.pk}"})):
        assert (answer.status_code, answer["Location"]) == (302, "/masuk")
    assert not is_signed_in(client)


def test_another_phone_must_be_proven_anew(client: Client, siti: Member, outbox: Outbox) -> None:
    registered(name="Budi", phone=OTHER)
    prove(client, outbox)
    ask(client, "0812-3456-7891")
    assert client.get("/masuk/siapa")["Location"] == "/masuk"


def test_a_proof_is_good_for_ten_minutes(client: Client, siti: Member, outbox: Outbox) -> None:
    prove(client, outbox)
    with time_machine.travel(timezone.now() + PROVEN_FOR + timedelta(seconds=1)):
        assert client.post("/masuk/siapa", {"person": f"m{siti.pk}"})["Location"] == "/masuk"
    assert not is_signed_in(client)


def test_a_wrong_code_is_told_beside_the_field(client: Client, siti: Member, outbox: Outbox) -> None:
    ask(client)
    wrong = f"{(int(outbox.code(PHONE)) + 1) % 1_000_000:06d}"
    answer = client.post("/masuk/kode", {"code": wrong})
    assert error(answer, "code") == "Kode belum cocok. Masih bisa 4 kali lagi."
    assert client.get("/masuk/siapa")["Location"] == "/masuk"


def test_a_thousand_wrong_codes_end_in_one_clear_sentence(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    ask(client)
    code = outbox.code(PHONE)
    for _guess in range(30):
        Client().post("/masuk/kode", {"code": "000000"})
        answer = client.post("/masuk/kode", {"code": "000000" if code != "000000" else "000001"})
    assert error(answer, "code").startswith("Nomor ini dikunci sampai pukul")
    assert "dikunci" in error(ask(Client()), "phone")
    assert error(client.post("/masuk/kode", {"code": code}), "code").startswith("Nomor ini dikunci")


def test_asking_again_within_a_minute_goes_on_with_the_code_that_was_sent(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    ask(client)
    assert ask(client)["Location"] == "/masuk/kode"
    assert "Kode baru saja dikirim. Pakai kode itu." in client.get("/masuk/kode").content.decode()
    assert len(outbox.sent) == 1
    assert client.post("/masuk/kode", {"code": outbox.code(PHONE)})["Location"] == "/masuk/siapa"


@pytest.mark.parametrize("phone", [PHONE, "+6281299990000"])
def test_asking_again_for_a_code_that_was_guessed_away_says_how_long_to_wait(
    client: Client, siti: Member, outbox: Outbox, phone: str
) -> None:
    """The same words for the number of a member and for one that nobody has."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/masuk", {"phone": phone})
        wrong = f"{(int(outbox.code(phone)) + 1) % 1_000_000:06d}"
        for _guess in range(5):
            told = error(client.post("/masuk/kode", {"code": wrong}), "code")
        assert told == "Kode itu sudah tidak berlaku. Minta kode baru 60 detik lagi."
        clock.shift(timedelta(seconds=20))
        told = error(client.post("/masuk", {"phone": phone}), "phone")
        assert told == "Kode yang terakhir dikirim sudah tidak berlaku. Kode baru bisa diminta 40 detik lagi."
        assert len(outbox.sent) == 1
        client.post("/masuk/kode", {"ulang": "ya"})
        assert "diminta 40 detik lagi" in client.get("/masuk/kode").content.decode()
        clock.shift(timedelta(seconds=40))
        assert client.post("/masuk", {"phone": phone})["Location"] == "/masuk/kode"
    assert len(outbox.sent) == 2


def test_a_code_can_be_sent_again_after_a_minute(client: Client, siti: Member, outbox: Outbox) -> None:
    ask(client)
    assert client.post("/masuk/kode", {"ulang": "ya"})["Location"] == "/masuk/kode"
    assert "Tunggu satu menit" in client.get("/masuk/kode").content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        client.post("/masuk/kode", {"ulang": "ya"})
        assert "Kode baru sudah dikirim" in client.get("/masuk/kode").content.decode()
    assert len(outbox.sent) == 2


def test_one_goes_on_to_where_one_wanted_to_within_the_house(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    prove(client, outbox, next="/anggota?q=siti")
    assert client.post("/masuk/siapa", {"person": f"m{siti.pk}"})["Location"] == "/anggota?q=siti"


def test_nobody_is_led_out_of_the_house(client: Client, siti: Member, outbox: Outbox) -> None:
    prove(client, outbox, next="//jahat.contoh/")
    assert client.post("/masuk/siapa", {"person": f"m{siti.pk}"})["Location"] in {"/", "/saya"}


def test_the_session_gets_a_new_key_and_forgets_the_steps(
    client: Client, siti: Member, outbox: Outbox
) -> None:
    prove(client, outbox)
    before = client.session.session_key
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert client.session.session_key != before
    assert not {"sign_in_asked", "sign_in_proven"} & set(client.session.keys())


def test_a_member_account_that_was_closed_stays_closed(client: Client, siti: Member, outbox: Outbox) -> None:
    prove(client, outbox)
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    User.objects.update(is_active=False)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        browser = Client()
        prove(browser, outbox)
        assert refused(browser.post("/masuk/siapa", {"person": f"m{siti.pk}"})).select_one(
            "main [role=alert]"
        )
    assert not is_signed_in(browser)


def test_where_no_channel_is_configured_it_says_so(client: Client, siti: Member) -> None:
    assert "belum punya pengirim pesan" in error(ask(client), "phone")


def test_a_demo_shows_its_codes_on_a_page_and_sends_none(
    client: Client, siti: Member, settings: Settings
) -> None:
    settings.DEMO = "2018"
    ask(client)
    shown = words(page(client.get("/demo/kode")).select_one("main"))
    assert "•••• 7890" in shown
    assert "0812" not in shown
    code = next(
        word.strip(".") for word in shown.split() if len(word.strip(".")) == 6 and word.strip(".").isdigit()
    )
    assert client.post("/masuk/kode", {"code": code})["Location"] == "/masuk/siapa"


def test_signing_out_lets_the_browser_forget(client: Client, siti: Member, outbox: Outbox) -> None:
    prove(client, outbox)
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert client.post("/keluar")["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_signing_out_leaves_what_waits_at_the_desk(client: Client, siti: Member, outbox: Outbox) -> None:
    prove(client, outbox)
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    client.cookies["okoce_unsent"] = "1"
    assert client.post("/keluar")["Clear-Site-Data"] == '"cache"'
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti", "Siti"),
        ("Siti Rahayu", "Siti R."),
        ("Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo", "Raden R. K. W."),
        ("A", "A"),
        ("  siti   rahayu ", "siti R."),
    ],
)
def test_a_name_is_shown_by_its_first_word(name: str, shown: str) -> None:
    assert discreet_name(name) == shown


@pytest.mark.django_db(transaction=True)
def test_ten_first_sign_ins_at_once_make_one_account(siti: Member, outbox: Outbox) -> None:
    browsers = [Client() for _browser in range(10)]
    for browser in browsers:
        session = browser.session
        session["sign_in_proven"] = {
            "phone": PHONE,
            "until": (timezone.now() + timedelta(minutes=5)).isoformat(),
        }
        session.save()
        browser.cookies["sessionid"] = session.session_key
    answers = together(10, lambda place: browsers[place].post("/masuk/siapa", {"person": f"m{siti.pk}"}))
    assert [answer.status_code for answer in answers] == [302] * 10
    assert User.objects.filter(member_id=siti.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_button_tapped_four_times_leads_on_each_time(siti: Member, outbox: Outbox) -> None:
    first = Client()
    ask(first)
    taps = [Client() for _tap in range(4)]
    for tap in taps:
        tap.cookies = first.cookies
    answers = together(4, lambda place: taps[place].post("/masuk/kode", {"code": outbox.code(PHONE)}))
    assert [answer["Location"] for answer in answers] == ["/masuk/siapa"] * 4
    assert people_shown(first) == ["SR Siti R. W. Anggota"]
