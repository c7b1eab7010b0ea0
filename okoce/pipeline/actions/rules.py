"""Adding a version of the programme's rule, giving one an end, taking back one that has not begun.

What has been in force is never changed. Each deed is done on a preview that somebody has seen: it names the rules and the
people as they stood then, and the deed refuses where they have changed since.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict
from okoce.pipeline.events import RuleAdded, RuleEnded, RuleWithdrawn
from okoce.pipeline.models import ProgrammeRule, StageTerm
from okoce.pipeline.queries.rule_effects import mark_of
from okoce.pipeline.queries.rules import (
    cleaned_reason,
    cleaned_rule,
    code_of,
    plan_of_end,
    reached_rule,
    rule_row,
)
from okoce.pipeline.rule_plans import NewRule, Plan, fingerprint, plan_version
from okoce.pipeline.rules import Rule, forget_rules, rules_as_stored
from okoce.pipeline.terms import forget_terms

RIGHT = Permission.PIPELINE_MANAGE_RULES


class RulesMoved(Conflict):
    """Somebody else has changed the rules since the preview."""


class PeopleMoved(Conflict):
    """The records of those whom it touches have changed since the preview."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The preview that somebody decides on: marks of the rules and of the people. `is_any_number` accepts that people have
    moved since: where every minute somebody registers, no preview would ever be fresh."""

    rules: str
    people: str
    is_any_number: bool = False


@action(RIGHT)
def add_rule(actor: Actor, new: NewRule, seen: Seen) -> ProgrammeRule:
    """Write a version down; the one of the same territory that would hold on its first day ends there. Twice is once."""
    clean = cleaned_rule(actor, new)
    _hold()
    same = _same_already(clean)
    if same is not None:
        return same
    rules = _rules_seen(seen)
    plan = plan_version(rules, clean, code_of(clean, rules))
    _require_same_people(plan, seen)
    ended = rule_row(plan.ended.code) if plan.ended else None
    if ended is not None:
        before, ended.until_on = ended.until_on, clean.from_on
        ended.save(update_fields=["until_on"])
    row = _insert(clean, plan, ended, before if ended is not None else None)
    _take_terms_along(clean.base, row.code)
    told = RuleAdded(
        rule_id=row.pk,
        code=row.code,
        name=row.name,
        region=row.region,
        from_on=clean.from_on.isoformat(),
        reason=clean.reason,
    )
    record(told, subject=row)
    _let_processes_follow()
    return row


@action(RIGHT)
def end_rule(actor: Actor, code: str, on: date, reason: str, seen: Seen) -> ProgrammeRule:
    """Let a version hold no more from a day on; the rule of the wider territory holds then."""
    why = cleaned_reason(reason)
    reached_rule(actor, code)
    _hold()
    rules = _rules_seen(seen)
    row = rule_row(code)
    _require_same_people(plan_of_end(rules, row, on), seen)
    row.until_on = on
    row.save(update_fields=["until_on"])
    told = RuleEnded(
        rule_id=row.pk, code=code, name=row.name, region=row.region, until_on=on.isoformat(), reason=why
    )
    record(told, subject=row)
    _let_processes_follow()
    return row


@action(RIGHT)
def withdraw_rule(actor: Actor, code: str, reason: str, seen: Seen) -> ProgrammeRule:
    """Take back a version before its first day: it stays readable and never holds, and the one that it ended goes on."""
    why = cleaned_reason(reason)
    reached_rule(actor, code)
    _hold()
    rules = _rules_seen(seen)
    row = rule_row(code)
    _require_same_people(plan_of_end(rules, row, None), seen)
    first = row.from_on
    row.until_on = first
    row.save(update_fields=["until_on"])
    ended = row.ends
    if ended is not None and ended.until_on == first:
        ended.until_on = row.ended_until
        ended.save(update_fields=["until_on"])
    told = RuleWithdrawn(
        rule_id=row.pk, code=code, name=row.name, region=row.region, from_on=str(first), reason=why
    )
    record(told, subject=row)
    _let_processes_follow()
    return row


def _hold() -> None:
    """Nobody else changes a rule until the end of this deed; whoever reads rules waits for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE pipeline_programmerule IN SHARE ROW EXCLUSIVE MODE")


def _rules_seen(seen: Seen) -> tuple[Rule, ...]:
    """All rules, if they are still those of the preview: the first of two wins, the second is told."""
    rules = rules_as_stored()
    if fingerprint(rules) != seen.rules:
        raise RulesMoved(
            _(
                "Aturan baru saja diubah orang lain sejak pratinjau ini dibuat. Periksa pratinjau yang baru, lalu simpan lagi."
            )
        )
    return rules


def _require_same_people(plan: Plan, seen: Seen) -> None:
    if not seen.is_any_number and mark_of(plan) != seen.people:
        raise PeopleMoved(
            _("Data anggota berubah sejak pratinjau ini dibuat. Periksa angka yang baru, lalu simpan lagi.")
        )


def _let_processes_follow() -> None:
    """Other processes read the rules again within a second (rules.py); a version begins tomorrow at the earliest."""
    transaction.on_commit(forget_rules)
    transaction.on_commit(forget_terms)


def _insert(new: NewRule, plan: Plan, ended: ProgrammeRule | None, until: date | None) -> ProgrammeRule:
    row = ProgrammeRule(
        code=plan.after.code,
        name=new.name,
        programme=plan.after.programme,
        source=new.source,
        reason=new.reason,
        region=new.region,
        from_on=new.from_on,
        until_on=new.until_on,
        is_sequential=new.is_sequential,
        offered=sorted(new.offered),
        binding=sorted(new.binding),
        licences=sorted(new.licences),
        ends=ended,
        ended_until=until,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RulesMoved(
            _("Aturan lain di wilayah itu berlaku pada masa yang sama. Muat ulang halamannya.")
        ) from error
    return row


def _take_terms_along(base: str, code: str) -> None:
    """The days by which stages are expected, where the version that this one was made from has days of its own."""
    own = StageTerm.objects.filter(rule_code=base, until_on__isnull=True).exclude(rule_code="")
    kept = ("stage", "from_on", "until_on", "days", "check_days", "check_in_months")
    StageTerm.objects.bulk_create(
        StageTerm(rule_code=code, **term) for term in own.order_by("stage").values(*kept)
    )


def _same_already(new: NewRule) -> ProgrammeRule | None:
    """The very same version, written a moment ago by a second press of the button."""
    rows = ProgrammeRule.objects.filter(
        Q(until_on=new.until_on) if new.until_on else Q(until_on__isnull=True),
        region=new.region,
        from_on=new.from_on,
        name=new.name,
        source=new.source,
        reason=new.reason,
        is_sequential=new.is_sequential,
        offered=sorted(new.offered),
        binding=sorted(new.binding),
        licences=sorted(new.licences),
    )
    return rows.first()
