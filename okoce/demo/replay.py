"""Replays the published history through the real import, and gives the demo its komunitas and its officers."""

import csv
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from okoce.community.groups.actions.groups import NewGroup, create_group, validate_group
from okoce.community.groups.states import GroupKind
from okoce.community.members.queries import has_real_members
from okoce.demo.association import make_association
from okoce.demo.figures import PublishedFigures, read_published
from okoce.demo.history import END_OF_2020, GROUPS_OF_2018, HEADER, History
from okoce.demo.komunitas import make_komunitas_officers
from okoce.demo.models import SyntheticData
from okoce.demo.officers import make_officers
from okoce.demo.organisation import make_organisation
from okoce.demo.places import Places
from okoce.demo.standstills import note_reasons
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tallies import fold_all
from okoce.stages.p1_registration.imports.engine import Options, import_members
from okoce.stages.p1_registration.imports.reading import open_table

Progress = Callable[[int, int], None]
YEARS = (2018, 2020)
GENERATED = "generated"
FLOWERS = (
    "Melati",
    "Mawar",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Teratai",
    "Dahlia",
    "Kamboja",
    "Seruni",
    "Bougenvil",
)


def synthetic_kinds() -> list[str]:
    """Which synthetic people stand here; empty in an installation of real people."""
    return list(SyntheticData.objects.order_by("kind").values_list("kind", flat=True))


def is_wanted(demo: str) -> bool:
    """True when the named history is not here yet, whole or as the beginning of a longer one, and nobody else is: a demo
    never joins real people nor a generated movement."""
    kinds = synthetic_kinds()
    is_mixed = any(kind not in map(str, YEARS) for kind in kinds)
    if is_mixed or any(kind >= demo for kind in kinds):
        return False
    return not has_real_members()


def note_synthetic(kind: str) -> None:
    """Remember that synthetic people were put in, so that every page says so."""
    SyntheticData.objects.get_or_create(kind=kind, defaults={"finished_on": today_wib()})


def load(year: int, progress: Progress) -> int:
    """Replay the history up to that year into an empty installation; returns how many people came in.

    An interrupted replay is completed by the next call, and a shorter history continued by a longer one: the import recognises
    whoever is there already.
    """
    if year not in YEARS:
        raise ValueError(f"no history for {year}")
    actor = Actor.system("demo")
    figures = read_published()
    history = History(figures, Places.load())
    journeys = history.journeys(year)
    names = _make_groups(actor, year, figures)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "riwayat.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(HEADER)
            writer.writerows(history.rows(journeys, names))
        taken = _import(actor, path, len(journeys), progress)
    note_reasons(actor, journeys, history.seed + 2)
    fold_all()
    with transaction.atomic():
        make_officers(actor)
        make_komunitas_officers(actor)
        make_organisation(actor)
        make_association(actor)
        note_synthetic(str(year))
    return taken


def _import(actor: Actor, path: Path, total: int, progress: Progress) -> int:
    with open_table(path, path.name) as table:
        counts = import_members(
            actor,
            table,
            Options(is_synthetic=True, folds_at_end=False),
            note=lambda so_far, result, _line: progress(so_far.rows + result.rows, total),
        )
    if counts.refused:
        raise RuntimeError(f"the replay's own rows were refused: {counts.refused}")
    return counts.taken


def _make_groups(actor: Actor, year: int, figures: PublishedFigures) -> list[str]:
    """The komunitas of the time: the published 156 of August 2020, fewer in 2018. Their names say that they are samples."""
    count = figures.value(END_OF_2020, "", "communities") if year >= END_OF_2020.year else GROUPS_OF_2018
    names = [
        f"Contoh {FLOWERS[number % len(FLOWERS)]} {number // len(FLOWERS) + 1}" for number in range(count)
    ]
    kinds = GroupKind.values
    for number, name in enumerate(names):
        _make_group(actor, number, name, kinds[number % len(kinds)])
    return names


def _make_group(actor: Actor, number: int, name: str, kind: str) -> None:
    from okoce.community.groups.queries import active_group_named

    if active_group_named(name) is None:
        group = create_group(
            actor, NewGroup(code=f"CONTOH-{number + 1:03d}", name=name, kind=kind, is_synthetic=True)
        )
        validate_group(actor, group, date(2018, 1, 2))
