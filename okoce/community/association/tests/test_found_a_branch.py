"""Branches: one in a place, decided from above, closed and never deleted; read by everybody."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from okoce.community.association.actions.branches import (
    activate_branch,
    close_branch,
    found_branch,
    pause_branch,
)
from okoce.community.association.actions.tenures import change_naming
from okoce.community.association.models import Branch
from okoce.community.association.queries.branches import branch_above
from okoce.community.association.tests.factories import FOUNDED, branch_at, holding, someone
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotFound, Refused
from okoce.foundation.shared.state_machine import TransitionRefused
from tests.cast import COBLONG, SENEN, SYSTEM, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
JAKARTA, CENTRAL_JAKARTA = "31", "31.71"


def states() -> list[tuple[str, str]]:
    return list(Branch.objects.order_by("id").values_list("region", "state"))


class TestFounding:
    def test_plans_it_and_its_parent_follows_from_the_territory(self, citra: Actor) -> None:
        top, province = branch_at(), branch_at(JAKARTA)
        made = found_branch(citra, SENEN, FOUNDED, "SK-3")
        assert (made.state, made.founder_user_id, branch_above(made)) == ("planned", citra.user_id, province)
        between = branch_at(CENTRAL_JAKARTA)
        assert branch_above(made) == between
        assert (branch_above(province), branch_above(top)) == (top, None)

    def test_a_place_has_one_until_it_is_closed(self, citra: Actor) -> None:
        branch = branch_at(JAKARTA)
        with pytest.raises(Conflict):
            found_branch(citra, JAKARTA, FOUNDED, "SK-4")
        assert states() == [(JAKARTA, "active")]
        close_branch(citra, branch, today_wib(), "Digabung")
        found_branch(citra, JAKARTA, today_wib(), "SK-5")
        assert states() == [(JAKARTA, "closed"), (JAKARTA, "planned")]

    def test_a_branch_founds_below_itself_alone(self, db: None) -> None:
        chair = officer("ketua", "pengurus_cabang", Scope(region=JAKARTA), 71)
        assert found_branch(chair, SENEN, FOUNDED, "SK-6").pk
        for region, refusal in ((JAKARTA, Refused), (COBLONG, NotFound), ("", NotFound)):
            with pytest.raises(refusal):
                found_branch(chair, region, FOUNDED, "SK-7")
        assert states() == [(SENEN, "planned")]

    @pytest.mark.parametrize(
        ("region", "day", "decree"),
        [("99", FOUNDED, "SK"), (JAKARTA, date(2999, 1, 1), "SK"), (JAKARTA, FOUNDED, "")],
    )
    def test_what_cannot_be_is_refused(self, citra: Actor, region: str, day: date, decree: str) -> None:
        with pytest.raises(Invalid):
            found_branch(citra, region, day, decree)
        assert states() == []


class TestDeciding:
    def test_pauses_works_again_and_closes_with_reasons(self, citra: Actor) -> None:
        branch, today = branch_at(JAKARTA), today_wib()
        pause_branch(citra, branch, today, "Kantor pindah")
        activate_branch(citra, branch, today)
        close_branch(citra, branch, today, "Digabung")
        branch.refresh_from_db()
        assert (branch.state, branch.state_reason) == ("closed", "Digabung")
        with pytest.raises(TransitionRefused):
            activate_branch(citra, branch, today)

    def test_without_a_reason_or_before_its_last_day_nothing_changes(self, citra: Actor) -> None:
        branch = branch_at(JAKARTA)
        with pytest.raises(Invalid):
            close_branch(citra, branch, today_wib(), " ")
        with pytest.raises(Invalid):
            close_branch(citra, branch, FOUNDED - timedelta(days=1), "Digabung")
        assert states() == [(JAKARTA, "active")]

    def test_nobody_closes_her_own_branch(self, db: None) -> None:
        branch = branch_at(JAKARTA)
        with pytest.raises(Refused):
            close_branch(
                officer("k", "pengurus_cabang", Scope(region=JAKARTA), 71), branch, today_wib(), "Saya lelah"
            )
        assert states() == [(JAKARTA, "active")]

    def test_the_database_deletes_none(self, db: None) -> None:
        branch = branch_at(JAKARTA)
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            branch.delete()


class TestInPublic:
    def test_names_whoever_agreed_masks_the_others_and_hides_the_restricted(self, citra: Actor) -> None:
        branch = branch_at()
        holding(branch, someone("dian"), "ketua_umum", is_named=True)
        holding(branch, someone("eka"), "bendahara_umum")
        member = member_with(name="Fani Restu")
        tenure = holding(branch, member.number, "direktur_data", is_named=True)
        shown = words(page(Client().get("/perkumpulan")).select_one("main"))
        assert "Uji dian" in shown
        assert "U*** e***" in shown
        assert "Uji eka" not in shown
        assert "Fani Restu" in shown
        Member.objects.filter(pk=member.pk).update(is_restricted=True)
        shown = words(page(Client().get("/perkumpulan")).select_one("main"))
        assert "Fani" not in shown
        assert "Nama tidak ditampilkan" in shown
        change_naming(citra, tenure, is_named=False)
        tenure.refresh_from_db()
        assert tenure.named_on is None

    def test_shows_branches_by_territory_and_says_until_when(self, citra: Actor) -> None:
        branch_at(JAKARTA)
        branch_at(SENEN)
        gone = branch_at("32")
        found_branch(citra, "33", FOUNDED, "SK-8")  # a plan is nobody's business yet
        close_branch(citra, gone, today_wib(), "Digabung")
        shown = words(page(Client().get("/perkumpulan")).select_one("main"))
        assert "Cabang DKI Jakarta" in shown
        assert "1 cabang di bawahnya" in shown
        assert "Ditutup" in shown
        assert "Digabung" not in shown
        assert "Jawa Tengah" not in shown
        assert Client().get("/perkumpulan?wilayah=zz").status_code == 404

    def test_costs_the_same_for_three_and_for_thirty(self, db: None) -> None:
        branch = branch_at()

        def grow(count: int) -> None:
            for _number in range(count):
                holding(branch, someone("x"), "pembina")

        assert_constant_queries(lambda: page(Client().get("/perkumpulan")), grow)


class TestThePages:
    def test_a_secretary_finds_the_place_founds_and_activates(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)
        offers = page(client.get("/perkumpulan/cabang/baru?cari=senen"))
        [link] = [
            one["href"] for one in offers.select("main .list a") if one["href"].endswith(f"wilayah={SENEN}")
        ]
        answer = client.post(str(link), {"founded_on": "2026-01-05", "decree": ""})
        assert page(answer, 422).select_one("[name=founded_on][value='2026-01-05']") is not None
        answer = client.post(str(link), {"founded_on": "2026-01-05", "decree": "SK-9"}, follow=True)
        assert "Cabang Senen" in words(page(answer).select_one("h1"))
        branch = Branch.objects.get(region=SENEN)
        client.post(f"/perkumpulan/cabang/{branch.pk}/aktifkan", {"on": "2026-02-01"})
        branch.refresh_from_db()
        assert (branch.state, branch.state_on) == ("active", date(2026, 2, 1))

    def test_a_place_is_found_as_people_write_it(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)

        def offered(typed: str) -> list[str]:
            shown = page(client.get("/perkumpulan/cabang/baru", {"cari": typed}))
            return [words(one) for one in shown.select("main .list a")]

        assert offered("Senen, Jakarta Pusat") == ["Senen Senen, Kota Jakarta Pusat, DKI Jakarta"]
        assert any("Senen, Kota Jakarta Pusat" in one for one in offered("Senenn"))
        assert len([one for one in offered("Sukajadi") if one.startswith("Sukajadi")]) > 1

    def test_the_list_is_a_page_at_a_time_and_constant(
        self, desk: Desk, citra: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, codes = desk(citra), iter(f"32.{number:02d}" for number in range(1, 90))

        def grow(count: int) -> None:
            for _number in range(count):
                with opened_by(SYSTEM):
                    Branch.objects.create(
                        region=next(codes), founded_on=FOUNDED, decree="SK", state_on=FOUNDED
                    )

        with transaction.atomic():
            assert_constant_queries(lambda: page(client.get("/perkumpulan/cabang")), grow)
        monkeypatch.setattr("okoce.community.association.queries.branches.PER_PAGE", 20)
        first = page(client.get("/perkumpulan/cabang"))
        link = first.select_one(".pager a[rel=next]")
        assert link is not None
        second = page(client.get(str(link["href"])))
        assert (len(first.select("tbody tr")), len(second.select("tbody tr"))) == (20, 10)
