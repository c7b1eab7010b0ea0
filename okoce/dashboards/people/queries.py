"""Files of people as their makers see them: their own, and nobody else's."""

from pathlib import Path

from django.http import QueryDict
from django.utils.translation import gettext as _

from okoce.dashboards.models import Export
from okoce.dashboards.people.files import path_of
from okoce.dashboards.people.narrowing import filter_words
from okoce.dashboards.states import ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.web.numbers import count_text

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
    """The finished file of one's own export; NotFound while there is none, and after a day."""
    export = export_for(actor, export_id)
    path = path_of(export.stored_as) if export.stored_as else None
    if export.state != ExportState.DONE or export.purged_at is not None or path is None or not path.is_file():
        raise NotFound(
            _("Berkasnya belum siap, atau sudah dihapus (disimpan 24 jam). Minta lagi dari daftar.")
        )
    return path


def narrowed(export: Export) -> str:
    """Whom a file is about, without a name or number. Public: asked about one's own."""
    if export.chosen is None:
        return filter_words(QueryDict(export.query))
    return _("%s orang yang dicentang") % count_text(len(export.chosen))


def _own(actor: Actor) -> ScopedQuerySet[Export]:
    if actor.user_id is None or not actor.may(Permission.MEMBERS_EXPORT):
        return Export.objects.none()
    return Export.objects.filter(author_user_id=actor.user_id)
