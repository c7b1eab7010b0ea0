"""The right to call oneself "OK OCE …": given for a time under conditions, withdrawn, read by anybody; never one's own."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client, RequestFactory

from okoce.community.groups.actions.groups import close_group, pause_group, reopen_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.tests.together import together
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.trust.actions.names import give_group_name, give_partner_name, withdraw_name
from okoce.community.trust.models import NamePermission
from okoce.community.trust.rules import NewName
from okoce.community.trust.verifying import name_finding, name_standing, names_of
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, Refused
from okoce.foundation.verification.addresses import signed_address
from okoce.foundation.verification.codes import show_code
from okoce.foundation.verification.registry import Validity
from okoce.foundation.verification.signing import read_claim
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
GRATIS = "Hanya untuk kegiatan gratis"
SECRETARIAT = (Grant("sekretariat", Scope(everywhere=True)),)


def named(name: str = "OK OCE Melati", from_on: date = MAY, until_on: date | None = None) -> NewName:
    return NewName(name, GRATIS, from_on, until_on)


def names() -> list[tuple[str, date, date | None, date | None]]:
    rows = NamePermission.objects.order_by("id")
    return list(rows.values_list("name", "from_on", "until_on", "withdrawn_on"))


def desk() -> Client:
    client = Client()
    client.force_login(account_of(Actor(label="sekre", grants=SECRETARIAT)))
    return client


def state_of(one: NamePermission) -> tuple[Validity, date | None]:
    found = name_finding(one.code)
    assert found
    return found.state, found.until


def test_a_komunitas_and_a_mitra_get_one_and_anybody_reads_it() -> None:
    group, partner = active_group("Melati", SENEN), active_partner("Kampus Senen", "campus")
    for one, holder in (
        (give_group_name(SYSTEM, group, named()), "Melati"),
        (give_partner_name(SYSTEM, partner, named("OK OCE Kampus", MAY, date(2030, 1, 1))), "Kampus Senen"),
    ):
        shown = words(page(Client().get(f"/verifikasi/{show_code(one.code)}")).main)
        for part in ("Asli dan berlaku", one.name, f"Dipakai oleh: {holder}.", GRATIS, "1 Mei 2026"):
            assert part in shown
    assert history_of(SYSTEM, group)[0].kind == "trust.name_given"
    assert "Boleh memakai nama “OK OCE Melati” sejak 1 Mei 2026." in words(
        page(desk().get(f"/komunitas/{group.pk}")).main
    )
    assert "OK OCE Kampus" in words(page(desk().get(f"/mitra/{partner.pk}")).main)


def test_only_the_secretariat_gives_and_withdraws_and_never_for_its_own(ani: Actor) -> None:
    group, partner = active_group("Melati", SENEN), active_partner()
    chair = account_of(Actor(label="ketua", grants=SECRETARIAT))
    appoint_officer(SYSTEM, group, chair.email or "", Term("chair", date(2018, 1, 2)))
    _contact, liaison = contact_of(partner)
    own = Actor(liaison.label, liaison.user_id, (*liaison.grants, *SECRETARIAT))
    theirs = give_group_name(SYSTEM, group, named())
    before = names()
    with pytest.raises(NotAllowed):
        give_group_name(ani, group, named("OK OCE Lain"))
    for actor in (actor_for_user(chair),):
        with pytest.raises(Refused, match="pengurus"):
            give_group_name(actor, group, named("OK OCE Lain"))
        with pytest.raises(Refused, match="pengurus"):
            withdraw_name(actor, theirs, "Tidak jadi")
    with pytest.raises(Refused, match="narahubung"):
        give_partner_name(own, partner, named("OK OCE Lain"))
    assert names() == before


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewName("Melati", GRATIS, MAY), "name"),
        (NewName("OKOCE Melati", GRATIS, MAY), "name"),
        (NewName("", GRATIS, MAY), "name"),
        (NewName("OK OCE " + "x" * 300, GRATIS, MAY), "name"),
        (NewName("OK OCE \x00", GRATIS, MAY), "name"),
        (NewName("OK OCE Melati", "  ", MAY), "conditions"),
        (NewName("OK OCE Melati", GRATIS, date(1990, 1, 1)), "from_on"),
        (NewName("OK OCE Melati", GRATIS, MAY, MAY), "until_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(new: NewName, field: str) -> None:
    group = active_group("Melati", SENEN)
    with pytest.raises(Invalid) as refused:
        give_group_name(SYSTEM, group, new)
    assert [error.field for error in refused.value.errors] == [field]
    assert names() == []


def test_who_is_not_active_gets_no_name() -> None:
    with pytest.raises(Refused, match="tidak aktif"):
        give_group_name(SYSTEM, applied_group("Baru", SENEN), named())
    assert names() == []


def test_one_name_has_one_holder_at_a_time() -> None:
    melati, mawar = active_group("Melati", SENEN), active_group("Mawar", SENEN)
    first = give_group_name(SYSTEM, melati, named(until_on=JUNE))
    assert give_group_name(SYSTEM, melati, named(until_on=JUNE)).pk == first.pk, "twice is once"
    with pytest.raises(Conflict, match="sudah diizinkan"):
        give_group_name(SYSTEM, mawar, named("ok oce  MELATI"))
    assert len(names()) == 1
    with pytest.raises(Conflict, match="sudah diizinkan"):
        give_group_name(SYSTEM, mawar, named(from_on=JUNE))  # its last day is still Melati's
    assert len(names()) == 1
    give_group_name(SYSTEM, mawar, named(from_on=JUNE + timedelta(days=1)))
    with pytest.raises(Conflict, match="sudah diizinkan"):
        give_group_name(SYSTEM, mawar, named(from_on=date(2026, 4, 1), until_on=MAY))
    give_group_name(SYSTEM, mawar, named(from_on=date(2026, 4, 1), until_on=MAY - timedelta(days=1)))
    assert len(names()) == 3


def test_it_holds_in_its_time_alone() -> None:
    one = give_group_name(SYSTEM, active_group("Melati", SENEN), named(from_on=JUNE, until_on=JULY))
    for day, state in (
        (JUNE - timedelta(days=1), Validity.NOT_NOW),
        (JUNE, Validity.VALID),
        (JULY, Validity.VALID),
        (JULY + timedelta(days=1), Validity.ENDED),
    ):
        with time_machine.travel(f"{day}T05:00:00+00:00", tick=False):
            assert state_of(one)[0] is state, day


def test_its_last_day_is_the_one_that_was_typed_wherever_it_is_told() -> None:
    group, client = active_group("Melati", SENEN), desk()
    told = {"name": "OK OCE Melati", "conditions": GRATIS, "from_on": "2026-05-01", "until_on": "2026-07-01"}
    form = page(client.get(f"/komunitas/{group.pk}/keaslian")).select_one("form[action$='/nama']")
    assert "Hari terakhirnya." in words(form)
    assert client.post(f"/komunitas/{group.pk}/nama", told).status_code == 302
    one = NamePermission.objects.get()
    public = f"/verifikasi/{show_code(one.code)}", "/verifikasi/cari?nama=OK+OCE+Melati"
    with time_machine.travel("2026-07-01T16:59:00+00:00", tick=False):  # a minute before midnight in Jakarta
        for address in public:
            shown = words(page(Client().get(address)).main)
            assert "Asli dan berlaku" in shown
            assert "1 Juli 2026" in shown
        assert "sampai 1 Juli 2026" in names_of("group", [group.pk])[group.pk][0]
        claim = read_claim(one.code, signed_address(RequestFactory().get("/"), one.code).rpartition("/")[2])
        assert claim.until == JULY
    with time_machine.travel("2026-07-01T17:00:00+00:00", tick=False):
        for address in public:
            assert "Sudah berakhir" in words(page(Client().get(address)).main)
        assert "berakhir pada 1 Juli 2026" in names_of("group", [group.pk])[group.pk][0]
        assert signed_address(RequestFactory().get("/"), one.code).endswith(show_code(one.code))


def test_withdrawn_it_says_so_and_the_name_is_free_again() -> None:
    melati, mawar = active_group("Melati", SENEN), active_group("Mawar", SENEN)
    one = give_group_name(SYSTEM, melati, named())
    with pytest.raises(Invalid, match="alasan"):
        withdraw_name(SYSTEM, one, "  ")
    assert names()[0][3] is None
    withdraw_name(SYSTEM, one, "Menarik biaya")
    withdraw_name(SYSTEM, one, "Alasan lain")
    one.refresh_from_db()
    assert (one.withdrawn_on, one.withdrawn_reason) == (today_wib(), "Menarik biaya")
    assert state_of(one) == (Validity.REVOKED, today_wib())
    kinds = [line.kind for line in history_of(SYSTEM, melati)]
    assert kinds.count("trust.name_withdrawn") == 1
    assert "Tidak berlaku lagi" in words(page(Client().get(f"/verifikasi/{one.code}")).main)
    give_group_name(SYSTEM, mawar, named())


def test_what_has_ended_is_not_withdrawn_later() -> None:
    group = active_group("Melati", SENEN)
    one = give_group_name(SYSTEM, group, named(until_on=JUNE))
    withdraw_name(SYSTEM, one, "Menarik biaya")
    assert state_of(one) == (Validity.ENDED, JUNE)
    assert names()[0][3] is None
    shown = page(desk().get(f"/komunitas/{group.pk}/keaslian"))
    assert shown.select_one(f'form[action="/komunitas/{group.pk}/nama/{one.pk}/cabut"]') is None


def test_it_goes_with_a_komunitas_that_closes() -> None:
    group = active_group("Melati", SENEN)
    one = give_group_name(SYSTEM, group, named())
    close_group(SYSTEM, group, "Bubar")
    assert state_of(one) == (Validity.ENDED, today_wib())


def test_it_rests_with_its_komunitas_from_that_day_and_says_why() -> None:
    group = active_group("Melati", SENEN)
    one = give_group_name(SYSTEM, group, named())
    pause_group(SYSTEM, group, "Sepi")
    one.refresh_from_db()
    assert state_of(one) == (Validity.NOT_NOW, None)
    assert name_standing(one, today_wib() - timedelta(days=1))[0] is Validity.VALID
    assert "sedang tidak berlaku" in " ".join(names_of("group", [group.pk])[group.pk])
    assert "Pemegangnya tidak aktif" in words(page(desk().get(f"/komunitas/{group.pk}/keaslian")).main)
    reopen_group(SYSTEM, group, "Ramai lagi")
    assert state_of(one)[0] is Validity.VALID


def test_the_pages_give_and_withdraw_and_lose_nothing_that_was_typed() -> None:
    group, partner, client = active_group("Melati", SENEN), active_partner(), desk()
    for base in (f"/komunitas/{group.pk}", f"/mitra/{partner.pk}"):
        told = {"name": f"Warung {base}", "conditions": GRATIS, "from_on": "2026-05-01", "until_on": ""}
        wrong = page(client.post(f"{base}/nama", told), 422)
        assert "memuat “OK OCE”" in words(wrong.main)
        assert wrong.select_one("[name=name]")["value"] == told["name"]
        assert client.post(f"{base}/nama", {**told, "name": f"OK OCE {base}"}).status_code == 302
        one = NamePermission.objects.order_by("-id")[0]
        assert one.name in words(page(client.get(f"{base}/keaslian")).main)
        assert one.name in words(page(client.get(f"{base}/nama/{one.pk}")).main)
        assert page(client.post(f"{base}/nama/{one.pk}/cabut", {"reason": ""}), 422)
        assert client.post(f"{base}/nama/{one.pk}/cabut", {"reason": "Menarik biaya"}).status_code == 302
        assert "Menarik biaya" in words(page(client.get(f"{base}/keaslian")).main)
        assert "jangan dipasang" in words(page(client.get(f"{base}/nama/{one.pk}")).main)


def test_a_name_of_another_komunitas_is_not_found_under_this_one() -> None:
    melati, mawar, client = active_group("Melati", SENEN), active_group("Mawar", SENEN), desk()
    one = give_group_name(SYSTEM, melati, named())
    assert client.get(f"/komunitas/{mawar.pk}/nama/{one.pk}").status_code == 404
    assert client.post(f"/komunitas/{mawar.pk}/nama/{one.pk}/cabut", {"reason": "x"}).status_code == 404
    assert names()[0][3] is None


def test_the_page_costs_the_same_for_three_names_and_for_thirty() -> None:
    group, client = active_group("Melati", SENEN), desk()

    def grow(count: int) -> None:
        for _place in range(count):
            made = NamePermission.objects.count()
            give_group_name(SYSTEM, group, named(f"OK OCE Melati {made}"))

    assert_constant_queries(lambda: client.get(f"/komunitas/{group.pk}/keaslian"), grow)


def test_what_was_given_is_never_deleted() -> None:
    one = give_group_name(SYSTEM, active_group("Melati", SENEN), named())
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), opened_by(SYSTEM):
        one.delete()
    assert len(names()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_want_one_name_at_once_one_gets_it() -> None:
    groups = [active_group(f"Melati {place}", SENEN) for place in range(10)]

    def want(place: int) -> str:
        try:
            give_group_name(SYSTEM, groups[place], named())
        except Conflict:
            return "taken"
        return "given"

    assert sorted(together(10, want)) == ["given", *["taken"] * 9]
    assert len(names()) == 1


def test_the_history_names_the_conditions_in_the_readers_words() -> None:
    group, partner = active_group("Melati", SENEN), active_partner("Kampus Maju", "campus")
    give_group_name(SYSTEM, group, named())
    give_partner_name(SYSTEM, partner, named("OK OCE Kampus"))
    for address in (f"/komunitas/{group.pk}", f"/mitra/{partner.pk}"):
        shown = words(page(desk().get(address)).main)
        assert f"Syarat: {GRATIS}" in shown or f"Syarat {GRATIS}" in shown
        assert "conditions" not in shown
