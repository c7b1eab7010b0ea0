"""The people behind a loss: who, why, the longest waiting first, page by page, and only those whom the reader may see."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.residences import move_member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import funnel
from okoce.dashboards.people_behind import PAGE, people_behind
from okoce.dashboards.tests.movement import SPRING, people
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.tests.factories import completed, registered, walked_to
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN, SYSTEM, officer
from tests.pages import next_page, rows_of
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LATER = date(2018, 12, 31)


def names(actor: Actor, **asked: object) -> list[str]:
    return [person.name for person in people_behind(actor, Asked(**asked)).people]  # type: ignore[arg-type]  # fields of Asked


def all_numbers(actor: Actor, asked: Asked) -> list[str]:
    found, cursor = [], ""
    while True:
        page = people_behind(
            actor, Asked(asked.scope, asked.day, asked.group_id, asked.stage, asked.reason, cursor)
        )
        assert page.people or not page.next
        found += [person.number for person in page.people]
        if page.next is None:
            return found
        cursor = page.next


def test_the_longest_waiting_stands_first_with_days_and_reason(ani: Actor) -> None:
    registered(name="Baru", registered_on=date(2018, 12, 1))
    oldest = registered(name="Lama", registered_on=date(2018, 1, 1))
    set_standstill(SYSTEM, oldest, 2, "no_time", date(2018, 2, 1))
    page = people_behind(ani, Asked(SENEN, LATER))
    assert [(person.name, person.since, person.days, person.reason_label) for person in page.people] == [
        ("Lama", date(2018, 1, 1), 364, "Tidak ada waktu"),
        ("Baru", date(2018, 12, 1), 30, "Belum diketahui"),
    ]
    assert (page.after, page.before, page.place, page.day, page.next) == ("P1", "P2", "Senen", LATER, None)


def test_who_went_on_by_the_day_is_not_held_back_on_it(ani: Actor) -> None:
    completed(registered(name="Siti", registered_on=date(2018, 1, 1)), p2=date(2018, 6, 1))
    assert names(ani, scope=SENEN, day=date(2018, 5, 31)) == ["Siti"]
    assert names(ani, scope=SENEN, day=date(2018, 6, 1)) == []
    assert names(ani, scope=SENEN, day=date(2017, 12, 31)) == []


def test_each_stage_has_people_of_its_own(ani: Actor) -> None:
    walked_to(2, name="Sampai dua")
    walked_to(3, name="Sampai tiga")
    assert names(ani, scope=SENEN, day=LATER, stage=3) == ["Sampai dua"]
    assert names(ani, scope=SENEN, day=LATER, stage=4) == ["Sampai tiga"]
    assert names(ani, scope=SENEN, day=LATER, stage=2) == []


def test_one_reason_or_none_known(ani: Actor) -> None:
    set_standstill(SYSTEM, registered(name="Sibuk"), 2, "no_time", date(2018, 2, 1))
    set_standstill(SYSTEM, registered(name="Menunggu"), 2, "waiting_for_class", date(2018, 2, 1))
    registered(name="Entah")
    assert names(ani, scope=SENEN, day=LATER, reason="no_time") == ["Sibuk"]
    assert names(ani, scope=SENEN, day=LATER, reason="unknown") == ["Entah"]
    assert sorted(names(ani, scope=SENEN, day=LATER)) == ["Entah", "Menunggu", "Sibuk"]
    # before the reason was known it was not known
    assert sorted(names(ani, scope=SENEN, day=date(2018, 1, 15), reason="unknown")) == [
        "Entah",
        "Menunggu",
        "Sibuk",
    ]


def test_people_are_listed_where_they_lived_on_the_day(citra: Actor) -> None:
    member = registered(name="Siti", registered_on=date(2018, 1, 1))
    move_member(SYSTEM, member, region=COBLONG, moved_on=date(2018, 5, 1))
    assert names(citra, scope=SENEN, day=date(2018, 4, 30)) == ["Siti"]
    assert names(citra, scope=COBLONG, day=date(2018, 4, 30)) == []
    assert names(citra, scope=SENEN, day=LATER) == []
    assert names(citra, scope=COBLONG, day=LATER) == ["Siti"]


def test_as_many_are_listed_as_the_funnel_counts(citra: Actor) -> None:
    people(4, {1: SPRING}, reason="no_time")
    people(3, {1: SPRING}, region=KEBAYORAN_BARU)
    people(2, {1: SPRING, 2: SPRING}, region=COBLONG)
    people(5, {1: SPRING}, region=COBLONG, reason="moved")
    for scope in ("", "31", "31.71", SENEN, "32", COBLONG):
        counted = funnel(scope, LATER)
        for loss in counted.losses:
            assert len(names(citra, scope=scope, day=LATER, stage=loss.stage)) == loss.people
            for reason in loss.reasons:
                listed = names(citra, scope=scope, day=LATER, stage=loss.stage, reason=reason.reason)
                assert len(listed) == reason.people


def test_a_reader_sees_nobody_outside_the_own_grants(ani: Actor, budi: Actor, gita: Actor) -> None:
    registered(name="Siti")
    registered(name="Kebayoran", region=KEBAYORAN_BARU)
    registered(name="Asep", region=COBLONG)
    for scope in ("", "31", "31.71"):
        assert names(ani, scope=scope, day=LATER) == ["Siti"]
    assert names(gita, scope="", day=LATER) == ["Siti", "Kebayoran"]
    assert names(budi, scope="", day=LATER) == ["Asep"]
    assert names(budi, scope="31", day=LATER) == []


def test_a_small_place_outside_of_the_grants_is_not_found(budi: Actor) -> None:
    registered()
    with pytest.raises(NotFound):
        people_behind(budi, Asked(SENEN, LATER))


def test_grants_add_up_in_one_list() -> None:
    registered(name="Siti")
    registered(name="Asep", region=COBLONG)
    registered(name="Udin", region="33.74.01")
    both = Actor(
        label="dua", grants=(Grant("pelatih", Scope(region="31")), Grant("pelatih", Scope(region="32.73")))
    )
    assert names(both, day=LATER) == ["Siti", "Asep"]


def test_a_komunitas_lists_its_own(budi: Actor) -> None:
    mawar, other = active_group("Mawar"), active_group("Melati")
    eko = officer("eko", "penggerak", Scope(group_id=mawar.pk), 5)
    joined(registered(name="Siti"), mawar, date(2018, 2, 1))
    joined(registered(name="Lain"), other, date(2018, 2, 1))
    assert names(eko, group_id=mawar.pk, day=LATER) == ["Siti"]
    assert names(eko, day=LATER) == ["Siti"]
    for actor, group in ((eko, other), (budi, mawar)):
        with pytest.raises(NotFound):
            people_behind(actor, Asked(group_id=group.pk, day=LATER))


def test_who_joined_a_komunitas_later_was_not_in_it_before(citra: Actor) -> None:
    mawar = active_group("Mawar")
    joined(registered(name="Siti", registered_on=date(2018, 1, 1)), mawar, date(2018, 6, 1))
    assert names(citra, group_id=mawar.pk, day=date(2018, 5, 31)) == []
    assert names(citra, group_id=mawar.pk, day=LATER) == ["Siti"]


def test_without_any_grant_nobody_is_listed(hadi: Actor) -> None:
    registered()
    assert names(hadi, scope="31", day=LATER) == []


@pytest.mark.parametrize("scope", ["", "31", SENEN])
def test_pages_hold_everybody_once_and_in_order(citra: Actor, ani: Actor, scope: str) -> None:
    for number in range(13):  # many on the same day, some days apart
        people(9, {1: SPRING + timedelta(days=number // 3)}, region=SENEN)
    people(6, {1: SPRING}, region=KEBAYORAN_BARU)
    asked = Asked(scope, LATER)
    whole = [*range(117 + (0 if scope == SENEN else 6))]
    for actor, expected in ((citra, len(whole)), (ani, 117)):
        found = all_numbers(actor, asked)
        assert len(found) == len(set(found)) == expected > 2 * PAGE
    first = people_behind(citra, asked)
    assert [person.since for person in first.people] == sorted(person.since for person in first.people)


@pytest.mark.parametrize(
    "cursor", ["x", "2018-01-01", "2018-01-01~", "2018-01-01~x", "~1", "2018-02-30~1", "\x00", "~" * 50]
)
def test_a_marker_that_is_none_is_refused(citra: Actor, cursor: str) -> None:
    with pytest.raises(Invalid, match="Mulai lagi dari halaman pertama"):
        people_behind(citra, Asked("31", LATER, cursor=cursor))


@pytest.mark.parametrize("cursor", ["2018-01-01~" + "9" * 60, "9999-12-31~1", "0001-01-01~-5"])
def test_a_marker_out_of_all_bounds_breaks_nothing(desk: Desk, citra: Actor, cursor: str) -> None:
    registered()
    assert desk(citra).get("/belum-lanjut", {"wilayah": "31", "sesudah": cursor}).status_code in {200, 422}


def test_a_day_to_come_is_refused(citra: Actor) -> None:
    with pytest.raises(Refused):
        people_behind(citra, Asked("31", today_wib() + timedelta(days=2)))


def test_somebody_without_a_stage_is_nowhere(citra: Actor) -> None:
    member_with()
    assert names(citra, day=LATER) == []


def test_the_page_links_each_person_and_turns_with_everything_that_was_asked(desk: Desk, ani: Actor) -> None:
    for number in range(PAGE + 5):
        member = registered(name=f"Siti {number}")
        set_standstill(SYSTEM, member, 2, "no_time", date(2018, 2, 1))
    browser = desk(ani)
    answer = browser.get(f"/belum-lanjut?wilayah={SENEN}&per=2018-12-31&tahap=2&alasan=no_time")
    address = next_page(answer)
    kept = parse_qs(urlsplit(address).query)
    assert {name: kept[name] for name in ("wilayah", "per", "tahap", "alasan")} == {
        "wilayah": [SENEN], "per": ["2018-12-31"], "tahap": ["2"], "alasan": ["no_time"]
    }  # fmt: skip
    assert len(rows_of(answer)) == PAGE
    assert len(rows_of(browser.get(address))) == 5
    assert rows_of(answer)[0][1:] == ["Senen", "1 Jan 2018", "364", "Tidak ada waktu"]


def test_the_page_asks_as_often_for_thirty_people_as_for_three(desk: Desk, ani: Actor) -> None:
    browser = desk(ani)
    assert_constant_queries(
        lambda: browser.get(f"/belum-lanjut?wilayah={SENEN}"),
        lambda more: [registered() for _ in range(more)],
    )
