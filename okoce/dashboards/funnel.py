"""The funnel: the same numbers for page, command line and API, each with its numerator, date and definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.members.queries import has_synthetic_members
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.pipeline import tallies
from okoce.pipeline.models import Definition
from okoce.pipeline.states import UNKNOWN_REASON, UNKNOWN_REASON_LABEL, Stage, StandstillReason

# Up to kabupaten/kota every number is public on every day; below, small numbers could point at persons.
PUBLIC_CODE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition as it stands beside its figure."""

    code: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose numbers these are: a territory, or a komunitas (`node` says which to the tallies)."""

    code: str
    name: str
    node: str


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One step of the funnel. A count of None is withheld, not zero."""

    stage: int
    code: str
    name: str
    count: int | None
    of_previous: float | None
    of_first: float | None
    women: int | None
    new_businesses: int | None
    existing_businesses: int | None
    definition: Meaning
    # more people than in the stage before, and why that can be
    exceeds_previous: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class LossReason:
    reason: str
    label: str
    people: int
    asked: int = 0  # of what is not known: of so many somebody noted that nobody knows


@dataclass(frozen=True, slots=True)
class Loss:
    """People who completed a stage and not the next one; the reasons add up to `people`."""

    after: str
    before: str
    stage: int  # the one not reached
    people: int | None
    of: int | None  # how many completed the stage before
    reasons: tuple[LossReason, ...]
    definition: Meaning


@dataclass(frozen=True, slots=True)
class JobFigure:
    count: int | None
    definition: Meaning


@dataclass(frozen=True, slots=True)
class Jobs:
    claimed: JobFigure
    verified: JobFigure
    added: JobFigure


@dataclass(frozen=True, slots=True)
class Funnel:
    scope: Place
    as_of: date
    stages: tuple[StageFigures, ...]
    losses: tuple[Loss, ...]
    jobs: Jobs


def funnel(scope: str = "", day: date | None = None, *, group_id: int | None = None) -> Funnel:
    """The exact funnel of a territory or a komunitas on a day (today by default). Whoever shows it to somebody asks
    `public_funnel` or `officer_funnel` instead."""
    return _funnel_of(place_of(scope, group_id), day_of(day))


def officer_funnel(
    actor: Actor, scope: str = "", day: date | None = None, *, group_id: int | None = None
) -> Funnel:
    """The exact funnel for an officer: below kabupaten/kota only within a grant that carries the right."""
    place = place_of(scope, group_id)
    require_sight(actor, place, group_id)
    return _funnel_of(place, day_of(day))


def public_funnel(scope: str = "", day: date | None = None) -> Funnel:
    """The funnel for everybody: below kabupaten/kota as at a month's end and without numbers of one to four people."""
    from okoce.dashboards.discretion import last_month_end, withhold_small_numbers

    place = place_of(scope)
    asked = day_of(day)
    if len(place.node) <= PUBLIC_CODE_LENGTH:
        return _funnel_of(place, asked)
    return withhold_small_numbers(_funnel_of(place, last_month_end(asked)))


def place_of(scope: str, group_id: int | None = None) -> Place:
    """The territory of a code (dotted or not) or the komunitas of an id; a sentence where there is none."""
    if group_id is not None:
        if scope:
            raise Refused(_("Pilih salah satu: wilayah atau komunitas."), code="two_scopes", field="scope")
        group = Group.objects.filter(pk=group_id).values_list("code", "name").first()
        if group is None:
            raise NotFound(_("Komunitas itu tidak ada."), field="group")
        return Place(*group, node=tallies.group_node(group_id))
    if not scope:
        return Place("", territory.name_of(""), tallies.NATION)
    code = read_code(scope).code or scope
    tallies.require_node(code)
    return Place(code, territory.region(code).label, code)


def has_examples(place: Place) -> bool:
    """Whether synthetic people are among those of the place, which whoever shows its figures says."""
    if place.node.startswith("K:"):
        return has_synthetic_members(group_id=int(place.node.removeprefix("K:")))
    return has_synthetic_members(place.node)


def day_of(day: date | None) -> date:
    """The day asked for; today where none is named; a refusal where it lies ahead."""
    today = today_wib()
    if day is not None and day > today:
        raise Refused(
            _("Tanggal %(day)s belum tiba. Pilih tanggal sampai dengan hari ini, %(today)s.")
            % {"day": day_in_words(day), "today": day_in_words(today)},
            code="future_day",
            field="as_of",
        )
    return day or today


def require_sight(actor: Actor, place: Place, group_id: int | None = None) -> None:
    """Raise NotFound where the exact numbers of a small place lie outside the actor's grants."""
    right = Permission.PIPELINE_READ_FUNNEL
    if group_id is not None:
        if Group.objects.visible_to(actor, right).filter(pk=group_id).exists():
            return
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."), field="group")
    if len(place.node) <= PUBLIC_CODE_LENGTH:
        return
    for reach in actor.scopes_with(right):
        # a grant that also names a komunitas or a partner reaches only part of the territory's people
        whole = reach.group_id is None and reach.partner_id is None
        if reach.everywhere or (whole and region_within(place.node, reach.region)):
            return
    raise NotFound(_("Wilayah itu tidak ada dalam wilayah tugas Anda."), field="scope")


def meanings(day: date | None = None) -> dict[str, Meaning]:
    """The definition of every figure that is in force on a day (today by default), by code, in the reader's language; the
    first version also holds before its day."""
    found: dict[str, Meaning] = {}
    in_force_on = day or today_wib()
    words = "text_en" if get_language() == "en" else "text"
    rows = Definition.objects.order_by("code", "version").values_list("code", "version", words, "from_on")
    for code, version, text, from_on in rows:
        if code not in found or from_on <= in_force_on:
            found[code] = Meaning(code, version, text)
    return found


def _funnel_of(place: Place, day: date) -> Funnel:
    return funnel_from(place, tallies.counts(place.node, day))


def funnel_from(place: Place, tally: tallies.Tally) -> Funnel:
    """The funnel of what was counted. Whoever shows it to somebody asks first whether its exact numbers are hers to see."""
    day, meaning = tally.day, meanings(tally.day)
    return Funnel(
        scope=place,
        as_of=day,
        stages=tuple(_stage(tally, stage, meaning) for stage in Stage),
        losses=tuple(
            _loss(tally, stage, meaning["loss"]) for stage in Stage if stage > Stage.P1_REGISTRATION
        ),
        jobs=_jobs(tally.stages[Stage.P4_PERMITS], meaning),
    )


def ratio(part: int | None, whole: int | None) -> float | None:
    """None where there is nothing to divide by, or nothing to tell."""
    return part / whole if part is not None and whole else None


def _stage(tally: tallies.Tally, stage: Stage, meaning: Mapping[str, Meaning]) -> StageFigures:
    count = tally.stages[stage]
    first = tally.stages[Stage.P1_REGISTRATION].people
    previous = tally.stages[stage - 1].people if stage > Stage.P1_REGISTRATION else None
    exceeds = previous is not None and count.people > previous
    return StageFigures(
        stage=int(stage),
        code=stage.code,
        name=str(stage.label),
        count=count.people,
        of_previous=ratio(count.people, previous),
        of_first=ratio(count.people, first),
        women=count.women,
        new_businesses=count.new_businesses,
        existing_businesses=count.existing_businesses,
        definition=meaning[stage.code.lower()],
        exceeds_previous=exceeds,
        note=_skipping_sentence(stage) if exceeds else "",
    )


def _skipping_sentence(stage: Stage) -> str:
    return _(
        "Lebih banyak daripada %(previous)s: menurut aturan “jaringan / fasilitas” hanya P1 yang wajib, jadi"
        " %(stage)s boleh diselesaikan tanpa %(previous)s."
    ) % {"stage": stage.code, "previous": Stage(stage - 1).code}


def _loss(tally: tallies.Tally, stage: Stage, meaning: Meaning) -> Loss:
    people = tally.lost_before(stage)
    asked = tally.reasons[stage].get(UNKNOWN_REASON, 0)
    told = ((code, number) for code, number in tally.reasons[stage].items() if code != UNKNOWN_REASON)
    known = sorted(told, key=lambda item: (-item[1], item[0]))
    reasons = [LossReason(code, str(StandstillReason(code).label), number) for code, number in known]
    if rest := people - sum(reason.people for reason in reasons):
        reasons.append(LossReason(UNKNOWN_REASON, str(UNKNOWN_REASON_LABEL), rest, asked))
    return Loss(
        after=Stage(stage - 1).code,
        before=stage.code,
        stage=int(stage),
        people=people,
        of=tally.stages[stage - 1].people,
        reasons=tuple(reasons),
        definition=meaning,
    )


def _jobs(permits: tallies.Count, meaning: Mapping[str, Meaning]) -> Jobs:
    return Jobs(
        claimed=JobFigure(permits.jobs_claimed, meaning["jobs_claimed"]),
        verified=JobFigure(permits.jobs_verified, meaning["jobs_verified"]),
        added=JobFigure(permits.jobs_claimed - permits.jobs_baseline, meaning["jobs_added"]),
    )
