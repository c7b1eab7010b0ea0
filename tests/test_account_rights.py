"""Whoever has an account and is no member sees, takes along and has corrected what is held about her, asks with the same clock, and is
erased: nothing that leads to her is left, what she did in office stays, her name beside it for its term alone."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.association.tests.factories import branch_at, holding
from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.models import Application
from okoce.community.groups.tests.founders import application
from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.models import Contact
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.privacy.actions.account_rights import (
    AccountCorrection,
    ask_about_own_account,
    ask_own_account_erasure,
    carry_out_account_erasure,
    change_own_account_phone,
    correct_account,
    take_own_account_file,
    withdraw_own_account_erasure,
)
from okoce.community.privacy.actions.requests import MOST_WAITING, answer_data_request, take_data_request
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.forgetting import forget_office_names
from okoce.community.privacy.models import DataRequest, ErasureRequest
from okoce.community.privacy.queries.accounts import own_account
from okoce.dashboards.messages.occasions import tell_account_of_answer
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user, author_names
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.notifications.models import Message
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.tests.factories import proof, registered
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.dumps import tables_that_hold
from tests.outbox import Outbox
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
NAME, PHONE, EMAIL = "Ratna Kusumawardani", "+6281255554444", "ratna.k@dinas.contoh"
DATA, ASK, ERASE = "/saya/data", "/saya/data/permintaan", "/saya/data/hapus"
KEPT = 730


def ratna_in(role: str = "petugas_kecamatan", scope: Scope | None = None) -> User:
    """An officer who is no member."""
    user = account_of(officer("ratna", role, scope or Scope(region=SENEN), 1))
    User.objects.filter(pk=user.pk).update(name=NAME, phone=PHONE, email=EMAIL)
    return User.objects.get(pk=user.pk)


def left(user: User, days_ago: int = 1) -> Actor:
    """All her grants have ended."""
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=user).update(
            from_on=date(2018, 1, 1), until_on=today_wib() - timedelta(days=days_ago)
        )
    return actor_for_user(User.objects.get(pk=user.pk))


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def erased(user: User) -> None:
    """Asked for, waited for, carried out."""
    ask_own_account_erasure(actor_for_user(user))
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 1


def test_an_officer_reads_what_is_held_about_her_and_takes_it_along() -> None:
    ratna, wati = ratna_in(), registered(name="Wati Rahayu")
    give_evidence(actor_for_user(ratna), wati, proof(2, date(2019, 1, 1)))
    browser = browser_of(ratna)
    shown = drawn(browser.get(DATA))
    for part in (NAME, "0812-5555-4444", EMAIL, "Petugas kecamatan", "Senen"):
        assert part in shown
    assert "petugas_kecamatan" not in shown, "a role is told by its title"
    answer = browser.post(f"{DATA}/unduh")
    assert answer["Content-Disposition"] == 'attachment; filename="data-akun.json"'
    file = json.loads(answer.content)
    assert file["accounts"]["accounts"][0]["email"] == EMAIL
    assert file["accounts"]["roles"][0]["role"] == "petugas_kecamatan"
    done = {one["kind"]: one["count"] for one in file["deeds_in_office"]["deeds"]}
    assert sum(done[kind] for kind in done if kind.startswith("pipeline.evidence")) >= 1
    assert "Wati Rahayu" not in answer.content.decode(), "whom she served is somebody else's"
    assert "password" not in file["accounts"]["accounts"][0]
    assert Event.objects.filter(kind="privacy.own_account_file_taken", subject_id=ratna.pk).count() == 1


def test_so_do_a_contact_of_a_mitra_somebody_on_a_board_and_whose_office_is_over() -> None:
    contact, rina = contact_of(active_partner())
    assert "Petugas bank · Bank Maju" in drawn(browser_of(User.objects.get(pk=rina.user_id)).get(DATA))
    assert json.loads(take_own_account_file(rina))["acted_for"][0]["id"] == contact.pk
    chair = account_of(Actor(label="ketua"))
    holding(branch_at(), chair.email or "")
    assert json.loads(take_own_account_file(actor_for_user(chair)))["association_offices"]
    assert "Tidak ada tugas yang tercatat" in drawn(browser_of(chair).get(DATA))
    ratna = ratna_in()
    left(ratna)
    assert "Petugas kecamatan" in drawn(browser_of(ratna).get(DATA))


def test_a_member_reads_her_own_page_there_and_no_deed_of_accounts_is_hers() -> None:
    siti = member_with(name="Siti Aminah")
    user = account_of(herself(siti))
    assert siti.number in drawn(browser_of(user).get(DATA))
    actor = actor_for_user(user)
    for deed in (
        lambda: take_own_account_file(actor),
        lambda: ask_about_own_account(actor, "other", "Apa?"),
        lambda: change_own_account_phone(actor, "+6281200000001"),
        lambda: ask_own_account_erasure(actor),
        lambda: withdraw_own_account_erasure(actor),
    ):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(NotAllowed):
        take_own_account_file(Actor.anonymous())
    assert not DataRequest.objects.exists()
    assert not ErasureRequest.objects.exists()


def test_nobody_signed_out_reads_anything(client: Client) -> None:
    for address in (DATA, ASK, ERASE):
        assert client.get(address)["Location"].startswith("/masuk?next=")
    assert client.post(f"{DATA}/unduh").status_code == 302


def test_she_asks_the_data_officer_answers_on_the_same_clock_and_she_reads_it(
    desk: Any, citra: Actor
) -> None:
    ratna, office = ratna_in(), desk(citra)
    browser = browser_of(ratna)
    words = "Jangan kirim daftar nama ke nomor saya"
    for _click in range(2):
        assert browser.post(ASK, {"kind": "restrict", "text": words}).status_code == 302
    one = DataRequest.objects.get()
    assert (one.member_id, one.user_id) == (None, ratna.pk)
    assert one.due - one.asked_at == timedelta(hours=72)
    queue = drawn(office.get("/data-pribadi"))
    assert f"{NAME} pemilik akun" in queue
    assert "Sisa 71 jam" in queue
    address = f"/data-pribadi/permintaan/{one.pk}"
    assert words in drawn(office.get(address))
    office.post(f"{address}/ambil")
    assert office.post(address, {"answer": "Sudah kami hentikan."}).status_code == 302
    assert "Sudah kami hentikan." in drawn(browser.get(ASK))
    assert f"{NAME} pemilik akun" in drawn(office.get("/data-pribadi/dijawab"))
    event = Event.objects.get(kind="privacy.account_request_answered")
    for _run in range(2):
        tell_account_of_answer(event.pk)
    assert list(Message.objects.values_list("code", "user_id")) == [("data_answered", ratna.pk)]
    assert words not in str(event.payload)


def test_no_words_an_unknown_kind_and_too_many_are_refused(budi: Actor) -> None:
    actor = actor_for_user(ratna_in())
    for kind, words in (("gossip", "Apa?"), ("other", "  "), ("other", "x\0y")):
        with pytest.raises(Invalid):
            ask_about_own_account(actor, kind, words)
    for number in range(MOST_WAITING):
        ask_about_own_account(actor, "other", f"Pertanyaan {number}")
    with pytest.raises(Refused):
        ask_about_own_account(actor, "other", "Satu lagi")
    assert DataRequest.objects.count() == MOST_WAITING
    with pytest.raises(NotAllowed):
        take_data_request(budi, DataRequest.objects.latest("id"))


def test_whoever_answers_for_data_does_not_answer_herself() -> None:
    guard = account_of(officer("g", "petugas_pelindungan_data", Scope(everywhere=True), 9))
    actor = actor_for_user(guard)
    asked = ask_about_own_account(actor, "correct", "Nama saya keliru")
    for deed in (
        lambda: answer_data_request(actor, asked, "Baik"),
        lambda: take_data_request(actor, asked),
        lambda: correct_account(actor, asked, AccountCorrection("Lain", "lain@contoh.id")),
    ):
        with pytest.raises(Refused):
            deed()
    asked.refresh_from_db()
    assert (asked.answered_at, asked.taken_at) == (None, None)


def test_a_request_for_one_place_alone_reaches_no_account_elsewhere(desk: Any, citra: Actor) -> None:
    ask_about_own_account(actor_for_user(ratna_in()), "other", "Apa?")
    local = officer("x", "petugas_pelindungan_data", Scope(region="32"), 11)
    assert NAME not in drawn(desk(local).get("/data-pribadi"))
    one = DataRequest.objects.get()
    assert desk(local).get(f"/data-pribadi/permintaan/{one.pk}").status_code == 404


def test_name_and_email_are_corrected_by_the_desk_where_she_asked_for_it(desk: Any, citra: Actor) -> None:
    ratna, office = ratna_in(), desk(citra)
    other = account_of(Actor(label="lain"))
    asked = ask_about_own_account(actor_for_user(ratna), "correct", "Nama saya Ratna Kusuma")
    address = f"/data-pribadi/permintaan/{asked.pk}/betulkan"
    assert address in office.get(f"/data-pribadi/permintaan/{asked.pk}").content.decode()
    assert NAME in office.get(address).content.decode()
    for wrong in ({"name": ""}, {"name": "=cmd()"}, {"email": "bukan surel"}, {"email": other.email}):
        answer = office.post(address, {"name": "Ratna Kusuma", "email": EMAIL, **wrong})
        assert answer.status_code == 422, wrong
    assert User.objects.get(pk=ratna.pk).name == NAME
    for _click in range(2):
        assert office.post(address, {"name": "Ratna Kusuma", "email": EMAIL}).status_code == 302
    assert User.objects.get(pk=ratna.pk).name == "Ratna Kusuma"
    [event] = Event.objects.filter(kind="privacy.account_corrected")
    assert event.payload["fields"] == "nama"
    assert "Data akun dibetulkan: nama." in drawn(browser_of(ratna).get(DATA))
    answer_data_request(citra, asked, "Sudah")
    asked.refresh_from_db()
    with pytest.raises(Refused):
        correct_account(citra, asked, AccountCorrection("Lain", EMAIL))


def test_a_request_of_a_member_or_of_another_kind_corrects_no_account(desk: Any, citra: Actor) -> None:
    asked = ask_about_own_account(actor_for_user(ratna_in()), "other", "Apa?")
    with pytest.raises(Refused):
        correct_account(citra, asked, AccountCorrection("Lain", EMAIL))
    browser_of(account_of(herself(member_with()))).post(ASK, {"kind": "correct", "text": "Nama saya"})
    of_member = DataRequest.objects.get(user_id__isnull=True)
    assert desk(citra).get(f"/data-pribadi/permintaan/{of_member.pk}/betulkan").status_code == 404
    assert User.objects.filter(name=NAME).count() == 1


def test_another_telephone_is_proven_by_a_code_and_the_old_one_is_told(outbox: Outbox) -> None:
    ratna, new = ratna_in(), "+6281300002222"
    browser = browser_of(ratna)
    assert browser.post(f"{DATA}/hp", {"phone": new}).status_code == 302
    assert User.objects.get(pk=ratna.pk).phone == PHONE
    assert browser.post(f"{DATA}/hp/kode", {"code": "000000"}).status_code == 422
    assert browser.post(f"{DATA}/hp/kode", {"code": outbox.code(new)}).status_code == 302
    assert User.objects.get(pk=ratna.pk).phone == new
    assert len(outbox.texts(PHONE)) == 1
    taken = account_of(Actor(label="lain"))
    User.objects.filter(pk=taken.pk).update(phone=PHONE)
    with pytest.raises(Conflict):
        change_own_account_phone(actor_for_user(ratna), PHONE)
    assert User.objects.get(pk=ratna.pk).phone == new


def test_while_she_serves_she_is_told_why_not_and_what_to_do() -> None:
    ratna = ratna_in()
    browser = browser_of(ratna)
    shown = drawn(browser.get(ERASE))
    assert "Anda masih bertugas sebagai Petugas kecamatan." in shown
    assert "730 hari sesudah tugas terakhir" in shown
    assert browser.post(ERASE, {"is_sure": "on"}).status_code == 422
    left(ratna)
    holding(branch_at(), EMAIL)
    assert "Anda masih menjabat Ketua umum di perkumpulan." in drawn(browser.get(ERASE))
    with pytest.raises(Refused):
        ask_own_account_erasure(actor_for_user(ratna))
    assert not ErasureRequest.objects.exists()


def test_she_thinks_better_of_it_in_the_days_of_waiting(desk: Any, citra: Actor) -> None:
    ratna = ratna_in()
    left(ratna)
    browser = browser_of(ratna)
    for _click in range(2):
        assert browser.post(ERASE, {"is_sure": "on"}).status_code == 302
    asked = ErasureRequest.objects.get()
    assert asked.not_before - asked.asked_at == timedelta(days=3)
    assert "Permintaan Anda menunggu" in drawn(browser.get(ERASE))
    assert NAME in drawn(desk(citra).get("/data-pribadi"))
    with pytest.raises(Conflict):
        carry_out_account_erasure(SYSTEM, asked)
    browser.post(f"{ERASE}/batal")
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 0
    assert User.objects.get(pk=ratna.pk).email == EMAIL


def test_contacts_go_at_once_and_what_she_did_stays_with_her_name_for_its_term(citra: Actor) -> None:
    ratna, wati = ratna_in(), registered(name="Wati")
    give_evidence(actor_for_user(ratna), wati, proof(2, date(2019, 1, 1), note=f"Dilihat {NAME}, {EMAIL}"))
    apply_group(FOUNDER, application(founder_name=NAME, founder_phone=PHONE))
    asked = ask_about_own_account(actor_for_user(ratna), "other", f"Mengapa {NAME} tercatat?")
    answer_data_request(citra, asked, f"Karena {NAME} bertugas")
    change_own_account_phone(actor_for_user(ratna), "+6281300002222")
    left(ratna, days_ago=KEPT)
    browser = browser_of(ratna)
    deeds = list(Event.objects.filter(author=f"user:{ratna.pk}").values_list("pk", "kind"))
    erased(ratna)
    kept = User.objects.get(pk=ratna.pk)
    assert (kept.name, kept.phone, kept.email, kept.is_active) == (NAME, None, None, False)
    assert tables_that_hold("5555-4444", "81255554444", "81300002222", EMAIL) == set()
    assert tables_that_hold(NAME) == {"accounts_user"}
    assert Application.objects.get().founder_name == ERASED_NAME
    assert Evidence.objects.get(member=wati).note == "Dilihat [dihapus], [dihapus]"
    assert browser.get(DATA).status_code == 302, "nobody is signed in any more"
    assert not SubjectKey.objects.filter(subject_type="accounts.user", subject_id=ratna.pk).exists()
    assert RoleAssignment.objects.filter(user=kept).count() == 1
    later = Event.objects.filter(author=f"user:{ratna.pk}").values_list("pk", "kind")
    assert set(deeds) <= set(later), "what she did in office stays in the trail"
    assert author_names([f"user:{ratna.pk}"]) == {f"user:{ratna.pk}": NAME}
    with pytest.raises(NotFound):
        own_account(Actor(label=f"user:{ratna.pk}", user_id=ratna.pk))


def test_the_name_goes_when_its_term_is_over_as_the_dry_run_says() -> None:
    ratna = ratna_in()
    left(ratna, days_ago=KEPT)
    erased(ratna)
    [rule] = [rule for rule in all_rules() if rule.code == "privacy.office_names"]
    assert (rule.kept_for(), rule.over().count(), forget_office_names()) == (timedelta(days=KEPT), 0, 0)
    left(ratna, days_ago=KEPT + 1)
    assert rule.over().count() == forget_office_names() == 1
    assert (rule.over().count(), forget_office_names()) == (0, 0)
    assert User.objects.get(pk=ratna.pk).name == ERASED_NAME
    assert tables_that_hold(NAME) == set()
    assert Event.objects.filter(kind="privacy.office_name_forgotten").count() == 1


def test_an_account_that_never_served_goes_whole(citra: Actor) -> None:
    ratna = ratna_in()
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.all().delete()
    erased(ratna)
    assert not User.objects.filter(pk=ratna.pk).exists()
    assert tables_that_hold(NAME, EMAIL, "81255554444") == set()
    assert ErasureRequest.objects.get().erased_at is not None


def test_whoever_was_given_a_role_again_meanwhile_is_not_erased() -> None:
    ratna = ratna_in()
    left(ratna)
    ask_own_account_erasure(actor_for_user(ratna))
    ErasureRequest.objects.update(not_before=timezone.now())
    with transaction.atomic(), opened_by(SYSTEM):
        RoleAssignment.objects.filter(user=ratna).update(until_on=None)
    assert carry_out_due() == 0
    assert User.objects.get(pk=ratna.pk).phone == PHONE
    left(ratna)
    assert carry_out_due() == 1


def test_the_duty_of_a_contact_goes_with_her_and_the_mitra_keeps_that_somebody_acted() -> None:
    contact, rina = contact_of(active_partner())
    user = User.objects.get(pk=rina.user_id)
    left(user)
    erased(user)
    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.duty, kept.user_id) == ("", user.pk)


def test_a_request_is_about_a_member_or_an_account_and_never_both_or_none() -> None:
    siti: Member = member_with()
    when = {"asked_at": timezone.now(), "asked_by": 1, "due": timezone.now()}
    for about in ({}, {"member": siti, "user_id": 1}):
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            DataRequest.objects.create(kind="other", text="Apa?", **when, **about)


def test_many_requests_and_roles_cost_the_queries_of_few(desk: Any, citra: Actor) -> None:
    office, ratna = desk(citra), ratna_in()
    browser = browser_of(ratna)

    def grow(number: int) -> None:
        for _one in range(number):
            user = account_of(officer("x", "petugas_kecamatan", Scope(region=SENEN), 1))
            ask_about_own_account(actor_for_user(user), "other", "Apa?")
            with transaction.atomic(), opened_by(SYSTEM):
                RoleAssignment.objects.create(
                    user=ratna, role="petugas_kecamatan", region=SENEN, from_on=date(2018, 1, 1)
                )

    assert_constant_queries(lambda: (office.get("/data-pribadi"), browser.get(DATA)), grow)
