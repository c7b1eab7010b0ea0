"""The occasions of messages: what the movement tells its people by itself. Each is told once; whoever has chosen otherwise reads
it on her own page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
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
from okoce.foundation.notifications.outbox import NewMessage, send, send_many, told_already
from okoce.foundation.notifications.recipients import To, choices_of
from okoce.foundation.notifications.states import TermCode
from okoce.foundation.notifications.terms import terms_on
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.territory.queries import name_of
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.standing_still import Standstill, mark_seen, standstills_unseen
from okoce.pipeline.states import Stage

HOUSE = Actor.system("messages")
AN_HOUR = 2_000  # of people who stand still, each with her own step
AT_ONCE = 500
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


def tell_account_of_answer(event_id: int) -> None:
    told = payload_of_event(event_id)
    send(kinds.DATA_ANSWERED, To(user_id=int(told["user_id"])), occasion=str(told["request_id"]))


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


def tell_of_standstills(most: int = AN_HOUR) -> int:
    """Ask those who have stood still for just as long as the term says, once a standstill; answers how many. What was seen to is
    not read again, so an hour takes as long as the people whom it asks are many."""
    today = today_wib()
    last = today - timedelta(days=terms_on(today)[TermCode.STUCK_DAYS])
    first = last - timedelta(days=CAUGHT_UP)
    asked, after = 0, None
    while asked < most and (found := standstills_unseen(first, last, after, AT_ONCE)):
        seen, new = _up_to(found, most - asked)
        messages = _questions(new, today)
        with transaction.atomic():
            asked += send_many(kinds.STUCK, messages)
            mark_seen(seen)
        after = seen[-1]
    return asked


def _up_to(found: Sequence[Standstill], room: int) -> tuple[list[Standstill], list[Standstill]]:
    """Those that are seen to now, and those of them who are to be asked: so many at most, none who was asked already."""
    told = told_already(kinds.STUCK, {(To(member_id=one.member_id), _occasion(one)) for one in found})
    seen: list[Standstill] = []
    new: list[Standstill] = []
    for one in found:
        if not one.is_nobody and (To(member_id=one.member_id), _occasion(one)) not in told:
            if len(new) == room:
                break
            new.append(one)
        seen.append(one)
    return seen, new


def _occasion(one: Standstill) -> str:
    return f"{one.stage}:{one.since_on}"


def _questions(standstills: Sequence[Standstill], today: date) -> list[NewMessage]:
    members = Member.objects.in_bulk([one.member_id for one in standstills])
    choices = choices_of([To(member_id=pk) for pk in members])
    new = []
    for one in standstills:
        to = To(member_id=one.member_id)
        with translation.override(choices[to].language):
            order = _step_of(members[one.member_id]).order
        told = {"days": str((today - one.since_on).days), "order": order}
        new.append(NewMessage(to, _occasion(one), told))
    return new


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
