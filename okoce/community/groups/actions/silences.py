"""What the calendar does to komunitas of which nothing is noted: noting since when, and telling whoever should know, once a spell."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q

from okoce.community.groups.models import Silence
from okoce.community.groups.queries import quiet_after, quiet_warning_after
from okoce.community.groups.states import GroupState
from okoce.community.groups.telling import chairs_of, tell_of_quiet, warn_of_quiet
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib


@action(Permission.GROUPS_MANAGE)
def note_silences(actor: Actor, since: Mapping[int, date]) -> int:
    """Note since which day nothing was noted of each komunitas; answers of how many that has changed. A spell of quiet ends where
    fewer days have passed than for the warning, or for being called quiet: the next one is told anew."""
    known = dict(Silence.objects.values_list("group_id", "since_on"))
    changed = [
        Silence(group_id=pk, since_on=day) for pk, day in sorted(since.items()) if known.get(pk) != day
    ]
    Silence.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["group"], update_fields=["since_on"], batch_size=1_000
    )
    today = today_wib()
    warned_before = today - timedelta(days=quiet_warning_after(today))
    Silence.objects.filter(since_on__gt=warned_before, warned_on__isnull=False).update(warned_on=None)
    quiet_before = today - timedelta(days=quiet_after(today))
    Silence.objects.filter(since_on__gte=quiet_before, told_on__isnull=False).update(told_on=None)
    return len(changed)


@action(Permission.GROUPS_MANAGE)
def tell_of_silences(actor: Actor) -> int:
    """Warn the chair of a komunitas that is nearly quiet; of one that is, tell the chair and whoever decides about it. Once a spell:
    what was told is marked with it. One without a chair is warned of as soon as it has one. By what the last look found: whoever
    calls this has just looked. Answers how many messages."""
    today = today_wib()
    quiet_before = today - timedelta(days=quiet_after(today))
    warned_before = today - timedelta(days=quiet_warning_after(today))
    waiting = Silence.objects.filter(
        Q(since_on__lt=quiet_before) | Q(since_on__lte=warned_before, warned_on__isnull=True),
        told_on__isnull=True,
        group__state=GroupState.ACTIVE,
        group__is_synthetic=False,
    )
    found = list(waiting.select_for_update(of=("self",)).select_related("group").order_by("since_on", "pk"))
    quiet = [one for one in found if one.since_on < quiet_before]
    chairs = chairs_of([one.group for one in found], today)
    nearly = [one for one in found if one.since_on >= quiet_before and one.group_id in chairs]
    sent = warn_of_quiet(nearly, chairs, today) + tell_of_quiet(quiet, chairs, today)
    Silence.objects.filter(pk__in=[one.pk for one in nearly]).update(warned_on=today)
    Silence.objects.filter(pk__in=[one.pk for one in quiet]).update(told_on=today)
    return sent
