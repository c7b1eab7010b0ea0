"""What is told to whoever founded a komunitas, and to whoever is to serve one."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group, Officer
from okoce.community.groups.persons import founder_of
from okoce.foundation.notifications.kinds import OFFICER_APPOINTED, Kind
from okoce.foundation.notifications.outbox import NewMessage, send, send_many, was_told
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.days import day_in_words, today_wib

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
    )


def _occasion(group: Group) -> str:
    return f"{group.pk}.{group.updated_at.isoformat()}"
