"""How many people an officer may still take along today: by role, as a dated row says."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from okoce.dashboards.models import Export, ExportLimit
from okoce.dashboards.states import ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import ZONES, today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.web.numbers import count_text


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the widest role of an officer allows on one day, and what of it is used."""

    most: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def allowance_of(actor: Actor) -> Allowance:
    """The actor's own, today."""
    today = today_wib()
    return Allowance(_most(actor, today), _used(actor.user_id or 0, today))


def require_room(actor: Actor, people: int) -> None:
    """Refuse a file of more people than the actor may take along today."""
    allowance = allowance_of(actor)
    if people > allowance.left:
        told = {"most": count_text(allowance.most), "left": count_text(allowance.left)}
        raise Refused(
            _(
                "Peran Anda boleh mengunduh data %(most)s orang sehari, dan hari ini tersisa %(left)s. Persempit daftarnya, atau"
                " lanjutkan besok."
            )
            % told
        )


def one_at_a_time(actor: Actor) -> None:
    """Two files of one officer queue up here until the transaction ends, so that the day's last places are given once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dashboards.export_day'), %s)", [actor.user_id])


def _most(actor: Actor, day: date) -> int:
    roles = {grant.role for grant in actor.grants if grant.carries(Permission.MEMBERS_EXPORT)}
    rows = ExportLimit.objects.filter(role__in=roles, from_on__lte=day).order_by("role", "-from_on")
    newest = rows.distinct("role").values_list("people_a_day", flat=True)
    return max(newest, default=0)


def _used(user_id: int, day: date) -> int:
    """What was stopped or failed has left no file, and does not count."""
    since = datetime.combine(day, time(), ZONES["WIB"])
    taken = Export.objects.filter(
        author_user_id=user_id, started_at__gte=since, state__in=(ExportState.RUNNING, ExportState.DONE)
    )
    return taken.aggregate(people=Sum("counted"))["people"] or 0
