"""Who has stood how long before which stage: counts by stage and span of days, each with the list of people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import Meaning, Place, meanings, place_of, require_sight
from okoce.dashboards.people_behind import reason_label
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.numbers import count_text, percent_text
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline import tallies
from okoce.pipeline.states import UNKNOWN_REASON, Stage

# The ages of the list, in the order of the spans that are counted.
AGES = ("0-30", "31-90", "91-180", "180-")


@dataclass(frozen=True, slots=True)
class WaitingTable:
    """The summary of one place as the page draws it."""

    place: Place
    group_id: int | None
    waiting: tallies.Waiting
    total: int
    long: int  # of them longer than the last span but one
    meaning: Meaning
    columns: list[Column]
    rows: list[list[CellValue]]


def waiting_table(actor: Actor, asked: Asked) -> WaitingTable:
    """Counts of a place whose numbers the actor may see exactly; NotFound elsewhere."""
    group_id = asked.group_id
    place = place_of(asked.scope, group_id)
    require_sight(actor, place, group_id)
    today = today_wib()
    waiting = tallies.waiting_times(place.node, today)
    reasons = tallies.counts(place.node, today).reasons
    rows = [
        _row(stage, waiting.stages[stage], reasons[stage + 1], _place_query(place, group_id))
        for stage in waiting.stages
    ]
    every = list(waiting.stages.values())
    return WaitingTable(
        place=place,
        group_id=group_id,
        waiting=waiting,
        total=sum(map(sum, every)),
        long=sum(spans[-1] for spans in every),
        meaning=meanings(today)["waiting"],
        columns=_columns(),
        rows=rows,
    )


def _columns() -> list[Column]:
    return [
        Column(_("Menunggu")),
        Column(_("≤ 30 hari"), is_number=True),
        Column(_("31–90"), is_number=True),
        Column(_("91–180"), is_number=True),
        Column(_("> 180 hari"), is_number=True),
        Column(_("Semua"), is_number=True),
        Column(_("% > 180"), is_number=True),
        Column(_("Alasan terbanyak yang diketahui")),
    ]


def _place_query(place: Place, group_id: int | None) -> dict[str, str]:
    return {"komunitas": str(group_id)} if group_id is not None else {"wilayah": place.code}


def _row(
    stage: int, spans: Sequence[int], reasons: Mapping[str, int], place: dict[str, str]
) -> list[CellValue]:
    total = sum(spans)
    behind = {**place, "tahap": str(stage), "urut": "lama"}
    cells: list[CellValue] = [
        _linked(people, {**behind, "umur": age}) for people, age in zip(spans, AGES, strict=True)
    ]
    known = [code for code in reasons if code != UNKNOWN_REASON]
    most = max(known, key=lambda code: (reasons[code], code), default="")
    why = Cell(reason_label(most), _address({**behind, "macet": most})) if most else "–"
    head = _("%(before)s sesudah %(after)s") % {"before": Stage(stage + 1).code, "after": Stage(stage).code}
    share = percent_text(spans[-1] / total if total else None)
    return [head, *cells, _linked(total, behind), share, why]


def _linked(people: int, query: dict[str, str]) -> CellValue:
    return Cell(count_text(people), _address(query)) if people else people


def _address(query: dict[str, str]) -> str:
    return f"{reverse('member_list')}?{urlencode({name: value for name, value in query.items() if value})}"
