"""The secretariat decides about a komunitas: checks, validates, asks, refuses, pauses, opens again, closes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.community.groups.actions.applications import FOUNDER, apply_group, change_application
from okoce.community.groups.actions.areas import change_areas
from okoce.community.groups.actions.groups import (
    NewGroup,
    ask_group,
    check_group,
    close_group,
    create_group,
    pause_group,
    refuse_group,
    reopen_group,
    validate_group,
)
from okoce.community.groups.models import Check, ChecklistItem, Group, GroupArea
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.groups.tests.founders import COBLONG, MENTENG, PHONE, SENEN, application, applied, items
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import Anchors, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, TransitionRefused
from tests.cast import SYSTEM, account_of
from tests.pages import next_page, page, posts, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
UNPROCESSABLE = 422


def state_of(group: Group) -> tuple[str, str]:
    stored = Group.objects.get(pk=group.pk)
    return stored.state, stored.state_reason


class TestValidating:
    def test_needs_every_item_of_the_days_checklist(self, citra: Actor) -> None:
        group = applied()
        check_group(citra, group, items() - {min(items())})
        with pytest.raises(Refused) as refusal:
            validate_group(citra, group, today_wib())
        assert ChecklistItem.objects.get(pk=min(items())).text in refusal.value.sentence
        assert state_of(group) == ("applied", "")
        check_group(citra, group, items())
        validate_group(citra, group, today_wib())
        assert state_of(group) == ("active", "")
        assert Group.objects.get().validated_on == today_wib()

    def test_what_was_checked_keeps_who_looked(self, citra: Actor, fitri: Actor) -> None:
        group = applied()
        check_group(citra, group, items())
        check_group(fitri, group, items())  # nothing new
        check_group(fitri, group, items() - {min(items())})
        assert set(Check.objects.filter(is_met=True).values_list("checked_by", flat=True)) == {citra.label}
        assert Check.objects.get(is_met=False).checked_by == fitri.label
        assert Event.objects.filter(kind="groups.group_checked").count() == 2

    def test_an_item_that_no_longer_holds_is_not_asked_for(self, citra: Actor) -> None:
        group, ended = applied(), min(items())
        with opened_by(SYSTEM):
            ChecklistItem.objects.filter(pk=ended).update(until_on=today_wib())
        check_group(citra, group, items() - {ended})
        assert validate_group(citra, group, today_wib()).state == "active"
        assert Check.objects.filter(item_id=ended).count() == 0

    def test_no_day_before_the_application_goes_round_the_checklist(self, citra: Actor) -> None:
        group = applied()
        with pytest.raises(Refused):
            validate_group(
                citra, group, ChecklistItem.objects.earliest("from_on").from_on - timedelta(days=1)
            )
        assert state_of(group) == ("applied", "")

    def test_who_founded_it_neither_checks_nor_validates_it(self) -> None:
        user = account_of(Actor(label="citra"))
        group = applied(founder_user_id=user.pk)
        check_group(SYSTEM, group, items())
        for deed in (
            lambda actor: validate_group(actor, group, today_wib()),
            lambda actor: check_group(actor, group, set()),
        ):
            with pytest.raises(Refused) as refusal:
                deed(secretary(user))
            assert "pendiri atau pengurus" in refusal.value.sentence
        assert state_of(group) == ("applied", "")
        assert not Check.objects.filter(is_met=False).exists()

    def test_an_account_of_the_same_telephone_counts_as_the_founder(self, citra: Actor) -> None:
        group = applied(founder_phone=PHONE)
        user = account_of(Actor(label="citra"))
        User.objects.filter(pk=user.pk).update(phone=PHONE)
        check_group(citra, group, items())
        with pytest.raises(Refused):
            validate_group(secretary(user), group, today_wib())
        assert state_of(group) == ("applied", "")

    def test_what_the_founder_changes_is_checked_anew(self, citra: Actor) -> None:
        group = applied()
        check_group(citra, group, items())
        apply_group(FOUNDER, application())  # the same once more
        assert Check.objects.filter(is_met=True).count() == len(items())
        change_application(FOUNDER, group, application(name="Bank Keliling Senen"))
        with pytest.raises(Refused):
            validate_group(citra, group, today_wib())
        assert state_of(group) == ("applied", "")

    def test_a_page_from_before_the_founder_changed_it_validates_nothing(
        self, desk: Desk, citra: Actor
    ) -> None:
        group, client = applied(), desk(citra)
        read_at = page(client.get(f"/komunitas/{group.pk}")).select_one("input[name=dibaca]")["value"]
        apply_group(FOUNDER, application(areas=(MENTENG,)))
        told = {"butir": [str(one) for one in items()], "validasi": "1"}
        found = page(
            client.post(f"/komunitas/{group.pk}/periksa", {**told, "dibaca": read_at}), UNPROCESSABLE
        )
        assert "Pengajuan ini baru saja berubah" in words(found.main)
        assert state_of(group) == ("applied", "")
        assert not Check.objects.exists()
        read_at = found.select_one("input[name=dibaca]")["value"]
        client.post(f"/komunitas/{group.pk}/periksa", {**told, "dibaca": read_at})
        assert state_of(group)[0] == "active"

    def test_is_for_the_secretariat_alone(self, ani: Actor, dewi: Actor) -> None:
        group = applied()
        for deed in (
            lambda actor: check_group(actor, group, items()),
            lambda actor: validate_group(actor, group, today_wib()),
            lambda actor: refuse_group(actor, group, "Tidak."),
            lambda actor: close_group(actor, group, "Tidak."),
        ):
            for stranger in (ani, dewi):
                with pytest.raises(NotAllowed):
                    deed(stranger)
        assert state_of(group) == ("applied", "")


def secretary(user: User) -> Actor:
    """The account, with a desk at the secretariat."""
    grant_role(SYSTEM, user, "sekretariat", Anchors())
    return actor_for_user(user)


class TestOtherDecisions:
    def test_who_founded_it_does_not_open_it_again(self, citra: Actor) -> None:
        user = account_of(Actor(label="dian"))
        group = applied(founder_user_id=user.pk)
        check_group(SYSTEM, group, items())
        validate_group(SYSTEM, group, today_wib())
        pause_group(citra, group, "Diperiksa.")
        with pytest.raises(Refused):
            reopen_group(secretary(user), group, "Sudah beres.")
        assert state_of(group) == ("paused", "Diperiksa.")

    def test_a_desk_for_one_province_carries_no_komunitas_out_of_it(self) -> None:
        jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
        group = applied()
        with pytest.raises(NotFound):
            change_areas(jakarta, group, [SENEN, COBLONG])
        assert Group.objects.get().region == SENEN
        with pytest.raises(NotFound):
            create_group(jakarta, NewGroup(code="X", name="Nusantara"))
        assert Group.objects.count() == 1
        change_areas(jakarta, group, [SENEN, MENTENG])
        assert Group.objects.get().region == "31.71"

    def test_each_keeps_its_reason_and_its_line_in_the_history(self, citra: Actor) -> None:
        group = active_group("Mawar", SENEN)
        pause_group(citra, group, "Ketuanya pindah.")
        assert state_of(group) == ("paused", "Ketuanya pindah.")
        reopen_group(citra, group, "Ketua baru sudah ada.")
        close_group(citra, group, "Bergabung dengan Melati.")
        lines = history_of(citra, group)
        assert [line.sentence for line in lines][:3] == [
            "Komunitas Mawar ditutup.",
            "Komunitas Mawar dibuka lagi.",
            "Komunitas Mawar berhenti sementara.",
        ]
        assert lines[0].changes == {"reason": ["", "Bergabung dengan Melati."]}
        assert Group.objects.get().validated_on is not None

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "\x00"])
    def test_none_is_taken_without_a_readable_reason(self, citra: Actor, reason: str) -> None:
        group = active_group("Mawar")
        for deed in (pause_group, close_group):
            with pytest.raises(Invalid):
                deed(citra, group, reason)
        with pytest.raises(Invalid):
            refuse_group(citra, applied(), reason)
        assert set(Group.objects.values_list("state", flat=True)) == {"active", "applied"}

    def test_what_is_closed_or_refused_stays_so(self, citra: Actor) -> None:
        closed, refused = active_group("Mawar"), applied()
        close_group(citra, closed, "Selesai.")
        refuse_group(citra, refused, "Bukan komunitas.")
        for deed in (pause_group, reopen_group, ask_group):
            for group in (closed, refused):
                with pytest.raises(TransitionRefused):
                    deed(citra, group, "Coba.")
        with pytest.raises(Refused):
            validate_group(citra, refused, today_wib())
        assert (state_of(closed)[0], state_of(refused)[0]) == ("closed", "refused")

    def test_what_only_applied_is_not_opened_past_its_checklist(self, citra: Actor) -> None:
        group = applied()
        with pytest.raises(Refused):
            reopen_group(citra, group, "Langsung saja.")
        pause_group(citra, active_group("Mawar"), "Libur.")
        with pytest.raises(Refused):
            validate_group(citra, Group.objects.get(name="Mawar"), today_wib())
        assert state_of(group) == ("applied", "")

    def test_the_area_moves_with_its_days_and_the_home_with_it(self, citra: Actor) -> None:
        group = applied(areas=(SENEN,))
        change_areas(citra, group, [SENEN, MENTENG])
        change_areas(citra, group, [MENTENG, SENEN])  # a double click
        change_areas(citra, group, [COBLONG])
        with pytest.raises(Invalid):
            change_areas(citra, group, [])
        assert Group.objects.get().region == COBLONG
        assert GroupArea.objects.filter(until_on=today_wib()).count() == 2
        assert Event.objects.filter(kind="groups.areas_changed").count() == 2

    def test_what_is_refused_or_closed_keeps_the_area_it_had(self, desk: Desk, citra: Actor) -> None:
        refused, closed = applied(), active_group("Melati")
        refuse_group(citra, refused, "Bukan komunitas.")
        close_group(citra, closed, "Bubar.")
        for group in (refused, closed):
            before = list(GroupArea.objects.filter(group=group).values_list("region", "until_on"))
            with pytest.raises(Conflict):
                change_areas(citra, group, [COBLONG])
            assert list(GroupArea.objects.filter(group=group).values_list("region", "until_on")) == before
            assert f"/komunitas/{group.pk}/wilayah" not in str(
                page(desk(citra).get(f"/komunitas/{group.pk}"))
            )


@pytest.mark.django_db(transaction=True)
def test_of_validating_and_refusing_one_wins(citra: Actor) -> None:
    group = applied_group("Mawar")
    check_group(citra, group, items())
    deeds = [lambda: validate_group(citra, group, today_wib()), lambda: refuse_group(citra, group, "Tidak.")]
    results = together(2, lambda place: deeds[place]())
    assert len([result for result in results if isinstance(result, Refused | TransitionRefused)]) == 1
    assert Event.objects.filter(kind__in=["groups.group_validated", "groups.group_refused"]).count() == 1


class TestThePages:
    def test_the_list_shows_what_waits_and_is_narrowed_by_state(self, desk: Desk, citra: Actor) -> None:
        active_group("Mawar", SENEN)
        applied()
        client = desk(citra)
        assert [row[0] for row in rows_of(client.get("/komunitas"))] == ["Mawar", "Ibu Wirausaha Senen"]
        queue = client.get("/komunitas", {"keadaan": "applied"})
        assert [row[0] for row in rows_of(queue)] == ["Ibu Wirausaha Senen"]
        assert [row[0] for row in rows_of(client.get("/komunitas", {"q": "mawar"}))] == ["Mawar"]

    def test_an_officer_sees_those_of_her_place_without_deeds_and_founder(
        self, desk: Desk, ani: Actor
    ) -> None:
        group = applied()
        active_group("Asing", COBLONG)
        client = desk(ani)
        assert [row[0] for row in rows_of(client.get("/komunitas"))] == [group.name]
        answer = client.get(f"/komunitas/{group.pk}")
        assert "/komunitas" not in " ".join(posts(answer))
        assert "Siti Aminah" not in words(page(answer).main)

    def test_the_secretariat_checks_and_validates_on_one_page(self, desk: Desk, citra: Actor) -> None:
        group, client = applied(), desk(citra)
        told = words(page(client.get(f"/komunitas/{group.pk}")).main)
        assert "Siti Aminah" in told
        assert "0812-3456-7890" in told
        answer = client.post(f"/komunitas/{group.pk}/periksa", {"butir": [min(items())], "validasi": "1"})
        assert "Belum bisa divalidasi" in words(page(answer, UNPROCESSABLE).select_one("[role=alert]"))
        assert Check.objects.filter(is_met=True).count() == 1
        client.post(f"/komunitas/{group.pk}/periksa", {"butir": sorted(items()), "validasi": "1"})
        assert state_of(group)[0] == "active"

    def test_the_area_is_changed_button_by_button_and_never_empty(self, desk: Desk, citra: Actor) -> None:
        group, client = active_group("Mawar"), desk(citra)
        here = f"/komunitas/{group.pk}/wilayah"
        offered = page(client.get(here, {"cari": "Senen"})).select("button[name=tambah]")
        assert offered[0]["value"] == SENEN
        for code in (SENEN, MENTENG):
            client.post(here, {"tambah": code})
        client.post(here, {"hapus": SENEN})
        assert Group.objects.get().region == MENTENG
        found = page(client.post(here, {"hapus": MENTENG}), UNPROCESSABLE)
        assert "Pilih paling sedikit satu kecamatan" in words(found.select_one("[role=alert]"))
        assert Group.objects.get().region == MENTENG

    def test_a_reason_that_is_missing_is_asked_for_beside_its_field(self, desk: Desk, citra: Actor) -> None:
        group = active_group("Mawar")
        found = page(desk(citra).post(f"/komunitas/{group.pk}/tutup", {"reason": " "}), UNPROCESSABLE)
        assert "Tulis alasannya" in words(found.select_one("#id_close_group_reason_error"))
        assert found.select_one("details[open] #id_close_group_reason") is not None
        assert state_of(group)[0] == "active"

    def test_a_question_that_is_missing_is_called_a_question(self, desk: Desk, citra: Actor) -> None:
        group = applied()
        found = page(desk(citra).post(f"/komunitas/{group.pk}/tanya", {"reason": ""}), UNPROCESSABLE)
        assert "Tulis apa yang masih kurang" in words(found.select_one("#id_ask_group_reason_error"))
        assert words(found.select_one("label[for=id_ask_group_reason]")) == "Pertanyaan"
        assert state_of(group)[0] == "applied"

    def test_the_founder_finds_no_button_to_validate(self, desk: Desk, citra: Actor) -> None:
        group, client = applied(), desk(citra)
        User.objects.filter(name__startswith="Uji").update(phone=PHONE)
        answer = client.get(f"/komunitas/{group.pk}")
        assert f"/komunitas/{group.pk}/periksa" not in posts(answer)
        assert "Anda pendiri" in words(page(answer).main)

    def test_the_list_goes_on_by_pages_and_costs_the_same_for_many(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)
        made = iter(range(1000))

        def grow(count: int) -> None:
            for _one in range(count):
                active_group(f"Mawar {next(made):03d}", SENEN)

        assert_constant_queries(lambda: client.get("/komunitas"), grow)
        grow(30)
        following = next_page(client.get("/komunitas"))
        assert len(rows_of(client.get(following))) == 10
        assert next_page(client.get(following)) == ""

    @pytest.mark.parametrize(
        "query", ["keadaan=x", "sesudah=abc", "sesudah=999999", "q=%00", "q=" + "x" * 300]
    )
    def test_a_strange_address_is_answered(self, desk: Desk, citra: Actor, query: str) -> None:
        assert desk(citra).get(f"/komunitas?{query}").status_code == 200
