"""What is told to whoever founded a komunitas, and to whoever is to serve one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from okoce.community.groups.models import Group, Nomination, Officer, Silence
from okoce.community.groups.persons import founder_of
from okoce.community.groups.queries import groups_in_sight, quiet_after
from okoce.community.groups.states import OfficerRole
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_user_id, officers_with
from okoce.foundation.notifications.kinds import (
    GROUP_QUIET,
    GROUP_QUIET_SOON,
    GROUPS_QUIET,
    NOMINATION_ANSWERED,
    OFFICER_APPOINTED,
    Kind,
)
from okoce.foundation.notifications.outbox import NewMessage, send, send_many, was_told
from okoce.foundation.notifications.recipients import To, choices_of
from okoce.foundation.shared.days import day_in_words, today_wib

MOST_NAMED = 10  # of those that went quiet on one day
# Who says whether somebody was written to, and of what.
Told = tuple[Callable[[Kind, Group], str], Kind]


def tell_founder(kind: Kind, group: Group) -> None:
    """Tell her what was decided just now; nobody is told where it is not known who she is."""
    founder = founder_of(group)
    if founder is not None:
        send(kind, To(user_id=founder.pk), occasion=_occasion(group), group=group.name)


def founder_note(kind: Kind, group: Group) -> str:
    """For the secretariat: whether she was written to of what was decided just now."""
    if was_told(kind, _occasion(group)):
        return _("Pendirinya dikirimi pesan.")
    return _("Pendirinya tidak bisa dikirimi pesan; hubungi sendiri.")


def tell_officers(kind: Kind, group: Group, reason: str) -> None:
    """Tell everybody who serves it today what was decided just now, and why. Before a komunitas ends: then nobody serves it."""
    today = today_wib()
    serving = Officer.objects.filter(group=group, from_on__lte=today).not_ended_by(today)
    accounts = dict.fromkeys(serving.order_by("id").values_list("user_id", flat=True))
    told = {"group": group.name, "reason": reason}
    send_many(kind, [NewMessage(To(user_id=user_id), _occasion(group), told) for user_id in accounts])


def officers_note(kind: Kind, group: Group) -> str:
    """For the secretariat: whether they were written to of what was decided just now."""
    if was_told(kind, _occasion(group)):
        return _("Pengurusnya dikirimi pesan.")
    return _("Tidak ada pengurus yang bisa dikirimi pesan; hubungi sendiri.")


def tell_officer(officer: Officer) -> None:
    """Tell whoever is appointed; once for each term."""
    since = day_in_words(officer.from_on)
    send(
        OFFICER_APPOINTED,
        To(user_id=officer.user_id),
        occasion=str(officer.pk),
        group=officer.group.name,
        since=since,
        office=officer.get_role_display(),
    )


def tell_chair_of_answer(answered: Nomination) -> None:
    """Tell whoever chairs the komunitas today that the secretariat has answered what its chair proposed."""
    chair = chairs_of([answered.group], today_wib()).get(answered.group_id)
    if chair is not None:
        told = answered.group.name
        send(NOMINATION_ANSWERED, To(user_id=chair), occasion=str(answered.pk), group=told)


def chairs_of(groups: Iterable[Group], day: date) -> dict[int, int]:
    """The account of whoever chairs each komunitas on a day; of one without a chair there is none."""
    rows = Officer.objects.filter(group__in=list(groups), role=OfficerRole.CHAIR, from_on__lte=day)
    return dict(rows.not_ended_by(day).order_by("id").values_list("group_id", "user_id"))


def warn_of_quiet(nearly: Sequence[Silence], chairs: Mapping[int, int], day: date) -> int:
    """Tell the chair of each that it is nearly quiet."""
    limit = str(quiet_after(day))
    return send_many(
        GROUP_QUIET_SOON,
        [
            NewMessage(
                To(user_id=chairs[one.group_id]),
                _spell(one),
                {"group": one.group.name, "days": str((day - one.since_on).days), "limit": limit},
            )
            for one in nearly
        ],
    )


def tell_of_quiet(quiet: Sequence[Silence], chairs: Mapping[int, int], day: date) -> int:
    """Tell the chair of each that it is quiet now, and whoever decides about them of all that are, in one message."""
    if not quiet:
        return 0
    return send_many(GROUP_QUIET, _to_chairs(quiet, chairs, day)) + send_many(
        GROUPS_QUIET, _to_deciders(quiet, day)
    )


def _to_chairs(quiet: Sequence[Silence], chairs: Mapping[int, int], day: date) -> Iterator[NewMessage]:
    led = [(To(user_id=chairs[one.group_id]), one) for one in quiet if one.group_id in chairs]
    choices = choices_of([to for to, _one in led])
    for to, one in led:
        with translation.override(choices[to].language):
            since = day_in_words(one.since_on)
        said = {"group": one.group.name, "days": str((day - one.since_on).days), "since": since}
        yield NewMessage(to, _spell(one), said)


def _to_deciders(quiet: Sequence[Silence], day: date) -> Iterator[NewMessage]:
    """Those that each of them decides about."""
    for user_id in officers_with(Permission.GROUPS_MANAGE):
        actor = actor_for_user_id(user_id)
        seen = groups_in_sight(actor, Permission.GROUPS_MANAGE) if actor is not None else set()
        hers = [one for one in quiet if one.group_id in seen]
        if not hers:
            continue
        to = To(user_id=user_id)
        with translation.override(choices_of([to])[to].language):
            names = ", ".join(one.group.name for one in hers[:MOST_NAMED])
            if len(hers) > MOST_NAMED:
                names = _("%(names)s, dan %(more)s lagi") % {"names": names, "more": len(hers) - MOST_NAMED}
        yield NewMessage(to, f"{day.isoformat()}:{hers[0].pk}", {"count": str(len(hers)), "groups": names})


def _spell(one: Silence) -> str:
    return f"{one.group_id}:{one.since_on.isoformat()}"


def _occasion(group: Group) -> str:
    return f"{group.pk}.{group.updated_at.isoformat()}"
