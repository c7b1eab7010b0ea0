"""The certificate of a komunitas: given once by the secretariat, replaced, revoked; anybody verifies it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from okoce.community.groups.actions.groups import close_group, pause_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.tests.together import together
from okoce.community.trust.actions.certificates import (
    issue_certificate,
    replace_certificate,
    revoke_certificate,
)
from okoce.community.trust.models import Certificate
from okoce.community.trust.verifying import certificate_finding
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, Refused
from okoce.foundation.verification.codes import is_whole, show_code
from okoce.foundation.verification.registry import Validity
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db


def codes() -> list[tuple[str, bool]]:
    rows = Certificate.objects.order_by("id").values_list("code", "revoked_at")
    return [(code, revoked_at is None) for code, revoked_at in rows]


def of_the_secretariat() -> Actor:
    """With an account, as whoever may stand too near has one."""
    user = account_of(Actor(label="sekre", grants=(Grant("sekretariat", Scope(everywhere=True)),)))
    return actor_for_user(user)


def test_the_secretariat_gives_it_once() -> None:
    group, citra = active_group("Mawar", SENEN), of_the_secretariat()
    first, again = issue_certificate(citra, group), issue_certificate(citra, group)
    assert first.pk == again.pk
    assert is_whole(first.code)
    assert history_of(SYSTEM, group)[0].kind == "trust.certificate_issued"


def test_others_and_its_own_officers_do_not(ani: Actor) -> None:
    group, citra = active_group("Mawar", SENEN), of_the_secretariat()
    with pytest.raises(NotAllowed):
        issue_certificate(ani, group)
    user = account_of(Actor(label="ketua", grants=(Grant("sekretariat", Scope(everywhere=True)),)))
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", date(2018, 1, 2)))
    with pytest.raises(Refused, match="pengurus"):
        issue_certificate(actor_for_user(user), group)
    assert codes() == []
    assert issue_certificate(citra, group)


def test_one_that_is_not_active_gets_none() -> None:
    with pytest.raises(Refused, match="tidak aktif"):
        issue_certificate(SYSTEM, applied_group("Baru", SENEN))
    assert codes() == []


def test_a_new_one_ends_the_old_one_and_a_second_click_changes_nothing() -> None:
    group = active_group("Mawar", SENEN)
    old = issue_certificate(SYSTEM, group)
    new = replace_certificate(SYSTEM, group, "lost", seen=old.pk)
    assert replace_certificate(SYSTEM, group, "lost", seen=old.pk).pk == new.pk
    assert codes() == [(old.code, False), (new.code, True)]
    with pytest.raises(Conflict):
        revoke_certificate(SYSTEM, group, "lost", seen=old.pk)
    with pytest.raises(Invalid):
        revoke_certificate(SYSTEM, group, "bosan")
    assert codes() == [(old.code, False), (new.code, True)]
    revoke_certificate(SYSTEM, group, "copied", seen=new.pk)
    assert codes() == [(old.code, False), (new.code, False)]


def state_of(group: Group, code: str) -> tuple[Validity, date | None]:
    found = certificate_finding(code)
    assert found
    assert found.holder == group.name
    assert found.since == date(2018, 1, 2)
    return found.state, found.until


def test_it_stands_and_falls_with_its_komunitas() -> None:
    group = active_group("Mawar", SENEN)
    code = issue_certificate(SYSTEM, group).code
    assert state_of(group, code) == (Validity.VALID, None)
    pause_group(SYSTEM, group, "Sepi")
    assert state_of(group, code) == (Validity.NOT_NOW, None)
    close_group(SYSTEM, group, "Bubar")
    assert state_of(group, code) == (Validity.ENDED, today_wib())


def test_anybody_verifies_it_and_the_sheet_carries_a_signed_square() -> None:
    group, citra = active_group("Mawar Senen", SENEN), of_the_secretariat()
    code = issue_certificate(citra, group).code
    shown = words(page(Client().get(f"/verifikasi/{show_code(code)}")).main)
    for part in ("Asli dan berlaku", "Surat keaslian komunitas", "Mawar Senen", "2 Januari 2018"):
        assert part in shown
    assert "Anggota sejak" not in shown
    client = Client()
    client.force_login(account_of(Actor(label="x", grants=(Grant("sekretariat", Scope(everywhere=True)),))))
    sheet = page(client.get(f"/komunitas/{group.pk}/keaslian/lembar"))
    assert show_code(code) in words(sheet.main)
    assert sheet.select_one("svg.qr")


def test_its_page_issues_replaces_and_says_what_is_wrong() -> None:
    group = active_group("Mawar", SENEN)
    client = Client()
    client.force_login(account_of(Actor(label="x", grants=(Grant("sekretariat", Scope(everywhere=True)),))))
    base = f"/komunitas/{group.pk}/keaslian"
    assert client.get(f"{base}/lembar").status_code == 302
    assert client.post(f"{base}/terbitkan").status_code == 302
    wrong = page(client.post(f"{base}/ganti", {"reason": ""}), 422)
    assert "Pilih alasan surat lama dibatalkan." in words(wrong.main)
    assert client.post(f"{base}/ganti", {"reason": "lost"}).status_code == 302
    assert [is_valid for _code, is_valid in codes()] == [False, True]
    assert client.post(f"{base}/batalkan", {"reason": "copied"}).status_code == 302
    assert [is_valid for _code, is_valid in codes()] == [False, False]


def test_an_officer_without_one_reads_whom_to_ask() -> None:
    group = active_group("Mawar", SENEN)
    user = account_of(Actor(label="dian"))
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", today_wib()))
    client = Client()
    client.force_login(user)
    shown = page(client.get(f"/komunitas/{group.pk}/keaslian"))
    assert "diberikan sekretariat" in words(shown.main)
    assert shown.select_one("main a[href='/lapor']") is not None
    client.force_login(account_of(Actor(label="x", grants=(Grant("sekretariat", Scope(everywhere=True)),))))
    assert page(client.get(f"/komunitas/{group.pk}/keaslian")).select_one("main a[href='/lapor']") is None


def test_what_was_given_is_never_deleted_and_nobody_writes_unnamed() -> None:
    made = issue_certificate(SYSTEM, active_group("Mawar", SENEN))
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), opened_by(SYSTEM):
        made.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.update(revoked_by="")
    assert codes() == [(made.code, True)]


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_one() -> None:
    group = active_group("Mawar", SENEN)
    made = together(10, lambda _place: issue_certificate(SYSTEM, group).code)
    assert len(set(made)) == 1
    assert len(codes()) == 1
