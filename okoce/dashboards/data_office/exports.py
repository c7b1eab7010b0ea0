"""Every file of people that left the house, for whoever answers for the law: who, what, why, how many, fetched when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.dashboards.models import Export
from okoce.dashboards.people.marking import codes_in
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import author_roles, user_names
from okoce.foundation.events.queries import HistoryLine, trail_of
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound

PER_PAGE = 50
READ = Permission.PRIVACY_READ


@dataclass(frozen=True, slots=True)
class Taken:
    """One file, with the name and the role of whoever had it made."""

    export: Export
    author: str
    role: str


def files_taken(actor: Actor, before: int | None = None) -> tuple[list[Taken], int | None]:
    """All of them, the newest first, and behind which the next page begins."""
    rows = Export.objects.visible_to(actor, READ).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return _with_authors(page), page[-1].pk if len(found) > PER_PAGE else None


def file_taken(actor: Actor, export_id: int) -> Taken:
    """One of them."""
    export = Export.objects.visible_to(actor, READ).filter(pk=export_id).first()
    if export is None:
        raise NotFound(_("Unduhan itu tidak ada."))
    return _with_authors([export])[0]


def trail_of_file(actor: Actor, export: Export) -> list[HistoryLine]:
    """What happened with a file, each fetching with its instant; of one that the actor reads."""
    return trail_of("dashboards.export", [file_taken(actor, export.pk).export.pk])


def file_behind(actor: Actor, found: str) -> Export:
    """The file from which a line comes that was found somewhere, by the code in it. Refuses a text without a code, and a code
    that no file has."""
    codes = codes_in(found)
    if not codes:
        sentence = _(
            "Di sini tidak ada kode unduhan yang utuh. Tempel seluruh barisnya, atau ketik kodenya, misalnya UN-…."
        )
        raise Invalid([FieldError("line", sentence)])
    export = Export.objects.visible_to(actor, READ).filter(code__in=codes).first()
    if export is None:
        sentence = _("Kode ini tidak berasal dari sini: tidak ada unduhan dengan kode itu.")
        raise Invalid([FieldError("line", sentence)])
    return export


def _with_authors(exports: list[Export]) -> list[Taken]:
    names = user_names(export.author_user_id for export in exports)
    roles = author_roles(export.author for export in exports)
    return [
        Taken(export, names.get(export.author_user_id, export.author), roles[export.author])
        for export in exports
    ]
