"""Terms of office: appointed from above, never crossing, handed over in one step; no grant comes with them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from okoce.community.association.actions.branches import close_branch
from okoce.community.association.actions.tenures import appoint_holder, end_tenure, hand_over_tenure
from okoce.community.association.models import Branch, Tenure
from okoce.community.association.queries.tenures import list_tenures, tenures_ending, tenures_of
from okoce.community.association.rules import NewTenure
from okoce.community.association.tests.factories import FOUNDED, branch_at, holding, someone
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
JAKARTA = "31"


def told(position: str = "ketua_umum", from_on: date = MAY, until_on: date | None = JULY) -> NewTenure:
    return NewTenure(position, from_on, until_on, "SK-9")


def terms() -> list[tuple[str, date, date | None]]:
    return list(Tenure.objects.order_by("id").values_list("position", "from_on", "until_on"))


def facts() -> int:
    return Event.objects.filter(kind__startswith="association.").count()


def chair_of(region: str) -> Actor:
    return officer("ketua", "pengurus_cabang", Scope(region=region), 71)


class TestAppointing:
    def test_brings_no_grant(self, citra: Actor) -> None:
        tenure = appoint_holder(citra, branch_at(), someone("dian"), told())
        assert terms() == [("ketua_umum", MAY, JULY)]
        assert tenure.is_single
        assert RoleAssignment.objects.filter(user_id=tenure.user_id).count() == 0

    def test_takes_a_member_by_number_without_opening_an_account(self, citra: Actor) -> None:
        member = member_with(name="Dian", phone="0812 3456 7890")
        tenure = appoint_holder(citra, branch_at(), member.number, told())
        assert (tenure.user_id, tenure.member_id) == (None, member.pk)
        assert not User.objects.filter(member_id=member.pk).exists()
        assert [one.name for one in tenures_of(citra, tenure.branch)] == ["Dian"]

    @pytest.mark.parametrize(
        ("from_on", "until_on"),
        [
            (MAY, JULY),
            (date(2026, 6, 30), None),
            (date(2026, 1, 1), date(2026, 5, 2)),
            (JUNE, JUNE + timedelta(1)),
        ],
    )
    def test_an_office_of_one_refuses_whoever_crosses_and_says_with_whom(
        self, citra: Actor, from_on: date, until_on: date | None
    ) -> None:
        branch = branch_at()
        appoint_holder(citra, branch, someone("dian"), told())
        before = facts()
        with pytest.raises(Refused) as refusal:
            appoint_holder(citra, branch, someone("eka"), told(from_on=from_on, until_on=until_on))
        assert (
            "Uji dian sudah menjadi Ketua umum dari 1 Mei 2026 sampai 30 Juni 2026" in refusal.value.sentence
        )
        assert (len(terms()), refusal.value.code) == (1, "overlapping_term")
        assert facts() == before

    def test_terms_that_only_touch_and_other_branches_are_fine(self, citra: Actor) -> None:
        branch, other = branch_at(JAKARTA), branch_at("32")
        who = someone("dian")
        for place, new in (
            (branch, told("ketua_cabang", MAY, JUNE)),
            (branch, told("ketua_cabang", JUNE, JULY)),
            (other, told("ketua_cabang", MAY, JULY)),
        ):
            appoint_holder(citra, place, who, new)
        assert len(terms()) == 3

    def test_of_an_office_of_many_only_the_same_person_crosses_herself(self, citra: Actor) -> None:
        branch, who = branch_at(), someone("dian")
        appoint_holder(citra, branch, who, told("pembina"))
        appoint_holder(citra, branch, someone("eka"), told("pembina"))
        with pytest.raises(Refused, match="Bertumpang tindih: Uji dian"):
            appoint_holder(citra, branch, who, told("pembina", JUNE, None))
        assert len(terms()) == 2

    def test_the_same_one_twice_is_once(self, citra: Actor) -> None:
        branch, who = branch_at(), someone("dian")
        first = appoint_holder(citra, branch, who, told())
        assert appoint_holder(citra, branch, who, told()) == first

    def test_the_database_refuses_them_too(self, citra: Actor) -> None:
        tenure = appoint_holder(citra, branch_at(), someone("dian"), told())
        with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
            Tenure.objects.create(
                branch=tenure.branch,
                position="ketua_umum",
                is_single=True,
                user_id=4711,
                from_on=JUNE,
                decree="x",
            )

    @pytest.mark.parametrize(
        ("new", "field"),
        [
            (told("ketua_cabang"), "position"),  # the centre has none
            (told("raja"), "position"),
            (told(until_on=MAY), "until_on"),
            (told(from_on=date(2017, 1, 1)), "from_on"),  # before the branch was founded
            (NewTenure("ketua_umum", MAY, None, " "), "decree"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, citra: Actor, new: NewTenure, field: str
    ) -> None:
        branch = branch_at()
        with pytest.raises(Invalid) as refusal:
            appoint_holder(citra, branch, someone("dian"), new)
        assert [wrong.field for wrong in refusal.value.errors] == [field]
        assert terms() == []


class TestWhoMay:
    def test_nobody_appoints_herself_under_any_account(self, db: None) -> None:
        member = member_with(name="Dian", phone="0812 3456 7890")
        user = account_of(Actor(label="dian"))
        User.objects.filter(pk=user.pk).update(phone="+6281234567890")
        dian = officer("dian", "sekretariat", Scope(everywhere=True), user.pk)
        branch = branch_at()
        for who in (user.email or "", member.number):
            with pytest.raises(Invalid, match="menunjuk diri sendiri"):
                appoint_holder(dian, branch, who, told())
        assert terms() == []

    def test_nobody_appoints_herself_through_a_record_that_hers_was_merged_into(self, db: None) -> None:
        absorbed, kept = member_with(name="Dian"), member_with(name="Dian S")
        own, other = account_of(Actor(label="dian")), account_of(Actor(label="dian lain"))
        for user, member in ((own, absorbed), (other, kept)):
            User.objects.filter(pk=user.pk).update(member_id=member.pk)
        Member.objects.filter(pk=absorbed.pk).update(merged_into=kept)  # each keeps its account
        dian = officer("dian", "sekretariat", Scope(everywhere=True), own.pk)
        branch = branch_at()
        for who in (other.email or "", kept.number):
            with pytest.raises(Invalid, match="menunjuk diri sendiri"):
                appoint_holder(dian, branch, who, told())
        assert terms() == []

    def test_a_branch_appoints_below_itself_not_in_itself_not_beside_and_not_above(self, db: None) -> None:
        chair = chair_of(JAKARTA)
        own, below, beside, top = (branch_at(code) for code in (JAKARTA, SENEN, COBLONG, ""))
        new = told("ketua_cabang")
        assert appoint_holder(chair, below, someone("a"), new).pk
        with pytest.raises(Refused, match="dari cabang di atasnya"):
            appoint_holder(chair, own, someone("b"), new)
        for elsewhere in (beside, top):
            with pytest.raises(NotFound):
                appoint_holder(chair, elsewhere, someone("c"), new)
        assert len(terms()) == 1

    def test_an_auditor_appoints_nobody(self, dewi: Actor) -> None:
        with pytest.raises(NotAllowed):
            appoint_holder(dewi, branch_at(), someone("dian"), told())


class TestEnding:
    def test_ends_before_its_time_with_the_reason(self, citra: Actor) -> None:
        tenure = holding(branch_at(), someone("dian"), from_on=MAY, until_on=JULY)
        end_tenure(citra, tenure, JUNE, "Mengundurkan diri")
        tenure.refresh_from_db()
        assert (tenure.until_on, tenure.end_reason) == (JUNE, "Mengundurkan diri")
        with pytest.raises(Refused, match="sudah berakhir pada 1 Juni 2026"):
            end_tenure(citra, tenure, JULY, "Sekali lagi")

    def test_without_a_reason_nothing_changes(self, citra: Actor) -> None:
        tenure = holding(branch_at(), someone("dian"), from_on=MAY)
        with pytest.raises(Invalid):
            end_tenure(citra, tenure, JUNE, "  ")
        assert terms() == [("ketua_umum", MAY, None)]

    def test_handing_over_is_one_step(self, citra: Actor) -> None:
        tenure = holding(branch_at(), someone("dian"), from_on=MAY, until_on=JULY)
        after = hand_over_tenure(citra, tenure, someone("eka"), JUNE, "SK-10")
        assert terms() == [("ketua_umum", MAY, JUNE), ("ketua_umum", JUNE, JULY)]
        assert (after.decree, after.is_single) == ("SK-10", True)

    def test_a_hand_over_to_nobody_leaves_the_old_holder_in_office(self, citra: Actor) -> None:
        who = someone("dian")
        tenure = holding(branch_at(), who, from_on=MAY)
        for successor in ("tidak@ada.contoh", who):
            with pytest.raises(Invalid):
                hand_over_tenure(citra, tenure, successor, JUNE, "SK-10")
        assert terms() == [("ketua_umum", MAY, None)]

    def test_closing_a_branch_ends_every_term_in_it_and_leaves_the_grants(self, citra: Actor) -> None:
        branch = branch_at(JAKARTA)
        tenure = holding(branch, someone("dian"), "ketua_cabang")
        user = User.objects.get(pk=tenure.user_id)
        grant_role(SYSTEM, user, "pengurus_cabang", Anchors(region=JAKARTA), FOUNDED)
        close_branch(citra, branch, today_wib(), "Digabung")
        assert terms() == [("ketua_cabang", FOUNDED, today_wib())]
        assert RoleAssignment.objects.get(user=user).until_on is None
        [held] = tenures_of(citra, branch)
        assert held.has_ended
        assert held.outliving == ("Pengurus cabang",)


class TestGrantsBesideIt:
    def test_tells_what_is_missing_and_what_outlives_the_term(self, citra: Actor) -> None:
        branch, soon = branch_at(), today_wib() + timedelta(days=5)
        tenure = holding(branch, someone("dian"), "sekretaris_jenderal", until_on=soon)
        [held] = tenures_of(citra, branch)
        assert (held.grants, held.missing, held.outliving) == ((), "Sekretariat PGO", ())
        assert held.is_ending
        grant_role(SYSTEM, User.objects.get(pk=tenure.user_id), "sekretariat", Anchors(), FOUNDED)
        [held] = tenures_of(citra, branch)
        assert (held.missing, held.outliving) == ("", ("Sekretariat PGO",))
        assert held.grants == ("Sekretariat PGO, Indonesia, tanpa batas",)

    def test_a_grant_of_a_smaller_place_is_not_enough(self, citra: Actor) -> None:
        branch = branch_at(JAKARTA)
        tenure = holding(branch, someone("dian"), "ketua_cabang")
        user = User.objects.get(pk=tenure.user_id)
        grant_role(SYSTEM, user, "pengurus_cabang", Anchors(region=SENEN), FOUNDED)
        assert tenures_of(citra, branch)[0].missing == "Pengurus cabang"


class TestTheList:
    def test_what_runs_out_stands_first_and_counts_for_whoever_may_appoint(
        self, citra: Actor, dewi: Actor
    ) -> None:
        branch, today = branch_at(), today_wib()
        holding(branch, someone("a"), "ketua_umum")
        holding(branch, someone("b"), "bendahara_umum", until_on=today + timedelta(days=60))
        holding(branch, someone("c"), "direktur_data", until_on=today + timedelta(days=61))
        rows = list_tenures(dewi, only_ending=False, after=0).rows
        assert [one.name for one in rows] == ["Uji b", "Uji c", "Uji a"]
        assert [one.name for one in list_tenures(dewi, only_ending=True, after=0).rows] == ["Uji b"]
        assert (tenures_ending(citra).count(), tenures_ending(dewi).count()) == (1, 0)

    def test_costs_the_same_for_three_and_for_thirty(self, desk: Desk, citra: Actor) -> None:
        branch, client = branch_at(), desk(citra)

        def grow(count: int) -> None:
            for _number in range(count):
                holding(branch, someone("x"), "pembina")

        for address in ("/perkumpulan/jabatan", f"/perkumpulan/cabang/{branch.pk}"):
            assert_constant_queries(lambda address=address: page(client.get(address)), grow)

    def test_pages_follow_each_other(self, citra: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("okoce.community.association.queries.tenures.PER_PAGE", 2)
        branch, end = branch_at(), today_wib() + timedelta(days=90)
        for number, until_on in enumerate((end, end, end + timedelta(days=1), None, None)):
            holding(branch, someone(str(number)), "pembina", until_on=until_on)
        seen, after = [], 0
        while True:
            found = list_tenures(citra, only_ending=False, after=after)
            seen += [one.name for one in found.rows]
            if found.next_after is None:
                break
            after = found.next_after
        assert seen == [f"Uji {number}" for number in range(5)]


class TestThePage:
    def test_appoints_shows_the_clash_and_keeps_what_was_typed(self, desk: Desk, citra: Actor) -> None:
        branch, client = branch_at(), desk(citra)
        holding(branch, someone("dian"), from_on=MAY)
        address = f"/perkumpulan/cabang/{branch.pk}/jabatan"
        form = {
            "who": someone("eka"), "position": "ketua_umum", "from_on": "2026-06-01", "decree": "SK-77",
        }  # fmt: skip
        answer = client.post(address, form)
        shown = page(answer, 422)
        assert "Bertumpang tindih: Uji dian" in words(shown.select_one("main"))
        assert shown.select_one("[name=decree][value='SK-77']") is not None
        done = client.post(address, {**form, "position": "bendahara_umum"}, follow=True)
        assert "Uji eka" in words(page(done).select_one("main"))

    def test_notes_who_agreed_to_be_named_and_nothing_without_a_choice(
        self, desk: Desk, citra: Actor
    ) -> None:
        branch, client = branch_at(), desk(citra)
        tenure = holding(branch, someone("dian"))
        address = f"/perkumpulan/cabang/{branch.pk}/jabatan/{tenure.pk}/nama"
        for told, status, is_named in (
            ({"setuju": "1"}, 302, True),
            ({}, 422, True),
            ({"setuju": "0"}, 302, False),
        ):
            assert client.post(address, told).status_code == status
            tenure.refresh_from_db()
            assert (tenure.named_on is not None) is is_named


@pytest.mark.django_db(transaction=True)
def test_of_many_who_appoint_at_once_one_is_believed() -> None:
    branch = branch_at()
    people = [someone(str(number)) for number in range(6)]

    def appoint(place: int) -> str:
        try:
            appoint_holder(SYSTEM, Branch.objects.get(pk=branch.pk), people[place], told())
        except Refused as refusal:
            return str(refusal.code)
        return "appointed"

    assert sorted(together(6, appoint)) == ["appointed", *["overlapping_term"] * 5]
    assert len(terms()) == 1
