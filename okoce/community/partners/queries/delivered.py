"""What was delivered under an agreement: one question over the referrals that fall under it, one over the people whom a record
names as sent to its mitra or served by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from okoce.community.members.models import Member
from okoce.community.members.policies import lives_in
from okoce.community.partners.agreement_models import Agreement, Obligation
from okoce.community.partners.queries.agreements import standing_obligations
from okoce.community.partners.queries.serving import common_places
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.states import Metric, Ower, ReferralOutcome, ReferralState
from okoce.foundation.access.policies import nothing
from okoce.foundation.shared.days import ZONES

DAY = timedelta(days=1)
TAKEN_ON = Q(state__in=(ReferralState.ACCEPTED, ReferralState.CLOSED))
SERVED = Q(state=ReferralState.CLOSED, outcome=ReferralOutcome.SERVED)
# Stages whose completion is what such a promise is about. Mentors, places to sell and rupiah stand in no record yet.
STAGE_OF = {Metric.SEATS: 2, Metric.PERMITS: 4, Metric.LOANS: 7}


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
    agreements: Sequence[Agreement], day: date, done: QuerySet[Any], given: QuerySet[Any]
) -> dict[int, Delivered]:
    """By agreement: referrals to its partners, for its stages, of people in its places, within its time; and what came of them.
    `done`: the day on which the person of an outer row completed its stage; `given`: the verified evidence of an outer person,
    which may name the mitra that gave it; a layer above knows both. As many questions however many they are. Public: counts
    alone, and the agreements were found before."""
    if not agreements:
        return {}
    promises = standing_obligations(agreements)
    unders = {one.pk: _under(one, _last(one, day)) for one in agreements}
    asked: dict[str, Count] = {}
    for one in agreements:
        asked |= _counts(one, unders[one.pk], _last(one, day))
    rows = Referral.objects.filter(reduce(or_, unders.values()))
    sent = rows.annotate(done_on=Subquery(done, output_field=DateField()))
    counted = sent.aggregate(**asked)
    wanted = [
        (one, promise) for one in agreements for promise in promises.get(one.pk, ()) if _is_counted(promise)
    ]
    if wanted:
        known = {
            promise.pk: (
                _by_referral(promise, unders[one.pk], _last(one, day)),
                _by_evidence(one, promise, _last(one, day)),
            )
            for one, promise in wanted
        }
        counted |= _people_of(known, sent, given)
    return {one.pk: _delivered(one, day, counted, promises.get(one.pk, ())) for one in agreements}


def _people_of(known: dict[int, tuple[Q, Q]], sent: QuerySet[Any], given: QuerySet[Any]) -> dict[str, int]:
    """How many people each promise reached, by whichever record; each person once."""
    referred, served = (reduce(or_, (pair[place] for pair in known.values())) for place in (0, 1))
    # from the few whom a record names, not from everybody
    named = Q(pk__in=sent.filter(referred).order_by().values("member_id")) | Q(
        pk__in=given.model.objects.filter(served).order_by().values("member_id")
    )
    hers = sent.filter(member_id=OuterRef("pk"))
    asked = {
        f"promise_{pk}": Count(
            "pk", filter=Exists(hers.filter(by_referral)) | Exists(given.filter(by_evidence))
        )
        for pk, (by_referral, by_evidence) in known.items()
    }
    return Member.objects.filter(named).aggregate(**asked)


def _counts(agreement: Agreement, under: Q, last: date) -> dict[str, Count]:
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
    return {f"{name}_{agreement.pk}": count for name, count in counts.items()}


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
    return _somewhere(agreement) & Q(
        to_partner_id__in=_partners(agreement),
        stage__in=agreement.stages,
        sent_at__gte=_begin(agreement.from_on),
        sent_at__lt=_begin(last + DAY),
    )


def _partners(agreement: Agreement) -> list[int]:
    return [party.partner_id for party in agreement.parties.all() if party.partner_id is not None]


def _somewhere(agreement: Agreement) -> Q:
    """Of people who live in its places."""
    places = (lives_in(place, "member__region") for place in agreement.places)
    return Q() if "" in agreement.places else reduce(or_, places, nothing())


def sharing_people(agreement: Agreement, others: Iterable[Agreement]) -> list[Agreement]:
    """Those of others under which the same people are counted: a mitra, a stage, a place and a day in common. Public."""
    partners, begin, end = (
        set(_partners(agreement)),
        agreement.from_on,
        agreement.ended_on or agreement.until_on,
    )
    return [
        one
        for one in others
        if one.pk != agreement.pk
        and partners & set(_partners(one))
        and set(agreement.stages) & set(one.stages)
        and common_places(agreement.places, one.places)
        and one.from_on < end
        and begin < (one.ended_on or one.until_on)
    ]


def _done(first: date, last: date) -> Q:
    """Completed within these days, and not before she was sent: what she had already is not theirs."""
    return Q(done_on__range=(first, last), done_on__gte=TruncDate("sent_at", tzinfo=ZONES["WIB"]))


def _is_counted(one: Obligation) -> bool:
    return one.ower == Ower.PARTNER and one.metric in (Metric.PEOPLE, *STAGE_OF)


def _by_referral(one: Obligation, under: Q, last: date) -> Q:
    """Who was sent and served, or completed the stage that she was sent for."""
    first, end = one.from_on, min(last, one.until_on - DAY)
    if one.metric == Metric.PEOPLE:
        return under & SERVED & Q(closed_at__gte=_begin(first), closed_at__lt=_begin(end + DAY))
    return under & TAKEN_ON & Q(stage=STAGE_OF[Metric(one.metric)]) & _done(first, end)


def _by_evidence(agreement: Agreement, one: Obligation, last: date) -> Q:
    """Of whom verified evidence names its mitra as the giver."""
    first, end = max(one.from_on, agreement.from_on), min(last, one.until_on - DAY)
    stages = agreement.stages if one.metric == Metric.PEOPLE else [STAGE_OF[Metric(one.metric)]]
    within = Q(stage__in=set(stages) & set(agreement.stages), happened_on__range=(first, end))
    return within & _somewhere(agreement) & Q(partner_id__in=_partners(agreement), state="verified")


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZONES["WIB"])
