"""The secretariat writes the words of messages, version by version, and sees before how they read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import left_to_hands, reachable
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.codes import send_code
from okoce.foundation.notifications.actions import NewWording
from okoce.foundation.notifications.actions import write_wording as write_new
from okoce.foundation.notifications.composing import names_in
from okoce.foundation.notifications.kinds import IMMEDIATE, KINDS
from okoce.foundation.notifications.models import Message, Wording
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.queries import messages_by_hand
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import Language
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid
from tests.outbox import Outbox
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PAGE = "/pesan/kata/welcome"


def typed(**given: object) -> dict[str, object]:
    return {
        "subject": "Selamat bergabung",
        "body": "Hai {name}, nomor Anda {number}.",
        "whatsapp_name": "",
        "from_on": today_wib().isoformat(),
        "source": "Rapat sekretariat",
        "seen": "2",
        **given,
    }


def versions(language: str = "id") -> list[int]:
    rows = Wording.objects.filter(code="welcome", language=language).order_by("version")
    return list(rows.values_list("version", flat=True))


def test_every_kind_has_words_in_both_languages_that_name_only_what_fills_them() -> None:
    for code, kind in KINDS.items():
        for language in Language.values:
            wording = Wording.objects.get(code=code, language=language, version=1)
            assert set(names_in(wording.subject, wording.body)) <= kind.names
            assert set(kind.samples(language)) == kind.names


def test_the_secretariat_reads_all_kinds_with_what_holds_today(desk: Desk, citra: Actor) -> None:
    shown = words(page(desk(citra).get("/pesan/kata")).main)
    for kind in KINDS.values():
        assert str(kind.label) in shown
    assert "Templat WhatsApp: okoce_welcome_2." in shown


def test_another_version_holds_from_its_day_on(desk: Desk, citra: Actor) -> None:
    message = left_to_hands(reachable(name="Siti Aminah"))
    answer = desk(citra).post(PAGE, typed())
    assert answer.status_code == 302
    assert versions() == [1, 2, 3]
    [waiting] = messages_by_hand(citra).page.rows
    assert waiting.words.body.startswith("Halo Siti Aminah"), "what was prepared keeps its words"  # type: ignore[attr-defined]  # a row of two kinds
    other = left_to_hands(reachable(name="Rina"))
    assert (message.wording.version, other.wording.version) == (2, 3)  # type: ignore[union-attr]  # prepared, so it has words


def test_a_version_of_tomorrow_is_not_used_today(desk: Desk, citra: Actor) -> None:
    tomorrow = today_wib() + timedelta(days=1)
    desk(citra).post(PAGE, typed(from_on=tomorrow.isoformat()))
    assert left_to_hands(reachable()).wording.version == 2  # type: ignore[union-attr]  # prepared, so it has words


def test_the_preview_shows_samples_and_keeps_nothing(desk: Desk, citra: Actor) -> None:
    shown = page(desk(citra).post(PAGE, typed(preview="1")))
    assert "Hai Siti Aminah, nomor Anda OKOCE-0000017." in words(shown.main)
    assert versions() == [1, 2]
    english = words(page(desk(citra).get(f"{PAGE}?bahasa=en")).main)
    assert "Hello Siti Aminah, welcome to OK OCE." in english


def test_the_same_words_twice_are_one_version(desk: Desk, citra: Actor) -> None:
    browser = desk(citra)
    for _time in range(2):
        assert browser.post(PAGE, typed()).status_code == 302
    assert versions() == [1, 2, 3]


def test_somebody_faster_is_not_written_over(desk: Desk, citra: Actor) -> None:
    browser = desk(citra)
    browser.post(PAGE, typed())
    answer = browser.post(PAGE, typed(body="Lain {name}"))
    assert "Rekan Anda baru saja menulis versi 3" in words(page(answer, 422).main)
    assert versions() == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"body": "Gaji {salary}"},
            "{salary} tidak dikenal di pesan ini. Yang ada: {name}, {number}, {site}.",
        ),
        ({"body": ""}, "Bagian ini kosong"),
        ({"from_on": "2020-01-01"}, "Hari itu sudah lewat"),
        ({"whatsapp_name": "Nama Templat"}, "huruf kecil, angka, dan garis bawah"),
        ({"body": "x" * 1000}, "terlalu panjang"),
    ],
)
def test_words_that_cannot_go_out_are_refused_and_nothing_typed_is_lost(
    desk: Desk, citra: Actor, wrong: dict[str, str], told: str
) -> None:
    answer = desk(citra).post(PAGE, typed(**wrong))
    shown = page(answer, 422)
    assert told in words(shown.main)
    assert shown.select_one("input[name=source]")["value"] == "Rapat sekretariat"
    assert versions() == [1, 2]


@pytest.mark.parametrize("kind", ["sign_in_code", "guardian_code"])
def test_words_that_would_lock_everybody_out_are_refused(desk: Desk, citra: Actor, kind: str) -> None:
    wrong = typed(body="Kode Anda sudah dikirim.", subject="Kode {code}", seen="1")
    shown = words(page(desk(citra).post(f"/pesan/kata/{kind}", wrong), 422).main)
    assert "Isi harus memuat {code}. Tanpa itu penerimanya tidak bisa melanjutkan." in shown
    assert "Tanpa nama, kode tidak bisa keluar lewat WhatsApp." in shown
    new = NewWording(kind, "id", "Kode {code}", "Tanpa apa pun", "okoce_x", today_wib(), "Uji", 1)
    with pytest.raises(Invalid) as refused:
        write_new(citra, new)
    assert [error.field for error in refused.value.errors] == ["body"]
    assert Wording.objects.filter(code=kind).count() == 2


def test_words_with_the_code_are_the_next_that_are_sent(desk: Desk, citra: Actor, outbox: Outbox) -> None:
    new = typed(body="{code} untuk masuk.", whatsapp_name="okoce_sign_in_code_1", seen="1")
    assert desk(citra).post("/pesan/kata/sign_in_code", new).status_code == 302
    send_code("+6281234567890", purpose="sign_in", address="203.0.113.7")
    assert outbox.texts("+6281234567890") == [f"{outbox.code('+6281234567890')} untuk masuk."]


@pytest.mark.parametrize("kind", sorted(IMMEDIATE))
def test_what_leaves_at_once_never_waits_in_the_outbox(kind: str) -> None:
    with pytest.raises(ValueError, match="leaves at once"):
        send(KINDS[kind], To(member_id=1), occasion="1")
    assert not Message.objects.exists()


def test_the_secretariat_reads_that_codes_are_kept_nowhere(desk: Desk, citra: Actor) -> None:
    shown = words(page(desk(citra).get("/pesan/kata")).main)
    assert shown.count("Keluar seketika, tidak disimpan di mana pun") == len(IMMEDIATE)
    shown = words(page(desk(citra).get("/pesan/kata/sign_in_code")).main)
    assert "OK OCE: kode masuk Anda 123456. Berlaku sampai pukul 14.05 WIB." in shown
    assert "teksnya ditulis WhatsApp" in shown


def test_a_kind_that_there_is_not_is_not_found(desk: Desk, citra: Actor) -> None:
    assert desk(citra).get("/pesan/kata/gossip").status_code == 404


def test_words_are_written_by_somebody_who_is_named() -> None:
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Wording.objects.create(
            code="welcome",
            language="id",
            version=9,
            from_on=date(2026, 1, 1),
            subject="x",
            body="x",
            source="x",
        )
