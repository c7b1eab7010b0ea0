"""The secretariat decides on a page which kinds of message volunteers are asked to send, from a day on, and sees before whom it
touches; what was decided before stays as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import hand_rule, left_to_hands, noon, reachable, welcomed
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.actions import decide_hand_rule, take_back_hand_rule
from okoce.foundation.notifications.hand_rules import NewHandRule, Touched, hand_rules, touched_by
from okoce.foundation.notifications.hands import hands_at
from okoce.foundation.notifications.kinds import KINDS, PRIVATE
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.tests.people import sent_at
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.cast import SYSTEM, officer
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LIST, PAGE = "/pesan/relawan", "/pesan/relawan/welcome"


def tomorrow() -> date:
    return today_wib() + timedelta(days=1)


def new(**given: object) -> NewHandRule:
    told: dict[str, object] = {
        "code": "welcome",
        "days": 3,
        "from_on": tomorrow(),
        "source": "Rapat sekretariat",
        **given,
    }
    return NewHandRule(**told)  # type: ignore[arg-type]  # a mapping


def typed(**given: object) -> dict[str, object]:
    return {"days": "3", "from_on": tomorrow().isoformat(), "source": "Rapat sekretariat", **given}


def decided(code: str = "welcome") -> list[tuple[int, date]]:
    return list(HandRule.objects.filter(code=code).order_by("from_on").values_list("days", "from_on"))


def facts() -> int:
    return Event.objects.filter(kind="notifications.hand_rule_decided").count()


def test_a_rule_holds_from_its_day_on_and_the_one_of_today_stays(citra: Actor) -> None:
    before = decided()
    made = decide_hand_rule(citra, new())
    assert decide_hand_rule(citra, new()) == made, "the same again is the one that stands"
    assert decided() == [*before, (3, tomorrow())]
    assert facts() == 1
    now = timezone.now()
    assert [hands_at(now + timedelta(days=days)).days_of("welcome") for days in (0, 1)] == [0, 3]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"days": -1}, "days"),
        ({"days": 100_000}, "days"),
        ({"from_on": date(2020, 1, 1)}, "from_on"),
        ({"from_on": None}, "from_on"),
        ({"source": " "}, "source"),
        ({"source": "x" * 301}, "source"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_beside_its_field(
    citra: Actor, changed: dict[str, object], field: str
) -> None:
    before = decided()
    changed = {name: value or today_wib() if name == "from_on" else value for name, value in changed.items()}
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        decide_hand_rule(citra, replace(new(), **changed))  # type: ignore[arg-type]  # a mapping
    assert [wrong.field for wrong in refusal.value.errors] == [field]
    assert (decided(), facts()) == (before, 0)


def test_for_one_day_one_thing_is_decided(citra: Actor) -> None:
    decide_hand_rule(citra, new())
    before = decided()
    with pytest.raises(Conflict, match="sudah ada aturan"), transaction.atomic():
        decide_hand_rule(citra, new(days=9))
    assert (decided(), facts()) == (before, 1)


def test_what_only_its_reader_may_see_no_rule_gives_away(citra: Actor) -> None:
    for code in (*sorted(PRIVATE), "gossip"):
        before = decided(code)
        with pytest.raises(NotFound), transaction.atomic():
            decide_hand_rule(citra, new(code=code))
        assert (decided(code), facts()) == (before, 0)


def test_who_manages_no_messages_decides_nothing(ani: Actor, desk: Desk) -> None:
    mobiliser = officer("ratna", "penggerak", Scope(group_id=1), 41)
    before = decided()
    for actor in (ani, mobiliser):
        with pytest.raises(NotAllowed), transaction.atomic():
            decide_hand_rule(actor, new())
        assert desk(actor).get(LIST).status_code == 403
    assert (decided(), facts()) == (before, 0)


@pytest.mark.parametrize("deed", ["change", "delete"])
def test_no_decision_is_changed_or_deleted(deed: str) -> None:
    rules = HandRule.objects.filter(code="stuck")
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), opened_by(SYSTEM):
        rules.update(days=1) if deed == "change" else rules.delete()
    assert decided("stuck")[0][0] == 14


def test_a_rule_that_has_not_begun_is_taken_back_and_its_day_is_free_again(citra: Actor) -> None:
    made = decide_hand_rule(citra, new())
    for _click in range(2):
        take_back_hand_rule(citra, made, "Salah ketik")
    told = Event.objects.filter(kind="notifications.hand_rule_taken_back").get()
    assert told.payload == {
        "rule_id": made.pk, "label": "Selamat datang", "days": 3, "from_on": tomorrow().isoformat(),
    }  # fmt: skip
    assert hands_at(timezone.now() + timedelta(days=2)).days_of("welcome") == 0
    assert [one.coming for one in hand_rules(today_wib()) if one.kind.code == "welcome"] == [[]]
    again = decide_hand_rule(citra, new())
    assert again.pk != made.pk, "the same words on the same day are another decision"
    assert hands_at(timezone.now() + timedelta(days=2)).days_of("welcome") == 3


def test_what_holds_is_not_taken_back_nor_anything_without_a_reason(citra: Actor, ani: Actor) -> None:
    held, made = HandRule.objects.get(code="stuck"), decide_hand_rule(citra, new())
    with pytest.raises(Refused, match="sudah berlaku"):
        take_back_hand_rule(citra, held, "Salah ketik")
    with pytest.raises(Invalid):
        take_back_hand_rule(citra, made, "  ")
    with pytest.raises(NotAllowed):
        take_back_hand_rule(ani, made, "Salah ketik")
    for row in (held, made):
        for changed in ({"days": 9}, {"source": "lain"}):
            with (
                pytest.raises((InternalError, ProgrammingError)),
                transaction.atomic(),
                opened_by(SYSTEM),
            ):
                HandRule.objects.filter(pk=row.pk).update(**changed)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), opened_by(SYSTEM):
        HandRule.objects.filter(pk=held.pk).update(taken_back_since=timezone.now(), back_reason="x")
    assert not HandRule.objects.exclude(taken_back_since=None).exists()


def test_a_rule_is_taken_back_on_a_page(desk: Desk, citra: Actor) -> None:
    made, browser = decide_hand_rule(citra, new()), desk(citra)
    address = f"{LIST}/{made.pk}/batal"
    assert page(browser.get(PAGE)).select_one(f'a[href="{address}"]')
    assert "Mengapa dibatalkan" in words(page(browser.get(address)).main)
    assert "Tulis mengapa aturan ini dibatalkan." in words(page(browser.post(address), 422).main)
    assert browser.post(address, {"reason": "Salah ketik"}).status_code == 302
    shown = page(browser.get(PAGE))
    assert "Dibatalkan: Salah ketik" in words(shown.main)
    assert not shown.select_one(f'a[href="{address}"]')
    assert browser.get(address).status_code == 404
    assert browser.get(f"{LIST}/999999/batal").status_code == 404


def test_a_decision_has_somebody_who_is_named() -> None:
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        HandRule.objects.create(code="welcome", days=1, from_on=tomorrow(), source="x")


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_for_the_same_day_at_once_leave_one_rule() -> None:
    answers = together(2, lambda number: decide_hand_rule(SYSTEM, new(days=3 + number)).days)
    [days] = [answer for answer in answers if not isinstance(answer, Conflict)]
    assert decided()[1:] == [(days, tomorrow())]


def test_the_list_tells_of_every_kind_what_holds_and_what_comes(desk: Desk, citra: Actor) -> None:
    decide_hand_rule(citra, new())
    decide_hand_rule(citra, new(days=0, from_on=tomorrow() + timedelta(days=7)))
    listed = {row[0]: row[1:] for row in rows_of(desk(citra).get(LIST))}
    assert set(listed) == {str(kind.label) for kind in KINDS.values() if not kind.is_immediate}
    greeting = listed["Selamat datang"]
    assert greeting[0] == "Tidak pernah"
    assert greeting[2].startswith("3 hari mulai ")
    assert "; Tidak pernah mulai " in greeting[2]
    assert listed["Lama belum lanjut"][0] == "14 hari"
    assert listed["Laporan dibalas"][0] == "Tidak pernah: hanya untuk penerimanya"
    shown = page(desk(citra).get(LIST)).main
    assert shown is not None
    assert not shown.select("a[href$=ticket_answered]")
    assert LIST in str(page(desk(citra).get("/pesan/kata")).main)


def test_a_rule_is_decided_on_a_page_that_keeps_what_was_typed(desk: Desk, citra: Actor) -> None:
    browser = desk(citra)
    first = page(browser.get(PAGE))
    assert "Relawan diminta mengirimnya hari ini: Tidak pernah." in words(first.main)
    assert first.select_one("#id_days")["value"] == "0"
    assert first.select_one("#id_from_on")["value"] == tomorrow().isoformat()
    for wrong in (
        {"days": "banyak"}, {"days": ""}, {"days": "-2"}, {"from_on": "kapan"}, {"from_on": ""},
        {"from_on": today_wib().isoformat()},
    ):  # fmt: skip
        for pressed in ({}, {"preview": "1"}):
            shown = page(browser.post(PAGE, {**typed(), **wrong, **pressed}), 422)
            assert shown.select_one("#id_source")["value"] == "Rapat sekretariat"
            assert "Seandainya berlaku hari ini" not in words(shown.main)
    assert (len(decided()), facts()) == (1, 0)
    assert browser.post(PAGE, typed(source="Keputusan yang panjang " * 12)).status_code == 302
    shown = words(page(browser.get(PAGE)).main)
    assert "3 hari, mulai" in shown
    assert "Akan datang" in shown
    assert "Keputusan yang panjang" in shown
    again = browser.post(PAGE, typed(days="5"))
    assert "sudah ada aturan mulai" in words(page(again, 422).main)
    for unknown in ("gossip", "ticket_answered", "%00"):
        assert browser.get(f"{LIST}/{unknown}").status_code == 404


def test_the_preview_counts_whom_it_would_touch_and_keeps_nothing(desk: Desk, citra: Actor) -> None:
    old, fresh = left_to_hands(reachable(name="Siti")), left_to_hands(reachable(name="Rina"))
    Message.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=4))
    assert touched_by(citra, "welcome", 3) == Touched(waiting=2, leaving=1, on_own_page=0)
    assert touched_by(citra, "welcome", 5).leaving == 0
    assert touched_by(citra, "welcome", 0).leaving == 2
    assert touched_by(citra, "stuck", 0) == Touched(0, 0, 0)
    told = words(page(desk(citra).post(PAGE, typed(preview="1"))).main)
    assert "2 pesan seperti ini sedang menunggu relawan." in told
    assert "1 di antaranya tidak lagi diminta" in told
    fresh.refresh_from_db()
    assert (fresh.state, facts(), decided()[-1][1] > today_wib()) == ("by_hand", 0, False)


def test_the_preview_counts_what_stands_on_own_pages_alone(desk: Desk, citra: Actor) -> None:
    for name in ("Siti", "Rina", "Tuti"):
        welcomed(reachable(name=name))
    sent_at(noon())
    longest = Message.objects.latest("id")
    Message.objects.filter(pk=longest.pk).update(at=timezone.now() - timedelta(days=8))
    assert touched_by(citra, "welcome", 3) == Touched(0, 0, on_own_page=2)
    told = words(page(desk(citra).post(PAGE, typed(preview="1"))).main)
    assert "0 pesan seperti ini sedang menunggu relawan." in told
    assert "Dalam 7 hari terakhir 2 pesan seperti ini hanya berdiri di halaman penerimanya." in told
    assert "akan masuk antrean relawan" in told


def test_many_decisions_cost_the_queries_of_few(desk: Desk, citra: Actor) -> None:
    browser = desk(citra)

    def grow(number: int) -> None:
        after = len(decided())
        for added in range(number):
            hand_rule("welcome", added, tomorrow() + timedelta(days=after + added))

    assert_constant_queries(lambda: (browser.get(LIST), browser.get(PAGE)), grow)
    assert len(hand_rules(today_wib())[0].coming) == 30
