"""Who acts for a komunitas finds its members and nobody else."""

from datetime import date

import pytest

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.queries import Search, member_for, search_members
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.errors import NotFound

pytestmark = pytest.mark.django_db


def names_found(actor: Actor, **search: str) -> list[str]:
    return [member.name for member in search_members(actor, Search(**search)).members]  # type: ignore[arg-type]  # the test names fields only


def test_a_penggerak_finds_her_komunitas_only() -> None:
    mawar, melati = active_group("Mawar"), active_group("Melati")
    joined(member_with(name="Anggota Mawar"), mawar, date(2018, 2, 1))
    stranger = member_with(name="Anggota lain")
    eko = Actor(label="user:5", user_id=5, grants=(Grant("penggerak", Scope(group_id=mawar.pk)),))
    assert names_found(eko, q="anggota") == ["Anggota Mawar"]
    assert names_found(eko, scope=f"K:{mawar.pk}") == ["Anggota Mawar"]
    assert names_found(eko, scope="31", q="anggota") == ["Anggota Mawar"]
    assert names_found(eko, scope="32") == []
    assert names_found(eko, scope=f"K:{melati.pk}") == []
    with pytest.raises(NotFound):
        member_for(eko, stranger.number)


def test_a_mentor_finds_whom_she_helps_within_what_she_asks() -> None:
    helped = member_with(name="Anggota didampingi")
    member_with(name="Anggota lain")
    helped.helpers.create(user_id=9, purpose="mentoring", from_on=date(2018, 2, 1))
    mentor = Actor(label="user:9", user_id=9, grants=(Grant("pendamping", Scope(helper_user_id=9)),))
    assert names_found(mentor, q="anggota") == names_found(mentor, scope="31") == ["Anggota didampingi"]
    assert names_found(mentor, scope="32") == []


def test_two_grants_reach_what_each_reaches() -> None:
    mawar = active_group("Mawar")
    joined(member_with(name="Anggota Mawar", region="32.73.02"), mawar, date(2018, 2, 1))
    member_with(name="Warga Senen")
    member_with(name="Warga Coblong", region="32.73.02")
    grants = (
        Grant("penggerak", Scope(group_id=mawar.pk)),
        Grant("petugas_kecamatan", Scope(region="31.71.04")),
    )
    both = Actor(label="user:5", user_id=5, grants=grants)
    assert names_found(both) == ["Anggota Mawar", "Warga Senen"]
    assert names_found(both, scope="32.73") == ["Anggota Mawar"]
    assert names_found(both, scope="31") == ["Warga Senen"]
