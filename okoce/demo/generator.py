"""A made-up movement of any size: people by COPY, block by block, counted by the same triggers as everybody else."""

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from random import Random

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.demo.generated_people import JAKARTA, JAKARTA_FACTOR, People, Weighted, weighted_districts
from okoce.demo.generated_rows import AUTHOR, COLUMNS, Rows
from okoce.demo.places import Places
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.trail import record_many
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.rules import all_rules
from okoce.pipeline.tallies import NATION, fold_all

BLOCK = 25_000
# Eight digits follow 0890.
MOST_PHONES = 10**8
MEMBERS_PER_GROUP = 2000
MOST_GROUPS = 500

# More would wait for each other: Python draws some fifteen thousand people a second, however many cores there are.
LOADERS = min(4, os.cpu_count() or 1)

Progress = Callable[[int], None]
Source = Callable[[int], People]


def generate(count: int, progress: Progress = lambda _done: None, seed: int | None = None) -> int:
    """Add so many made-up members with their histories; answers how many groups there are to join.

    Refuses a number that cannot be: none, or more than there are made-up telephone numbers left.
    """
    with _alone():
        first = _first_free_phone()
        _require_possible(count, first)
        chance = Random(seed if seed is not None else secrets.randbits(64))
        places = Places.load()
        groups = _groups(count, places, chance)
        districts, last, salt = weighted_districts(places), today_wib(), chance.getrandbits(64)
        _load_blocks(lambda start: People(districts, groups, last, salt + start), count, first, progress)
        fold_all()
    if not connection.in_atomic_block:
        _tidy()
    return len(groups[NATION].things)


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would take the same telephone numbers."""
    with alone_with("demo.generate", 0) as is_alone:
        if not is_alone:
            raise Refused(
                _("`okoce demo generate` lain sedang berjalan pada basis data ini; tunggu sampai selesai.")
            )
        yield


def _first_free_phone() -> int:
    """The number after the highest that is taken in the range of made-up telephones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(phone) FROM members_member WHERE phone >= '+62890' AND phone < '+62891' AND phone ~ '^[+]62890[0-9]{8}$'"
        )
        (highest,) = cursor.fetchone()
    return int(highest[6:]) + 1 if highest else 0


def _require_possible(count: int, first: int) -> None:
    left = MOST_PHONES - first
    if count < 1:
        raise Refused(_("Jumlah anggota harus bilangan bulat dari 1; misalnya --members 10000."))
    if count > left:
        raise Refused(
            _(
                "Tidak bisa membuat %(count)s anggota: nomor telepon contoh (0890) yang belum terpakai tinggal %(left)s."
            )
            % {"count": count, "left": left}
        )


def _groups(count: int, places: Places, chance: Random) -> dict[str, Weighted]:
    """Komunitas to join, by province and for the nation: as many as there should be, a few of them large."""
    wanted = max(1, min(MOST_GROUPS, count // MEMBERS_PER_GROUP))
    provinces = places.provinces()
    weights = [places.population(code) * (JAKARTA_FACTOR if code == JAKARTA else 1.0) for code in provinces]
    homes = chance.choices(provinces, weights, k=wanted)
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        for number, home in enumerate(homes, start=1):
            cursor.execute(
                "INSERT INTO groups_group (created_at, updated_at, code, name, name_key, kind, region, state, validated_on,"
                " is_synthetic) VALUES (%s, %s, %s, %s, %s, 'regional', %s, 'active', %s, true) ON CONFLICT DO NOTHING",
                [now, now, f"CONTOH-{number:03d}", f"Komunitas Contoh {number:03d}", f"komunitas contoh {number:03d}", home,
                 today_wib()],
            )  # fmt: skip
        cursor.execute(
            "SELECT id, region FROM groups_group WHERE code LIKE 'CONTOH-%%' AND state = 'active' ORDER BY code LIMIT %s",
            [wanted],
        )
        rows = cursor.fetchall()
    return _weighted_groups(rows)


def _weighted_groups(rows: list[tuple[int, str]]) -> dict[str, Weighted]:
    size = {group_id: 1 / place**0.7 for place, (group_id, _home) in enumerate(rows, start=1)}
    found = {NATION: Weighted(list(size), list(size.values()))}
    for province in {home for _id, home in rows}:
        near = [group_id for group_id, home in rows if home == province]
        found[province] = Weighted(near, [size[group_id] for group_id in near])
    return found


def _load_blocks(source: Source, count: int, first: int, progress: Progress) -> None:
    """One transaction a block, several blocks at once: the database works on one while the next is drawn."""
    blocks = [(start, min(BLOCK, count - start)) for start in range(0, count, BLOCK)]
    if len(blocks) == 1 or connection.in_atomic_block:
        for start, size in blocks:
            _load_block(source, start, size, first)
            progress(size)
        return
    with ThreadPoolExecutor(LOADERS) as pool:
        waiting = {pool.submit(_load_apart, source, start, size, first): size for start, size in blocks}
        try:
            for done in as_completed(waiting):
                done.result()
                progress(waiting[done])
        finally:
            pool.shutdown(cancel_futures=True)


def _load_apart(source: Source, start: int, size: int, first: int) -> None:
    try:
        _load_block(source, start, size, first)
    finally:
        connection.close()  # this thread's own


def _load_block(source: Source, start: int, size: int, first: int) -> None:
    """Persons first, stage records last: the triggers find nothing to state until then, and each person is stated once."""
    rows = Rows(timezone.now().isoformat(), all_rules(), lambda many: _free_ids("pipeline_evidence", many))
    rows.add(source(start).draw(size), _free_ids("members_member", size), first + start)
    with (
        transaction.atomic(),
        opened_by(Actor.system(AUTHOR.removeprefix("system:"))),
        connection.cursor() as cursor,
    ):
        # many at once into the index of names, instead of page by page
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
        for table, columns in COLUMNS.items():
            if table == "pipeline_stagerecord":
                record_many("members.member", rows.events)
            _copy(table, columns, rows.lines[table])


def _free_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: str, lines: list[str]) -> None:
    if lines:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write("\n".join([*lines, ""]).encode())


def _tidy() -> None:
    """Visibility and statistics as they would be after years, instead of after one load."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
