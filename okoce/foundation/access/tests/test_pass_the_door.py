"""The door of every write: right, rows, one transaction, the author told."""

import pytest
from django.db import connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import ACTIONS, action, current_actor, opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.access.tests.things import Thing, author_told, holder
from okoce.foundation.shared.errors import NotAllowed, NotFound

SENEN = Scope(region="31.71.04")
ANI = holder(("petugas_kecamatan", SENEN))
AUDITOR = holder(("auditor", EVERYWHERE))


@action(Permission.MEMBERS_CORRECT)
def rename(actor: Actor, thing: Thing, name: str, *, beside: Thing | None = None) -> Thing:
    thing.name = name
    thing.save()
    return thing


@action(Permission.MEMBERS_CORRECT)
def rename_and_stumble(actor: Actor, thing: Thing, name: str) -> None:
    rename(actor, thing, name)
    raise ArithmeticError


@action(Permission.MEMBERS_CORRECT)
def tell_authors(actor: Actor, inner: Actor) -> list[str]:
    """Who the author is before, within and after another's door."""
    before = author_told(), current_actor().label
    within = note_author(inner)
    return [*before, *within, author_told(), current_actor().label]


@action(Permission.MEMBERS_CORRECT)
def note_author(actor: Actor) -> tuple[str, str]:
    return author_told(), current_actor().label


@action(Permission.MEMBERS_CORRECT)
def try_and_go_on(actor: Actor, inner: Actor, thing: Thing) -> str:
    """Go on after somebody else's deed failed."""
    with pytest.raises(ArithmeticError):
        rename_and_stumble(inner, thing, "salah")
    return author_told()


def stored_name(thing: Thing) -> str:
    return type(thing).objects.get(pk=thing.pk).name


def test_whoever_has_the_right_and_reaches_the_row_may_act(things: type[Thing]) -> None:
    thing = things.objects.create(region="31.71.04")
    assert rename(ANI, thing, "baru").name == "baru"
    assert stored_name(thing) == "baru"


@pytest.mark.parametrize(
    "actor", [AUDITOR, Actor.anonymous(), holder(), holder(("petugas_kecamatan", Scope()))]
)
def test_without_the_right_nothing_happens(things: type[Thing], actor: Actor) -> None:
    thing = things.objects.create(region="31.71.04", name="lama")
    with pytest.raises(NotAllowed, match="Peran Anda tidak boleh"):
        rename(actor, thing, "baru")
    assert stored_name(thing) == "lama"


def test_a_row_out_of_reach_reads_as_not_found(things: type[Thing]) -> None:
    thing = things.objects.create(region="32.73.02", name="lama")
    with pytest.raises(NotFound):
        rename(ANI, thing, "baru")
    assert stored_name(thing) == "lama"


def test_every_row_among_the_arguments_must_be_within_reach(things: type[Thing]) -> None:
    thing = things.objects.create(region="31.71.04", name="lama")
    foreign = things.objects.create(region="32.73.02")
    with pytest.raises(NotFound):
        rename(ANI, thing, "baru", beside=foreign)
    assert stored_name(thing) == "lama"


def test_a_grant_that_only_reads_does_not_widen_one_that_writes(things: type[Thing]) -> None:
    both = holder(("petugas_kecamatan", SENEN), ("auditor", EVERYWHERE))
    thing = things.objects.create(region="32.73.02", name="lama")
    with pytest.raises(NotFound):
        rename(both, thing, "baru")
    assert stored_name(thing) == "lama"


def test_a_row_that_is_not_saved_yet_asks_for_no_reach(things: type[Thing]) -> None:
    assert rename(ANI, things(region="31.71.04"), "baru").pk is not None


def test_an_exception_takes_everything_back(things: type[Thing]) -> None:
    thing = things.objects.create(region="31.71.04", name="lama")
    with pytest.raises(ArithmeticError):
        rename_and_stumble(ANI, thing, "baru")
    assert stored_name(thing) == "lama"


@pytest.mark.django_db(transaction=True)
def test_the_author_is_told_within_the_transaction_and_gone_after_it() -> None:
    assert note_author(ANI) == ("user:7", "user:7")
    assert author_told() == ""


@pytest.mark.django_db
def test_nobody_is_the_author_behind_a_closed_door_of_a_longer_transaction() -> None:
    with transaction.atomic():
        assert note_author(ANI) == ("user:7", "user:7")
        assert author_told() == ""


@pytest.mark.django_db
def test_a_nested_door_hands_the_author_back() -> None:
    system = Actor.system("impor")
    assert tell_authors(ANI, system) == [
        "user:7",
        "user:7",
        "system:impor",
        "system:impor",
        "user:7",
        "user:7",
    ]


def test_a_nested_door_that_fails_hands_the_author_back(things: type[Thing]) -> None:
    thing = things.objects.create(region="31.71.04", name="lama")
    assert try_and_go_on(ANI, Actor.system("impor"), thing) == "user:7"
    assert stored_name(thing) == "lama"


def test_no_door_no_actor() -> None:
    with pytest.raises(RuntimeError, match="no door is open"):
        current_actor()


@pytest.mark.django_db
def test_the_door_is_shut_again_after_a_failure(things: type[Thing]) -> None:
    with pytest.raises(ArithmeticError):
        rename_and_stumble(ANI, things.objects.create(region="31.71.04"), "baru")
    with pytest.raises(RuntimeError, match="no door is open"):
        current_actor()
    assert author_told() == ""


def test_the_system_reaches_everything_under_its_own_name(things: type[Thing]) -> None:
    thing = things.objects.create(region="94.01.01")
    with opened_by(Actor.system("uji")):
        assert author_told() == "system:uji"
    assert rename(Actor.system("uji"), thing, "baru").name == "baru"


def test_a_door_says_which_right_it_asks_for() -> None:
    assert rename.__okoce_permission__ == Permission.MEMBERS_CORRECT
    assert ACTIONS[f"{__name__}.rename"] == Permission.MEMBERS_CORRECT


@pytest.mark.django_db(transaction=True)
def test_two_connections_do_not_share_an_author() -> None:
    other = connection.copy()
    try:
        with transaction.atomic(), opened_by(ANI), other.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('okoce.author', true), '')")
            assert cursor.fetchone()[0] == ""
    finally:
        other.close()
