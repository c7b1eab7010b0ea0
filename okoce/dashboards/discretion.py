"""What the public is not told about small places: numbers of one to four people, and what they could be worked out from."""

from dataclasses import replace
from datetime import date, timedelta

from okoce.dashboards.funnel import Funnel, Jobs, Loss, StageFigures, ratio
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.states import Stage

FEWEST_SHOWN = 5


def last_month_end(day: date) -> date:
    """The day itself where it ends a month that is over, else the end of the month before."""
    following = day + timedelta(days=1)
    if following.day == 1 and day < today_wib():
        return day
    return day.replace(day=1) - timedelta(days=1)


def is_small(number: int | None) -> bool:
    return number is not None and 0 < number < FEWEST_SHOWN


def withhold_small_numbers(funnel: Funnel) -> Funnel:
    counts = {figures.stage: None if is_small(figures.count) else figures.count for figures in funnel.stages}
    return replace(
        funnel,
        stages=tuple(_discreet_stage(figures, counts) for figures in funnel.stages),
        losses=tuple(_discreet_loss(loss, counts) for loss in funnel.losses),
        jobs=funnel.jobs if counts[Stage.P4_PERMITS] is not None else _without_numbers(funnel.jobs),
    )


def _discreet_stage(figures: StageFigures, counts: dict[int, int | None]) -> StageFigures:
    count, previous = counts[figures.stage], counts.get(figures.stage - 1)
    is_comparable = count is not None and previous is not None
    return replace(
        figures,
        count=count,
        of_previous=ratio(count, previous),
        of_first=ratio(count, counts[Stage.P1_REGISTRATION]),
        women=_discreet_part(figures.women, count),
        new_businesses=_discreet_part(figures.new_businesses, count),
        existing_businesses=_discreet_part(figures.existing_businesses, count),
        exceeds_previous=figures.exceeds_previous and is_comparable,
        note=figures.note if is_comparable else "",
    )


def _discreet_part(part: int | None, whole: int | None) -> int | None:
    """A part is withheld also where what remains of the whole is small."""
    if part is None or whole is None or is_small(part) or is_small(whole - part):
        return None
    return part


def _discreet_loss(loss: Loss, counts: dict[int, int | None]) -> Loss:
    of, reached = counts[loss.stage - 1], counts[loss.stage]
    if of is None or reached is None or loss.people is None or is_small(loss.people):
        return replace(loss, people=None, of=of, reasons=())
    continued = of - loss.people
    # the second: those who are further without the stage before
    if is_small(continued) or is_small(reached - continued):
        return replace(loss, people=None, of=of, reasons=())
    if any(is_small(reason.people) for reason in loss.reasons):
        return replace(loss, of=of, reasons=())
    return replace(loss, of=of)


def _without_numbers(jobs: Jobs) -> Jobs:
    return Jobs(*(replace(figure, count=None) for figure in (jobs.claimed, jobs.verified, jobs.added)))
