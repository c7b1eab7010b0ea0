"""Of any two rules and whatever a person has, the preview says what her journey shows."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from okoce.community.members.models import Member
from okoce.pipeline.models import StageRecord
from okoce.pipeline.queries.journeys import NOT_OFFERED, StageStep, _step, next_step
from okoce.pipeline.requirements import REQUIREMENTS
from okoce.pipeline.rule_changes import Kept, current_stage, turn_of
from okoce.pipeline.rules import Rule
from okoce.pipeline.settling import Standing
from okoce.pipeline.states import LicenceKind, Stage, StageState

DAY = date(2026, 5, 1)
STAGES = st.frozensets(st.sampled_from(Stage.values))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """A rule as one may be added: P1 always, conditions of stages that are offered."""
    offered = draw(STAGES) | {1}
    codes = [one.code for one in REQUIREMENTS if one.stage.value in offered]
    return Rule(
        code="x",
        name="X",
        region="",
        from_on=None,
        until_on=None,
        is_sequential=draw(st.booleans()),
        offered=offered,
        binding=draw(st.frozensets(st.sampled_from(codes))) | {"registration.consent"},
        licences=draw(st.frozensets(st.sampled_from(LicenceKind.values), min_size=1)),
    )


@st.composite
def people(draw: st.DrawFn) -> Kept:
    done = draw(STAGES)
    return Kept(done, draw(STAGES) - done)


def journey(kept: Kept, rule: Rule) -> list[StageStep]:
    """As `journey_of` makes it of somebody who has this and whose evidence is not checked yet."""
    records = {
        stage: StageRecord(
            stage=stage,
            state=StageState.COMPLETED if stage in kept.done else StageState.CLAIMED,
            completed_on=DAY if stage in kept.done else None,
        )
        for stage in kept.done | kept.begun
    }
    standing = Standing(Member(), records, [], [])
    return [_step(standing, stage, None, rule, DAY) for stage in Stage]


def shown(steps: list[StageStep]) -> dict[int, tuple[str, ...]]:
    """What each open stage asks for."""
    return {
        step.stage.value: step.missing
        for step in steps
        if not step.is_completed and step.state != NOT_OFFERED
    }


ALL = frozenset(Stage.values)
EVERY = frozenset(one.code for one in REQUIREMENTS)
FULL = Rule("x", "X", "", None, None, True, ALL, EVERY, frozenset(LicenceKind.values))
SHORT = Rule(
    "x", "X", "", None, None, True, frozenset({1}), frozenset({"registration.consent"}), FULL.licences
)


@settings(deadline=None)  # what is slow is the machine
@given(people(), rules(), rules())
@example(Kept(frozenset({1}), frozenset({3})), FULL, SHORT)
@example(Kept(ALL, frozenset()), FULL, SHORT)
def test_what_stands_next_and_what_is_asked_for(kept: Kept, before: Rule, after: Rule) -> None:
    now, then = journey(kept, before), journey(kept, after)
    for steps, rule in ((now, before), (then, after)):
        step = next_step(steps)
        assert current_stage(kept, rule) == (step.stage.value if step else 0)
    turn = turn_of(kept, before, after)
    was, becomes = shown(now), shown(then)
    differing = {stage for stage in was.keys() | becomes.keys() if was.get(stage) != becomes.get(stage)}
    # a page names the first stage that is waited for, the preview weighs all; of permits a page names no kinds
    assert differing <= turn.changed
