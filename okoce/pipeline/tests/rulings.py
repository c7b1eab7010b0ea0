"""Rules of the programme for tests: versions as the secretariat adds them, and rules as if they had been decided long ago."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.rules import Seen, add_rule
from okoce.pipeline.models import ProgrammeRule, StageTerm
from okoce.pipeline.queries.rule_effects import mark_of
from okoce.pipeline.queries.rules import planned_end, planned_version
from okoce.pipeline.rule_plans import NewRule, earliest_day
from okoce.pipeline.rules import all_rules, forget_rules
from tests.kept import unkept

BINDING = (
    "registration.consent", "training.certificate", "mentoring.visits", "permits.licence", "marketing.first_sale",
    "bookkeeping.three_months", "financing.disbursement",
)  # fmt: skip


def tomorrow(days: int = 0) -> date:
    """The first day that a version may begin on, or so many later."""
    return earliest_day() + timedelta(days=days)


def version(**given: Any) -> NewRule:
    """Seven stages in order for Jakarta from tomorrow on, unless told otherwise."""
    told: dict[str, Any] = {
        "name": "7 PAS",
        "programme": "7-pas",
        "region": "31",
        "from_on": tomorrow(),
        "until_on": None,
        "is_sequential": True,
        "offered": (1, 2, 3, 4, 5, 6, 7),
        "binding": BINDING,
        "licences": ("IUMK", "SKU", "NIB"),
        "source": "Keputusan sekretariat 1",
        "reason": "Diminta Pemprov",
        "base": "jaringan",
    }
    return replace(NewRule(**told), **given)


def without(*stages: int, **given: Any) -> NewRule:
    """The same without some stages and what they ask for."""
    from okoce.pipeline.requirements import BY_CODE

    return version(
        offered=tuple(stage for stage in range(1, 8) if stage not in stages),
        binding=tuple(code for code in BINDING if BY_CODE[code].stage not in stages),
        **given,
    )


def seen_of(actor: Actor, new: NewRule) -> Seen:
    """A preview that was looked at just now."""
    _clean, plan, rules = planned_version(actor, new)
    return Seen(rules, mark_of(plan))


def seen_end(actor: Actor, code: str, on: date | None) -> Seen:
    plan, rules = planned_end(actor, code, on)
    return Seen(rules, mark_of(plan))


def added(actor: Actor, **given: Any) -> ProgrammeRule:
    """A version that was previewed and saved."""
    new = version(**given)
    return add_rule(actor, new, seen_of(actor, new))


def as_if_always(code: str, **given: Any) -> None:
    """Change a rule as if it had been decided so long ago: what the database keeps anybody from doing."""
    with unkept("pipeline_programmerule"):
        ProgrammeRule.objects.filter(code=code).update(**given)
    forget_rules()


def as_if_decided(**given: Any) -> ProgrammeRule:
    """A rule as if it had been decided long ago, from a day in the past on."""
    told: dict[str, Any] = {
        "code": f"uji-{ProgrammeRule.objects.count()}",
        "name": "Uji",
        "programme": "uji",
        "is_sequential": False,
        "offered": [1, 2, 3, 4, 5, 6, 7],
        "binding": list(BINDING),
        "licences": ["NIB"],
    }
    with unkept("pipeline_programmerule"):
        row: ProgrammeRule = ProgrammeRule.objects.create(**{**told, **given})
    forget_rules()
    return row


def undo_rules() -> None:
    """Only the two that the programme has had remain: rules are not emptied after a test of real threads."""
    with unkept("pipeline_programmerule"), unkept("pipeline_stageterm"):
        ProgrammeRule.objects.exclude(code__in=("7pas-2018", "jaringan")).delete()
        ProgrammeRule.objects.filter(code="jaringan").update(until_on=None)
        StageTerm.objects.exclude(rule_code__in=("7pas-2018", "jaringan", "")).delete()
    forget_rules()


def rule_codes() -> list[str]:
    forget_rules()
    return sorted(rule.code for rule in all_rules())
