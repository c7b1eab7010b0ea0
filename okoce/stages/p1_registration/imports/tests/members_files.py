"""Imports in tests: rows as dictionaries in, counts and refusals out; and what the records looked like."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from okoce.foundation.access.actor import Actor
from okoce.pipeline.tallies import counts as tally
from okoce.stages.p1_registration.imports.chunks import ChunkResult
from okoce.stages.p1_registration.imports.engine import Counts, Options, import_members
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.rejects import RejectsWriter

SYSTEM = Actor.system("test import")
SENEN = {"provinsi": "DKI Jakarta", "kabupaten": "Jakarta Pusat", "kecamatan": "Senen"}
COBLONG = {"provinsi": "Jawa Barat", "kabupaten": "Kota Bandung", "kecamatan": "Coblong"}
SITI = {"nama": "Siti Aminah", "telepon": "0812-3456-7890", "tanggal_daftar": "01-02-2018", **SENEN}
NIK = "3171044107900001"
OTHER_NIK = "3171044107900002"
RECORDS = (
    "members_member", "members_business", "members_residence", "members_consent", "members_duplicatecandidate",
    "groups_membership", "pipeline_evidence", "pipeline_stagerecord", "pipeline_jobstatement", "pipeline_standing",
    "events_event", "events_subjectkey",
)  # fmt: skip


@dataclass
class Imported:
    """What an import answered, and the rejects file as text."""

    counts: Counts
    refusals: list[tuple[int, str, str]]  # line, columns, everything said
    rejects: str

    def only_refusal(self) -> tuple[int, str, str]:
        assert len(self.refusals) == 1, self.refusals
        return self.refusals[0]


def file_of(*rows: Mapping[str, str]) -> io.BytesIO:
    """A CSV of these rows; its columns are those that any row names."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def imported(file: io.BytesIO, actor: Actor = SYSTEM, **options: Any) -> Imported:
    """Import an open file; a chunk is small unless told otherwise, so that borders of chunks are met."""
    table = open_table(file, "anggota.csv")
    stream = io.StringIO(newline="")
    rejects = RejectsWriter(stream, table.columns)
    refusals: list[tuple[int, str, str]] = []

    def note(_so_far: Counts, result: ChunkResult, _line: int) -> None:
        for raw, errors in result.refused:
            rejects.write(raw, errors)
            said = " ".join(f"{error.reason} {error.suggestion}" for error in errors)
            refusals.append((raw.line, ",".join(error.column for error in errors), said))

    counts = import_members(actor, table, Options(**{"chunk_rows": 3, **options}), note=note)
    return Imported(counts, refusals, stream.getvalue())


def import_rows(*rows: Mapping[str, str], actor: Actor = SYSTEM, **options: Any) -> Imported:
    return imported(file_of(*rows), actor, **options)


def snapshot(tables: tuple[str, ...] = RECORDS) -> dict[str, str]:
    """A fingerprint of every row of each table."""
    fingerprints = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t"
            )
            fingerprints[table] = cursor.fetchone()[0]
    return fingerprints


def completed(node: str = "", day: date = date(2026, 1, 1)) -> list[int]:
    """How many completed P1 … P7 there, as every page counts them."""
    counted = tally(node, day)
    return [counted.stages[stage].people for stage in range(1, 8)]
