"""A small history through the real import: the funnel shows exactly what was published, however often it is loaded."""

from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from okoce.community.groups.models import Group
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.models import Partner
from okoce.dashboards.funnel import funnel
from okoce.demo import context, history, officers, replay
from okoce.demo.figures import PublishedFigures
from okoce.demo.history import END_OF_2018, END_OF_2020, PRESS_DAY
from okoce.demo.models import SyntheticData
from okoce.demo.organisation import SAMPLES
from okoce.demo.places import Places
from okoce.demo.replay import GENERATED, is_wanted, load, note_synthetic
from okoce.demo.tests.country import whole_country
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.actions.standstills import clear_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.recount import recount
from okoce.pipeline.tallies import backlog
from tests.pages import page, words

pytestmark = pytest.mark.django_db

SMALL = {
    (PRESS_DAY, "", "members"): 60,
    (PRESS_DAY, "31", "members"): 44,
    (PRESS_DAY, "32", "members"): 6,
    (PRESS_DAY, "33", "members"): 3,
    **{
        (END_OF_2018, "31", metric): value
        for metric, value in {
            "p1_registered": 65,
            "p2_trained": 55,
            "p3_mentored": 33,
            "p4_licensed": 16,
            "jobs": 29,
        }.items()
    },
    **{
        (END_OF_2018, "31.73", metric): value
        for metric, value in {
            "p1_registered": 17,
            "p2_trained": 11,
            "p3_mentored": 5,
            "p4_licensed": 3,
        }.items()
    },
    (END_OF_2020, "", "members"): 150,
    (END_OF_2020, "", "communities"): 9,
}
OUTSIDE = 21


@pytest.fixture(autouse=True)
def small_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "read_published", lambda: PublishedFigures(SMALL))
    monkeypatch.setattr(history, "OUTSIDE_AT_END_OF_2018", OUTSIDE)
    for module in (history, replay):
        monkeypatch.setattr(module, "GROUPS_OF_2018", 4)
    monkeypatch.setattr(Places, "load", whole_country)
    monkeypatch.setattr(context, "_remembered", context._Remembered())


def loaded(year: int) -> int:
    told: list[tuple[int, int]] = []
    taken = load(year, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    return taken


def counts(scope: str, day: date) -> list[int | None]:
    return [stage.count for stage in funnel(scope, day).stages]


def everything() -> tuple[int, ...]:
    return (
        Member.objects.count(),
        Group.objects.count(),
        Partner.objects.count(),
        User.objects.count(),
        DuplicateCandidate.objects.count(),
        Event.objects.count(),
    )


def assert_2018() -> None:
    assert counts("", PRESS_DAY)[0] == 60
    assert [counts(code, PRESS_DAY)[0] for code in ("31", "32", "33")] == [44, 6, 3]
    assert counts("31", END_OF_2018) == [65, 55, 33, 16, 0, 0, 0]
    assert counts("31.73", END_OF_2018) == [17, 11, 5, 3, 0, 0, 0]
    assert counts("", END_OF_2018)[0] == 65 + OUTSIDE
    assert funnel("31", END_OF_2018).jobs.claimed.count == 29


def test_the_funnel_shows_the_published_figures() -> None:
    assert loaded(2018) == 65 + OUTSIDE
    assert_2018()
    assert counts("", date(2017, 12, 3)) == [0] * 7
    assert (recount(), backlog()) == ([], 0)


def test_everybody_is_marked_as_made_up_and_so_is_every_page(client: Client) -> None:
    loaded(2018)
    assert not Member.objects.filter(is_synthetic=False).exists()
    assert not Group.objects.filter(is_synthetic=False).exists()
    assert not User.objects.filter(is_synthetic=False).exists()
    for path in ("/", "/corong", "/masuk"):
        shown = words(page(client.get(path)).body)
        assert "Orang dan usaha di sini rekaan, kecuali yang ditambahkan sendiri." in shown
        assert "alasan belum lanjut juga rekaan" in shown


def reasons() -> list[tuple[str | None, int, str, date, date | None]]:
    """Every noted reason with the telephone of its person, since ids differ from load to load."""
    rows = Standstill.objects.order_by("member__phone", "stage", "from_on")
    return list(rows.values_list("member__phone", "stage", "reason", "from_on", "until_on"))


def test_the_losses_carry_reasons_and_much_stays_unknown() -> None:
    loaded(2018)
    for scope in ("", "31", "31.73"):
        for loss in funnel(scope, END_OF_2018).losses:
            assert sum(reason.people for reason in loss.reasons) == loss.people
    trained, mentored = funnel("31", END_OF_2018).losses[:2]
    for loss in (trained, mentored):
        shares = {reason.reason: reason.people for reason in loss.reasons}
        assert len(shares) > 1
        assert shares["unknown"] > 0.3 * sum(shares.values())


def test_a_reason_belongs_to_the_step_where_a_made_up_person_stands() -> None:
    loaded(2018)
    noted = Standstill.objects.select_related("member")
    assert noted.exists()
    for standstill in noted:
        done = dict(standstill.member.stage_records.values_list("stage", "completed_on"))
        assert standstill.stage == max(done) + 1
        assert done[standstill.stage - 1] < standstill.from_on <= END_OF_2018
        assert (standstill.until_on, standstill.set_by) == (None, "system:demo")
        assert standstill.member.is_synthetic


def test_a_second_load_adds_nobody() -> None:
    loaded(2018)
    before, noted = everything(), reasons()
    loaded(2018)
    assert (everything(), reasons()) == (before, noted)
    assert_2018()


def test_a_load_that_was_killed_before_the_reasons_notes_them_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_given: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(replay, "note_reasons", killed)
        with pytest.raises(KeyboardInterrupt):
            loaded(2018)
    assert (reasons(), Member.objects.count()) == ([], 65 + OUTSIDE)
    loaded(2018)
    assert_2018()
    assert reasons()
    assert recount() == []


def test_a_reason_that_an_officer_took_back_does_not_return() -> None:
    loaded(2018)
    taken_back = Standstill.objects.select_related("member").order_by("pk")[0]
    clear_standstill(Actor.system("test"), taken_back.member, taken_back.stage)
    left = reasons()
    loaded(2018)
    assert reasons() == left


def test_the_longer_history_goes_on_from_the_shorter_one() -> None:
    loaded(2018)
    queued, noted = DuplicateCandidate.objects.count(), reasons()
    assert is_wanted("2020")
    loaded(2020)
    assert set(noted) < set(reasons())
    assert_2018()
    assert counts("", END_OF_2020)[0] == Member.objects.count() == 150
    assert Group.objects.filter(state="active").count() == 9
    assert Partner.objects.count() == len(SAMPLES)  # of a bank's officer, and of a contact person
    assert recount() == []
    # the people of 2018 were recognised without a contradiction
    assert not DuplicateCandidate.objects.filter(reason="contradiction").exists()
    assert queued <= DuplicateCandidate.objects.count()


def test_the_longer_history_at_once_is_the_same() -> None:
    loaded(2020)
    assert_2018()
    assert counts("", END_OF_2020)[0] == 150
    assert max(noted[3] for noted in reasons()) <= END_OF_2020


def test_there_is_one_sign_in_per_role_and_it_works() -> None:
    loaded(2018)
    for name in set(ROLES) - {"anggota"}:
        user = User.objects.get(email=officers.contact_of(name))
        assert [grant.role for grant in actor_for_user(user).grants] == [name]
    client = Client()
    answer = client.post(
        "/masuk", {"contact": officers.contact_of("petugas_kecamatan"), "password": officers.PASSWORD}
    )
    assert answer.status_code == 302
    assert client.get("/anggota").status_code == 200


@pytest.mark.parametrize(("demo", "is_shown"), [("2018", True), ("none", False)])
def test_the_sign_ins_are_shown_in_a_demo_only(
    client: Client, settings: Settings, demo: str, is_shown: bool
) -> None:
    settings.DEMO = demo
    loaded(2018)
    assert (officers.PASSWORD in client.get("/masuk").content.decode()) is is_shown


def test_without_made_up_people_no_page_speaks_of_a_demo(client: Client, settings: Settings) -> None:
    settings.DEMO = "2018"
    member_with()
    text = client.get("/").content.decode() + client.get("/masuk").content.decode()
    assert "rekaan" not in text
    assert officers.PASSWORD not in text


class TestIsWanted:
    def test_on_an_empty_database(self) -> None:
        assert is_wanted("2018")
        assert is_wanted("2020")

    def test_never_beside_real_people(self) -> None:
        member_with()
        assert not is_wanted("2018")
        assert not is_wanted("2020")

    def test_nor_once_real_people_have_come_to_a_demo(self) -> None:
        note_synthetic("2018")
        member_with(is_synthetic=True)
        assert is_wanted("2020")
        member_with()
        assert not is_wanted("2020")

    def test_once_only(self) -> None:
        note_synthetic("2018")
        assert not is_wanted("2018")

    def test_not_the_beginning_of_what_stands_here_already(self) -> None:
        note_synthetic("2020")
        assert not is_wanted("2018")

    def test_not_on_top_of_a_generated_movement(self) -> None:
        note_synthetic(GENERATED)
        member_with(is_synthetic=True)
        assert not is_wanted("2018")
        assert not is_wanted("2020")

    def test_again_after_it_was_interrupted(self) -> None:
        member_with(is_synthetic=True)
        assert is_wanted("2018")


def test_a_generated_movement_is_marked_on_every_page_too(client: Client) -> None:
    call_command("demo_generate", members="20", stdout=StringIO())
    assert replay.synthetic_kinds() == [GENERATED]
    assert "Orang dan usaha di sini rekaan, kecuali yang ditambahkan sendiri." in words(
        page(client.get("/")).body
    )
    assert not is_wanted("2018")


def test_a_refused_generation_marks_nothing() -> None:
    with pytest.raises(Refused):
        call_command("demo_generate", members="0")
    assert replay.synthetic_kinds() == []


@pytest.mark.parametrize("year", [2017, 2019, 2021])
def test_there_is_no_history_of_other_years(year: int) -> None:
    with pytest.raises(ValueError, match="no history"):
        load(year, lambda _done, _total: None)
    assert not SyntheticData.objects.exists()


def test_refused_rows_stop_the_replay_before_it_is_called_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "synthetic_person", lambda *_: SimpleNamespace(
        name="Siti", phone="12", sex="P", birth_on="", business="", sector=""
    ))  # fmt: skip
    with pytest.raises(RuntimeError, match="refused"):
        load(2018, lambda _done, _total: None)
    assert not SyntheticData.objects.exists()
    assert not User.objects.exists()


def test_officers_are_made_once() -> None:
    system = Actor.system("demo")
    replay._make_groups(system, 2018, PublishedFigures(SMALL))
    officers.make_officers(system)
    before = everything()
    officers.make_officers(system)
    assert everything() == before
