"""Which rule of the programme holds where and when, and whether a stage may be completed on a day.

Rules are dated data (ProgrammeRule): few rows, kept in the process for a moment so that an edit shows at once everywhere.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.pipeline.rule_models import ProgrammeRule
from okoce.pipeline.states import Stage

REMEMBERED_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of the programme's rule, as everybody reads it."""

    code: str
    name: str
    region: str
    from_on: date | None
    until_on: date | None
    is_sequential: bool
    offered: frozenset[int]
    binding: frozenset[str]
    licences: frozenset[str]
    source: str = ""
    programme: str = ""

    def reaches(self, region: str) -> bool:
        """True when the region is the rule's or lies within it."""
        return not self.region or region == self.region or region.startswith(self.region + ".")

    def runs_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day < self.until_on
        )

    def holds(self, region: str, day: date) -> bool:
        """True when the region lies within the rule's and the day within its period."""
        return self.reaches(region) and self.runs_on(day)

    @property
    def never_held(self) -> bool:
        """Taken back before its first day."""
        return self.from_on is not None and self.until_on == self.from_on


class _Known:
    """The rules of this process, and when they were read."""

    rules: tuple[Rule, ...] = ()
    read_at = -1e9


def all_rules() -> tuple[Rule, ...]:
    """Every rule, the most specific region first; read again after a moment."""
    if time.monotonic() - _Known.read_at > REMEMBERED_SECONDS:
        _Known.rules = rules_as_stored()
        _Known.read_at = time.monotonic()
    return _Known.rules


def rules_as_stored() -> tuple[Rule, ...]:
    """The same, as the database has them this moment: for whoever adds one."""
    rows = ProgrammeRule.objects.order_by("code")
    return tuple(sorted((_rule(row) for row in rows), key=lambda rule: -len(rule.region)))


def forget_rules() -> None:
    """Whoever changes a rule calls this, so that this process reads anew."""
    _Known.read_at = -1e9


def rule_on(region: str, day: date) -> Rule:
    """The most specific rule that holds in a region on a day."""
    return choose_rule(all_rules(), region, day)


def choose_rule(rules: Sequence[Rule], region: str, day: date) -> Rule:
    """Pure: the first rule that holds; `rules` stand most specific first. LookupError where the data has a gap."""
    for rule in rules:
        if rule.holds(region, day):
            return rule
    raise LookupError(f"no programme rule holds in {region or 'the nation'} on {day}")


def _rule(row: ProgrammeRule) -> Rule:
    return Rule(
        code=row.code,
        name=row.name,
        region=row.region,
        from_on=row.from_on,
        until_on=row.until_on,
        is_sequential=row.is_sequential,
        offered=frozenset(row.offered),
        binding=frozenset(row.binding),
        licences=frozenset(row.licences),
        source=row.source,
        programme=row.programme,
    )


def sequence_problem(rule: Rule, completed: Mapping[int, date], stage: int, day: date) -> str | None:
    """Why the stage cannot be completed on that day, in one sentence, or None.

    A missing earlier stage refuses under a sequential rule, equal dates are allowed; P1 binds under every rule.
    """
    wanted = Stage(stage)
    if stage not in rule.offered:
        return _("%(stage)s (%(label)s) tidak ditawarkan di wilayah ini menurut aturan “%(rule)s”.") % {
            "stage": wanted.code,
            "label": wanted.label,
            "rule": rule.name,
        }
    impossible = day_problem(day)
    if impossible:
        return impossible
    for earlier in range(1, stage):
        problem = _problem_with(rule, Stage(earlier), completed.get(earlier), wanted, day)
        if problem:
            return problem
    return None


def binds(rule: Rule, earlier: int) -> bool:
    """Whether later stages wait for this one."""
    return earlier == Stage.P1_REGISTRATION or (rule.is_sequential and earlier in rule.offered)


def _problem_with(rule: Rule, earlier: Stage, done_on: date | None, wanted: Stage, day: date) -> str | None:
    if not binds(rule, earlier.value):
        return None
    names = {"stage": wanted.code, "earlier": earlier.code, "label": earlier.label, "rule": rule.name}
    if done_on is None:
        return (
            _(
                "%(stage)s belum bisa: %(earlier)s (%(label)s) belum selesai. Menurut aturan “%(rule)s”"
                " selesaikan %(earlier)s dulu."
            )
            % names
        )
    if rule.is_sequential and day < done_on:
        return _(
            "%(stage)s tertanggal %(day)s, padahal %(earlier)s (%(label)s) baru selesai %(done)s. Menurut aturan “%(rule)s”"
            " tahap tidak boleh mendahului; periksa kedua tanggalnya."
        ) % {**names, "day": day_in_words(day), "done": day_in_words(done_on)}
    return None
