"""Imports as their authors see them. A national right sees all of them: the secretariat's to carry them on, the auditor's to read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.shared.unreadable import shown
from okoce.stages.p1_registration.imports.header_words import (
    nearest_column,
    passed_over_sentence,
    sentence_to_choose,
    unread_sentence,
)
from okoce.stages.p1_registration.imports.headers import (
    NEEDED,
    ColumnMap,
    column_keys,
    column_meant,
    is_our_own,
    is_passed_over,
    meant_at_most,
)
from okoce.stages.p1_registration.imports.held import held_by
from okoce.stages.p1_registration.imports.reading import Cell, RawRow, open_table
from okoce.stages.p1_registration.imports.rejects import cell_text
from okoce.stages.p1_registration.imports.said import NOTHING_SAID, SaidRows, read_said
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import OPEN

SAMPLES = 3
LOOKED_AT = 50  # rows, for values to show
MOST_LISTED = 50
MOST_COMPARED = 40  # unknown headers
MOST_REMEMBERED = 20  # imports


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of an uploaded file: its header, what it is read as ("" = passed over), its first values."""

    position: int
    header: str
    target: str
    samples: tuple[str, ...]
    is_named: bool  # so that a meaning can be chosen for it
    is_chosen: bool = False  # by a person, where the header says something else or nothing
    is_passed_over: bool = False  # by a person, though the header says what it means
    near: str = ""  # the column whose spelling the header comes close to
    likely: str = ""  # what it most likely holds, where the file waits for somebody to say so


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The columns of an uploaded file; `unread` says which of them nobody reads, and why, `to_choose` what is still to be chosen
    before it can be imported; "" where there is none."""

    previews: list[ColumnPreview]
    unread: str = ""
    to_choose: str = ""


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
        return FileColumns([])
    with open_table(
        path, found.file_name, mapped=found.mapping or None, is_to_be_whole=False, is_known=True
    ) as table:
        columns, first = table.columns, list(islice(table.rows(), LOOKED_AT))
    to_choose = sentence_to_choose(columns)
    previews = list(_previews(columns, found.mapping, first))
    return FileColumns(
        _with_likely(previews, columns, first) if to_choose else previews, _unread(columns, found), to_choose
    )


def _unread(columns: ColumnMap, found: Import) -> str:
    may_choose = found.state in OPEN
    said = [
        unread_sentence(columns, may_choose=may_choose),
        passed_over_sentence(columns, found.mapping, may_choose=may_choose),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _previews(
    columns: ColumnMap, mapping: Mapping[str, str], first: Sequence[RawRow]
) -> Iterator[ColumnPreview]:
    targets = {position: column for column, position in columns.positions.items()}
    keys = column_keys(columns.headers)
    for position, (header, key) in enumerate(zip(columns.headers, keys, strict=True)):
        target = targets.get(position, "")
        near = nearest_column(header) if header in columns.unknown[:MOST_COMPARED] else ""
        yield ColumnPreview(
            position=position,
            header=header or "–",
            target=target,
            samples=_samples(first, position),
            is_named=bool(header) and not is_our_own(header),
            is_chosen=bool(target) and mapping.get(key) == target != meant_at_most(header),
            is_passed_over=is_passed_over(key, header, mapping),
            near="" if near in columns.found else near,
        )


def _with_likely(
    previews: Sequence[ColumnPreview], columns: ColumnMap, first: Sequence[RawRow]
) -> list[ColumnPreview]:
    """The same, with what each column that nobody reads most likely holds: what its header comes close to, else what is needed and
    what its values can be. Each meaning once, and none that another column has; whoever saves it says so."""
    taken = set(columns.found)
    wanted = [column for column in NEEDED if not columns.has(column)]
    shown_ones = []
    for one in previews:
        is_open = not one.target and one.is_named and not one.is_passed_over
        likely = one.near or held_by(_filled(first, one.position), wanted) if is_open else ""
        if likely in taken:
            likely = ""
        if likely:
            taken.add(likely)
        shown_ones.append(replace(one, likely=likely))
    return shown_ones


def _filled(first: Sequence[RawRow], position: int) -> list[Cell]:
    cells = (row.cells[position] for row in first if position < len(row.cells))
    return [cell for cell in cells if cell_text(cell).strip()]


def _samples(first: Sequence[RawRow], position: int) -> tuple[str, ...]:
    """The first values that the column has; three rows alone may have none."""
    texts = (cell_text(row.cells[position]).strip() for row in first if position < len(row.cells))
    different = dict.fromkeys(shown(text) for text in texts if text)
    return tuple(islice(different, SAMPLES))


def proposed_for(actor: Actor, columns: ColumnMap) -> dict[str, str]:
    """What the officer chose for the same headers in her last files, where it differs from what they say by themselves; nothing
    where the file can be read without and could not be read by it.

    That a column was not to be read was said of that file alone: here the same column may be the only one. It is proposed only
    between the same headers of one meaning.
    """
    if actor.user_id is None:
        return {}
    own = Import.objects.filter(author_user_id=actor.user_id).order_by("-id")
    remembered = list(own.values_list("mapping", flat=True)[:MOST_REMEMBERED])
    chosen: dict[str, str] = {}
    for mapping in remembered:
        chosen = mapping | chosen
    by_itself = {header: column for column, header in columns.found.items()}
    proposed = {
        key: chosen[key]
        for key, header in zip(column_keys(columns.headers), columns.headers, strict=True)
        if chosen.get(key) and chosen[key] != (column_meant(header) or by_itself.get(header, ""))
    }
    proposed |= _between_headers_alike(columns, proposed, remembered)
    return {} if columns.is_whole and not columns.chosen(proposed).is_whole else proposed


def _between_headers_alike(
    columns: ColumnMap, proposed: Mapping[str, str], remembered: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Of headers that mean the same, what she chose between these very ones when they last stood in one file."""
    alike = defaultdict(list)
    for key, header in zip(column_keys(columns.headers), columns.headers, strict=True):
        meaning = proposed.get(key) or column_meant(header)
        if meaning:
            alike[meaning].append(key)
    settled: dict[str, str] = {}
    for meaning, keys in alike.items():
        last = next((mapping for mapping in remembered if mapping.keys() >= set(keys)), {})
        if len(keys) > 1 and [last[key] for key in keys if last.get(key)] == [meaning]:
            settled |= {key: last[key] for key in keys}
    return settled


def refused_rows(actor: Actor, import_id: int, after: int = 0) -> SaidRows:
    """What became of an import's refused rows, a page of them from that byte of their file on; nothing where the file is gone."""
    found = import_for(actor, import_id)
    path = UPLOADS.path_of(found.rejects_as) if found.rejects_as else None
    if not found.refused or path is None or not path.is_file():
        return NOTHING_SAID
    return read_said(path, found.refused_kinds, after)


def warned_rows(actor: Actor, import_id: int, after: int = 0) -> SaidRows:
    """What is worth a look in rows that were taken, likewise."""
    found = import_for(actor, import_id)
    path = UPLOADS.path_of(found.warnings_as) if found.warnings_as else None
    if not found.warned or path is None or not path.is_file():
        return NOTHING_SAID
    return read_said(path, found.warned_kinds, after)


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
