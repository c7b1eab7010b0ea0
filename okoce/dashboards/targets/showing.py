"""Targets as a reader sees them: only those of scopes whose exact numbers are hers to see, each with what it is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names, groups_in_sight
from okoce.dashboards.funnel import PUBLIC_CODE_LENGTH, Meaning, meanings
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text, percent_text
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline.models import Target
from okoce.pipeline.queries.targets import Attainment, Forecast, attainments, targets_among
from okoce.pipeline.states import EACH_GROUP, Metric

_RIGHT = Permission.PIPELINE_READ_FUNNEL
# Whose definition a metric is measured by, where it has none of its own.
_MEANING_OF = {
    Metric.MEMBERS: "p1",
    Metric.P2_TRAINED: "p2",
    Metric.P3_MENTORED: "p3",
    Metric.P4_LICENSED: "p4",
    Metric.P5_SELLING: "p5",
    Metric.P6_REPORTING: "p6",
    Metric.P7_FINANCED: "p7",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Some targets as a table, with the definition of everything that stands in it."""

    columns: tuple[Column, ...]
    rows: list[list[CellValue]]
    meanings: list[tuple[str, Meaning]]


def shown_targets(actor: Actor, nodes: Sequence[str] | None = None) -> Shown:
    """The standing targets of some scopes, or of all, that the reader may see."""
    targets = seen_by(actor, targets_among(nodes))
    names = _names_of(targets)
    may_withdraw = actor.may(Permission.PIPELINE_MANAGE_TARGETS)
    rows = [_row(one, names[one.target.node], may_withdraw) for one in attainments(targets)]
    return Shown(_columns(may_withdraw), rows, _meanings(targets))


def seen_by(actor: Actor, targets: Sequence[Target]) -> list[Target]:
    """Down to kabupaten/kota, and of each komunitas together, everybody's; smaller scopes within a grant that carries the right."""
    reaches = list(actor.scopes_with(_RIGHT))
    if any(reach.everywhere for reach in reaches):
        return list(targets)
    places = [reach.region for reach in reaches if reach.group_id is None and reach.partner_id is None]
    groups = (
        {f"K:{pk}" for pk in groups_in_sight(actor, _RIGHT)}
        if any(_is_group(one.node) for one in targets)
        else set()
    )
    return [
        one
        for one in targets
        if _is_public(one.node)
        or one.node in groups
        or any(region_within(one.node, place) for place in places)
    ]


def _is_group(node: str) -> bool:
    return node.startswith("K:") and node != EACH_GROUP


def _is_public(node: str) -> bool:
    return node == EACH_GROUP or (not _is_group(node) and len(node) <= PUBLIC_CODE_LENGTH)


def _names_of(targets: Sequence[Target]) -> dict[str, str]:
    groups = group_names(int(one.node[2:]) for one in targets if _is_group(one.node))
    names = {f"K:{pk}": name for pk, name in groups.items()}
    names[EACH_GROUP] = _("Setiap komunitas")
    for node in {one.node for one in targets} - names.keys():
        names[node] = territory.name_of(node)
    return names


def _columns(may_withdraw: bool) -> tuple[Column, ...]:
    shown = (
        Column(_("Target")),
        Column(_("Lingkup")),
        Column(_("Masa")),
        Column(_("Tercatat"), is_number=True),
        Column(_("Dari target"), is_number=True),
        Column(_("Laju sebulan"), is_number=True),
        Column(_("Perlu sebulan"), is_number=True),
        Column(_("Ramalan di akhir")),
        Column(_("Sumber")),
    )
    return (*shown, Column(_("Tindakan"))) if may_withdraw else shown


def _row(one: Attainment, scope: str, may_withdraw: bool) -> list[CellValue]:
    target = one.target
    cells: list[CellValue] = [
        Cell(str(Metric(target.metric).label), detail=count_text(target.value)),
        scope,
        _("%(first)s sampai %(last)s")
        % {
            "first": day_in_words(target.from_on, "d MMM y"),
            "last": day_in_words(target.until_on, "d MMM y"),
        },
        Cell(_reached(one), detail=_("per %s") % day_in_words(one.as_of, "d MMM y")),
        Cell(percent_text(one.share), tone=_tone(one)),
        _per_month(one.pace),
        _per_month(one.needed),
        _forecast(one.forecast),
        Cell(target.source, detail=_("dicatat oleh %s") % target.set_by),
    ]
    return [*cells, Cell(_("Cabut"), href=f"/target/{target.pk}/cabut")] if may_withdraw else cells


def _reached(one: Attainment) -> str:
    if one.target.node != EACH_GROUP:
        return count_text(one.reached)
    return _("%(reached)s dari %(groups)s komunitas") % {
        "reached": count_text(one.reached),
        "groups": count_text(one.out_of),
    }


def _tone(one: Attainment) -> str:
    if one.is_met:
        return "verified"
    return "stuck" if one.is_over else ""


def _per_month(number: float | None) -> str:
    return "–" if number is None else count_text(round(number))


def _forecast(forecast: Forecast | None) -> str:
    if forecast is None:
        return "–"
    return _("%(mean)s (antara %(low)s dan %(high)s)") % {
        "mean": count_text(forecast.mean),
        "low": count_text(forecast.low),
        "high": count_text(forecast.high),
    }


def _meanings(targets: Sequence[Target]) -> list[tuple[str, Meaning]]:
    """Label and definition of each metric shown, then of pace and forecast."""
    if not targets:
        return []
    known = meanings()
    metrics = [metric for metric in Metric if metric in {one.metric for one in targets}]
    told = [(str(metric.label), known[_MEANING_OF.get(metric, metric.value)]) for metric in metrics]
    return [*told, (_("Laju"), known["target_pace"]), (_("Ramalan"), known["target_forecast"])]
