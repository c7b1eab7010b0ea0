"""An officer with several grants finds everybody whom any of them reaches, once, in one order of name."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okoce.community.members.models import Member
from okoce.community.members.queries import Search, search_members
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.plans import plan_of, without
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db

MENTENG = "31.71.06"
MAWAR = 71


def somebody(*scopes: Scope) -> Actor:
    return Actor("user:5", 5, tuple(Grant("petugas_kecamatan", scope) for scope in scopes))


def names_found(actor: Actor, q: str = "", **search: str) -> list[str]:
    return [member.name for member in search_members(actor, Search(q=q, **search)).members]  # type: ignore[arg-type]  # the test names fields only


@pytest.fixture
def people() -> list[Member]:
    helped = member_with(name="Siti Didampingi", region=COBLONG)
    helped.helpers.create(user_id=9, purpose="mentoring", from_on=date(2018, 2, 1))
    neighbour = member_with(name="Siti Keduanya", region=SENEN, group_id=MAWAR)
    neighbour.helpers.create(user_id=9, purpose="mentoring", from_on=date(2018, 2, 1))
    return [
        helped,
        neighbour,
        member_with(name="Siti Anggota", region=COBLONG, group_id=MAWAR),
        member_with(name="Siti Senen", region=SENEN),
        member_with(name="Siti Menteng", region=MENTENG),
        member_with(name="Siti Lain", region=COBLONG),
    ]


@pytest.mark.usefixtures("people")
def test_a_person_whom_several_grants_reach_comes_once() -> None:
    officer = somebody(Scope(region=SENEN), Scope(group_id=MAWAR), Scope(helper_user_id=9))
    assert names_found(officer, "siti") == [
        "Siti Anggota",
        "Siti Didampingi",
        "Siti Keduanya",
        "Siti Senen",
    ]
    assert names_found(officer) == names_found(officer, "siti")
    assert names_found(officer, "siti d") == ["Siti Didampingi"]
    assert not {"Siti Lain", "Siti Menteng"} & set(
        names_found(officer, "siti l") + names_found(officer, "siti m")
    )


@pytest.mark.usefixtures("people")
def test_a_grant_within_another_adds_nobody_and_takes_nobody_away() -> None:
    wide = names_found(somebody(Scope(region="31.71")), "siti")
    assert wide == ["Siti Keduanya", "Siti Menteng", "Siti Senen"]
    for more in (Scope(region=SENEN), Scope(region=SENEN, group_id=MAWAR), Scope(region="31.71")):
        assert names_found(somebody(Scope(region="31.71"), more), "siti") == wide
        assert names_found(somebody(more, Scope(region="31.71")), "siti") == wide
    everybody = names_found(somebody(EVERYWHERE), "siti")
    assert len(everybody) == 6
    assert names_found(somebody(Scope(helper_user_id=9), EVERYWHERE), "siti") == everybody


@pytest.mark.usefixtures("people")
def test_a_page_that_shows_few_columns_reads_no_others(django_assert_num_queries: Any) -> None:
    officer = somebody(Scope(region=SENEN), Scope(group_id=MAWAR), Scope(helper_user_id=9))
    with django_assert_num_queries(2):
        found = search_members(officer, Search(q="siti", columns=("name", "number"))).members
        assert [member.name for member in found] == names_of(found)
    assert "phone" in found[0].get_deferred_fields()


def names_of(found: list[Member]) -> list[str]:
    return sorted((member.name for member in found), key=str.casefold)


@pytest.mark.usefixtures("people")
def test_what_was_asked_narrows_every_grant() -> None:
    officer = somebody(Scope(region=SENEN), Scope(group_id=MAWAR), Scope(helper_user_id=9))
    assert names_found(officer, "siti", scope="32") == ["Siti Anggota", "Siti Didampingi"]
    assert names_found(officer, "siti", scope=f"K:{MAWAR}") == ["Siti Anggota", "Siti Keduanya"]
    assert names_found(officer, "siti", scope="33") == []


def test_pages_of_several_grants_follow_each_other_without_gap_or_repetition(people: list[Member]) -> None:
    officer = somebody(Scope(region=SENEN), Scope(group_id=MAWAR), Scope(helper_user_id=9))
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = search_members(officer, Search(q="siti", cursor=cursor, limit=1))
        seen += [member.pk for member in page.members]
        cursor = page.next
    assert seen == [member.pk for member in sorted(people[:4], key=lambda member: member.name_key)]


@pytest.mark.usefixtures("people")
def test_each_grant_is_walked_in_an_index_in_order_of_name() -> None:
    """Sorting everybody of all the places, or passing over the nation's names, took a hundred times as long at a million."""
    officer = somebody(Scope(region=SENEN), Scope(region=COBLONG), Scope(group_id=MAWAR))
    with CaptureQueriesContext(connection) as asked:
        names_found(officer, "siti")
    # of so few people, an index of any wider place tells as much
    without("name", "province_name", "regency_name")
    plan = plan_of(asked[0]["sql"], "seqscan", "bitmapscan", "sort")
    walks = plan[plan.index("Merge Append") : plan.index("id = ANY")]
    assert walks.count("using members_member_district_name") >= 2, plan
    assert "using members_member_group_name" in walks, plan
    assert plan.count("Sort  (") <= 1, plan  # of the page alone
