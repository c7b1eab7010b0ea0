"""A person's history, as her file tells it; and files of people in which she stands."""

from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Count, Max, Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.privacy.models import Look
from okoce.dashboards.models import Export
from okoce.dashboards.own.history import WITH_CHANGES, told
from okoce.dashboards.people.exporting import files_over
from okoce.dashboards.people.files import EXPORTS, KEPT_HOURS
from okoce.dashboards.people.narrowing import without_search
from okoce.dashboards.states import ExportState
from okoce.foundation.access.actor import account_of_label
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import trail_of
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told, tells
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import is_named_in, is_named_in_file
from okoce.foundation.shared.errors import Conflict

may_name("dashboards.Export", "reason")

not_told(
    "dashboards.Export",
    "files of many, kept a day; that an officer takes lists along is no look at one person",
)


@tells("history", "events.Event")
def _(person: Person) -> object:
    """What happened, when, and by whom of whom: herself, an officer, the system. Values as she reads them on her page."""
    return [
        {
            "at": line.at,
            "kind": line.kind,
            "sentence": told(line.kind, line.payload),
            "by": _whose(line.author, person),
            "changes": line.changes if line.kind in WITH_CHANGES else {},
        }
        for line in trail_of("members.member", person.member_ids)
    ]


@tells("account_history")
def _(person: Person) -> object:
    """What happened to her accounts."""
    return [
        {"at": line.at, "kind": line.kind, "sentence": line.sentence, "changes": line.changes}
        for line in trail_of("accounts.user", person.user_ids)
    ]


@tells("deeds_in_office")
def _(person: Person) -> object:
    """What she did as an officer, and whose pages she opened, by kind with the first and the last time: each deed stands in the
    history of whom it was done to, and is that person's."""
    if not RoleAssignment.objects.filter(user_id__in=person.user_ids).exists():
        return {}
    span = {"count": Count("pk"), "first": Min("happened_at"), "last": Max("happened_at")}
    deeds = Event.objects.filter(author_user_id__in=person.user_ids).values("kind")
    looks = Look.objects.filter(user_id__in=person.user_ids).values("page")
    seen = {"count": Count("pk"), "first": Min("at"), "last": Max("at")}
    return {
        "deeds": list(deeds.annotate(**span).order_by("kind")),
        "looks": list(looks.annotate(**seen).order_by("page")),
    }


def _whose(author: str, person: Person) -> str:
    if account_of_label(author) in {f"user:{user_id}" for user_id in person.user_ids}:
        return "self"
    return "officer" if author.startswith("user:") else "system"


@forgets("dashboards.Export")
def _(person: Person) -> None:
    """Files in which she stands go at once, and so does the name or number that somebody searched for. One that is being made
    may have read her already and not written her yet: until she is gone none begins, and one that has begun is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dashboards_export IN EXCLUSIVE MODE")
    if Export.objects.filter(state=ExportState.RUNNING).exists():
        raise Conflict(gettext("Unduhan dengan data orang ini sedang disusun. Coba lagi sebentar."))
    for export in Export.objects.filter(purged_at__isnull=True).order_by("id"):
        searched = QueryDict(export.query).get("q", "")
        if searched and is_named_in(person, searched.encode(), by_name=True):
            Export.objects.filter(pk=export.pk).update(query=without_search(export.query))
        if not is_named_in_file(person, EXPORTS.path_of(export.stored_as)):
            continue
        Export.objects.filter(pk=export.pk).update(purged_at=timezone.now())
        transaction.on_commit(partial(EXPORTS.forget, export.stored_as))


keeps(
    Rule(
        code="dashboards.exports",
        table="dashboards.Export",
        what=_lazy("Berkas daftar anggota yang diunduh petugas"),
        kept_for=lambda: timedelta(hours=KEPT_HOURS),
        is_dated=False,
        job="dashboards.purge_exports",
        over=files_over,
    )
)
