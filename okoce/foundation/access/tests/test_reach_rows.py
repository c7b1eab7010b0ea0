"""Which rows a grant reaches. Whatever a scope lacks, it fails closed."""

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from okoce.foundation.access import policies
from okoce.foundation.access.actor import Actor, scope_of_grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import anchored_rows, restrict, rows_of
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES, Breadth
from okoce.foundation.access.scope import EVERYWHERE, Scope, region_within
from okoce.foundation.access.tests.things import Thing, holder

READ = Permission.MEMBERS_READ
CODES = [
    "31",
    "31.7",
    "31.71",
    "31.71.0",
    "31.71.04",
    "31.71.040",
    "31.71.04.1001",
    "31.710",
    "31.710.01",
    "31-71",
    "3",
    "32.73.02",
]


def scope(role: str, region: str = "", group_id: int | None = None, partner_id: int | None = None) -> Scope:
    return scope_of_grant(role, user_id=7, region=region, group_id=group_id, partner_id=partner_id)


def names(actor: Actor, things: type[Thing], permission: Permission = READ) -> list[str]:
    return sorted(things.objects.visible_to(actor, permission).values_list("name", flat=True))


def a_thing_everywhere(things: type[Thing]) -> None:
    for code in CODES:
        things.objects.create(name=code, region=code)


@pytest.mark.django_db
def test_a_table_without_a_rule_is_refused_and_not_shown_whole() -> None:
    with pytest.raises(LookupError, match="Session has no row rule"):
        restrict(Session.objects.all(), holder(("auditor", EVERYWHERE)), READ)


def test_without_a_grant_there_are_no_rows(things: type[Thing]) -> None:
    a_thing_everywhere(things)
    assert names(holder(), things) == []
    assert names(Actor.anonymous(), things) == []


def test_a_grant_without_the_permission_reaches_nothing(things: type[Thing]) -> None:
    a_thing_everywhere(things)
    assert names(holder(("auditor", EVERYWHERE)), things, Permission.MEMBERS_CORRECT) == []


def test_everywhere_is_everything_and_so_is_the_system(things: type[Thing]) -> None:
    a_thing_everywhere(things)
    assert names(holder(("auditor", EVERYWHERE)), things) == sorted(CODES)
    assert names(Actor.system("uji"), things) == sorted(CODES)


@pytest.mark.parametrize(
    "role",
    sorted(
        name
        for name, role in ROLES.items()
        if role.breadth in {Breadth.TERRITORY, Breadth.GROUP, Breadth.PARTNER, Breadth.SELF}
    ),
)
def test_a_role_without_the_anchor_that_it_needs_reaches_nothing(things: type[Thing], role: str) -> None:
    a_thing_everywhere(things)
    assert scope(role).is_empty
    assert names(holder((role, scope(role))), things) == []


@pytest.mark.parametrize(
    ("role", "anchors"),
    [
        ("petugas_kecamatan", {"group_id": 5}),
        ("petugas_kecamatan", {"partner_id": 5}),
        ("petugas_ptsp", {"group_id": 5, "partner_id": 5}),
        ("penggerak", {"region": "31"}),
        ("pengurus_komunitas", {"partner_id": 5}),
        ("petugas_bank", {"region": "31"}),
        ("petugas_bank", {"group_id": 5}),
        ("anggota", {"region": "31", "group_id": 5, "partner_id": 5}),
    ],
)
def test_another_anchor_does_not_stand_in_for_the_missing_one(role: str, anchors: dict[str, object]) -> None:
    assert scope(role, **anchors).is_empty  # type: ignore[arg-type]  # the anchors above


@pytest.mark.parametrize("role", sorted(NATIONAL_ROLES))
def test_a_national_role_is_national_only_where_no_territory_narrows_it(
    things: type[Thing], role: str
) -> None:
    a_thing_everywhere(things)
    assert scope(role) == EVERYWHERE
    assert names(holder((role, scope(role, region="32"))), things) == (
        ["32.73.02"] if READ in ROLES[role].permissions else []
    )


def test_a_helper_grant_reaches_no_row_by_place(things: type[Thing]) -> None:
    a_thing_everywhere(things)
    assert names(holder(("pendamping", scope("pendamping", region="31"))), things) == []


@pytest.mark.parametrize(
    ("prefix", "reached"),
    [
        (
            "31",
            [
                "31",
                "31.7",
                "31.71",
                "31.71.0",
                "31.71.04",
                "31.71.04.1001",
                "31.71.040",
                "31.710",
                "31.710.01",
            ],
        ),
        ("31.71", ["31.71", "31.71.0", "31.71.04", "31.71.04.1001", "31.71.040"]),
        ("31.71.04", ["31.71.04", "31.71.04.1001"]),
        ("31.7", ["31.7"]),
        ("3", ["3"]),
        ("", []),
        ("%", []),
        ("31.", []),
    ],
)
def test_a_prefix_counts_only_up_to_a_dot(things: type[Thing], prefix: str, reached: list[str]) -> None:
    a_thing_everywhere(things)
    assert names(holder(("petugas_kecamatan", Scope(region=prefix))), things) == reached


@given(
    st.text("0137.", max_size=9),
    st.text("0137.", max_size=9),
)
def test_a_code_lies_within_itself_and_what_its_dots_say(code: str, prefix: str) -> None:
    parts, wanted = code.split("."), prefix.split(".")
    assert region_within(code, prefix) == (prefix != "" and parts[: len(wanted)] == wanted)


def test_every_named_anchor_must_hold(things: type[Thing]) -> None:
    things.objects.create(name="keduanya", region="31.71.04", group_id=5)
    things.objects.create(name="wilayah saja", region="31.71.04", group_id=6)
    things.objects.create(name="komunitas saja", region="32.73.02", group_id=5)
    assert names(holder(("penggerak", Scope(region="31", group_id=5))), things) == ["keduanya"]


def test_grants_add_up_and_no_row_comes_twice(things: type[Thing]) -> None:
    things.objects.create(name="senen", region="31.71.04", group_id=5)
    things.objects.create(name="coblong", region="32.73.02", group_id=5)
    things.objects.create(name="lain", region="94.01.01")
    actor = holder(("petugas_kecamatan", Scope(region="31.71.04")), ("penggerak", Scope(group_id=5)))
    assert names(actor, things) == ["coblong", "senen"]


def test_two_grants_each_count_for_themselves(things: type[Thing]) -> None:
    """Trainer in Menteng, permit officer in Senen: neither right holds in the other's place."""
    a_mentor_elsewhere = holder(
        ("pelatih", Scope(region="31.71.06")), ("petugas_ptsp", Scope(region="31.71.04"))
    )
    things.objects.create(name="menteng", region="31.71.06")
    things.objects.create(name="senen", region="31.71.04")
    assert names(a_mentor_elsewhere, things) == ["menteng", "senen"]
    assert names(a_mentor_elsewhere, things, Permission.PIPELINE_VERIFY_P4) == ["senen"]
    assert names(a_mentor_elsewhere, things, Permission.PIPELINE_VERIFY_P2) == ["menteng"]


def test_an_anchor_that_the_table_does_not_have_reaches_nothing(
    things: type[Thing], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_thing_everywhere(things)
    monkeypatch.setitem(policies._RULES, Thing, (lambda scope: anchored_rows(scope, region="region"), False))
    assert names(holder(("penggerak", Scope(group_id=5))), things) == []
    assert names(holder(("penggerak", Scope(group_id=5, region="31"))), things) == []


def test_a_rule_that_joins_gives_each_row_once(things: type[Thing], monkeypatch: pytest.MonkeyPatch) -> None:
    a_thing_everywhere(things)

    @rows_of(Thing, joins=True)
    def _(scope: Scope) -> Q:
        return Q(region__startswith=scope.region)

    actor = holder(("petugas_kecamatan", Scope(region="31")), ("petugas_skpd", Scope(region="31.71")))
    assert names(actor, things) == [code for code in sorted(CODES) if code.startswith("31")]


def test_a_narrowed_list_can_be_narrowed_further_and_never_widened(things: type[Thing]) -> None:
    a_thing_everywhere(things)
    actor = holder(("petugas_kecamatan", Scope(region="31.71")))
    assert not things.objects.filter(name="32.73.02").visible_to(actor, READ).exists()
    assert things.objects.visible_to(actor, READ).filter(Q(name="31.71.04") | Q(name="32.73.02")).count() == 1
