"""Telling that a term of office runs out: its holder, and whoever may appoint the next one; once for each notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation

from okoce.community.association.holders import holder_names
from okoce.community.association.models import Tenure
from okoce.community.association.queries.branches import branch_names, term_value
from okoce.community.association.queries.tenures import offices_of
from okoce.community.association.rules import stands_above
from okoce.community.association.states import NOTICES
from okoce.community.association.terms import position_name
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_user_id, officers_with
from okoce.foundation.notifications.kinds import TENURE_ENDING
from okoce.foundation.notifications.outbox import NewMessage, send_many
from okoce.foundation.notifications.recipients import To, choices_of
from okoce.foundation.shared.days import day_in_words, today_wib

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Ending:
    """A term that runs out, and the notice whose day has come."""

    tenure: Tenure
    last: date
    left: int
    notice: int
    is_followed: bool

    @property
    def occasion(self) -> str:
        return f"{self.tenure.pk}:{self.tenure.until_on}:{self.notice}"


def tell_of_tenures() -> int:
    """Tell of every term that has come within a notice; answers how many messages."""
    endings = _endings(today_wib())
    if not endings:
        return 0
    told = [(_holder(one), one) for one in endings]
    told += [(to, one) for to, one in _appointers(endings)]
    return send_many(TENURE_ENDING, _messages(told))


def _endings(today: date) -> list[_Ending]:
    """Each under the shortest notice that it is within: who was away for weeks is not told of the longer ones too."""
    notices = sorted(term_value(code, today) for code in NOTICES)
    running = Tenure.objects.valid_on(today).exclude(member__is_synthetic=True)
    rows = running.filter(until_on__lte=today + timedelta(days=notices[-1]) + A_DAY).select_related("branch")
    found = list(rows.order_by("until_on", "id"))
    followed = _followed(found)
    endings = []
    for one in found:
        last = (one.until_on or date.max) - A_DAY
        left = (last - today).days
        notice = next((days for days in notices if left <= days), None)
        if notice is not None:
            endings.append(_Ending(one, last, left, notice, one.pk in followed))
    return endings


def _followed(rows: list[Tenure]) -> set[int]:
    """Those of offices for one at a time for which a successor has been appointed already."""
    single = [one for one in rows if one.is_single]
    coming = Tenure.objects.real().filter(branch_id__in={one.branch_id for one in single})
    known = set(coming.values_list("branch_id", "position", "from_on"))
    return {
        one.pk
        for one in single
        if any(
            (branch_id, position) == (one.branch_id, one.position) and from_on >= (one.until_on or date.max)
            for branch_id, position, from_on in known
        )
    }


def _holder(one: _Ending) -> To:
    """A member as a member, account or none: there stands whether she agreed to be written to, and what she chose."""
    tenure = one.tenure
    return To(user_id=tenure.user_id) if tenure.member_id is None else To(member_id=tenure.member_id)


def _appointers(endings: list[_Ending]) -> Iterator[tuple[To, _Ending]]:
    """Whoever stands above the branch, of what nobody follows on; nobody is told of her own term as well."""
    for user_id in officers_with(Permission.ASSOCIATION_MANAGE):
        actor = actor_for_user_id(user_id)
        for one in endings:
            is_hers = one.tenure.user_id == user_id
            if (
                actor
                and not one.is_followed
                and not is_hers
                and stands_above(actor, one.tenure.branch.region)
            ):
                yield To(user_id=user_id), one


def _messages(told: list[tuple[To, _Ending]]) -> Iterator[NewMessage]:
    tenures = [one.tenure for _to, one in told]
    names, offices, choices = (
        holder_names(tenures),
        offices_of(tenures),
        choices_of([to for to, _one in told]),
    )
    for to, one in told:
        with translation.override(choices[to].language):
            said = {
                "who": names[one.tenure.pk],
                "position": position_name(offices[one.tenure.pk]),
                "branch": branch_names([one.tenure.branch])[one.tenure.branch_id],
                "days": str(one.left),
                "last": day_in_words(one.last),
            }
        yield NewMessage(to, one.occasion, said)
