"""Targets as a reader sees them: only those of scopes whose exact numbers are hers to see, each with what it is measured by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names, groups_in_sight
from okoce.dashboards.funnel import PUBLIC_CODE_LENGTH, Meaning, meanings
from okoce.dashboards.scoreboard.drawing import target_sentence
from okoce.dashboards.scoreboard.scores import each_groups_target
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text, percent_text
from okoce.pipeline.models import Target
from okoce.pipeline.programmes import Course, programme_of
from okoce.pipeline.queries.targets import (
    Attainment,
    Forecast,
    attainments,
    common_targets,
    course_of_target,
    targets_among,
)
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
class Line:
    """One target as it is drawn: words and numbers in the reader's language; `width` is how much of the bar is full."""

    target_id: int
    name: str
    scope: str
    scope_href: str
    period: str
    reached: str
    share: str
    width: str
    state: str
    tone: str
    pace: str
    notes: list[str]
    source: str
    set_by: str
    is_common: bool  # set to each komunitas, and here asked of one


@dataclass(frozen=True, slots=True)
class Shown:
    """Some targets, with the definition of everything that is told of them."""

    lines: list[Line]
    meanings: list[tuple[str, Meaning]]
    may_withdraw: bool
    is_withheld: bool  # there are some, and the reader may see none of them
    common: str  # of a komunitas of whom none of those that are set to each is asked: what became of them


def shown_targets(actor: Actor, nodes: Sequence[str] | None = None) -> Shown:
    """The standing targets of some scopes, or of all, that the reader may see; of a komunitas also those that are set to each."""
    common = [one for node in nodes or () if _is_group(node) for one in common_targets(int(node[2:]))]
    standing = [*targets_among(nodes), *common]
    targets = seen_by(actor, standing)
    names = scope_names(targets)
    lines = [_line(one, names[one.target.node]) for one in attainments(targets)]
    may_withdraw = actor.may(Permission.PIPELINE_MANAGE_TARGETS)
    is_asked = bool(common) or not any(_is_group(node) for node in nodes or ())
    return Shown(
        lines,
        _meanings(targets),
        may_withdraw,
        is_withheld=bool(standing) and not targets,
        common="" if is_asked else _unasked(),
    )


def _unasked() -> str:
    """As the board says it, so that a page on which both stand says one thing; "" where none was ever set to each."""
    today = today_wib()
    target = each_groups_target(today)
    return target_sentence(target, today) if target else ""


def seen_by(actor: Actor, targets: Sequence[Target]) -> list[Target]:
    """Down to kabupaten/kota, and of each komunitas together, everybody's; smaller scopes within a grant that carries the right. A
    programme's where no kecamatan can be told from its numbers."""
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
        if _is_public(one) or one.node in groups or any(region_within(one.node, place) for place in places)
    ]


def _is_group(node: str) -> bool:
    return node.startswith("K:") and node != EACH_GROUP


def _is_public(target: Target) -> bool:
    if course := course_of_target(target):
        return has_large_places(course.places)
    node = target.node
    return node == EACH_GROUP or (not _is_group(node) and len(node) <= PUBLIC_CODE_LENGTH)


def has_large_places(places: Iterable[str]) -> bool:
    """Whether sums and differences of these places tell of no small one."""
    return all(len(place) <= PUBLIC_CODE_LENGTH for place in places)


def scope_names(targets: Sequence[Target]) -> dict[str, str]:
    """Whose target it is, by scope."""
    groups = group_names(int(one.node[2:]) for one in targets if _is_group(one.node))
    names = {f"K:{pk}": name for pk, name in groups.items()}
    names[EACH_GROUP] = _("Setiap komunitas")
    for one in targets:
        if course := course_of_target(one):
            names[one.node] = _("Program %s") % course.name
    for node in {one.node for one in targets} - names.keys():
        names[node] = territory.name_of(node)
    return names


def _line(one: Attainment, scope: str) -> Line:
    target = one.target
    state, tone = _state(one)
    return Line(
        target_id=target.pk,
        name=f"{Metric(target.metric).label}: {count_text(target.value)}",
        scope=scope,
        scope_href=_page_of(target),
        period=_("%(first)s sampai %(last)s")
        % {"first": day_in_words(target.from_on), "last": day_in_words(target.until_on)},
        reached=_reached(one),
        share=percent_text(one.share),
        width=f"{min(1.0, one.share or 0.0):.1%}",
        state=state,
        tone=tone,
        pace=_pace(one),
        notes=_notes(one.course, target) if one.course else _why_no_pace(one),
        source=target.source,
        set_by=str(ROLES[target.set_by].title) if target.set_by in ROLES else target.set_by,
        is_common=is_common(target),
    )


def is_common(target: Target) -> bool:
    """Whether it is set to each komunitas, and asked of one."""
    return target.metric == Metric.ENTREPRENEURS_PER_COMMUNITY and _is_group(target.node)


def _why_no_pace(one: Attainment) -> list[str]:
    """Of whom it is asked, and why pace or forecast are missing."""
    notes = []
    if is_common(one.target):
        notes.append(_("Target untuk setiap komunitas; di sini diukur pada komunitas ini."))
    if one.target.node == EACH_GROUP:
        notes.append(
            _(
                "Yang dihitung di sini komunitas yang sudah sampai, bukan orang; jadi tidak ada laju dan ramalannya."
            )
        )
    elif one.is_over:
        notes.append(_("Masanya sudah lewat: dinilai pada hari terakhirnya, tanpa laju dan ramalan."))
    elif one.has_few_quarters:
        notes.append(_("Belum ada ramalan: perlu dua triwulan penuh sejak target mulai."))
    return notes


def _page_of(target: Target) -> str:
    """Where its scope has a page that is not the funnel's."""
    programme = programme_of(target.node)
    return reverse("programme_detail", kwargs={"programme": programme}) if programme else ""


def _notes(course: Course, target: Target) -> list[str]:
    """What became of the programme within the time of its target."""
    if course.never_holds:
        return [
            _("Program ini tidak berlaku pada satu hari pun dalam masa target, jadi tidak ada yang dihitung.")
        ]
    notes = []
    if course.name_at_first != course.name:
        notes.append(_("Waktu target mulai, program ini bernama “%s”.") % course.name_at_first)
    if course.ends_early:
        told = (
            _("Program ini berakhir pada %s, sebelum targetnya; target dinilai pada hari itu.")
            if course.is_over
            else _(
                "Program ini akan berakhir pada %s, sebelum targetnya; laju yang perlu dan ramalan dihitung sampai hari itu."
            )
        )
        notes.append(told % day_in_words(course.ends_on))
    if course.has_moved:
        notes.append(
            _("Tempatnya berubah sejak %(first)s; laju dihitung di tempat-tempat per %(day)s.")
            % {"first": day_in_words(target.from_on), "day": day_in_words(course.as_of)}
        )
    return notes


def _state(one: Attainment) -> tuple[str, str]:
    if one.is_met:
        return _("Tercapai"), "verified"
    if not one.has_begun:
        return _("Belum mulai"), ""
    return (_("Tidak tercapai"), "stuck") if one.is_over else (_("Berjalan"), "")


def _reached(one: Attainment) -> str:
    numbers = {
        "reached": count_text(one.reached),
        "out_of": count_text(one.out_of),
        "day": day_in_words(one.as_of),
    }
    if one.target.node == EACH_GROUP:
        return _("%(reached)s dari %(out_of)s komunitas, per %(day)s") % numbers
    return _("%(reached)s dari %(out_of)s, per %(day)s") % numbers


def _pace(one: Attainment) -> str:
    """What is known of pace and forecast, in sentences; "" where nothing is."""
    told = []
    if one.pace is not None:
        told.append(_("Laju %s sebulan.") % count_text(round(one.pace)))
    if one.needed is not None:
        told.append(_("Perlu %s sebulan.") % count_text(round(one.needed)))
    if one.forecast is not None:
        told.append(_forecast(one.forecast))
    return " ".join(told)


def _forecast(forecast: Forecast) -> str:
    if forecast.low == forecast.high:
        told = _("Ramalan di akhir: %s, karena setiap kuartal terakhir sama lajunya.")
        return told % count_text(forecast.mean)
    return _("Ramalan di akhir: %(mean)s, antara %(low)s dan %(high)s.") % {
        "mean": count_text(forecast.mean),
        "low": count_text(forecast.low),
        "high": count_text(forecast.high),
    }


def _meanings(targets: Sequence[Target]) -> list[tuple[str, Meaning]]:
    """Label and definition of each metric shown, then of pace and forecast."""
    if not targets:
        return []
    known = meanings()
    metrics = [metric for metric in Metric if metric in {one.metric for one in targets if not is_common(one)}]
    told = [(str(metric.label), known[_MEANING_OF.get(metric, metric.value)]) for metric in metrics]
    if any(is_common(one) for one in targets):  # of one komunitas its people are counted
        told.append((str(Metric.ENTREPRENEURS_PER_COMMUNITY.label), known["entrepreneurs"]))
    if any(programme_of(one.node) for one in targets):
        told.append((_("Program"), known["target_programme"]))
    return [*told, (_("Laju"), known["target_pace"]), (_("Ramalan"), known["target_forecast"])]
