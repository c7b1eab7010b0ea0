"""Uploading a members file, checking it, importing it, stopping it."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.shared.jobs import defer
from okoce.stages.p1_registration.events import (
    ImportAsked,
    ImportColumnsChosen,
    ImportStopped,
    ImportUploaded,
)
from okoce.stages.p1_registration.imports.files import CSV
from okoce.stages.p1_registration.imports.header_words import sentence_to_choose
from okoce.stages.p1_registration.imports.headers import ColumnMap, column_keys, is_our_own
from okoce.stages.p1_registration.imports.queries import import_for, proposed_for
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.spellings import COLUMNS
from okoce.stages.p1_registration.imports.storage import UPLOADS, store
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import BUSY, IMPORT, ImportState

CHECK_JOB = "registration.check_import"
RUN_JOB = "registration.run_import"
LONGEST_NAME = 200


@action(Permission.MEMBERS_IMPORT)
def upload_members_file(actor: Actor, chunks: Iterable[bytes], file_name: str) -> Import:
    """Keep an uploaded file that has a header; refuses, and keeps nothing of, a file that cannot be used.

    Where the header does not tell what every row needs, what the officer chose for the same words before is taken up, and what
    is still missing waits for her.
    """
    stored = store(chunks, file_name)
    try:
        with open_table(UPLOADS.path_of(stored.name), file_name, is_to_be_whole=False) as table:
            mapping = proposed_for(actor, table.columns)
            columns = table.columns.chosen(mapping) if mapping else table.columns
            # a rough denominator for the progress bar; a workbook has no lines to count
            total = max(stored.lines - columns.row, 0) if table.format == CSV else None
    except Exception:
        UPLOADS.forget(stored.name)
        raise
    uploaded = Import.objects.create(
        author=actor.label,
        author_user_id=actor.user_id,
        file_name=file_name[:LONGEST_NAME],
        stored_as=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        mapping=mapping,
        state=ImportState.UPLOADED if columns.is_whole else ImportState.UNCLEAR,
        total=total,
    )
    record(ImportUploaded(import_id=uploaded.pk), subject=uploaded)
    return uploaded


@action(Permission.MEMBERS_IMPORT)
def choose_columns(actor: Actor, import_id: int, chosen: Mapping[int, str]) -> Import:
    """Say by its place what a column of an uploaded file means ("": it is not to be read); the others keep their meaning.

    What a dry run has counted is forgotten, since it was another reading. Refuses an import that has begun, a meaning that there
    is not or that two columns have, and a file that would lack what every row needs.
    """
    found = _locked(actor, import_id)
    if found.state != ImportState.UPLOADED:
        found.state = IMPORT.move(found.state, ImportState.UPLOADED)
    columns = _columns_of(found)
    mapping = _mapping(columns, chosen)
    if left := sentence_to_choose(columns.chosen(mapping)):
        raise Refused(left)
    if mapping != found.mapping:
        found.mapping = mapping
        found.rows = found.new = found.known = found.refused = found.queued = found.warned = 0
        found.refused_kinds, found.warned_kinds = {}, {}
        found.save()
        record(ImportColumnsChosen(import_id=found.pk), subject=found)
    return found


def _columns_of(work: Import) -> ColumnMap:
    """What the header of the kept file says, by what was chosen so far."""
    path = UPLOADS.path_of(work.stored_as)
    if work.purged_at is not None or not path.is_file():
        raise NotFound(_("Berkasnya sudah dihapus. Kirim lagi berkasnya."))
    with open_table(
        path, work.file_name, mapped=work.mapping or None, is_to_be_whole=False, is_known=True
    ) as table:
        return table.columns


def _mapping(columns: ColumnMap, chosen: Mapping[int, str]) -> dict[str, str]:
    """What every column with a header means from now on, by its key."""
    if set(chosen.values()) - {"", *COLUMNS}:
        raise Refused(_("Pilihan ini tidak ada. Pilih salah satu arti dari daftarnya."))
    stands = {position: column for column, position in columns.positions.items()}
    keys = enumerate(zip(column_keys(columns.headers), columns.headers, strict=True))
    return {
        key: chosen.get(position, stands.get(position, ""))
        for position, (key, header) in keys
        if header and not is_our_own(header)
    }


@action(Permission.MEMBERS_IMPORT)
def check_import(actor: Actor, import_id: int) -> Import:
    """Try the whole file without keeping anything. Asked twice is once."""
    return _ask(actor, import_id, ImportState.CHECKING, CHECK_JOB)


@action(Permission.MEMBERS_IMPORT)
def start_import(actor: Actor, import_id: int) -> Import:
    """Import the file for good. Asked twice is once."""
    return _ask(actor, import_id, ImportState.RUNNING, RUN_JOB)


@action(Permission.MEMBERS_IMPORT)
def cancel_import(actor: Actor, import_id: int) -> Import:
    """Stop after the chunk that is being written; what stands, stands. A finished import stays finished."""
    found = _locked(actor, import_id)
    if found.state in {ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED}:
        return found
    found.cancel_asked_at = timezone.now()
    if found.state not in BUSY:
        found.state = IMPORT.move(found.state, ImportState.CANCELLED)
        found.finished_at = found.cancel_asked_at
    found.save(update_fields=["cancel_asked_at", "state", "finished_at", "updated_at"])
    record(ImportStopped(import_id=found.pk), subject=found)
    return found


def _ask(actor: Actor, import_id: int, state: ImportState, job: str) -> Import:
    found = _locked(actor, import_id)
    if found.state == state:
        return found
    if found.purged_at is not None:
        raise NotFound(_("Berkasnya sudah dihapus. Kirim lagi berkasnya."))
    if found.state == ImportState.UNCLEAR:
        raise Refused(sentence_to_choose(_columns_of(found)))
    found.state = IMPORT.move(found.state, state)
    found.started_at, found.cancel_asked_at, found.error = timezone.now(), None, ""
    found.save(update_fields=["state", "started_at", "cancel_asked_at", "error", "updated_at"])
    record(ImportAsked(import_id=found.pk, state=state.value), subject=found)
    defer(job, import_id=found.pk)
    return found


def _locked(actor: Actor, import_id: int) -> Import:
    seen = import_for(actor, import_id, Permission.MEMBERS_IMPORT)
    return Import.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
