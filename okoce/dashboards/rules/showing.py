"""Rules in words: a line of the list, the conditions of one, and the preview of a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline.queries.rule_effects import Effects
from okoce.pipeline.requirements import ANY_EVIDENCE, requirements_of
from okoce.pipeline.rule_changes import AT_THE_END
from okoce.pipeline.rule_plans import Plan, period_in_words
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import LicenceKind, Stage


def columns_of_list() -> list[Column]:
    return [
        Column(_("Aturan")),
        Column(_("Wilayah")),
        Column(_("Masa berlaku")),
        Column(_("Tahap yang ditawarkan")),
        Column(_("Urutan")),
    ]


def lines_of(rules: Iterable[Rule]) -> list[list[CellValue]]:
    """A row of the list for each."""
    told = list(rules)
    names = territory.names_for(rule.region for rule in told)
    return [
        [
            Cell(rule.name, href=reverse("rule_detail", kwargs={"rule": rule.code})),
            names[rule.region],
            period_in_words(rule),
            offered_in_words(rule),
            order_in_words(rule),
        ]
        for rule in told
    ]


def offered_in_words(rule: Rule) -> str:
    """ "Ketujuh tahap", or "P1, P2, P4"."""
    if len(rule.offered) == len(Stage):
        return _("Ketujuh tahap")
    return ", ".join(Stage(stage).code for stage in sorted(rule.offered))


def order_in_words(rule: Rule) -> str:
    return _("Berurutan") if rule.is_sequential else _("Bebas sesudah P1")


@dataclass(frozen=True, slots=True)
class StageWords:
    """What one stage asks for under a rule."""

    name: str
    is_offered: bool
    asked: list[str]


def stages_in_words(rule: Rule) -> list[StageWords]:
    """The seven stages with what each asks for."""
    return [_stage_in_words(rule, stage) for stage in Stage]


def _stage_in_words(rule: Rule, stage: Stage) -> StageWords:
    name = f"{stage.code} {stage.label}"
    if stage.value not in rule.offered:
        return StageWords(name, is_offered=False, asked=[_("Tidak ditawarkan.")])
    asked = [str(one.sentence) for one in requirements_of(stage.value, rule)] or [str(ANY_EVIDENCE)]
    if stage == Stage.P4_PERMITS and rule.licences:
        kinds = ", ".join(str(LicenceKind(kind).label) for kind in sorted(rule.licences))
        asked.append(_("Jenis izin yang dihitung: %s.") % kinds)
    return StageWords(name, is_offered=True, asked=asked)


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One person whom a change touches."""

    name: str
    href: str
    place: str
    told: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A change before it is saved, in words: whom it touches, and by which numbers that is known."""

    day: str
    place: str
    before: str
    after: str
    ends: str
    then: str
    exceptions: list[str]
    people: int
    touched: int
    moved: int
    how: str
    rows: list[list[CellValue]]
    moves: list[str]
    officers: list[str]
    waiting: list[str]
    examples: list[ExampleLine]


def preview_of(plan: Plan, effects: Effects) -> Preview:
    """What a secretary reads before she decides."""
    names = territory.names_for(rule.region for rule in plan.exceptions)
    return Preview(
        day=day_in_words(plan.on),
        place=territory.name_of(plan.region),
        before=f"{plan.before.name} ({territory.name_of(plan.before.region)})",
        after=f"{plan.after.name} ({territory.name_of(plan.after.region)})",
        ends=plan.ended.name if plan.ended else "",
        then=_then(plan),
        exceptions=[f"{names[rule.region]}: {rule.name}" for rule in plan.exceptions],
        people=effects.people,
        touched=effects.touched,
        moved=effects.moved,
        how=_how(effects),
        rows=_stage_rows(effects),
        moves=[_move(*way) for way in effects.moves],
        officers=_officers(effects),
        waiting=[
            _("%(count)s bukti %(stage)s yang menunggu diperiksa: hanya bisa sah untuk hari sebelum itu.")
            % {"count": count_text(number), "stage": Stage(stage).code}
            for stage, number in effects.waiting.items()
        ],
        examples=_examples(effects),
    )


def columns_of_preview() -> list[Column]:
    return [
        Column(_("Tahap yang berikutnya")),
        Column(_("Sekarang"), is_number=True, unit=_("orang")),
        Column(_("Sesudahnya"), is_number=True, unit=_("orang")),
        Column(_("Yang diminta berubah"), is_number=True, unit=_("orang")),
    ]


def _then(plan: Plan) -> str:
    """What follows on a version that has an end."""
    if plan.after.until_on is None or plan.after.region != plan.region:
        return ""
    follows = next(rule for rule in plan.rules if rule.holds(plan.region, plan.after.until_on))
    return _("Mulai %(day)s berlaku “%(rule)s” (%(place)s).") % {
        "day": day_in_words(plan.after.until_on),
        "rule": follows.name,
        "place": territory.name_of(follows.region),
    }


def _how(effects: Effects) -> str:
    told = {
        "step": count_text(effects.step),
        "looked": count_text(effects.looked_at),
        "people": count_text(effects.people),
    }
    if effects.is_sample:
        return (
            _(
                "Perkiraan dari contoh: setiap orang ke-%(step)s menurut nomornya, %(looked)s dari %(people)s orang yang tinggal di"
                " wilayah itu hari ini."
            )
            % told
        )
    return _("Dihitung dari semua %(people)s orang yang tinggal di wilayah itu hari ini.") % told


def _stage_rows(effects: Effects) -> list[list[CellValue]]:
    return [
        [
            _stage(stage),
            effects.before.get(stage, 0),
            effects.after.get(stage, 0),
            effects.changed.get(stage, 0) if stage else None,
        ]
        for stage in (*Stage.values, AT_THE_END)
    ]


def _stage(stage: int) -> str:
    if stage == AT_THE_END:
        return _("Semua yang ditawarkan sudah selesai")
    return f"{Stage(stage).code} {Stage(stage).label}"


def _move(before: int, after: int, people: int) -> str:
    return _("%(people)s orang: dari %(before)s ke %(after)s") % {
        "people": count_text(people),
        "before": _stage(before),
        "after": _stage(after),
    }


def _officers(effects: Effects) -> list[str]:
    """Roles with how many officers, and the stages that each checks of which the list changes."""
    lines = []
    for one in effects.officers:
        told = {"role": ROLES[one.role].title, "people": count_text(one.people)}
        stages = ", ".join(Stage(stage).code for stage in one.stages)
        lines.append(
            _("%(role)s: %(people)s orang, memeriksa %(stages)s") % {**told, "stages": stages}
            if stages
            else _("%(role)s: %(people)s orang") % told
        )
    return lines


def _examples(effects: Effects) -> list[ExampleLine]:
    names = territory.names_for(one.member.region for one in effects.examples)
    return [
        ExampleLine(
            name=one.member.name,
            href=reverse("member_detail", kwargs={"number": one.member.number}),
            place=names[one.member.region],
            told=_turn(one.turn.current, one.turn.current_after, sorted(one.turn.changed)),
        )
        for one in effects.examples
    ]


def _turn(before: int, after: int, changed: Sequence[int]) -> str:
    stages = ", ".join(Stage(stage).code for stage in changed)
    told = _("yang diminta berubah untuk %s") % stages
    if before == after:
        return told
    return _("berikutnya %(before)s menjadi %(after)s; %(told)s") % {
        "before": _stage(before),
        "after": _stage(after),
        "told": told,
    }


def state_of(rule: Rule, day: date) -> str:
    """`now`, `to_come` or `over` as of a day."""
    if rule.never_held or (rule.until_on is not None and rule.until_on <= day):
        return "over"
    return "now" if rule.runs_on(day) else "to_come"
