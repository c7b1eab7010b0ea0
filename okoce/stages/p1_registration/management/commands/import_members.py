"""`okoce import members FILE`."""

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.management.contacts import read_contact
from okoce.foundation.accounts.queries import actor_for_user, one_with_contact
from okoce.foundation.shared.errors import NotAllowed, NotFound, Refused
from okoce.stages.p1_registration.imports.chunks import ChunkResult
from okoce.stages.p1_registration.imports.engine import Counts, Options, import_members
from okoce.stages.p1_registration.imports.header_words import (
    read_meanings,
    sentence_for_the_command,
    unread_sentence,
)
from okoce.stages.p1_registration.imports.reading import Table, open_table
from okoce.stages.p1_registration.imports.refusals import kind_of_reason
from okoce.stages.p1_registration.imports.rejected import RejectsFile, WarningsFile

SOME_REFUSED = 3
SHOWN_REFUSALS = 10


class Command(BaseCommand):
    help = "mengimpor berkas anggota (CSV atau XLSX)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="periksa semuanya, tidak menyimpan apa pun"
        )
        parser.add_argument(
            "--rejects", metavar="OUT.csv", type=Path, help="tempat baris yang ditolak, untuk diperbaiki"
        )
        parser.add_argument(
            "--warnings", metavar="OUT.csv", type=Path, help="tempat peringatan tentang baris yang diterima"
        )
        parser.add_argument(
            "--column", dest="columns", metavar="JUDUL=KOLOM", action="append", default=[],
            help="arti kolom yang judulnya tidak dikenal, misalnya --column \"Sebutan=nama\"; tanpa arti: dilewati; boleh berulang",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="cetak hasilnya sebagai JSON")
        parser.add_argument("--as", dest="officer", metavar="PHONE_OR_EMAIL", help="petugas yang mengimpor")

    def handle(self, *_args: Any, **options: Any) -> None:
        started = time.monotonic()
        actor = _actor(options["officer"])
        path: Path = options["file"]
        if not path.is_file():
            raise Refused(_("Berkas “%(path)s” tidak ada. Periksa namanya.") % {"path": path})
        with ExitStack() as open_files:
            table = _opened(path, options["columns"], open_files)
            self._tell_unread(table)
            told = _Told(self, path, table, open_files)
            told.write_to(options["rejects"], options["warnings"])
            counts = import_members(actor, table, Options(dry_run=options["dry_run"]), note=told.note)
        told.bar.close()
        self._report(counts, told, time.monotonic() - started, options)
        if counts.refused:
            sys.exit(SOME_REFUSED)

    def _tell_unread(self, table: Table) -> None:
        if sentence := unread_sentence(table.columns):
            self.stderr.write(sentence)

    def _report(self, counts: Counts, told: "_Told", seconds: float, options: dict[str, Any]) -> None:
        facts = {
            "rows": counts.rows, "taken": counts.taken, "new": counts.new, "known": counts.known, "refused": counts.refused,
            "queued": counts.queued, "warned": counts.warned, "seconds": round(seconds, 2), "dry_run": options["dry_run"],
        }  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(facts | {"warnings": told.kinds()}))
            return
        self.stdout.write(
            _(
                "%(rows)s baris dibaca: %(taken)s diterima (%(new)s orang baru, %(known)s sudah dikenal), %(refused)s ditolak,"
                " %(queued)s untuk ditinjau; %(seconds)s detik."
            )
            % facts
        )
        if counts.warned:
            self.stdout.write(_("%(count)s baris diterima dengan peringatan:") % {"count": counts.warned})
        for kind in told.kinds():
            self.stdout.write(_("  %(rows)s kali, %(column)s: %(reason)s") % kind)
        if options["dry_run"]:
            self.stdout.write(_("Ini hanya percobaan: tidak ada yang disimpan."))


class _Told:
    """What the person at the terminal and the files of refusals and warnings get to see of each chunk."""

    def __init__(self, command: Command, path: Path, table: Table, open_files: ExitStack) -> None:
        self._command = command
        self._table = table
        self._open_files = open_files
        self._shown = 0
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._rejects: RejectsFile | None = None
        self._warnings: WarningsFile | None = None
        self.bar = tqdm(desc=path.name, unit=" baris", unit_scale=True, disable=None, file=sys.stderr)

    def write_to(self, rejects: Path | None, warnings: Path | None) -> None:
        if rejects:
            self._rejects = self._open_files.enter_context(RejectsFile(_writable(rejects), self._table))
        if warnings:
            self._warnings = self._open_files.enter_context(WarningsFile(_writable(warnings), self._table))

    def note(self, _counts: Counts, result: ChunkResult, _line: int) -> Callable[[], None]:
        files = [file for file in (self._rejects, self._warnings) if file]
        sizes = [file.size for file in files]
        if self._rejects:
            self._rejects.append(result.refused)
        else:
            self._show(result)
        if self._warnings:
            self._warnings.append(result.warnings)
        kinds = Counter(
            (one.column, kind_of_reason(one.reason)) for _row, warnings in result.warnings for one in warnings
        )
        self._kinds += kinds
        self.bar.update(result.rows)

        def take_back() -> None:
            for file, size in zip(files, sizes, strict=True):
                file.cut_back(size)
            self._kinds -= kinds
            self.bar.update(-result.rows)

        return take_back

    def kinds(self) -> list[dict[str, Any]]:
        """How often each kind of warning was, the most frequent first."""
        found = self._kinds.most_common()
        return [{"column": column, "reason": reason, "rows": rows} for (column, reason), rows in found]

    def _show(self, result: ChunkResult) -> None:
        for raw, errors in result.refused[: SHOWN_REFUSALS - self._shown]:
            self._shown += 1
            said = "; ".join(
                f"{error.column}: {error.reason} {error.suggestion}".strip(": ") for error in errors
            )
            self._command.stderr.write(_("Baris %(line)s, %(said)s") % {"line": raw.line, "said": said})


def _opened(path: Path, told: list[str], open_files: ExitStack) -> Table:
    """The table, read by what was told of its columns; refuses one that still cannot be read."""
    table = open_files.enter_context(open_table(path, is_to_be_whole=False))
    if told:
        mapped = read_meanings(told, table.headers)
        table = open_files.enter_context(open_table(path, mapped=mapped, is_to_be_whole=False))
    if not table.columns.is_whole:
        raise Refused(sentence_for_the_command(table.columns))
    return table


def _writable(path: Path) -> Path:
    if not path.parent.is_dir() or path.is_dir():
        raise Refused(_("Berkas “%(path)s” tidak bisa ditulis: foldernya tidak ada.") % {"path": path})
    return path


def _actor(contact: str | None) -> Actor:
    if contact is None:
        return Actor.system("import")
    user = one_with_contact(read_contact(contact))
    if user is None:
        raise NotFound(
            _("Tidak ada akun dengan HP atau surel %s. Buat dahulu dengan okoce user create.") % contact
        )
    actor = actor_for_user(user)
    if not actor.may(Permission.MEMBERS_IMPORT):
        raise NotAllowed(_("Peran %(contact)s tidak boleh mengimpor.") % {"contact": contact})
    return actor
