"""Asking for a file of people, stopping it, and fetching it. Each is told in the trail: personal data leaves the house."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.queries import members_among
from okoce.dashboards.events import ExportAsked, ExportFetched, ExportMade, ExportStopped
from okoce.dashboards.models import Export
from okoce.dashboards.people.files import EXPORTS
from okoce.dashboards.people.limits import require_room
from okoce.dashboards.people.marking import fresh_code
from okoce.dashboards.people.queries import export_for, file_of, reach_of
from okoce.dashboards.states import BUSY, EXPORT, ExportFormat, ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.shared.jobs import defer
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LOCK = "dashboards.export"  # held by the worker that makes it
MAKE_JOB = "dashboards.make_export"
# Waiting or running for one person; more would only stand in each other's way.
MOST_BUSY = 3
LONGEST_QUERY = 4_000
SHORTEST_REASON, LONGEST_REASON = 10, 300


@action(Permission.MEMBERS_EXPORT)
def ask_export(
    actor: Actor, query: str, form: str, narrowed: str, reason: str, chosen: Sequence[int] | None = None
) -> Export:
    """Have a list of people made into a file. `query` is the list's address; `narrowed` says it without a name or number;
    with `chosen` these people alone, as far as the actor reaches them. `reason` stands in the file and in the register.

    Asked twice while the first is being made is once. Refuses an unknown form, a reason too short to say anything, more than a
    few at a time or than the day's people of the role, and a choice of which the actor reaches nobody.
    """
    _require_askable(query, form)
    if actor.user_id is None:
        raise Refused(_("Unduhan diminta oleh akun seseorang."))  # its file is for nobody else
    why = _written(reason)
    ids = None if chosen is None else _reached(actor, chosen)
    busy = Export.objects.filter(author_user_id=actor.user_id, state__in=BUSY)
    same = busy.filter(query=query, format=form, chosen=ids).first()
    if same is not None:
        return same
    if busy.count() >= MOST_BUSY:
        raise Refused(
            _("Masih ada unduhan yang disusun. Tunggu sampai selesai, atau batalkan salah satunya.")
        )
    require_room(actor, len(ids) if ids else 1)  # of a whole list it is known when it is made
    export = Export.objects.create(
        code=fresh_code(),
        reason=why,
        author=actor.label,
        author_user_id=actor.user_id,
        query=query,
        chosen=ids,
        format=form,
        stored_as=EXPORTS.new_name(f".{form}"),
    )
    record(ExportAsked(export_id=export.pk, format=form, narrowed=narrowed), subject=export)
    defer(MAKE_JOB, export_id=export.pk)
    return export


@action(Permission.MEMBERS_EXPORT)
def cancel_export(actor: Actor, export_id: int) -> Export:
    """Stop after the rows that are being written, at once where no worker has it (any more); one that is over stays as it
    is."""
    export = _locked(actor, export_id)
    if export.state not in BUSY:
        return export
    is_asked_again = export.cancel_asked_at is not None
    export.cancel_asked_at = export.cancel_asked_at or timezone.now()
    with alone_with(LOCK, export.pk) as is_unattended:
        if is_unattended:
            export.state = EXPORT.move(export.state, ExportState.CANCELLED)
            export.finished_at = timezone.now()
            EXPORTS.forget(export.stored_as)
    export.save(update_fields=["cancel_asked_at", "state", "finished_at", "updated_at"])
    if not is_asked_again:
        record(ExportStopped(export_id=export.pk), subject=export)
    return export


@action(Permission.MEMBERS_EXPORT)
def finish_export(actor: Actor, export_id: int, people: int, *, is_cut: bool) -> None:
    """The file is whole; one that was stopped meanwhile stays stopped."""
    export = _locked(actor, export_id)
    if export.state != ExportState.RUNNING:
        return
    export.state = EXPORT.move(export.state, ExportState.DONE)
    export.done, export.is_cut, export.finished_at = people, is_cut, timezone.now()
    export.counted = people
    export.reach = reach_of(actor)
    export.save(update_fields=["state", "done", "counted", "is_cut", "reach", "finished_at", "updated_at"])
    record(ExportMade(export_id=export.pk, people=people), subject=export)


@action(Permission.MEMBERS_EXPORT)
def fetch_export(actor: Actor, export_id: int) -> Path:
    """The file for its maker; NotFound for anybody else, and where there is none."""
    path = file_of(actor, export_id)
    export = _locked(actor, export_id)
    export.fetches_count += 1
    export.fetched_last = timezone.now()
    export.save(update_fields=["fetches_count", "fetched_last", "updated_at"])
    record(ExportFetched(export_id=export.pk, people=export.done), subject=export)
    return path


def _require_askable(query: str, form: str) -> None:
    if form not in ExportFormat.values:
        raise Invalid([FieldError("berkas", _("Pilih CSV atau XLSX."))])
    if len(query) > LONGEST_QUERY:  # a shorter one would mean other people
        raise Refused(_("Saringan daftar ini terlalu panjang. Persempit lagi, lalu minta unduhannya."))


def _written(reason: str) -> str:
    cleaned = clean_text(reason, LONGEST_REASON)
    if isinstance(cleaned, Unreadable):
        raise Invalid([FieldError("alasan", f"{cleaned.reason} {cleaned.suggestion}".strip())])
    if len(cleaned) < SHORTEST_REASON:
        sentence = _("Tulis untuk apa berkasnya, misalnya “mengundang peserta pelatihan 3 Desember”.")
        raise Invalid([FieldError("alasan", sentence)])
    return cleaned


def _reached(actor: Actor, chosen: Sequence[int]) -> list[int]:
    """In the order of the list; who is out of reach is simply not there."""
    reached = {member.pk for member in members_among(actor, chosen, Permission.MEMBERS_EXPORT)}
    if not reached:
        raise Refused(_("Yang dicentang tidak ada dalam wilayah tugas Anda. Muat ulang daftarnya."))
    return [record_id for record_id in dict.fromkeys(chosen) if record_id in reached]


def _locked(actor: Actor, export_id: int) -> Export:
    seen = export_for(actor, export_id)
    return Export.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
