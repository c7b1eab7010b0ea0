"""A person has one name: what is corrected on her record is what her account, her office and her own file say, also after a
merge and after its undoing."""

from datetime import date

import pytest
from django.test import Client

from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.community.privacy.persons import person_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import NewUser, create_user, follow_name, open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import person_of_member
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.events.models import Event
from okoce.foundation.personal.registry import all_told
from okoce.foundation.shared.errors import Conflict, Invalid, Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_span")]
WRONG, RIGHT = "Rina Puspta", "Rina Puspita Sari"


def account_of_member(member: Member) -> User:
    person = person_of_member(member.pk)
    assert person is not None
    return open_member_account(SYSTEM, person)


def name_of(account: User) -> str:
    return User.objects.get(pk=account.pk).name


def followed() -> int:
    return Event.objects.filter(kind="accounts.name_followed").count()


@pytest.fixture
def rina() -> Member:
    """A member with an account, who is secretary of a komunitas."""
    member = registered(name=WRONG, region=SENEN)
    account_of_member(member)
    appoint_officer(
        SYSTEM, active_group("Mawar Senen", SENEN), member.number, Term("secretary", date(2026, 1, 5))
    )
    return member


def searched(name: str) -> str:
    return words(page(Client().get("/verifikasi/cari", {"nama": name})).main)


def test_the_public_search_knows_the_corrected_name_and_the_wrong_one_no_more(
    rina: Member, ani: Actor
) -> None:
    assert "Asli dan berlaku" in searched(WRONG)
    correct_member(ani, rina, Correction(name=RIGHT))
    assert "Asli dan berlaku" in searched(RIGHT)
    assert "Asli dan berlaku" not in searched(WRONG)


def test_her_own_file_and_what_she_signed_say_the_corrected_name(rina: Member, ani: Actor) -> None:
    account = account_of_member(rina)
    correct_member(ani, rina, Correction(name=RIGHT))
    told = all_told(person_of(Member.objects.get(pk=rina.pk)))
    assert [row["name"] for row in told["accounts"]["accounts"]] == [RIGHT]
    assert author_names([f"user:{account.pk}"]) == {f"user:{account.pk}": RIGHT}


def test_the_history_of_the_account_says_so_once_and_tells_no_name(rina: Member, ani: Actor) -> None:
    correct_member(ani, rina, Correction(name=RIGHT))
    correct_member(ani, rina, Correction(name=RIGHT))
    assert followed() == 1
    event = Event.objects.get(kind="accounts.name_followed")
    assert RIGHT not in str(event.payload)
    assert event.changes is None


def test_a_correction_that_is_refused_or_of_something_else_renames_nobody(rina: Member, ani: Actor) -> None:
    account = account_of_member(rina)
    correct_member(ani, rina, Correction(address="Jalan Mawar 1"))
    with pytest.raises(Invalid):
        correct_member(ani, rina, Correction(name=""))
    assert (name_of(account), followed()) == (WRONG, 0)


def test_who_does_not_reach_her_renames_neither_her_nor_her_account(rina: Member, budi: Actor) -> None:
    with pytest.raises(Exception, match="wilayah tugas"):
        correct_member(budi, rina, Correction(name=RIGHT))
    assert name_of(account_of_member(rina)) == WRONG


def test_an_account_that_fell_behind_before_follows_with_the_next_sign_in(rina: Member) -> None:
    account = account_of_member(rina)
    User.objects.filter(pk=account.pk).update(name="Nama Lama")
    assert account_of_member(rina).name == WRONG
    assert name_of(account) == WRONG


def test_an_officer_without_a_record_keeps_a_name_of_her_own() -> None:
    officer = create_user(SYSTEM, NewUser(name="Wati", email="wati@okoce.contoh"))
    with pytest.raises(Refused):
        follow_name(SYSTEM, officer, "Orang Lain")
    assert name_of(officer) == "Wati"


@pytest.mark.parametrize("keeps_account", [True, False])
def test_a_merge_gives_every_account_the_name_that_stays_and_its_undoing_gives_it_back(
    keeps_account: bool, citra: Actor
) -> None:
    keep, absorb = registered(name="Rina P. Sari"), registered(name=WRONG)
    if keeps_account:
        account_of_member(keep)
    account = account_of_member(absorb)
    merge_members(citra, keep, absorb)
    assert name_of(account) == "Rina P. Sari"
    correct_member(citra, Member.objects.get(pk=keep.pk), Correction(name=RIGHT))
    assert set(User.objects.filter(member_id__isnull=False).values_list("name", flat=True)) == {RIGHT}
    undo_merge(citra, Merge.objects.get(absorbed=absorb))
    assert name_of(account) == WRONG


def test_a_merge_that_is_refused_renames_nobody(citra: Actor) -> None:
    keep, absorb = registered(name="Rina P. Sari"), registered(name=WRONG)
    other = registered()
    account = account_of_member(absorb)
    merge_members(citra, other, keep)
    with pytest.raises(Conflict):
        merge_members(citra, Member.objects.get(pk=keep.pk), absorb)
    assert (name_of(account), followed()) == (WRONG, 0)
