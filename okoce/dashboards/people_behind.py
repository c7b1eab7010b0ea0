"""The people behind a loss: who completed a stage and not the next one by a day, the longest waiting first."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import day_of, place_of, require_sight
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline.queries.held_back import HeldBack, Loss, held_back
from okoce.pipeline.states import UNKNOWN_REASON, UNKNOWN_REASON_LABEL, Stage, StandstillReason

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """One person who has not gone on: since when, how many days by the asked day, why."""

    number: str
    name: str
    region: str
    since: date
    days: int
    reason_label: str


@dataclass(frozen=True, slots=True)
class PageBehind:
    """One page of people, with what was asked in words."""

    place: str
    day: date
    after: str
    before: str
    reason_label: str
    people: list[PersonBehind]
    next: str | None


def people_behind(actor: Actor, asked: Asked) -> PageBehind:
    """The people of one loss whom the actor may read; NotFound where the place lies outside the actor's scope.

    The standings are read through their index, the members through their own rule: somebody outside the reader's
    grants stays out of the list even where the figure counts them.
    """
    place = place_of(asked.scope, asked.group_id)
    require_sight(actor, place, asked.group_id)
    day = day_of(asked.day)
    stage = asked.stage or Stage.P2_TRAINING.value
    loss = Loss(place.node, stage, day, asked.reason)
    rows = held_back(actor, loss, after=_position(asked.cursor), limit=PAGE + 1)
    members = Member.objects.visible_to(actor, Permission.MEMBERS_READ).in_bulk(
        [row.member_id for row in rows[:PAGE]]
    )
    return PageBehind(
        place=place.name,
        day=day,
        after=Stage(stage - 1).code,
        before=Stage(stage).code,
        reason_label=reason_label(asked.reason),
        people=[_person(members[row.member_id], row, day) for row in rows[:PAGE] if row.member_id in members],
        next=f"{rows[PAGE - 1].since.isoformat()}~{rows[PAGE - 1].member_id}" if len(rows) > PAGE else None,
    )


def reason_label(code: str) -> str:
    """A reason in words; "" for all of them."""
    if not code:
        return ""
    return str(UNKNOWN_REASON_LABEL) if code == UNKNOWN_REASON else str(StandstillReason(code).label)


def _person(member: Member, row: HeldBack, day: date) -> PersonBehind:
    return PersonBehind(
        number=member.number,
        name=member.name,
        region=row.region,
        since=row.since,
        days=(day - row.since).days,
        reason_label=reason_label(row.reason or UNKNOWN_REASON),
    )


def _position(cursor: str) -> tuple[date, int] | None:
    """The last person of the page before: since when, and the record."""
    if not cursor:
        return None
    since, _separator, record = cursor.partition("~")
    try:
        return date.fromisoformat(since), int(record)
    except ValueError as error:
        sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
        raise Invalid([FieldError("sesudah", sentence)]) from error
