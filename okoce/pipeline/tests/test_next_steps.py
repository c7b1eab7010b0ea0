"""Exactly one next step for every journey: what to do, by when, with whose help."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from okoce.pipeline.models import Evidence
from okoce.pipeline.next_steps import Basis, HelpingHand, Look, NextStep, Surroundings, next_step_of
from okoce.pipeline.queries.journeys import NOT_OFFERED, NOT_STARTED, StageStep
from okoce.pipeline.requirements import REQUIREMENTS
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import Stage, StageState, StandstillReason
from okoce.pipeline.terms import Term, choose_term, next_check_in

TODAY = date(2026, 11, 22)
DAYS = {1: 14, 2: 60, 3: 90, 4: 60, 5: 90, 6: 120, 7: 90}
TERMS = [Term("", stage, None, None, days, 14, 3) for stage, days in DAYS.items()]
EVERY_STAGE = frozenset(range(1, 8))


def rule(*, is_sequential: bool, offered: frozenset[int] = EVERY_STAGE) -> Rule:
    codes = frozenset(requirement.code for requirement in REQUIREMENTS)
    licences = frozenset({"IUMK", "SKU", "NIB"})
    return Rule("aturan", "Aturan", "", None, None, is_sequential, offered, codes, licences)


SEQUENTIAL, FREE = rule(is_sequential=True), rule(is_sequential=False)


def around(the_rule: Rule = SEQUENTIAL, **given: object) -> Surroundings:
    told = Surroundings(
        rule=the_rule, terms=TERMS, today=TODAY, registered_on=date(2026, 10, 1), zone="WIB", place="Senen"
    )
    return replace(told, **given)  # type: ignore[arg-type]  # a test's own words


def step(stage: int, state: str = NOT_STARTED, on: date | None = None, **given: object) -> StageStep:
    told = StageStep(
        stage=Stage(stage), state=state, completed_on=on, started_on=None, rule_code="aturan",
        evidence=(), missing=(), stuck_reason="", stuck_since=None,
    )  # fmt: skip
    return replace(told, **given)  # type: ignore[arg-type]  # the test names fields only


def journey(**states: object) -> list[StageStep]:
    """Seven steps; `p2=date` completed then, `p4="claimed"` in that state, a StageStep as it is, all else not started."""
    made = []
    for stage in range(1, 8):
        told = states.get(f"p{stage}", NOT_STARTED)
        if isinstance(told, StageStep):
            made.append(told)
        elif isinstance(told, date):
            made.append(step(stage, StageState.COMPLETED.value, told))
        else:
            made.append(step(stage, str(told)))
    return made


def waiting(stage: int, handed_in: date) -> StageStep:
    """A stage in which nothing is missing but that somebody looks."""
    at = datetime(handed_in.year, handed_in.month, handed_in.day, 5, tzinfo=UTC)
    proof = Evidence(stage=stage, state="claimed", happened_on=handed_in, kind="", created_at=at)
    return step(stage, StageState.CLAIMED.value, evidence=(proof,), awaits_check=True)


def visited(*days: int) -> StageStep:
    """P3 with so many confirmed visits."""
    proofs = tuple(
        Evidence(stage=3, state="verified", happened_on=date(2026, 11, day), kind="visit") for day in days
    )
    return step(3, StageState.IN_PROGRESS.value, evidence=proofs)


RECENTLY = date(2026, 11, 1)


class TestTheStage:
    @pytest.mark.parametrize("done", range(7))
    def test_under_a_sequential_rule_it_is_the_first_that_is_open(self, done: int) -> None:
        steps = journey(**{f"p{stage}": RECENTLY for stage in range(1, done + 1)})
        assert next_step_of(steps, around()).stage == done + 1

    def test_a_stage_that_is_not_offered_is_passed_over(self) -> None:
        steps = journey(p1=RECENTLY, p2=NOT_OFFERED, p3=NOT_OFFERED)
        assert next_step_of(steps, around()).stage == Stage.P4_PERMITS

    def test_without_registration_nothing_else_opens_under_any_rule(self) -> None:
        for the_rule in (SEQUENTIAL, FREE):
            steps = journey(p2=date(2018, 1, 1))
            assert next_step_of(steps, around(the_rule)).stage == Stage.P1_REGISTRATION

    def test_under_a_free_rule_the_nearest_date_wins(self) -> None:
        steps = journey(p1=date(2026, 9, 1), p5=date(2026, 5, 1))
        # P2 is expected 60 days after P1, P6 120 days after P5: 31 October and 29 August
        assert next_step_of(steps, around(FREE)).stage == Stage.P6_BOOKKEEPING
        later = journey(p1=date(2026, 9, 1), p5=date(2026, 11, 1))
        assert next_step_of(later, around(FREE)).stage == Stage.P2_TRAINING

    def test_of_equal_dates_the_lowest_stage_wins(self) -> None:
        steps = journey(p1=date(2026, 11, 20), p5=date(2026, 11, 20))
        chosen = next_step_of(steps, around(FREE))
        assert (chosen.stage, chosen.basis) == (Stage.P2_TRAINING, Basis.CHECK_IN)

    def test_under_a_free_rule_what_waits_is_done_for_what_follows(self) -> None:
        steps = journey(p1=date(2018, 1, 1), p2=waiting(2, date(2026, 11, 20)))
        chosen = next_step_of(steps, around(FREE))
        assert (chosen.stage, chosen.look) == (Stage.P2_TRAINING, Look.WAITING)

    def test_every_journey_has_exactly_one_card(self) -> None:
        choices = (NOT_STARTED, RECENTLY, StageState.IN_PROGRESS.value, NOT_OFFERED)
        for states in product(choices, repeat=6):
            steps = journey(p1=RECENTLY, **{f"p{at + 2}": state for at, state in enumerate(states)})
            open_stages = [one.stage for one in steps if not one.is_completed and one.state != NOT_OFFERED]
            for the_rule in (SEQUENTIAL, FREE):
                found = next_step_of(steps, around(the_rule))
                assert found.order
                assert found.why
                assert found.helper.name
                assert found.date_reason
                assert (found.stage in open_stages) if open_stages else found.look is Look.DONE
                if the_rule is SEQUENTIAL and open_stages:
                    assert found.stage == open_stages[0]


class TestTheDay:
    def test_it_is_so_many_days_after_the_stage_before(self) -> None:
        found = next_step_of(journey(p1=date(2026, 10, 1)), around())
        assert (found.due_on, found.basis, found.days_left) == (date(2026, 11, 30), Basis.TERM, 8)

    def test_the_check_in_is_named_where_it_comes_first(self) -> None:
        found = next_step_of(journey(p1=date(2026, 11, 20)), around())
        assert (found.due_on, found.basis) == (date(2026, 12, 31), Basis.CHECK_IN)
        assert "60 hari" in found.date_reason

    def test_the_day_itself_is_not_late(self) -> None:
        found = next_step_of(journey(p1=date(2026, 9, 23)), around())
        assert (found.due_on, found.look, found.days_left) == (TODAY, Look.NORMAL, 0)

    def test_the_day_after_is(self) -> None:
        found = next_step_of(journey(p1=date(2026, 9, 22)), around())
        assert (found.look, found.days_left) == (Look.LATE, -1)
        assert "tidak hilang" in found.aside
        assert "31 Desember 2026" in found.aside

    def test_stages_that_are_not_offered_take_no_time(self) -> None:
        steps = journey(p1=date(2026, 10, 1), p2=NOT_OFFERED)
        assert next_step_of(steps, around()).due_on == date(2026, 12, 30)  # 90 days

    def test_whoever_has_no_stage_counts_from_registration(self) -> None:
        found = next_step_of(journey(), around())
        assert (found.stage, found.due_on) == (Stage.P1_REGISTRATION, date(2026, 10, 15))

    def test_a_rules_own_term_goes_before_the_general_one(self) -> None:
        terms = [*TERMS, Term("aturan", 2, None, None, 30, 14, 3)]
        found = next_step_of(journey(p1=date(2026, 11, 1)), around(terms=terms))
        assert found.due_on == date(2026, 12, 1)

    def test_a_term_counts_from_its_day_on(self) -> None:
        terms = [
            Term("", 2, None, date(2026, 6, 1), 60, 14, 3),
            Term("", 2, date(2026, 6, 1), None, 30, 14, 3),
        ]
        assert choose_term(terms, "aturan", 2, date(2026, 5, 31)).days == 60
        assert choose_term(terms, "aturan", 2, date(2026, 6, 1)).days == 30
        with pytest.raises(LookupError):
            choose_term(terms, "aturan", 3, TODAY)

    @pytest.mark.parametrize(
        ("day", "months", "end"),
        [
            (date(2026, 1, 1), 3, date(2026, 3, 31)),
            (date(2026, 3, 31), 3, date(2026, 3, 31)),
            (date(2026, 4, 1), 3, date(2026, 6, 30)),
            (date(2026, 11, 22), 3, date(2026, 12, 31)),
            (date(2026, 12, 31), 12, date(2026, 12, 31)),
            (date(2028, 2, 1), 1, date(2028, 2, 29)),
        ],
    )
    def test_the_check_in_is_the_last_day_of_its_quarter(self, day: date, months: int, end: date) -> None:
        assert next_check_in(day, months) == end


class TestWaiting:
    def test_says_who_is_at_work_and_what_comes_when_it_is_late(self) -> None:
        steps = journey(p1=RECENTLY, p2=waiting(2, date(2026, 11, 15)))
        found = next_step_of(steps, around())
        assert (found.look, found.basis, found.due_on) == (Look.WAITING, Basis.CHECK, date(2026, 11, 29))
        assert "Petugas kecamatan" in found.helper.name
        assert "tanyakan" in found.aside

    def test_a_check_that_is_late_is_nobodys_fault_but_the_officers(self) -> None:
        steps = journey(p1=RECENTLY, p2=waiting(2, date(2026, 11, 1)))
        found = next_step_of(steps, around())
        assert (found.look, found.days_left) == (Look.WAITING, -7)
        assert "bukan karena Anda" in found.aside

    def test_one_claimed_visit_of_three_is_still_her_turn(self) -> None:
        one = Evidence(stage=3, state="claimed", happened_on=RECENTLY, kind="visit")
        steps = journey(p1=RECENTLY, p2=RECENTLY, p3=step(3, StageState.CLAIMED.value, evidence=(one,)))
        found = next_step_of(steps, around())
        assert (found.look, found.order) == (Look.NORMAL, "Terima 2 kunjungan pendamping lagi")

    @pytest.mark.parametrize("stage", range(2, 8))
    def test_somebody_is_at_work_for_every_stage(self, stage: int) -> None:
        steps = journey(
            **{f"p{before}": RECENTLY for before in range(1, stage)} | {f"p{stage}": waiting(stage, TODAY)}
        )
        found = next_step_of(steps, around())
        assert found.helper.name
        assert "Administrator" not in found.helper.name


class TestTheWords:
    @pytest.mark.parametrize("stage", range(1, 8))
    def test_an_order_has_a_verb_and_a_number(self, stage: int) -> None:
        steps = journey(**{f"p{before}": RECENTLY for before in range(1, stage)})
        found = next_step_of(steps, around())
        assert any(sign.isdigit() for sign in found.order)
        assert found.question.endswith("?")
        assert found.answer

    def test_the_number_is_what_is_still_missing(self) -> None:
        def order(*days: int) -> str:
            return next_step_of(journey(p1=RECENTLY, p2=RECENTLY, p3=visited(*days)), around()).order

        assert order() == "Terima 3 kunjungan pendamping"
        assert order(2) == "Terima 2 kunjungan pendamping lagi"
        assert order(2, 9) == "Terima 1 kunjungan pendamping lagi"
        assert order(2, 2) == "Terima 2 kunjungan pendamping lagi"  # twice on one day is one visit

    def test_the_permits_are_those_of_the_rule(self) -> None:
        steps = journey(p1=RECENTLY, p2=RECENTLY, p3=RECENTLY)
        assert next_step_of(steps, around()).order == "Urus 1 izin usaha: IUMK, NIB atau SKU"
        bare = replace(SEQUENTIAL, licences=frozenset())
        assert next_step_of(steps, around(bare)).order == "Urus 1 izin usaha"

    @pytest.mark.parametrize("reason", [reason.value for reason in StandstillReason])
    def test_a_known_reason_is_told_with_what_to_do(self, reason: str) -> None:
        steps = journey(p1=date(2018, 1, 1), p2=step(2, stuck_reason=reason, stuck_since=RECENTLY))
        found = next_step_of(steps, around())
        assert found.stuck_label == StandstillReason(reason).label
        assert found.aside
        assert "tidak hilang" not in found.aside

    def test_at_the_end_of_the_way_only_the_check_in_is_left(self) -> None:
        steps = journey(**{f"p{stage}": RECENTLY for stage in range(1, 8)})
        found = next_step_of(steps, around())
        assert (found.look, found.stage, found.due_on) == (Look.DONE, None, date(2026, 12, 31))


class TestTheHelper:
    MENTOR, TRAINER, BANK = (
        HelpingHand("Ratna", "mentoring"),
        HelpingHand("Tono", "training"),
        HelpingHand("Bank Desa", "financing"),
    )

    def helper_of(self, done: int, **given: object) -> NextStep:
        return next_step_of(
            journey(**{f"p{stage}": RECENTLY for stage in range(1, done + 1)}), around(**given)
        )

    @pytest.mark.parametrize(("done", "name"), [(1, "Tono"), (2, "Ratna"), (4, "Ratna"), (6, "Bank Desa")])
    def test_whoever_helps_with_just_this_is_named(self, done: int, name: str) -> None:
        found = self.helper_of(done, helpers=[self.MENTOR, self.TRAINER, self.BANK])
        assert (found.helper.name, found.helper.is_person) == (name, True)

    def test_else_anybody_who_helps(self) -> None:
        assert self.helper_of(1, helpers=[self.MENTOR]).helper.name == "Ratna"

    def test_else_the_komunitas(self) -> None:
        found = self.helper_of(1, group="Mawar")
        assert found.helper.name == "Pengurus komunitas Mawar"
        assert "Mawar" in found.helper.where

    def test_of_the_komunitas_whoever_serves_it_by_the_name_that_may_be_read(self) -> None:
        found = self.helper_of(1, group="Mawar", group_officer="R*** W***")
        assert (found.helper.name, found.helper.part) == ("R*** W***", "pengurus komunitas Mawar")
        assert found.helper.is_person
        assert self.helper_of(1, group_officer="R*** W***").helper.name == "Petugas Kecamatan Senen"
        helped = self.helper_of(1, group="Mawar", group_officer="R*** W***", helpers=[self.MENTOR])
        assert helped.helper.name == "Ratna"

    def test_else_the_kecamatan_with_where_to_go(self) -> None:
        found = self.helper_of(1)
        assert found.helper.name == "Petugas Kecamatan Senen"
        assert "kantor Kecamatan Senen" in found.helper.where
