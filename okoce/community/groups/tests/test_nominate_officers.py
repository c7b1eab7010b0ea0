"""A chair proposes members of her komunitas as officers; the secretariat appoints them or says why not, and she reads the answer."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
from django.test import Client

from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.actions.memberships import leave_group
from okoce.community.groups.actions.nominations import (
    appoint_nominated,
    decline_nomination,
    nominate_officer,
    withdraw_nomination,
)
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, Nomination, Officer
from okoce.community.groups.nominating import nominations_waiting
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.queries import history_of
from okoce.foundation.notifications.models import Message
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.cast import COBLONG, SENEN, SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
FOUND, FORBIDDEN, NOT_FOUND, UNPROCESSABLE = 302, 403, 404, 422
PHONE = "0812-3456-7890"
_phones = count(81200000001)


@pytest.fixture
def mawar() -> Group:
    return active_group("Mawar Senen", SENEN)


def chair_of(group: Group) -> Actor:
    user = account_of(Actor(label=f"ketua {group.name}"))
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", today_wib() - timedelta(days=3)))
    return actor_for_user(User.objects.get(pk=user.pk))


def belonging(group: Group, name: str = "Rina Hartati", phone: str = PHONE) -> Member:
    member = member_with(name=name, phone=phone)
    joined(member, group, date(2020, 1, 1))
    return member


def browser_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def states() -> list[tuple[str, str]]:
    return list(Nomination.objects.order_by("id").values_list("role", "state"))


class TestProposing:
    @pytest.mark.parametrize("by_number", [True, False])
    def test_a_member_of_hers_by_number_or_telephone_waits_for_the_secretariat(
        self, mawar: Group, citra: Actor, *, by_number: bool
    ) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        for _tap in range(2):
            made = nominate_officer(chair, mawar, rina.number if by_number else PHONE, "treasurer")
        assert states() == [("treasurer", "waiting")]
        assert User.objects.get(pk=made.user_id).member_id == rina.pk
        assert list(nominations_waiting(citra)) == [made]
        assert not Officer.objects.filter(user_id=made.user_id).exists()  # a nomination gives no right

    def test_who_is_no_member_of_it_is_refused_in_the_same_words_whoever_has_the_number(
        self, mawar: Group
    ) -> None:
        chair = chair_of(mawar)
        stranger = member_with(name="Asep", phone="0813-0000-0001", region=COBLONG)
        said = set()
        for who in (stranger.number, "0813-0000-0001", "0813-0000-0002", "OK-99999999-9"):
            with pytest.raises(Invalid) as refused:
                nominate_officer(chair, mawar, who, "secretary")
            said.add(refused.value.sentence)
        assert len(said - {"Tulis nomor HP atau nomor anggota (OK-…) orangnya."}) == 1
        assert states() == []
        assert not User.objects.filter(member_id=stranger.pk).exists()

    def test_only_whoever_chairs_it_proposes(self, mawar: Group, citra: Actor, hadi: Actor) -> None:
        rina = belonging(mawar)
        other = chair_of(active_group("Melati Coblong", COBLONG))
        for actor, refusal in ((other, NotFound), (citra, NotFound), (hadi, NotAllowed)):
            with pytest.raises(refusal):
                nominate_officer(actor, mawar, rina.number, "secretary")
        assert states() == []

    def test_herself_an_officer_and_a_resting_komunitas_are_refused(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        herself = belonging(mawar, "Dian Ketua", "0813-0000-0009")
        User.objects.filter(pk=chair.user_id).update(member_id=herself.pk)
        with pytest.raises(Invalid, match="Anda sendiri"):
            nominate_officer(chair, mawar, herself.number, "secretary")
        appoint_officer(citra, mawar, rina.number, Term("mobiliser", today_wib()))
        with pytest.raises(Invalid, match="sudah menjadi Penggerak"):
            nominate_officer(chair, mawar, rina.number, "mobiliser")
        pause_group(citra, mawar, "Ketua sakit.")
        with pytest.raises(Refused, match="sedang tidak aktif"):
            nominate_officer(chair, mawar, rina.number, "secretary")
        assert states() == []

    def test_two_at_once_are_one(self, transactional_db: None) -> None:
        mawar = active_group("Mawar Senen", SENEN)
        chair, rina = chair_of(mawar), belonging(mawar)
        together(3, lambda _number: nominate_officer(chair, mawar, rina.number, "secretary"))
        assert states() == [("secretary", "waiting")]


class TestAnswering:
    def test_an_appointment_brings_the_office_and_tells_both(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "treasurer")
        Message.objects.all().delete()
        officer = appoint_nominated(citra, made)
        assert (officer.user_id, officer.role, officer.from_on) == (made.user_id, "treasurer", today_wib())
        assert officer.assignment_id is not None
        assert states() == [("treasurer", "appointed")]
        told = set(Message.objects.values_list("code", "user_id"))
        assert told == {("officer_appointed", made.user_id), ("nomination_answered", chair.user_id)}
        with pytest.raises(Refused, match="sudah dijawab"):
            appoint_nominated(citra, made)
        assert Officer.objects.filter(user_id=made.user_id).count() == 1

    def test_a_no_needs_a_reason_which_the_chair_reads_once(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        with pytest.raises(Invalid):
            decline_nomination(citra, made, "  ")
        assert states() == [("secretary", "waiting")]
        for _click in range(2):
            decline_nomination(citra, made, "Tanyakan dulu kesediaannya.")
        shown = words(page(browser_of(chair).get(f"/komunitas/{mawar.pk}/pengurus/usul")).main)
        assert "Tidak disetujui" in shown
        assert "Tanyakan dulu kesediaannya." in shown
        assert Message.objects.filter(code="nomination_answered", user_id=chair.user_id).count() == 1
        assert next(line.changes.get("reason") for line in history_of(citra, mawar)) == [
            "",
            "Tanyakan dulu kesediaannya.",
        ]

    def test_an_office_that_another_holds_stays_hers(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        wati = belonging(mawar, "Wati", "0813-0000-0003")
        appoint_officer(citra, mawar, wati.number, Term("secretary", today_wib()))
        with pytest.raises(Refused, match="dipegang satu orang"):
            appoint_nominated(citra, made)
        assert states() == [("secretary", "waiting")]
        assert Officer.objects.filter(role="secretary").count() == 1

    def test_whoever_left_meanwhile_is_not_appointed(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        leave_group(citra, rina, today_wib())
        with pytest.raises(Refused, match="bukan anggota komunitas ini"):
            appoint_nominated(citra, made)
        assert states() == [("secretary", "waiting")]

    def test_nobody_answers_for_her_own_komunitas(self, mawar: Group, desk: Desk, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        user = account_of(citra)
        appoint_officer(SYSTEM, mawar, user.email or "", Term("mobiliser", today_wib()))
        both = actor_for_user(User.objects.get(pk=user.pk))
        with pytest.raises(Refused, match="Minta orang lain"):
            appoint_nominated(both, made)
        with pytest.raises(NotAllowed):
            appoint_nominated(chair, made)
        assert states() == [("secretary", "waiting")]

    def test_what_is_withdrawn_waits_no_more(self, mawar: Group, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        with pytest.raises(NotFound):
            withdraw_nomination(citra, made)
        for _tap in range(2):
            withdraw_nomination(chair, made)
        assert states() == [("secretary", "withdrawn")]
        assert not nominations_waiting(citra).exists()
        with pytest.raises(Refused, match="sudah dijawab"):
            appoint_nominated(citra, made)


class TestOnPages:
    def test_from_the_first_step_to_the_office(self, mawar: Group, desk: Desk, citra: Actor) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        phone = browser_of(chair)
        step = page(phone.get(f"/komunitas/{mawar.pk}/mulai")).select_one(
            f"a[href='/komunitas/{mawar.pk}/pengurus/usul']"
        )
        assert step is not None
        here = step["href"]
        assert phone.post(here, {"who": PHONE, "role": "treasurer"}).status_code == FOUND
        assert "Menunggu sekretariat menunjuknya" in words(
            page(phone.get(f"/komunitas/{mawar.pk}/mulai")).main
        )
        office = desk(citra)
        queue = page(office.get("/komunitas/usulan-pengurus"))
        assert "Rina Hartati" in words(queue.main)
        assert "Bendahara Mawar Senen" in words(queue.main)
        shown = page(office.get(f"/komunitas/{mawar.pk}"))
        assert rina.number in words(shown.select_one("section[aria-labelledby='h-nominations']"))
        usulan = Nomination.objects.get().pk
        answer = office.post(
            f"/komunitas/{mawar.pk}/pengurus/usul/jawab", {"usulan": usulan, "putusan": "tunjuk"}
        )
        assert answer.status_code == FOUND
        assert Officer.objects.filter(role="treasurer", group=mawar).exists()
        assert "Tidak ada usulan yang menunggu" in words(page(office.get("/komunitas/usulan-pengurus")).main)

    def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(self, mawar: Group) -> None:
        phone = browser_of(chair_of(mawar))
        answer = phone.post(f"/komunitas/{mawar.pk}/pengurus/usul", {"who": "0812 999", "role": "mobiliser"})
        shown = page(answer, UNPROCESSABLE)
        assert answer.status_code == UNPROCESSABLE
        assert shown.select_one("#id_who")["value"] == "0812 999"
        assert shown.select_one("input[value=mobiliser]").has_attr("checked")
        assert "Tulis nomor HP atau nomor anggota" in words(shown.main)
        assert (
            phone.post(f"/komunitas/{mawar.pk}/pengurus/usul", {"who": PHONE, "role": "chair"}).status_code
            == 422
        )
        assert states() == []

    def test_an_answer_without_a_reason_or_about_another_komunitas_changes_nothing(
        self, mawar: Group, desk: Desk, citra: Actor
    ) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        melati, office = active_group("Melati Senen", SENEN), desk(citra)
        no = {"usulan": made.pk, "putusan": "tolak", "reason": ""}
        answer = office.post(f"/komunitas/{mawar.pk}/pengurus/usul/jawab", no)
        assert answer.status_code == UNPROCESSABLE
        assert "Tulis alasannya dalam satu kalimat" in words(page(answer, UNPROCESSABLE).main)
        yes = {"usulan": made.pk, "putusan": "tunjuk"}
        assert office.post(f"/komunitas/{melati.pk}/pengurus/usul/jawab", yes).status_code == NOT_FOUND
        assert (
            browser_of(chair).post(f"/komunitas/{mawar.pk}/pengurus/usul/jawab", yes).status_code == FORBIDDEN
        )
        other = browser_of(chair_of(melati))
        assert other.get(f"/komunitas/{mawar.pk}/pengurus/usul").status_code == NOT_FOUND
        assert (
            other.post(f"/komunitas/{mawar.pk}/pengurus/usul/tarik", {"usulan": made.pk}).status_code
            == NOT_FOUND
        )
        assert (
            other.post(f"/komunitas/{melati.pk}/pengurus/usul/tarik", {"usulan": made.pk}).status_code
            == NOT_FOUND
        )
        assert states() == [("secretary", "waiting")]

    def test_the_chair_takes_back_what_waits(self, mawar: Group) -> None:
        chair, rina = chair_of(mawar), belonging(mawar)
        made = nominate_officer(chair, mawar, rina.number, "secretary")
        phone = browser_of(chair)
        assert (
            phone.post(f"/komunitas/{mawar.pk}/pengurus/usul/tarik", {"usulan": made.pk}).status_code == FOUND
        )
        assert phone.post(f"/komunitas/{mawar.pk}/pengurus/usul/tarik", {}).status_code == UNPROCESSABLE
        assert states() == [("secretary", "withdrawn")]

    def test_the_queue_costs_as_much_for_many_and_is_paged(
        self, mawar: Group, desk: Desk, citra: Actor
    ) -> None:
        chair, office = chair_of(mawar), desk(citra)

        def grow(rows: int) -> None:
            for _row in range(rows):
                one = belonging(mawar, f"Rina {next(_phones)}", f"0{next(_phones)}")
                nominate_officer(chair, mawar, one.number, "mobiliser")

        assert_constant_queries(lambda: office.get("/komunitas/usulan-pengurus"), grow)
        grow(21)
        first = page(office.get("/komunitas/usulan-pengurus"))
        assert len(first.select(".list-name")) == 50
        link = first.select_one("a[href*='sesudah=']")
        assert len(page(office.get(link["href"])).select(".list-name")) == 1
