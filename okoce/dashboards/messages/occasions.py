"""The occasions of messages: what the movement tells its people by itself. Each is told once; whoever has chosen otherwise reads
it on her own page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import translation

from okoce.community.members.models import Member
from okoce.community.partners.queries.agreements import agreements_running_out, notice_days
from okoce.dashboards.next_card import next_step_for
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.emergencies import told_of
from okoce.foundation.accounts.queries import actor_for_user_id, officers_with, user_names
from okoce.foundation.events.queries import payload_of_event, payloads_of_events
from okoce.foundation.notifications import kinds
from okoce.foundation.notifications.outbox import NewMessage, send, send_many
from okoce.foundation.notifications.recipients import To, choices_of
from okoce.foundation.notifications.states import TermCode
from okoce.foundation.notifications.terms import terms_on
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.territory.queries import name_of
from okoce.pipeline.positions import cells_before
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.states import Stage

HOUSE = Actor.system("messages")
AN_HOUR = 2_000  # of people who stand still, each with her own step
CAUGHT_UP = 14  # days for which a worker may have stood still


def welcome(event_ids: Sequence[int]) -> None:
    """Whoever registered is greeted; many at once, since a campaign may register hundreds a second."""
    send_many(
        kinds.WELCOME,
        [
            NewMessage(To(member_id=int(told["member_id"])), "once", {"number": str(told["number"])})
            for told in payloads_of_events(event_ids)
        ],
    )


def tell_of_answer(event_id: int) -> None:
    told = payload_of_event(event_id)
    to = To(member_id=int(told["member_id"]))
    send(kinds.DATA_ANSWERED, to, occasion=str(told["request_id"]))


def tell_of_emergency(event_id: int) -> int:
    """Tell whoever answers for personal data and every other administrator; answers how many messages."""
    told = payload_of_event(event_id)
    who = user_names([told["user_id"]]).get(told["user_id"], "")
    said = {"who": who, "place": name_of(told["region"]), "until": told["until"]}
    people = [To(user_id=user_id) for user_id in told_of(told["user_id"], today_wib())]
    return send_many(
        kinds.EMERGENCY_OPENED, [NewMessage(to, str(told["emergency_id"]), said) for to in people]
    )


def tell_next_step(event_id: int) -> None:
    """Of registering itself the welcome tells; of several stages that were written down together the last one. A record that
    was merged meanwhile is told by the one that speaks for her."""
    told = payload_of_event(event_id)
    stage = next(one for one in Stage if one.code == told["stage"])
    standing = Member.objects.filter(merged_into__isnull=True, left_on__isnull=True, erased_at__isnull=True)
    member = standing.filter(pk=told["member_id"]).first()
    if stage is Stage.P1_REGISTRATION or member is None:
        return
    if any(step.is_completed and step.stage > stage for step in journey_of(HOUSE, member)):
        return
    to = To(member_id=member.pk)
    with translation.override(choices_of([to])[to].language):
        step = _step_of(member)
        send(
            kinds.NEXT_STEP,
            to,
            occasion=f"{stage.code}:{told['completed_on']}",
            stage=f"{stage.code} {stage.label}",
            order=step.order,
            due=step.due,
        )


@dataclass(frozen=True, slots=True)
class _Step:
    order: str
    due: str


def _step_of(member: Member) -> _Step:
    """Her next step in the language of now, as a part of a sentence. Of a date that has passed the next look at how it goes is
    told: what was written down years later is due no more."""
    step = next_step_for(HOUSE, member, journey_of(HOUSE, member))
    return _Step(step.order, day_in_words(step.check_in_on if step.is_late else step.due_on))


_STANDING_STILL = """
SELECT p.member_id, p.stage, p.since_on FROM pipeline_position p
JOIN members_member m ON m.id = p.member_id
WHERE p.cell = ANY(%(cells)s) AND p.since_on BETWEEN %(first)s AND %(last)s
  AND m.left_on IS NULL AND m.erased_at IS NULL AND m.merged_into_id IS NULL AND NOT m.is_synthetic
  AND NOT EXISTS (
    SELECT 1 FROM notifications_message told
    WHERE told.key = %(code)s || ':' || p.stage || ':' || p.since_on || ':m' || p.member_id)
ORDER BY p.since_on, p.member_id LIMIT %(most)s
"""


def tell_of_standstills(most: int = AN_HOUR) -> int:
    """Ask those who have stood still for just as long as the term says, once a standstill; answers how many."""
    today = today_wib()
    days = terms_on(today)[TermCode.STUCK_DAYS]
    last = today - timedelta(days=days)
    found = _standing_still(last - timedelta(days=CAUGHT_UP), last, most)
    members = Member.objects.in_bulk([member_id for member_id, _stage, _since in found])
    people = [To(member_id=pk) for pk in members]
    choices = choices_of(people)
    new = []
    for member_id, stage, since in found:
        to = To(member_id=member_id)
        with translation.override(choices[to].language):
            order = _step_of(members[member_id]).order
        told = {"days": str((today - since).days), "order": order}
        new.append(NewMessage(to, f"{stage}:{since}", told))
    return send_many(kinds.STUCK, new)


def _standing_still(first: date, last: date, most: int) -> list[tuple[int, int, date]]:
    asked: dict[str, str | int | date | list[int]] = {
        "first": first,
        "last": last,
        "cells": cells_before(max(Stage).value),
        "code": kinds.STUCK.code,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDING_STILL, asked)
        return list(cursor.fetchall())


def tell_of_agreements() -> int:
    """Tell whoever may extend an agreement, once for each of the days of notice that has come; answers how many messages."""
    return send_many(kinds.AGREEMENT_ENDING, _endings(today_wib()))


def _endings(today: date) -> Iterator[NewMessage]:
    notices = notice_days(today)
    officers = [To(user_id=user_id) for user_id in officers_with(Permission.PARTNERS_MANAGE)]
    choices = choices_of(officers)
    for to in officers:
        actor = actor_for_user_id(to.user_id or 0)
        for agreement in agreements_running_out(actor) if actor else ():
            last = agreement.until_on - timedelta(days=1)
            left = (last - today).days
            notice = next((days for days in notices if left <= days), None)
            if notice is None:
                continue
            with translation.override(choices[to].language):
                told = {"agreement": agreement.number, "days": str(left), "last": day_in_words(last)}
            yield NewMessage(to, f"{agreement.pk}:{agreement.until_on}:{notice}", told)
