"""What adding a version of the programme's rule would do to all rules, before anything is written. Nothing here writes.

A version begins tomorrow at the earliest, so no day that has begun is ever judged anew. It ends the version of the same
territory that would hold on its first day; a version that comes later is a clash, and so is whatever would leave the nation
without a rule on some day.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from okoce.foundation.shared.days import day_in_words, latest_today
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.foundation.territory import queries as territory
from okoce.pipeline.requirements import BY_CODE
from okoce.pipeline.rules import Rule, choose_rule
from okoce.pipeline.states import LicenceKind, Stage

FARTHEST = timedelta(days=3660)
REGISTRATION = "registration.consent"
LICENCE = "permits.licence"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A version as it is to be added. `programme` "" begins a programme of its own; `base` is the version that it was made
    from, whose terms go along."""

    name: str
    programme: str
    region: str
    from_on: date
    until_on: date | None
    is_sequential: bool
    offered: tuple[int, ...]
    binding: tuple[str, ...]
    licences: tuple[str, ...]
    source: str
    reason: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change: from `on`, `after` holds where `before` would have; not within the territories of `exceptions`,
    which have rules of their own. `rules` are all as they would be."""

    region: str
    on: date
    before: Rule
    after: Rule
    ended: Rule | None
    exceptions: tuple[Rule, ...]
    rules: tuple[Rule, ...]


def fingerprint(rules: Iterable[Rule]) -> str:
    """The rules as they stand, in a few letters: another one means that somebody has changed them."""
    told = sorted(repr((rule.code, rule.region, rule.from_on, rule.until_on)) for rule in rules)
    return hashlib.sha256("".join(told).encode()).hexdigest()[:16]


def earliest_day() -> date:
    """The first day on which nobody has begun yet to be judged, anywhere."""
    return latest_today() + timedelta(days=1)


def plan_version(rules: Sequence[Rule], new: NewRule, code: str) -> Plan:
    """What this version would change. Refuses with the clash where it cannot stand beside the others."""
    _require_sense(new)
    after = Rule(
        code=code,
        name=new.name,
        region=new.region,
        from_on=new.from_on,
        until_on=new.until_on,
        is_sequential=new.is_sequential,
        offered=frozenset(new.offered),
        binding=frozenset(new.binding),
        licences=frozenset(new.licences),
        source=new.source,
        programme=new.programme or code,
    )
    here = [rule for rule in rules if rule.region == new.region and not rule.never_held]
    _require_free(here, after)
    ended = next((rule for rule in here if rule.runs_on(new.from_on)), None)
    others = [rule for rule in rules if rule is not ended]
    if ended is not None:
        others.append(replace(ended, until_on=new.from_on))
    plan = _plan(rules, _in_order([*others, after]), new.region, new.from_on, ended)
    if _content(plan.before) == _content(after):
        raise Refused(
            _(
                "Sama persis dengan aturan “%(rule)s” yang berlaku di sana pada hari itu. Tidak ada yang berubah."
            )
            % {"rule": plan.before.name}
        )
    return plan


def _content(rule: Rule) -> tuple[object, ...]:
    """What a rule says, wherever and whenever it holds."""
    said = (rule.name, rule.programme, rule.source)
    return (*said, rule.is_sequential, rule.offered, rule.binding, rule.licences)


def plan_end(rules: Sequence[Rule], code: str, on: date) -> Plan:
    """What ending a version would change: from `on` it no longer holds."""
    rule = next(rule for rule in rules if rule.code == code)
    first = max(earliest_day(), (rule.from_on or date.min) + timedelta(days=1))
    if rule.until_on is not None and rule.until_on <= first:
        raise Refused(_("Aturan “%(rule)s” sudah berakhir atau sudah punya akhir.") % {"rule": rule.name})
    if on < first:
        raise Invalid([FieldError("until_on", _too_early(first - timedelta(days=1)))])
    if rule.until_on is not None and on >= rule.until_on:
        told = _("Hari terakhir aturan ini sudah %s. Pilih hari sebelumnya.")
        raise Invalid([FieldError("until_on", told % day_in_words(rule.until_on - timedelta(days=1)))])
    others = [replace(rule, until_on=on) if one is rule else one for one in rules]
    return _plan(rules, _in_order(others), rule.region, on, rule)


def plan_withdrawal(rules: Sequence[Rule], code: str, predecessor: str, restored_until: date | None) -> Plan:
    """What taking back a version that has not begun would change: the one that it was to end goes on as before. Refuses where a
    version that was added since would stand in its way: the last one goes first."""
    rule = next(rule for rule in rules if rule.code == code)
    if rule.from_on is None or rule.from_on < earliest_day() or rule.never_held:
        raise Refused(
            _("Aturan “%(rule)s” sudah berlaku. Yang sudah berlaku hanya bisa diakhiri.")
            % {"rule": rule.name}
        )
    others = [replace(one, until_on=rule.from_on) if one is rule else one for one in rules]
    going_on = next((one for one in others if one.code == predecessor and one.until_on == rule.from_on), None)
    if going_on is not None:
        here = [one for one in others if one.region == rule.region and not one.never_held]
        _require_free(here, replace(going_on, from_on=rule.from_on, until_on=restored_until))
        others = [replace(one, until_on=restored_until) if one is going_on else one for one in others]
    return _plan(rules, _in_order(others), rule.region, rule.from_on, rule)


def _plan(
    rules: Sequence[Rule], changed: tuple[Rule, ...], region: str, on: date, ended: Rule | None
) -> Plan:
    _require_no_gap(changed)
    before, after = choose_rule(rules, region, on), choose_rule(changed, region, on)
    exceptions = tuple(
        rule for rule in rules if rule.region != region and rule.runs_on(on) and _lies_in(rule.region, region)
    )
    return Plan(region, on, before, after, ended, exceptions, changed)


def _lies_in(inner: str, outer: str) -> bool:
    return bool(inner) and (not outer or inner.startswith(outer + "."))


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (-len(rule.region), rule.code)))


def _require_free(here: Sequence[Rule], after: Rule) -> None:
    """Refuses a period in which a version of the same territory is to begin, or has said the same all along."""
    for rule in sorted(here, key=lambda one: one.from_on or date.min):
        begins_within = (
            rule.from_on is not None
            and after.from_on is not None
            and rule.from_on >= after.from_on
            and (after.until_on is None or rule.from_on < after.until_on)
        )
        if begins_within:
            raise Conflict(_clash(rule, after), field="from_on")


def _clash(rule: Rule, after: Rule) -> str:
    return _(
        "Bertumpuk dengan aturan “%(rule)s” di %(place)s, yang berlaku %(period)s. Pilih masa yang berakhir sebelum itu, atau batalkan"
        " dahulu aturan tersebut."
    ) % {"rule": rule.name, "place": territory.name_of(after.region), "period": period_in_words(rule)}


def period_in_words(rule: Rule) -> str:
    """ "sejak 1 Januari 2027", "1 Januari 2027 sampai dengan 31 Desember 2027"."""
    if rule.never_held and rule.from_on is not None:
        return _("dibatalkan sebelum berlaku (%s)") % day_in_words(rule.from_on)
    last = day_in_words(rule.until_on - timedelta(days=1)) if rule.until_on else ""
    if rule.from_on is None:
        return _("sejak semula sampai dengan %s") % last if last else _("sejak semula")
    first = day_in_words(rule.from_on)
    if last:
        return _("%(first)s sampai dengan %(last)s") % {"first": first, "last": last}
    return _("sejak %s") % first


def _require_no_gap(rules: Sequence[Rule]) -> None:
    """Refuses what would leave a day on which some place has no rule: the nation's rules must follow on each other."""
    nation = [rule for rule in rules if not rule.region and not rule.never_held]
    for rule in nation:
        if rule.until_on is not None and not any(one.runs_on(rule.until_on) for one in nation):
            raise Refused(
                _(
                    "Mulai %s tidak ada aturan yang berlaku di seluruh Indonesia. Aturan nasional hanya bisa diganti oleh versi yang"
                    " menyambungnya."
                )
                % day_in_words(rule.until_on),
                field="until_on",
            )


def _too_early(first: date) -> str:
    return _("Yang sudah berlaku tidak bisa diubah. Pilih %s atau sesudahnya.") % day_in_words(first)


def _require_sense(new: NewRule) -> None:
    """Refuses a version that contradicts itself, with every wrong field."""
    errors = [*_wrong_days(new), *_wrong_stages(new), *_wrong_licences(new)]
    if errors:
        raise Invalid(errors)


def _wrong_days(new: NewRule) -> list[FieldError]:
    first, last = earliest_day(), latest_today() + FARTHEST
    errors = []
    if new.from_on < first:
        errors.append(FieldError("from_on", _too_early(first)))
    if new.from_on > last:
        errors.append(
            FieldError("from_on", _("Hari itu terlalu jauh. Pilih paling lambat %s.") % day_in_words(last))
        )
    if new.until_on is not None and new.until_on <= new.from_on:
        errors.append(FieldError("until_on", _("Aturan berakhir sebelum mulai. Periksa kedua tanggalnya.")))
    return errors


def _wrong_stages(new: NewRule) -> list[FieldError]:
    errors = []
    if Stage.P1_REGISTRATION.value not in new.offered or not set(new.offered) <= set(Stage.values):
        errors.append(FieldError("offered", _("P1 selalu ditawarkan: semua orang mulai dengan mendaftar.")))
    unknown = [code for code in new.binding if code not in BY_CODE]
    if unknown or REGISTRATION not in new.binding:
        errors.append(FieldError("binding", _("Syarat ini tidak dikenal. Pilih dari daftarnya.")))
        return errors
    idle = [BY_CODE[code] for code in new.binding if BY_CODE[code].stage.value not in new.offered]
    if idle:
        told = _(
            "%(stage)s tidak ditawarkan, tetapi syaratnya dicentang. Tawarkan tahapnya, atau lepaskan syaratnya."
        )
        errors.append(FieldError("binding", told % {"stage": idle[0].stage.code}))
    return errors


def _wrong_licences(new: NewRule) -> list[FieldError]:
    if LICENCE in new.binding and not new.licences:
        told = _(
            "P4 meminta izin usaha, tetapi tidak ada jenis izin yang dihitung. Pilih paling sedikit satu."
        )
        return [FieldError("licences", told)]
    if not set(new.licences) <= set(LicenceKind.values):
        return [FieldError("licences", _("Jenis izin ini tidak dikenal. Pilih dari daftarnya."))]
    return []
