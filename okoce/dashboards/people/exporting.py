"""Making a file of people in the background, a few thousand rows at a time: with progress, stoppable, with the rights of now."""

from dataclasses import replace
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.dashboards.models import Export
from okoce.dashboards.people.actions import LOCK, finish_export
from okoce.dashboards.people.files import EXPORTS, KEPT_HOURS, MOST_XLSX, Writer, written
from okoce.dashboards.people.limits import allowance_of, one_at_a_time, require_room
from okoce.dashboards.people.marking import HEADS as MARK_HEADS
from okoce.dashboards.people.marking import Mark, mark_of
from okoce.dashboards.people.narrowing import read_narrowing, without_search
from okoce.dashboards.people.sheet import EXAMPLE_HEAD, HEADS, rows_for
from okoce.dashboards.states import BUSY, ExportFormat, ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_user_id
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.errors import DomainError, NotAllowed, Refused
from okoce.pipeline.queries.people import ids_that_match

log = structlog.get_logger(__name__)
AT_ONCE = 2_000
MOST_CSV = 10_000_000


def make(export_id: int) -> None:
    """Make the file that was asked for; started again after a kill it begins anew."""
    with alone_with(LOCK, export_id) as is_alone:
        export = Export.objects.filter(pk=export_id, state__in=BUSY).first() if is_alone else None
        if export is None:
            return  # cancelled, finished, gone, or in another worker's hands
        export.started_at = timezone.now()
        Export.objects.filter(pk=export_id).update(
            state=ExportState.RUNNING, started_at=export.started_at, done=0, counted=0
        )
        try:
            _make(export)
        except DomainError as refusal:
            _end(export, ExportState.FAILED, refusal.sentence)


def _make(export: Export) -> None:
    actor = _actor_of(export)
    most = MOST_XLSX if export.format == ExportFormat.XLSX else MOST_CSV
    ids = _ids(actor, export, min(most, allowance_of(actor).left) + 1)
    _hold(actor, export, min(len(ids), most))
    mark = mark_of(export)
    with written(export.stored_as, mark) as writer:
        writer.write([str(head) for head in (*HEADS, *MARK_HEADS, EXAMPLE_HEAD)])
        people, was_stopped = _write(actor, export, writer, mark, ids[:most])
    if was_stopped:
        _end(export, ExportState.CANCELLED)
    else:
        finish_export(actor, export.pk, people, is_cut=len(ids) > most)
        log.info("export made", export_id=export.pk, people=people)


def _hold(actor: Actor, export: Export, people: int) -> None:
    """Hold so many people against the officer's day before the first row is written."""
    with transaction.atomic():
        one_at_a_time(actor)
        require_room(actor, people)
        Export.objects.filter(pk=export.pk).update(counted=people)


def _write(actor: Actor, export: Export, writer: Writer, mark: Mark, ids: list[int]) -> tuple[int, bool]:
    """How many people were written, and whether it was stopped before all were."""
    people = 0
    for start in range(0, len(ids), AT_ONCE):
        if Export.objects.filter(pk=export.pk, cancel_asked_at__isnull=False).exists():
            return people, True
        for row, example in rows_for(actor, ids[start : start + AT_ONCE]):
            writer.write([*row, *mark.columns(is_first=people == 0), example])
            people += 1
        Export.objects.filter(pk=export.pk).update(done=people)
    return people, False


def _ids(actor: Actor, export: Export, most: int) -> list[int]:
    if export.chosen is not None:
        return export.chosen
    asked = read_narrowing(actor, QueryDict(export.query))
    if asked.wanted is None:
        raise Refused(_("Saringan daftar ini tidak bisa dipakai lagi. Buka daftarnya dan minta lagi."))
    return ids_that_match(actor, replace(asked.wanted, cursor=""), most)


def _actor_of(export: Export) -> Actor:
    """The officer who asked, with the grants of now: who has lost the right in the meantime gets no file."""
    actor = actor_for_user_id(export.author_user_id)
    if actor is None or not actor.may(Permission.MEMBERS_EXPORT):
        raise NotAllowed(_("Petugas yang meminta unduhan ini tidak lagi berhak mengunduh."))
    return actor


def _end(export: Export, state: ExportState, error: str = "") -> None:
    EXPORTS.forget(export.stored_as)
    Export.objects.filter(pk=export.pk, state__in=BUSY).update(
        state=state, error=error, finished_at=timezone.now()
    )  # fmt: skip


def files_over() -> QuerySet[Export]:
    """Exports older than a day whose files are still there."""
    limit = timezone.now() - timedelta(hours=KEPT_HOURS)
    return Export.objects.filter(created_at__lt=limit, purged_at__isnull=True).exclude(state__in=BUSY)


def purge_old_files() -> int:
    """Delete files older than a day, with the name or number that was searched for; who asked for how many stays. What was
    begun a day ago and has no worker is given up. Answers how many files went."""
    limit = timezone.now() - timedelta(hours=KEPT_HOURS)
    for stuck in Export.objects.filter(created_at__lt=limit, state__in=BUSY).order_by("id"):
        with alone_with(LOCK, stuck.pk) as is_unattended:
            if is_unattended:
                _end(
                    stuck, ExportState.FAILED, _("Berkas ini tidak selesai disusun. Minta lagi dari daftar.")
                )
    purged = 0
    for export in files_over().order_by("id"):
        EXPORTS.forget(export.stored_as)
        Export.objects.filter(pk=export.pk).update(
            purged_at=timezone.now(), query=without_search(export.query)
        )
        purged += 1
    for export in Export.objects.filter(purged_at__gte=limit):
        EXPORTS.forget(
            export.stored_as
        )  # a worker that was killed right after somebody was erased may have left it
    return purged
