"""Imports as their authors see them. A national right sees all of them: the secretariat's to carry them on, the auditor's to read."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.stages.p1_registration.imports.formulas import unguard
from okoce.stages.p1_registration.imports.headers import is_our_own, unread_sentence
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.refusals import kind_of_reason
from okoce.stages.p1_registration.imports.rejects import cell_text
from okoce.stages.p1_registration.imports.spellings import REJECT_COLUMNS, WARNING_COLUMNS
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import Import

SAMPLES = 3
MOST_LISTED = 50
SHOWN_REFUSED = 20
SHOWN_REASONS = 10
MOST_COUNTED = 5_000


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of an uploaded file: its header, what it is read as ("" = passed over), its first values."""

    position: int
    header: str
    target: str
    samples: tuple[str, ...]
    is_named: bool  # so that a meaning can be chosen for it


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The columns of an uploaded file; `unread` says which of them nobody reads, "" where there is none."""

    previews: list[ColumnPreview]
    unread: str


def imports_in(actor: Actor) -> list[Import]:
    """The actor's own imports and those within a national right, newest first."""
    return list(_seen_by(actor).order_by("-id")[:MOST_LISTED])


def import_for(
    actor: Actor, import_id: int, permission: Permission = Permission.MEMBERS_READ_IMPORTS
) -> Import:
    """One import; NotFound for somebody else's."""
    found = _seen_by(actor, permission).filter(pk=import_id).first()
    if found is None:
        raise NotFound(_("Impor itu tidak ada, atau bukan milik Anda."))
    return found


def may_carry_on(actor: Actor, work: Import) -> bool:
    """Whether the actor may do something with an import that she sees: another than read it."""
    return _seen_by(actor, Permission.MEMBERS_IMPORT).filter(pk=work.pk).exists()


def _seen_by(
    actor: Actor, permission: Permission = Permission.MEMBERS_READ_IMPORTS
) -> ScopedQuerySet[Import]:
    if not actor.may(permission):
        return Import.objects.none()
    everybodys = Import.objects.visible_to(actor, permission).values("pk")
    own = Q(author_user_id=actor.user_id) if actor.user_id is not None else Q()
    return Import.objects.filter(Q(pk__in=everybodys) | own)


def columns_of(actor: Actor, import_id: int) -> FileColumns:
    """How the columns of an uploaded file are understood, with the first values of each; none once it was thrown away."""
    found = import_for(actor, import_id)
    path = UPLOADS.path_of(found.stored_as)
    if found.purged_at is not None or not path.is_file():
        return FileColumns([], "")
    with open_table(path, found.file_name, mapped=found.mapping or None) as table:
        columns, first = table.columns, list(islice(table.rows(), SAMPLES))
    targets = {position: column for column, position in columns.positions.items()}
    previews = [
        ColumnPreview(
            position=position,
            header=header or "–",
            target=targets.get(position, ""),
            samples=tuple(cell_text(row.cells[position])[:40] for row in first if position < len(row.cells)),
            is_named=bool(header) and not is_our_own(header),
        )
        for position, header in enumerate(columns.headers)
    ]
    return FileColumns(previews, unread_sentence(columns))


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What is said of one row as its reader meets it: where it stands in the file, what is odd or wrong there, what to do."""

    line: str
    column: str
    reason: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class SaidRows:
    """The first of them, and how many there are of each kind among those that were looked at."""

    first: list[SaidRow]
    reasons: list[tuple[str, int]]  # the most frequent first
    looked_at: int


def refused_rows(actor: Actor, import_id: int) -> SaidRows:
    """What became of an import's refused rows; nothing where the file of them is gone. A file of a million is not counted
    through while somebody waits for the page."""
    found = import_for(actor, import_id)
    path = UPLOADS.path_of(found.rejects_as) if found.rejects_as else None
    if not found.refused or path is None or not path.is_file():
        return SaidRows([], [], 0)
    with open_table(path, mapped=found.mapping or None) as table:
        end = len(table.headers)
        return _said(
            SaidRow(*(cell_text(cell) for cell in raw.cells[end - len(REJECT_COLUMNS) : end]))
            for raw in table.rows()
        )


def warned_rows(actor: Actor, import_id: int) -> SaidRows:
    """What is worth a look in rows that were taken; nothing where the file of it is gone."""
    found = import_for(actor, import_id)
    path = UPLOADS.path_of(found.warnings_as) if found.warnings_as else None
    if not found.warned or path is None or not path.is_file():
        return SaidRows([], [], 0)
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = file.readline().removeprefix(WARNING_COLUMNS[0])[:1]
        rows = csv.reader(file, delimiter=delimiter)
        return _said(SaidRow(*map(unguard, cells)) for cells in rows if len(cells) == len(WARNING_COLUMNS))


def _said(rows: Iterable[SaidRow]) -> SaidRows:
    first: list[SaidRow] = []
    reasons: Counter[str] = Counter()
    for row in islice(rows, MOST_COUNTED):
        reasons[kind_of_reason(row.reason)] += 1
        if len(first) < SHOWN_REFUSED:
            first.append(row)
    return SaidRows(first, reasons.most_common(SHOWN_REASONS), reasons.total())


def rejects_path(actor: Actor, import_id: int) -> Path:
    """The file of refused rows; NotFound when there is none (any more)."""
    return _kept(
        import_for(actor, import_id).rejects_as,
        _("Tidak ada baris yang ditolak, atau berkasnya sudah dihapus (disimpan 30 hari)."),
    )


def warnings_path(actor: Actor, import_id: int) -> Path:
    """The file of warnings; NotFound when there is none (any more)."""
    return _kept(
        import_for(actor, import_id).warnings_as,
        _("Tidak ada peringatan, atau berkasnya sudah dihapus (disimpan 30 hari)."),
    )


def _kept(name: str, otherwise: str) -> Path:
    path = UPLOADS.path_of(name) if name else None
    if path is None or not path.is_file():
        raise NotFound(otherwise)
    return path
