"""Working an import off in the background: with progress, stoppable between chunks, and going on where a killed worker left."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import structlog
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_user_id
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.errors import DomainError, NotAllowed
from okoce.foundation.shared.jobs import will_run
from okoce.stages.p1_registration.imports.actions import CHECK_JOB, RUN_JOB
from okoce.stages.p1_registration.imports.chunks import ChunkResult
from okoce.stages.p1_registration.imports.engine import Counts, Options, import_members
from okoce.stages.p1_registration.imports.reading import Table, open_table
from okoce.stages.p1_registration.imports.rejected import RejectsFile, WarningsFile
from okoce.stages.p1_registration.imports.said import MOST_KINDS, count_kinds, frequent
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import BUSY, ImportState

log = structlog.get_logger(__name__)
LOCK = "registration.import"  # held by whoever works it off
COUNTED = ("rows", "new", "known", "refused", "queued", "warned")


def check(import_id: int) -> bool:
    """The dry run: everything is tried, nothing is kept but the counts and the refused rows. Answers as `run` does."""
    return _work_off(import_id, ImportState.CHECKING, ImportState.CHECKED)


def run(import_id: int) -> bool:
    """The import itself; started again after a kill it goes on behind the last chunk that was kept. Answers whether that is all:
    not where somebody else is at it, who may yet die over it."""
    return _work_off(import_id, ImportState.RUNNING, ImportState.DONE)


def _work_off(import_id: int, expected: ImportState, finished: ImportState) -> bool:
    with alone_with(LOCK, import_id) as is_alone:  # two would write one rejects file
        if is_alone:
            _work_off_alone(import_id, expected, finished)
            return True
    log.warning("import is being worked off by another worker", import_id=import_id)
    return not Import.objects.filter(pk=import_id, state=expected).exists()


def end_stalled() -> int:
    """Let each import fail that is not over, that nobody is at, and that no job will try again: begun again it goes on behind the
    last chunk that was kept. Answers how many."""
    ended = 0
    for work in Import.objects.filter(state__in=BUSY).order_by("pk"):
        job = CHECK_JOB if work.state == ImportState.CHECKING else RUN_JOB
        with alone_with(LOCK, work.pk) as is_alone:
            if not is_alone or will_run(job, import_id=work.pk):
                continue
            state = ImportState.FAILED if work.cancel_asked_at is None else ImportState.CANCELLED
            _finish(work.pk, ImportState(work.state), state, error="" if work.cancel_asked_at else _gave_up())
            ended += 1
    return ended


def _gave_up() -> str:
    return _(
        "Impor ini sudah beberapa kali dicoba dan tetap terhenti karena gangguan pada sistem. Yang sudah diterima tersimpan; tekan"
        " “Impor sekarang” untuk melanjutkan, tidak ada yang digandakan."
    )


def _work_off_alone(import_id: int, expected: ImportState, finished: ImportState) -> None:
    work = Import.objects.filter(pk=import_id, state=expected).first()
    if work is None:
        return  # cancelled, finished by another worker, or gone
    if work.cancel_asked_at is not None:
        _finish(import_id, expected, ImportState.CANCELLED)
        return
    try:
        counts = _import(work, dry_run=expected is ImportState.CHECKING)
    except DomainError as refusal:
        _finish(import_id, expected, ImportState.FAILED, error=refusal.sentence)
        return
    was_stopped = _is_stop_asked(import_id)
    kept = {name: getattr(counts, name) for name in COUNTED} if expected is ImportState.CHECKING else {}
    _finish(import_id, expected, ImportState.CANCELLED if was_stopped else finished, **kept)


def _finish(import_id: int, expected: ImportState, state: ImportState, **values: Any) -> None:
    Import.objects.filter(pk=import_id, state=expected).update(
        state=state, finished_at=timezone.now(), **values
    )
    log.info("import worked off", import_id=import_id, state=state.value)


def _import(work: Import, *, dry_run: bool) -> Counts:
    actor = _actor_of(work)
    resumes = not dry_run and work.last_line > 0
    if not resumes:
        _begin_anew(work.pk)
    with ExitStack() as open_files:
        table = open_files.enter_context(
            open_table(UPLOADS.path_of(work.stored_as), work.file_name, mapped=work.mapping or None)
        )
        said = _Said.about(work, table, open_files, resumes=resumes)

        def note(_so_far: Counts, result: ChunkResult, line: int) -> Callable[[], None]:
            take_back = said.taker_back()
            try:
                said.append(result)
                if not dry_run:  # its row would stay locked, and "stop" could not be written
                    _note_progress(work.pk, result, line, said)
            except BaseException:
                take_back()
                raise
            return take_back

        counts = import_members(
            actor,
            table,
            Options(
                dry_run=dry_run, is_synthetic=work.is_synthetic, skip_to_line=work.last_line if resumes else 0
            ),
            note=note,
            go_on=lambda _counts: not _is_stop_asked(work.pk),
        )
        if dry_run:
            Import.objects.filter(pk=work.pk).update(**said.kinds())
        return counts


def _begin_anew(import_id: int) -> None:
    Import.objects.filter(pk=import_id).update(
        **dict.fromkeys(COUNTED, 0),
        last_line=0,
        rejects_size=0,
        warnings_size=0,
        refused_kinds={},
        warned_kinds={},
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The files that tell of an import's rows: they grow with every chunk, and are cut back with one that was taken back."""

    rejects: RejectsFile
    warnings: WarningsFile
    refused_kinds: Counter[str]
    warned_kinds: Counter[str]

    @classmethod
    def about(cls, work: Import, table: Table, open_files: ExitStack, *, resumes: bool) -> "_Said":
        """`resumes`: they go on behind what was committed."""
        rejects_size, warnings_size = (work.rejects_size, work.warnings_size) if resumes else (0, 0)
        rejects = RejectsFile(UPLOADS.path_of(_rejects_name(work)), table, size=rejects_size)
        open_files.enter_context(rejects)
        warnings = WarningsFile(UPLOADS.path_of(_warnings_name(work)), table, size=warnings_size)
        open_files.enter_context(warnings)
        known = (work.refused_kinds, work.warned_kinds) if resumes else ({}, {})
        return cls(rejects, warnings, *map(Counter, known))

    def append(self, result: ChunkResult) -> None:
        self.rejects.append(result.refused)
        self.warnings.append(result.warnings)
        self.refused_kinds.update(
            count_kinds([error.reason for error in errors] for _row, errors in result.refused)
        )
        self.warned_kinds.update(
            count_kinds([one.reason for one in warnings] for _row, warnings in result.warnings)
        )

    def kinds(self) -> dict[str, dict[str, int]]:
        """How many rows there are of each kind, as it is kept."""
        return {
            "refused_kinds": dict(frequent(self.refused_kinds, MOST_KINDS)),
            "warned_kinds": dict(frequent(self.warned_kinds, MOST_KINDS)),
        }

    def taker_back(self) -> Callable[[], None]:
        """Called, it forgets whatever was appended since now."""
        rejects_size, warnings_size = self.rejects.size, self.warnings.size
        refused_kinds, warned_kinds = dict(self.refused_kinds), dict(self.warned_kinds)

        def take_back() -> None:
            self.rejects.cut_back(rejects_size)
            self.warnings.cut_back(warnings_size)
            for kinds, before in ((self.refused_kinds, refused_kinds), (self.warned_kinds, warned_kinds)):
                kinds.clear()
                kinds.update(before)

        return take_back


def _note_progress(import_id: int, result: ChunkResult, line: int, said: "_Said") -> None:
    """In the transaction of the chunk, so that counts, rows and rejects never part."""
    Import.objects.filter(pk=import_id).update(
        rows=F("rows") + result.rows,
        new=F("new") + result.new,
        known=F("known") + result.known,
        refused=F("refused") + len(result.refused),
        queued=F("queued") + result.queued,
        warned=F("warned") + result.warned,
        last_line=line,
        rejects_size=said.rejects.size,
        warnings_size=said.warnings.size,
        **said.kinds(),
    )


def _rejects_name(work: Import) -> str:
    name = work.rejects_as or f"{work.stored_as}.ditolak.csv"
    if not work.rejects_as:
        Import.objects.filter(pk=work.pk).update(rejects_as=name)
    return name


def _warnings_name(work: Import) -> str:
    name = work.warnings_as or f"{work.stored_as}.peringatan.csv"
    if not work.warnings_as:
        Import.objects.filter(pk=work.pk).update(warnings_as=name)
    return name


def _is_stop_asked(import_id: int) -> bool:
    return Import.objects.filter(pk=import_id, cancel_asked_at__isnull=False).exists()


def _actor_of(work: Import) -> Actor:
    """The officer who asked, with the grants of now: who has lost the right in the meantime imports nothing."""
    actor = actor_for_user_id(work.author_user_id) if work.author_user_id is not None else None
    if actor is None or not actor.may(Permission.MEMBERS_IMPORT):
        raise NotAllowed(_("Petugas yang meminta impor ini tidak lagi berhak mengimpor."))
    return actor
