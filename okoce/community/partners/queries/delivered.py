"""What was delivered under an agreement: one question over the referrals that fall under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from okoce.community.members.policies import lives_in
from okoce.community.partners.agreement_models import Agreement, Obligation
from okoce.community.partners.queries.agreements import standing_obligations
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.states import Metric, Ower, ReferralOutcome, ReferralState
from okoce.foundation.access.policies import nothing
from okoce.foundation.shared.days import ZONES

DAY = timedelta(days=1)
TAKEN_ON = Q(state__in=(ReferralState.ACCEPTED, ReferralState.CLOSED))
SERVED = Q(state=ReferralState.CLOSED, outcome=ReferralOutcome.SERVED)
# Stages whose completion is what such a promise is about. Seats, mentors, places to sell and rupiah stand in no record yet.
STAGE_OF = {Metric.PERMITS: 4, Metric.LOANS: 7}


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise, and how much of it the records show; `counted` None: no record tells of that."""

    obligation: Obligation
    counted: int | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the records show of an agreement until the end of a day."""

    since: date
    until: date
    sent: int
    people: int
    accepted: int
    taken_on: int  # people
    served: int
    completed: int  # people of those taken on
    promises: Sequence[Kept]
    unmeasured: Sequence[Obligation]


@dataclass(frozen=True, slots=True)
class DeliveredWords:
    """The same of several agreements, as a page shows it: the numbers of each by its id under their names, what these mean, and a
    line for each promise: agreement, what, promised, counted, share, meaning."""

    until: date
    names: Sequence[str]
    numbers: dict[int, Sequence[int | str]]
    meanings: Sequence[tuple[str, str]]
    promises: Sequence[tuple[Agreement, str, str, str, str, str]]


def delivered_under_each(
    agreements: Sequence[Agreement], day: date, done: QuerySet[Any]
) -> dict[int, Delivered]:
    """By agreement: referrals to its partners, for its stages, of people in its places, within its time; and what came of them.
    `done`: the day on which the person of an outer row completed its stage, which a layer above knows. One question however many
    they are. Public: counts alone, and the agreements were found before."""
    if not agreements:
        return {}
    promises = standing_obligations(agreements)
    unders = {one.pk: _under(one, _last(one, day)) for one in agreements}
    asked: dict[str, Count] = {}
    for one in agreements:
        asked |= _counts(one, unders[one.pk], _last(one, day), promises.get(one.pk, ()))
    rows = Referral.objects.filter(reduce(or_, unders.values()))
    counted = rows.annotate(done_on=Subquery(done, output_field=DateField())).aggregate(**asked)
    return {one.pk: _delivered(one, day, counted, promises.get(one.pk, ())) for one in agreements}


def _counts(agreement: Agreement, under: Q, last: date, promises: Sequence[Obligation]) -> dict[str, Count]:
    """What is counted of one, each under a name of its own."""
    people, taken_on = under & TAKEN_ON, under & TAKEN_ON & _done(agreement.from_on, last)
    counts = {
        "sent": Count("pk", filter=under),
        "people": Count("member_id", distinct=True, filter=under),
        "accepted": Count("pk", filter=people),
        "taken_on": Count("member_id", distinct=True, filter=people),
        "served": Count("pk", filter=under & SERVED),
        "completed": Count("member_id", distinct=True, filter=taken_on),
    }
    told = {f"{name}_{agreement.pk}": count for name, count in counts.items()}
    return told | {f"promise_{one.pk}": _of_promise(one, under, last) for one in promises if _is_counted(one)}


def _delivered(
    agreement: Agreement, day: date, counted: dict[str, int], promises: Sequence[Obligation]
) -> Delivered:
    names = ("sent", "people", "accepted", "taken_on", "served", "completed")
    kept = [Kept(one, counted.get(f"promise_{one.pk}")) for one in promises if one.amount]
    return Delivered(
        since=agreement.from_on,
        until=_last(agreement, day),
        promises=kept,
        unmeasured=[one for one in promises if not one.amount],
        **{name: counted[f"{name}_{agreement.pk}"] for name in names},
    )


def _last(agreement: Agreement, day: date) -> date:
    return min(day, (agreement.ended_on or agreement.until_on) - DAY)


def _under(agreement: Agreement, last: date) -> Q:
    partners = [party.partner_id for party in agreement.parties.all() if party.partner_id is not None]
    places = (Q() if place == "" else lives_in(place, "member__region") for place in agreement.places)
    somewhere = Q() if "" in agreement.places else reduce(or_, places, nothing())
    return somewhere & Q(
        to_partner_id__in=partners,
        stage__in=agreement.stages,
        sent_at__gte=_begin(agreement.from_on),
        sent_at__lt=_begin(last + DAY),
    )


def _done(first: date, last: date) -> Q:
    """Completed within these days, and not before she was sent: what she had already is not theirs."""
    return Q(done_on__range=(first, last), done_on__gte=TruncDate("sent_at", tzinfo=ZONES["WIB"]))


def _is_counted(one: Obligation) -> bool:
    return one.ower == Ower.PARTNER and one.metric in (Metric.PEOPLE, *STAGE_OF)


def _of_promise(one: Obligation, under: Q, last: date) -> Count:
    first, end = one.from_on, min(last, one.until_on - DAY)
    if one.metric == Metric.PEOPLE:
        within = Q(closed_at__gte=_begin(first), closed_at__lt=_begin(end + DAY))
        return Count("member_id", distinct=True, filter=under & SERVED & within)
    stage = STAGE_OF[Metric(one.metric)]
    return Count("member_id", distinct=True, filter=under & TAKEN_ON & Q(stage=stage) & _done(first, end))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZONES["WIB"])
