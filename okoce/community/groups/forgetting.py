"""What time does to applications for a komunitas: those that nobody completes end, and of those that came to nothing, or whose
komunitas was closed, name and number go. That somebody applied, when, and what became of it stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from okoce.community.groups.actions.groups import refuse_group
from okoce.community.groups.events import FounderForgotten
from okoce.community.groups.models import Application, Group, GroupQuerySet
from okoce.community.groups.persons import NO_PHONE, NOBODY
from okoce.community.groups.states import GroupState
from okoce.community.organisations.addressees import forget_addressees
from okoce.community.organisations.limits import (
    contacts_kept_for,
    ended_contacts_kept_for,
    unfinished_for,
    unfinished_reason,
)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.models import ScopedQuerySet

RETENTION = Actor.system("retention")


def unfinished() -> GroupQuerySet:
    """Applications whose founder was asked, and did not answer within the term of today."""
    asked = Group.objects.filter(state=GroupState.ASKED, application__isnull=False)
    return asked.filter(state_on__lt=today_wib() - unfinished_for())


def contacts_over() -> ScopedQuerySet[Application]:
    """Applications that were refused or ended longer ago than the term of today, and still name their founder."""
    return _named_in(GroupState.REFUSED, contacts_kept_for())


def ended_contacts_over() -> ScopedQuerySet[Application]:
    """The same of komunitas that were closed longer ago than the term of today."""
    return _named_in(GroupState.CLOSED, ended_contacts_kept_for())


def _named_in(state: GroupState, kept_for: timedelta) -> ScopedQuerySet[Application]:
    ended = Application.objects.filter(group__state=state, group__state_on__lt=today_wib() - kept_for)
    return ended.exclude(founder_phone=NO_PHONE)


def end_unfinished() -> int:
    """Let each of them end, with the reason; its founder is told, and its name is free. Answers how many."""
    ended = 0
    for group_id in list(unfinished().order_by("id").values_list("pk", flat=True)):
        with transaction.atomic():  # whoever answers meanwhile is waited for
            rows = unfinished().select_for_update(of=("self",), no_key=True)
            group = rows.filter(pk=group_id).first()
            if group is not None:
                refuse_group(RETENTION, group, unfinished_reason())
                ended += 1
    return ended


def forget_contacts() -> int:
    """Let name and number go, and the account that was opened to write to her, if she never used it. Answers how many."""
    with transaction.atomic(), opened_by(RETENTION):
        over = (contacts_over() | ended_contacts_over()).select_related("group").order_by("id")
        found = list(over.select_for_update(of=("self",), no_key=True))
        Application.objects.filter(pk__in=[one.pk for one in found]).update(
            **NOBODY, updated_at=timezone.now()
        )
        forget_addressees({one.founder_phone for one in found})
        for one in found:
            record(FounderForgotten(group_id=one.group_id, name=one.group.name), subject=one.group)
    return len(found)
