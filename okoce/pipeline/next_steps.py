"""The one next step of a person: what to do, by when, with whose help. Pure: it looks at what it is given.

Under a sequential rule only the first open stage can be next; under a free rule every open one. The nearest date wins, of
equal dates the lowest stage. A date binds nobody: whoever is late may go on as before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from okoce.foundation.shared.days import day_in
from okoce.pipeline import next_step_words as words
from okoce.pipeline.queries.journeys import NOT_OFFERED, StageStep
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import EvidenceState, Stage
from okoce.pipeline.terms import Term, choose_term, next_check_in

CHECK_IN_MONTHS = 3  # of whoever has no stage before her, so no term either


class Look(StrEnum):
    """How the card is drawn: an invitation, a passed date, somebody else's turn, or the end of the way."""

    NORMAL = "normal"
    LATE = "late"
    WAITING = "waiting"
    DONE = "done"


class Basis(StrEnum):
    """Which rule gave the date."""

    TERM = "term"  # so many days after the stage before
    CHECK_IN = "check_in"  # the komunitas asks how it goes
    CHECK = "check"  # so many days for whoever checks the evidence


@dataclass(frozen=True, slots=True)
class HelpingHand:
    """Somebody who was asked to help this person."""

    name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a journey: the rule and terms, today, and who could help."""

    rule: Rule
    terms: Sequence[Term]
    today: date
    registered_on: date
    zone: str
    place: str
    group: str = ""
    group_officer: str = ""  # as everybody may read it who serves there
    helpers: Sequence[HelpingHand] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one card. `stage` is None at the end of the way; `passed_on` is the date that a late person has let pass."""

    look: Look
    stage: Stage | None
    order: str
    why: str
    due_on: date
    basis: Basis
    days_left: int
    check_in_on: date
    date_reason: str
    helper: words.Help
    aside: str = ""  # what becomes of it when it is late, or of the reason for a standstill
    stuck_label: str = ""
    question: str = ""  # a word of the order, explained
    answer: str = ""

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stage that could be next, and its date."""

    step: StageStep
    since: date
    term: Term
    days: int  # from `since` to the day on which the stage is expected, or the check
    due_on: date
    basis: Basis


def next_step_of(steps: Sequence[StageStep], around: Surroundings) -> NextStep:
    """Exactly one card for every journey."""
    candidates = [_candidate(steps, step, around) for step in _open_steps(steps, around.rule)]
    if not candidates:
        return _done(around)
    chosen = min(candidates, key=lambda candidate: (candidate.due_on, candidate.step.stage.value))
    return _drawn(chosen, around, steps)


def _open_steps(steps: Sequence[StageStep], rule: Rule) -> list[StageStep]:
    """The stages that may be taken now: P1 binds under every rule, a sequential one opens a single stage."""
    waiting = [step for step in steps if not step.is_completed and step.state != NOT_OFFERED]
    is_one_by_one = rule.is_sequential or any(step.stage == Stage.P1_REGISTRATION for step in waiting)
    return waiting[:1] if is_one_by_one else waiting


def _candidate(steps: Sequence[StageStep], step: StageStep, around: Surroundings) -> _Candidate:
    since = _begun_on(steps, step.stage, around.registered_on, around.zone)
    term = choose_term(around.terms, around.rule.code, step.stage.value, since)
    if step.awaits_check:
        handed_in, days = _done_on(step, around.zone), term.check_days
        return _Candidate(step, handed_in, term, days, handed_in + timedelta(days=days), Basis.CHECK)
    days = _days_until(steps, step.stage, since, around)
    expected = since + timedelta(days=days)
    check_in = next_check_in(around.today, term.check_in_months)
    if around.today <= check_in < expected:
        return _Candidate(step, since, term, days, check_in, Basis.CHECK_IN)
    return _Candidate(step, since, term, days, expected, Basis.TERM)


def _begun_on(steps: Sequence[StageStep], stage: Stage, registered_on: date, zone: str) -> date:
    """When the nearest stage below was done: from then on this one could be next. What waits to be checked is done by her."""
    below = [_done_on(step, zone) for step in steps if step.stage < stage and _is_done(step)]
    return below[-1] if below else registered_on


def _is_done(step: StageStep) -> bool:
    return step.is_completed or step.awaits_check


def _done_on(step: StageStep, zone: str) -> date:
    """The day of completion, or on which the last of what waits was handed in."""
    if step.completed_on:
        return step.completed_on
    return max(
        day_in(zone, proof.created_at) for proof in step.evidence if proof.state == EvidenceState.CLAIMED
    )


def _days_until(steps: Sequence[StageStep], stage: Stage, since: date, around: Surroundings) -> int:
    """The terms of the open stages from there up to this one, one after the other."""
    last_done = max((step.stage for step in steps if step.stage < stage and _is_done(step)), default=0)
    between = [step.stage for step in steps if last_done < step.stage <= stage and step.state != NOT_OFFERED]
    return sum(choose_term(around.terms, around.rule.code, one.value, since).days for one in between)


def _drawn(chosen: _Candidate, around: Surroundings, steps: Sequence[StageStep]) -> NextStep:
    step, days_left = chosen.step, (chosen.due_on - around.today).days
    look = Look.WAITING if step.awaits_check else Look.LATE if days_left < 0 else Look.NORMAL
    check_in = next_check_in(around.today, chosen.term.check_in_months)
    told = words.of_stage(step, around.rule)
    return NextStep(
        look=look,
        stage=step.stage,
        order=words.waiting_order(step) if look is Look.WAITING else told.order,
        why=words.waiting_why(step) if look is Look.WAITING else told.why,
        due_on=chosen.due_on,
        basis=chosen.basis,
        days_left=days_left,
        check_in_on=check_in,
        date_reason=_date_reason(chosen, around),
        helper=words.verifiers(step.stage, around.place)
        if look is Look.WAITING
        else words.help_with(step.stage, around.helpers, around.group, around.place, around.group_officer),
        aside=_aside(look, step, days_left, check_in),
        stuck_label=step.stuck_label,
        question=told.question,
        answer=told.answer,
    )


def _aside(look: Look, step: StageStep, days_left: int, check_in: date) -> str:
    if look is Look.WAITING:
        return words.when_check_is_late(days_left)
    if step.stuck_reason:
        return words.advice_on(step.stuck_reason)
    return words.late_comfort(check_in) if look is Look.LATE else ""


def _date_reason(chosen: _Candidate, around: Surroundings) -> str:
    if chosen.basis is Basis.CHECK:
        return words.check_reason(chosen.since, chosen.days)
    return words.term_reason(chosen.step.stage, chosen.since, chosen.days, chosen.term.check_in_months)


def _done(around: Surroundings) -> NextStep:
    """All that is offered is completed: what remains is to tell every quarter how it goes."""
    check_in = next_check_in(around.today, CHECK_IN_MONTHS)
    return NextStep(
        look=Look.DONE,
        stage=None,
        order=words.done_order(),
        why=words.done_why(),
        due_on=check_in,
        basis=Basis.CHECK_IN,
        days_left=(check_in - around.today).days,
        check_in_on=check_in,
        date_reason=words.check_in_reason(CHECK_IN_MONTHS),
        helper=words.help_with(None, around.helpers, around.group, around.place, around.group_officer),
    )
