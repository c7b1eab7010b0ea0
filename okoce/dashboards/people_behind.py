"""The people behind a loss: who completed a stage and not the next one by a day, the longest waiting first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import day_of, place_of, require_sight
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import FieldError, Invalid
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
    rows = _standing_still(actor, place.node, stage, day, asked.reason, _position(asked.cursor))
    members = Member.objects.visible_to(actor, Permission.MEMBERS_READ).in_bulk(
        [row[0] for row in rows[:PAGE]]
    )
    return PageBehind(
        place=place.name,
        day=day,
        after=Stage(stage - 1).code,
        before=Stage(stage).code,
        reason_label=reason_label(asked.reason),
        people=[_person(members[row[0]], row, day) for row in rows[:PAGE] if row[0] in members],
        next=f"{rows[PAGE - 1][2].isoformat()}~{rows[PAGE - 1][0]}" if len(rows) > PAGE else None,
    )


def reason_label(code: str) -> str:
    """A reason in words; "" for all of them."""
    if not code:
        return ""
    return str(UNKNOWN_REASON_LABEL) if code == UNKNOWN_REASON else str(StandstillReason(code).label)


def _person(member: Member, row: tuple[Any, ...], day: date) -> PersonBehind:
    _member_id, region, since, reason = row
    return PersonBehind(
        number=member.number,
        name=member.name,
        region=region,
        since=since,
        days=(day - since).days,
        reason_label=reason_label(reason or UNKNOWN_REASON),
    )


def _position(cursor: str) -> tuple[date, int]:
    """The last person of the page before: since when, and the record."""
    if not cursor:
        return date.min + timedelta(days=1), 0
    since, _separator, record = cursor.partition("~")
    try:
        return date.fromisoformat(since), int(record)
    except ValueError as error:
        sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
        raise Invalid([FieldError("sesudah", sentence)]) from error


def _place_condition(node: str) -> tuple[str, list[Any]]:
    if node.startswith("K:"):
        return "s.group_id = %s", [int(node[2:])]
    if not node:
        return "true", []
    return "(s.region = %s OR (s.region >= %s AND s.region < %s))", [node, node + ".", node + "/"]


def _standing_still(
    actor: Actor, node: str, stage: int, day: date, reason: str, position: tuple[date, int]
) -> list[tuple[Any, ...]]:
    """(member, kecamatan, since when, reason) of one page and one more, from the standings valid on the day."""
    where, place = _place_condition(node)
    readable = Member.objects.visible_to(actor, Permission.MEMBERS_READ).order_by().values("pk")
    allowed, allowed_parameters = readable.query.sql_with_params()
    everyone = any(scope.everywhere for scope in actor.scopes_with(Permission.MEMBERS_READ))
    if reason == UNKNOWN_REASON:
        wanted, wanted_parameters = "why.reason IS NULL", list[str]()
    else:
        wanted, wanted_parameters = ("why.reason = %s", [reason]) if reason else ("true", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT s.member_id, s.region, done.completed_on, why.reason
            FROM pipeline_standing s
            JOIN pipeline_stagerecord done ON done.member_id = s.member_id AND done.stage = s.stage
            LEFT JOIN pipeline_standing why ON why.member_id = s.member_id AND why.stage = s.stage + 1 AND why.reason <> ''
              AND why.from_on <= %s AND (why.until_on IS NULL OR why.until_on > %s)
            WHERE {where} AND s.stage = %s AND s.reason = '' AND s.from_on <= %s
              AND (s.until_on IS NULL OR s.until_on > %s)
              AND NOT EXISTS (
                SELECT FROM pipeline_stagerecord later WHERE later.member_id = s.member_id AND later.stage = s.stage + 1
                AND later.completed_on <= %s
              )
              AND (done.completed_on, s.member_id) > (%s, %s) AND {wanted}
              {"" if everyone else f"AND s.member_id IN ({allowed})"}
            ORDER BY done.completed_on, s.member_id LIMIT %s
            """,
            [day, day, *place, stage - 1, day, day, day, *position, *wanted_parameters]
            + ([] if everyone else list(allowed_parameters))
            + [PAGE + 1],
        )
        return cursor.fetchall()
