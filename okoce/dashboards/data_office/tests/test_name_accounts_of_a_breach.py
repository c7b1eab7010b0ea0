"""A breach that concerns whoever has an account alone: named by her contact, counted, told; she reads it, and no place reaches her."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.privacy.actions.breaches import (
    MOST_ACCOUNTS,
    Told,
    close_breach,
    name_affected,
    name_affected_accounts,
    note_breach,
    tell_of_breach,
)
from okoce.community.privacy.models import AccountLook, Breach, BreachPerson
from okoce.community.privacy.persons import person_of_account
from okoce.community.privacy.queries.breaches import sent_or_now, unreached, unreached_count
from okoce.community.privacy.states import Audience
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.routing import routes_of
from okoce.foundation.personal.registry import forget_everywhere
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NAME, PHONE, EMAIL = "Ratna Kusumawardani", "+6281255554444", "ratna.k@dinas.contoh"


class Mailing:
    """A channel that exists, and is asked for nothing here."""

    takes_templates_only = False
    is_remote = False
    wakes_people = True

    def send(self, ready: object) -> str:
        raise AssertionError("nothing is sent in these tests")


def account(name: str = NAME, phone: str | None = PHONE, email: str | None = EMAIL) -> User:
    """An officer who is no member."""
    user = account_of(officer("ratna", "petugas_kecamatan", Scope(region=SENEN), 1))
    User.objects.filter(pk=user.pk).update(name=name, phone=phone, email=email)
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


@pytest.fixture
def breach(indah: Actor) -> Breach:
    told = Told(
        title="Laptop hilang",
        what="Tertinggal di bus kota",
        data="Nama dan nomor HP",
        measures="Kunci diganti",
        people_count=1,
        noticed_since=timezone.now() - timedelta(hours=1),
    )
    return note_breach(indah, told)


def path_of(breach: Breach, tail: str = "/akun") -> str:
    return f"/data-pribadi/kebocoran/{breach.pk}{tail}"


def test_whose_accounts_they_are_is_confirmed_before_they_count(
    desk: Desk, indah: Actor, breach: Breach
) -> None:
    ratna, dian = account(), account("Dian Pertiwi", "+6281266667777", "dian@dinas.contoh")
    client = desk(indah)
    told = {"contacts": f"0812-5555-4444\n{EMAIL.upper()}; dian@dinas.contoh"}
    shown = page(client.post(path_of(breach), told))
    assert NAME in words(shown.main)
    assert "Dian Pertiwi" in words(shown.main)
    assert not BreachPerson.objects.exists()
    confirmed = {**told, "akun": [one["value"] for one in shown.select("[name=akun]")]}
    for _twice in range(2):
        assert client.post(path_of(breach), confirmed)["Location"] == path_of(breach, "")
    people = BreachPerson.objects.order_by("user_id").values_list("user_id", "member_id")
    assert list(people) == [(ratna.pk, None), (dian.pk, None)]
    breach.refresh_from_db()
    assert breach.people_count == 2, "more by name than were counted raise the count"
    assert Event.objects.filter(kind="privacy.breach_people_named").count() == 1
    assert set(AccountLook.objects.values_list("subject_user_id", "page")) == {
        (ratna.pk, "account"),
        (dian.pk, "account"),
    }


def test_they_are_counted_beside_members_in_the_register_and_for_the_agency(
    desk: Desk, indah: Actor, breach: Breach
) -> None:
    siti, ratna = registered(name="Siti"), account()
    assert "Banyaknya subjek data: 1\n" in sent_or_now(breach, Audience.AGENCY)
    name_affected(indah, breach, [siti.number])
    name_affected_accounts(indah, breach, [ratna.pk])
    shown = drawn(desk(indah).get(path_of(breach, "")))
    for part in ("2 orang tercatat namanya", "1 di antaranya pemilik akun", "Siti", f"{NAME} · pemilik akun"):
        assert part in shown
    told = tell_of_breach(indah, breach, "agency")
    assert "Banyaknya subjek data: 2, di antaranya 1 pemilik akun yang bukan anggota" in told.agency_words


def test_they_are_written_to_once_also_who_is_found_later_whatever_they_refused(
    indah: Actor, breach: Breach
) -> None:
    ratna, dian = account(), account("Dian Pertiwi", None, "dian@dinas.contoh")
    with transaction.atomic(), opened_by(SYSTEM):
        Preference.objects.create(user_id=ratna.pk, is_stopped=True)
    name_affected_accounts(indah, breach, [ratna.pk])
    assert not Message.objects.exists(), "nobody is told before it is said so"
    tell_of_breach(indah, breach, "subject")
    name_affected_accounts(indah, breach, [dian.pk, ratna.pk])
    sent = list(Message.objects.filter(code="breach").order_by("id"))
    assert [(one.user_id, one.member_id) for one in sent] == [(ratna.pk, None), (dian.pk, None)]
    routes = routes_of(sent, {"email": Mailing()}, timezone.now())
    assert {(str(route.state), route.channel) for route in routes.values()} == {("sending", "email")}


def test_she_reads_it_at_her_own_page_and_in_her_file_once_she_is_told_and_nobody_else_does(
    indah: Actor, breach: Breach
) -> None:
    ratna, dian = account(), account("Dian Pertiwi", None, "dian@dinas.contoh")
    browser, other = browser_of(ratna), browser_of(dian)
    name_affected_accounts(indah, breach, [ratna.pk])
    assert "Laptop hilang" not in drawn(browser.get("/saya/data"))
    tell_of_breach(indah, breach, "subject")
    assert "Data Anda terkena kebocoran: Laptop hilang" in drawn(browser.get("/saya/data"))
    assert b"Laptop hilang" in browser.post("/saya/data/unduh").content
    assert "Laptop hilang" not in drawn(other.get("/saya/data"))
    assert b"Laptop hilang" not in other.post("/saya/data/unduh").content


def test_whom_no_message_reached_stands_in_the_list_with_her_contact_and_that_is_a_look(
    desk: Desk, indah: Actor, breach: Breach
) -> None:
    ratna, dian = account(), account("Dian Pertiwi", None, "dian@dinas.contoh")
    User.objects.filter(pk=ratna.pk).update(is_active=False)  # it rests: she cannot read it
    name_affected_accounts(indah, breach, [ratna.pk, dian.pk])
    tell_of_breach(indah, breach, "subject")
    breach.refresh_from_db()
    with transaction.atomic(), opened_by(SYSTEM):
        Message.objects.filter(user_id=dian.pk).update(
            state="sent", channel="email", sent_since=timezone.now()
        )
    [found], following = unreached(indah, breach)
    assert (found.member, found.account, following) == (None, ratna, None)
    assert unreached_count(indah, breach) == 1
    shown = drawn(desk(indah).get(path_of(breach, "/tidak-sampai")))
    for part in (NAME, "0812-5555-4444", EMAIL, "Tidak ada pesan"):
        assert part in shown
    assert "Dian" not in shown
    assert AccountLook.objects.values_list("subject_user_id", "page").get() == (ratna.pk, "account")


@pytest.mark.parametrize("wrong", ["", "bukan nomor", "0813 9999 0000", "siapa@pun.contoh", "0812 1212 3434"])
def test_contacts_that_are_missing_unknown_or_a_members_are_refused_all_at_once(
    desk: Desk, indah: Actor, breach: Breach, wrong: str
) -> None:
    siti = registered(name="Siti", phone="+6281212123434")
    account_of(herself(siti))
    account()
    told = {"contacts": f"{EMAIL}\n{wrong}" if wrong else ""}
    found = page(desk(indah).post(path_of(breach), told), 422)
    assert words(found.select_one("#id_contacts_error"))
    assert not found.select("[name=akun]")
    assert not BreachPerson.objects.exists()
    assert not AccountLook.objects.exists()


def test_a_contact_that_is_changed_after_the_question_is_asked_about_anew(
    desk: Desk, indah: Actor, breach: Breach
) -> None:
    account()
    dian = account("Dian Pertiwi", None, "dian@dinas.contoh")
    told = {"contacts": EMAIL, "akun": str(dian.pk)}
    assert NAME in words(page(desk(indah).post(path_of(breach), told)).main)
    assert not BreachPerson.objects.exists()


def test_a_members_an_erased_and_no_account_are_refused_and_too_many(indah: Actor, breach: Breach) -> None:
    of_member, gone, ratna = (
        account_of(herself(registered())),
        account("Dian", None, "d@contoh.id"),
        account(),
    )
    User.objects.filter(pk=gone.pk).update(email=None, is_active=False, erased_since=timezone.now())
    for wrong in (of_member.pk, gone.pk, 999_999):
        with pytest.raises(NotFound):
            name_affected_accounts(indah, breach, [ratna.pk, wrong])
    for wrong_number in ([], range(1, MOST_ACCOUNTS + 2)):
        with pytest.raises(Invalid):
            name_affected_accounts(indah, breach, list(wrong_number))
    assert not BreachPerson.objects.exists()


def test_national_grants_alone_reach_accounts_and_a_role_without_the_right_names_nobody(
    desk: Desk, ani: Actor, dewi: Actor, breach: Breach
) -> None:
    ratna = account()
    local = Actor(label="lokal", grants=(Grant("petugas_pelindungan_data", Scope(region=SENEN)),))
    with pytest.raises(NotFound):
        name_affected_accounts(local, breach, [ratna.pk])
    for actor in (ani, dewi):
        with pytest.raises(NotAllowed):
            name_affected_accounts(actor, breach, [ratna.pk])
    here = officer("x", "petugas_pelindungan_data", Scope(region="31"), 13)
    assert desk(here).post(path_of(breach), {"contacts": EMAIL}).status_code == 404
    assert desk(dewi).post(path_of(breach), {"contacts": EMAIL}).status_code == 403
    assert not BreachPerson.objects.exists()
    assert not AccountLook.objects.exists()


def test_a_closed_one_takes_nobody(indah: Actor, breach: Breach) -> None:
    ratna = account()
    for audience in ("agency", "subject"):
        tell_of_breach(indah, breach, audience)
    close_breach(indah, breach)
    with pytest.raises(Refused):
        name_affected_accounts(indah, breach, [ratna.pk])
    assert not BreachPerson.objects.exists()


def test_when_she_is_erased_only_the_count_is_left(indah: Actor, breach: Breach) -> None:
    ratna, siti = account(), registered(name="Siti")
    name_affected(indah, breach, [siti.number])
    name_affected_accounts(indah, breach, [ratna.pk])
    with transaction.atomic(), opened_by(SYSTEM):
        forget_everywhere(person_of_account(ratna, with_past=True))
    assert BreachPerson.objects.values_list("member_id", flat=True).get() == siti.pk
    breach.refresh_from_db()
    assert breach.people_count == 2
    with pytest.raises(NotFound):
        name_affected_accounts(indah, breach, [ratna.pk])


def test_a_row_is_about_a_member_or_an_account_and_never_both_or_none(breach: Breach) -> None:
    siti = registered()
    for about in ({}, {"member": siti, "user_id": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BreachPerson.objects.create(breach=breach, **about)


def test_many_accounts_cost_the_queries_of_few(desk: Desk, indah: Actor, breach: Breach) -> None:
    office = desk(indah)

    def grow(count: int) -> None:
        serial = BreachPerson.objects.count()
        for number in range(serial, serial + count):
            user = account(f"Petugas {number}", None, f"p{number}@dinas.contoh")
            BreachPerson.objects.create(breach=breach, user_id=user.pk)

    assert_constant_queries(lambda: office.get(path_of(breach, "")), grow)
