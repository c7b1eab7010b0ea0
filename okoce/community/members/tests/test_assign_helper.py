"""Helpers: given to those who agreed, by those who may, to those whose task it is; once, told, and ended."""

from datetime import date, timedelta

import pytest

from okoce.community.members.actions.helping import Helped, Helping, NotHelped, assign_helper, end_helper
from okoce.community.members.models import Consent, Helper, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed
from tests.cast import COBLONG, SENEN, account_of, officer
from tests.together import together

pytestmark = pytest.mark.django_db


def mentor(region: str = "") -> User:
    return account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope(region=region)),)))


def consenting(**given: object) -> Member:
    member = member_with(**given)
    if not Consent.objects.filter(member=member, purpose="programme").exists():
        Consent.objects.create(
            member=member, purpose="programme", text_version="1", given_on=date(2018, 1, 1)
        )
    return member


def helping(user: User, purpose: str = "mentoring") -> Helping:
    return Helping(user.pk, purpose, today_wib())


def test_a_mentor_sees_the_member_from_then_on_and_no_longer_after_the_end(ani: Actor, citra: Actor) -> None:
    user, member = mentor(), consenting()

    def sees() -> bool:
        return Member.objects.visible_to(actor_for_user(user), Permission.MEMBERS_READ).exists()

    assert not sees()
    assert assign_helper(ani, [member.pk], helping(user)) == Helped(1, ())
    assert sees()
    end_helper(ani, Helper.objects.get())
    assert not sees()
    told = [line.sentence for line in history_of(citra, member)][:2]
    assert told[0] == "Bantuan Pendampingan dari seseorang berakhir."
    assert told[1].startswith("Diberi pembantu untuk Pendampingan")


def test_done_twice_it_is_done_once(ani: Actor) -> None:
    user, member = mentor(), consenting()
    assign_helper(ani, [member.pk, member.pk], helping(user))
    again = assign_helper(ani, [member.pk], helping(user))
    assert again == Helped(0, ((member.pk, NotHelped.HELPED_ALREADY),))
    assert Helper.objects.count() == 1


def test_nobody_is_shared_without_consent(ani: Actor) -> None:
    member = consenting()
    Consent.objects.filter(member=member).update(withdrawn_on=date(2020, 1, 1))
    done = assign_helper(ani, [member.pk], helping(mentor()))
    assert done == Helped(0, ((member.pk, NotHelped.NO_CONSENT),))
    assert not Helper.objects.exists()


def test_somebody_out_of_scope_is_as_good_as_not_there(ani: Actor) -> None:
    far, near = consenting(region=COBLONG), consenting(region=SENEN)
    done = assign_helper(ani, [far.pk, near.pk, 10**9], helping(mentor()))
    assert done.taken == 1
    assert set(done.not_taken) == {(far.pk, NotHelped.NOT_FOUND), (10**9, NotHelped.NOT_FOUND)}
    assert Helper.objects.get().member_id == near.pk


def test_a_right_in_one_place_gives_no_helper_in_another(ani: Actor) -> None:
    far = consenting(region=COBLONG)
    reader = officer("x", "petugas_ptsp", Scope(region=COBLONG), 1)
    both = Actor("user:1", 1, ani.grants + reader.grants)
    assert assign_helper(both, [far.pk], helping(mentor())).taken == 0
    assert not Helper.objects.exists()


def test_the_helpers_own_task_must_reach_the_member(citra: Actor) -> None:
    elsewhere = account_of(officer("x", "petugas_kecamatan", Scope(region=COBLONG), 1))
    member = consenting(region=SENEN)
    done = assign_helper(citra, [member.pk], helping(elsewhere))
    assert done == Helped(0, ((member.pk, NotHelped.OUT_OF_REACH),))


@pytest.mark.parametrize("purpose", ["financing", "training", "apa saja"])
def test_a_role_that_does_not_fit_is_refused(ani: Actor, purpose: str) -> None:
    member = consenting()
    with pytest.raises(Invalid):
        assign_helper(ani, [member.pk], helping(mentor(), purpose))
    assert not Helper.objects.exists()


def test_a_day_ahead_is_refused(ani: Actor) -> None:
    user, member = mentor(), consenting()
    with pytest.raises(Invalid):
        assign_helper(ani, [member.pk], Helping(user.pk, "mentoring", today_wib() + timedelta(days=9)))
    assert not Helper.objects.exists()


def test_who_only_reads_gives_nobody_a_helper(dewi: Actor) -> None:
    member = consenting()
    with pytest.raises(NotAllowed):
        assign_helper(dewi, [member.pk], helping(mentor()))
    assert not Helper.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_one_helper(ani: Actor, citra: Actor) -> None:
    user, member = mentor(), consenting()
    done = together(2, lambda place: assign_helper((ani, citra)[place], [member.pk], helping(user)))
    assert sorted(one.taken for one in done) == [0, 1]
    assert Helper.objects.filter(member=member).count() == 1
