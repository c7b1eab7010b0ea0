"""What layer 1 does for a komunitas: noted in one short form, told on its page, struck and never deleted."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.association.actions.supports import note_support, strike_support
from okoce.community.association.models import Support
from okoce.community.association.queries.supports import founding_of, list_supports, list_unvisited
from okoce.community.association.supporting import NewSupport
from okoce.community.groups.actions.groups import validate_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import ChecklistItem, Group
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.kept import unkept
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def visit(days_ago: int = 0, agreed: str = "Mulai buku kas", kind: str = "visit") -> NewSupport:
    return NewSupport(kind, today_wib() - timedelta(days=days_ago), 45, agreed)


def trainer(region: str = SENEN) -> Actor:
    """With an account of her own, so that she has a name."""
    return actor_for_user(account_of(officer("gusti", "pelatih", Scope(region=region), 0)))


def unvisited(actor: Actor) -> list[str]:
    return [one.group.name for one in list_unvisited(actor, 0).rows]


class TestNoting:
    def test_twice_is_once(self, db: None) -> None:
        group, gusti = active_group("Mawar", SENEN), trainer()
        assert note_support(gusti, group, visit()) == note_support(gusti, group, visit())
        assert Support.objects.get().by_user_id == gusti.user_id

    def test_elsewhere_reads_as_not_found_and_others_may_not(self, ani: Actor) -> None:
        group = active_group("Melati", COBLONG)
        with pytest.raises(NotFound):
            note_support(trainer(), group, visit())
        with pytest.raises(NotAllowed):
            note_support(ani, active_group("Mawar", SENEN), visit())
        assert not Support.objects.exists()

    def test_ones_own_komunitas_is_not_visited(self, db: None) -> None:
        group, gusti = active_group("Mawar", SENEN), trainer()
        email = User.objects.get(pk=gusti.user_id).email or ""
        appoint_officer(SYSTEM, group, email, Term("chair", date(2026, 1, 1)))
        with pytest.raises(Refused, match="bukan kunjungan dari luar"):
            note_support(gusti, group, visit())
        assert not Support.objects.exists()

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"kind": "tea"}, "kind"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": 1441}, "minutes"),
            ({"day_on": date(2999, 1, 1)}, "day_on"),
            ({"agreed": "  "}, "agreed"),
            ({"next_step": "Cek buku"}, "next_on"),
            ({"next_on": date(2026, 6, 1)}, "next_step"),
            ({"next_step": "Cek buku", "next_on": date(2026, 1, 1)}, "next_on"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(self, citra: Actor, told: dict, field: str) -> None:
        new = {"kind": "visit", "day_on": date(2026, 5, 1), "minutes": 30, "agreed": "Buku kas", **told}
        with pytest.raises(Invalid) as refusal:
            note_support(citra, active_group("Mawar", SENEN), NewSupport(**new))
        assert [wrong.field for wrong in refusal.value.errors] == [field]
        assert not Support.objects.exists()


class TestStriking:
    def test_ones_own_with_a_reason_and_it_stays_to_be_read(self, desk: Desk, citra: Actor) -> None:
        group, gusti = active_group("Mawar", SENEN), trainer()
        struck = strike_support(gusti, note_support(gusti, group, visit()), "Salah komunitas")
        assert struck.struck_on == today_wib()
        assert "Salah komunitas" in words(
            page(desk(citra).get(f"/komunitas/{group.pk}/pembinaan")).select_one("main")
        )
        assert list_supports(citra, "", 0).rows == []
        assert unvisited(citra) == ["Mawar"]

    def test_another_ones_only_by_whoever_manages_branches_there(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        noted = note_support(citra, group, visit())
        with pytest.raises(Refused, match="ditulis orang lain"):
            strike_support(trainer(), noted, "Salah")
        noted.refresh_from_db()
        assert noted.struck_on is None
        chair = officer("ketua", "pengurus_cabang", Scope(region="31"), 71)
        assert strike_support(chair, noted, "Salah").struck_on


class TestUnvisited:
    def test_after_the_days_of_the_term_and_never_since_validated(self, citra: Actor) -> None:
        groups = {name: active_group(name, SENEN) for name in ("Anggrek", "Kenanga", "Mawar", "Melati")}
        Group.objects.filter(name="Melati").update(validated_on=today_wib() - timedelta(days=90))  # still new
        note_support(citra, groups["Anggrek"], visit(90))
        note_support(citra, groups["Kenanga"], visit(91))
        assert unvisited(citra) == ["Kenanga", "Mawar"]
        assert unvisited(trainer(COBLONG)) == []

    def test_the_page_of_the_komunitas_says_so_and_what_comes_next(self, desk: Desk, citra: Actor) -> None:
        group, client = active_group("Mawar", SENEN), desk(citra)
        address = f"/komunitas/{group.pk}"
        assert "Belum pernah ditengok pengurus OK OCE." in words(page(client.get(address)).select_one("main"))
        late = today_wib() - timedelta(days=3)
        note_support(
            citra, group, NewSupport("visit", late - timedelta(days=5), 30, "Buku kas", "Cek buku", late)
        )
        shown = words(page(client.get(address)).select_one("main"))
        assert "Langkah berikutnya terlambat: Cek buku" in shown


def test_founded_is_read_from_the_records_of_the_komunitas(citra: Actor) -> None:
    group, gusti = applied_group("Mawar", SENEN), trainer()
    note_support(gusti, group, visit(kind="accompanying"))
    with unkept("groups_checklistitem"):
        ChecklistItem.objects.all().delete()  # what is asked is another test's
    validate_group(actor_for_user(account_of(citra)), group, today_wib())
    group.refresh_from_db()
    found = founding_of(citra, group)
    assert (found.validated_by, found.accompanied_by) == ("Uji user:3", ("Uji user:0",))


class TestThePages:
    def test_one_short_form_on_a_phone(self, desk: Desk) -> None:
        group, client = active_group("Mawar", SENEN), desk(officer("g", "pelatih", Scope(region=SENEN), 0))
        address = f"/komunitas/{group.pk}/pembinaan"
        form = page(client.get(address)).select_one("main form[method=post]")
        assert form is not None
        assert form.select_one("[name=minutes][value='60']") is not None
        assert form.select_one("[name=kind][checked][value=visit]") is not None
        told = {
            "kind": "visit",
            "day_on": today_wib().isoformat(),
            "minutes": "60",
            "agreed": "Buku kas",
            "next_step": "Cek",
        }
        again = page(client.post(address, told), 422)
        assert "Tulis kapan langkah berikutnya dikerjakan." in words(again.select_one("main"))
        assert "Buku kas" in words(again.select_one("[name=agreed]"))
        done = client.post(address, {**told, "next_on": today_wib().isoformat()}, follow=True)
        assert "Buku kas" in words(page(done).select_one("main"))

    def test_lists_cost_the_same_for_three_and_for_thirty(self, desk: Desk, citra: Actor) -> None:
        client, names = desk(citra), iter(f"Komunitas {number}" for number in range(99))

        def grow(count: int) -> None:
            for _number in range(count):
                note_support(citra, active_group(next(names), SENEN), visit(100))

        for address in ("/pembinaan", "/pembinaan/belum"):
            assert_constant_queries(lambda address=address: page(client.get(address)), grow)
        group = Group.objects.order_by("id")[0]

        def grow_one(count: int) -> None:
            for number in range(count):
                note_support(citra, group, visit(number, f"Sepakat {Support.objects.count()}"))

        assert_constant_queries(lambda: page(client.get(f"/komunitas/{group.pk}/pembinaan")), grow_one)
