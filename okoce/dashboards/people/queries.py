"""Files of people as their makers see them: their own, and nobody else's."""

from pathlib import Path

from django.utils.translation import gettext as _

from okoce.dashboards.models import Export
from okoce.dashboards.people.files import EXPORTS
from okoce.dashboards.states import ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.foundation.shared.models import ScopedQuerySet

MOST_LISTED = 20


def exports_of(actor: Actor) -> list[Export]:
    """The actor's own exports, newest first."""
    return list(_own(actor).order_by("-id")[:MOST_LISTED])


def export_for(actor: Actor, export_id: int) -> Export:
    """One's own export; NotFound for anybody else's."""
    found = _own(actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound(_("Unduhan itu tidak ada, atau bukan milik Anda."))
    return found


def file_of(actor: Actor, export_id: int) -> Path:
    """The finished file of one's own export; NotFound while there is none, and after a day;
    NotAllowed where the actor's rights have become narrower since."""
    export = export_for(actor, export_id)
    path = EXPORTS.path_of(export.stored_as) if export.stored_as else None
    if export.state != ExportState.DONE or export.purged_at is not None or path is None or not path.is_file():
        raise NotFound(
            _("Berkasnya belum siap, atau sudah dihapus (disimpan 24 jam). Minta lagi dari daftar.")
        )
    if not _still_reaches(actor, export):
        raise NotAllowed(
            _("Wilayah tugas Anda berubah sejak berkas ini disusun. Minta lagi dari daftar anggota.")
        )
    return path


def reach_of(actor: Actor) -> str:
    """The scopes within which the actor may take people along, a line each. Public: it names nobody."""
    return "\n".join(sorted(map(repr, actor.scopes_with(Permission.MEMBERS_EXPORT))))


def _still_reaches(actor: Actor, export: Export) -> bool:
    """Whether every scope of then is one of now: a file of a place is not for whoever works elsewhere by today."""
    if any(scope.everywhere for scope in actor.scopes_with(Permission.MEMBERS_EXPORT)):
        return True
    return bool(export.reach) and set(export.reach.split("\n")) <= set(reach_of(actor).split("\n"))


def _own(actor: Actor) -> ScopedQuerySet[Export]:
    if actor.user_id is None or not actor.may(Permission.MEMBERS_READ_EXPORTS):
        return Export.objects.none()
    return Export.objects.filter(author_user_id=actor.user_id)
