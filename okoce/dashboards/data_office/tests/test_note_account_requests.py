"""Who has an account alone and cannot sign in asks on paper: noted at the desk, on the same clock, carried out and answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.privacy.actions.account_rights import (
    AccountCorrection,
    ask_written_account_erasure,
    correct_account,
)
from okoce.community.privacy.actions.requests import WrittenRequest, answer_data_request, note_account_request
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NAME, PHONE, EMAIL = "Ratna Kusumawardani", "+6281255554444", "ratna.k@dinas.contoh"
PATH = "/data-pribadi/permintaan/catat"
ASKED = {"kind": "correct", "text": "Surel saya sudah tutup.", "letter": "Map 7"}
HOURS = 72


def ratna(number: int = 1) -> User:
    """An officer who is no member."""
    user = account_of(officer("ratna", "petugas_kecamatan", Scope(region=SENEN), number))
    User.objects.filter(pk=user.pk).update(name=NAME, phone=PHONE, email=EMAIL)
    return User.objects.get(pk=user.pk)


def letter(**otherwise: object) -> WrittenRequest:
    told = {**ASKED, "received_on": today_wib(), **otherwise}
    return WrittenRequest(**told)


def national() -> Actor:
    user = account_of(
        Actor(label="desk", grants=(Grant("petugas_pelindungan_data", Scope(everywhere=True)),))
    )
    actor = actor_for_user(user)
    assert actor is not None
    return actor


@pytest.mark.parametrize("contact", ["0812-5555-4444", EMAIL, EMAIL.upper()])
def test_whose_account_it_is_is_confirmed_before_it_is_noted(desk: Desk, citra: Actor, contact: str) -> None:
    user, client = ratna(), desk(citra)
    told = {**ASKED, "contact": contact, "received_on": today_wib().isoformat()}
    shown = page(client.post(PATH, told))
    assert NAME in words(shown.main)
    assert words(shown.select_one("#id_text")) == ASKED["text"]
    assert not DataRequest.objects.exists()
    confirmed = {**told, "akun": shown.select_one("[name=akun]")["value"]}
    answer = client.post(PATH, confirmed)
    [asked] = DataRequest.objects.all()
    assert answer["Location"] == f"/data-pribadi/permintaan/{asked.pk}"
    assert (asked.user_id, asked.member_id, asked.origin, asked.letter) == (user.pk, None, "written", "Map 7")
    assert asked.due - asked.asked_at == timedelta(hours=HOURS)
    assert Event.objects.filter(kind="privacy.account_request_noted", subject_id=user.pk).count() == 1
    assert NAME in drawn(client.get("/data-pribadi"))
    client.post(PATH, confirmed)  # the button twice
    assert DataRequest.objects.count() == 1


def test_the_clock_runs_from_the_day_on_which_the_letter_came(citra: Actor) -> None:
    user = ratna()
    with time_machine.travel("2026-11-20T05:00:00Z"):
        asked = note_account_request(citra, user.pk, letter(received_on=today_wib() - timedelta(days=2)))
        assert asked.asked_at.isoformat() == "2026-11-18T00:00:00+07:00"
        assert asked.due == asked.asked_at + timedelta(hours=HOURS)


def test_it_is_carried_out_and_answered_and_she_reads_it_once_she_can_sign_in(
    desk: Desk, citra: Actor
) -> None:
    user = ratna()
    asked = note_account_request(citra, user.pk, letter())
    correct_account(citra, asked, AccountCorrection(name=NAME, email="ratna@baru.contoh"))
    answer_data_request(citra, asked, "Surel Anda sudah kami ganti.")
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert User.objects.get(pk=user.pk).email == "ratna@baru.contoh"
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    assert "Surel Anda sudah kami ganti." in drawn(client.get("/saya/data/permintaan"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"contact": ""}, "contact"),
        ({"contact": "bukan nomor"}, "contact"),
        ({"contact": "0813 9999 0000"}, "contact"),
        ({"contact": "siapa@pun.contoh"}, "contact"),
        ({"kind": ""}, "kind"),
        ({"text": " "}, "text"),
        ({"letter": ""}, "letter"),
        ({"received_on": "besok"}, "received_on"),
    ],
)
def test_what_is_missing_or_nobodys_is_told_beside_its_field(
    desk: Desk, citra: Actor, wrong: dict[str, str], field: str
) -> None:
    ratna()
    told = {**ASKED, "contact": EMAIL, "received_on": today_wib().isoformat(), **wrong}
    found = page(desk(citra).post(PATH, told), 422)
    assert words(found.select_one(f"#id_{field}_error"))
    assert not DataRequest.objects.exists()


def test_a_day_to_come_is_told_when_it_is_confirmed(desk: Desk, citra: Actor) -> None:
    user = ratna()
    day = (today_wib() + timedelta(days=9)).isoformat()
    told = {**ASKED, "contact": EMAIL, "received_on": day, "akun": str(user.pk)}
    assert words(page(desk(citra).post(PATH, told), 422).select_one("#id_received_on_error"))
    assert not DataRequest.objects.exists()


def test_a_number_that_is_changed_after_the_question_is_asked_about_anew(desk: Desk, citra: Actor) -> None:
    ratna()
    told = {**ASKED, "contact": EMAIL, "received_on": today_wib().isoformat(), "akun": "999999"}
    assert NAME in words(page(desk(citra).post(PATH, told)).main)
    assert not DataRequest.objects.exists()


def test_a_members_an_erased_and_ones_own_account_are_refused(desk: Desk, citra: Actor) -> None:
    siti, client = registered(name="Siti", phone="+6281300001111"), desk(citra)
    herself(siti)
    own = national()
    for number, user in enumerate(User.objects.filter(member_id=siti.pk)):
        with pytest.raises(NotFound):
            note_account_request(citra, user.pk, letter(letter=f"Map {number}"))
    told = {**ASKED, "contact": "0813 0000 1111", "received_on": today_wib().isoformat()}
    assert page(client.post(PATH, told), 422).select_one("#id_contact_error")
    with pytest.raises(Refused, match="permintaan Anda sendiri"):
        note_account_request(own, own.user_id or 0, letter())
    gone = ratna()
    User.objects.filter(pk=gone.pk).update(
        phone=None, email=None, is_active=False, erased_since=timezone.now()
    )
    with pytest.raises(NotFound):
        note_account_request(citra, gone.pk, letter())
    assert not DataRequest.objects.exists()


def test_only_who_answers_for_the_whole_house_notes_it(ani: Actor) -> None:
    """An account lives nowhere: a grant of a place reaches none, and a role without the right does nothing."""
    user = ratna()
    local = Actor(label="lokal", grants=(Grant("petugas_pelindungan_data", Scope(region=SENEN)),))
    with pytest.raises(NotFound):
        note_account_request(local, user.pk, letter())
    with pytest.raises(NotAllowed):
        note_account_request(ani, user.pk, letter())
    assert not DataRequest.objects.exists()


def test_a_letter_that_says_nothing_is_refused_and_another_one_is_another(citra: Actor) -> None:
    user = ratna()
    for wrong in ({"kind": "x"}, {"text": " "}, {"letter": " "}):
        with pytest.raises(Invalid):
            note_account_request(citra, user.pk, replace(letter(), **wrong))
    assert not DataRequest.objects.exists()
    first = note_account_request(citra, user.pk, letter())
    assert note_account_request(citra, user.pk, letter()).pk == first.pk
    assert note_account_request(citra, user.pk, letter(letter="Map 8")).pk != first.pk


def asked_on_paper(citra: Actor) -> tuple[User, DataRequest]:
    user = ratna()
    asked = note_account_request(citra, user.pk, letter(kind="other", text="Hapus data saya."))
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=user).update(
            from_on=date(2018, 1, 1), until_on=today_wib() - timedelta(days=1)
        )
    return user, asked


def test_she_is_erased_by_a_letter_after_the_days_of_thinking_it_over(desk: Desk, citra: Actor) -> None:
    user, asked = asked_on_paper(citra)
    client, here = desk(citra), f"/data-pribadi/permintaan/{asked.pk}"
    assert f"{here}/hapus-akun" in client.get(here).content.decode()
    found = page(client.post(f"{here}/hapus-akun", {"contact": "0813 9999 0000"}), 422)
    assert words(found.select_one("#id_contact_error"))
    assert not ErasureRequest.objects.exists()
    for _twice in range(2):
        assert client.post(f"{here}/hapus-akun", {"contact": EMAIL.upper()})["Location"] == here
    [waiting] = ErasureRequest.objects.all()
    assert (waiting.user_id, waiting.origin, waiting.letter) == (user.pk, "written", "Map 7")
    assert "Permintaan menunggu" in words(page(client.get(f"{here}/hapus-akun")).main)
    assert carry_out_due() == 0  # it waits
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 1
    gone = User.objects.filter(pk=user.pk).values_list("phone", "email").first()
    assert gone in {None, (None, None)}
    waiting.refresh_from_db()
    asked.refresh_from_db()
    assert (waiting.letter, asked.letter, asked.text) == ("", "", "")
    assert waiting.erased_at is not None
    assert client.get(f"{here}/hapus-akun").status_code == 404
    assert f"{here}/hapus-akun" not in client.get(here).content.decode()


def test_the_desk_takes_it_back(desk: Desk, citra: Actor) -> None:
    user, asked = asked_on_paper(citra)
    ask_written_account_erasure(citra, asked)
    here = f"/data-pribadi/permintaan/{asked.pk}"
    for _twice in range(2):
        assert desk(citra).post(f"{here}/hapus-akun/batal")["Location"] == here
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 0
    assert User.objects.get(pk=user.pk).phone == PHONE
    assert Event.objects.filter(kind="privacy.account_erasure_withdrawn", subject_id=user.pk).count() == 1


def test_who_serves_who_did_not_write_and_who_may_not_erases_nobody(ani: Actor, citra: Actor) -> None:
    user = ratna()
    asked = note_account_request(citra, user.pk, letter(kind="other"))
    with pytest.raises(Refused, match="masih bertugas"):
        ask_written_account_erasure(citra, asked)
    with pytest.raises(NotAllowed):
        ask_written_account_erasure(ani, asked)
    asked.origin = "own"
    with pytest.raises(NotFound):
        ask_written_account_erasure(citra, asked)
    assert not ErasureRequest.objects.exists()
