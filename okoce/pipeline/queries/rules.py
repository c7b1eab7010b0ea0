"""The rules of the programme as the secretariat reads and drafts them: which hold where and when, and what a draft would do."""

from dataclasses import replace
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.events.queries import HistoryLine, trail_of
from okoce.foundation.events.trail import subject_type_of
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.pipeline.models import ProgrammeRule
from okoce.pipeline.rule_plans import NewRule, Plan, fingerprint, plan_end, plan_version, plan_withdrawal
from okoce.pipeline.rules import Rule, rules_as_stored

RIGHT = Permission.PIPELINE_MANAGE_RULES
LONGEST_NAME, LONGEST_SOURCE, LONGEST_REASON = 80, 300, 500
LONGEST_KEY = 30


def planned_version(actor: Actor, new: NewRule) -> tuple[NewRule, Plan, str]:
    """The version in clean words, what it would change, and the mark of the rules; refuses as adding it would. Writes nothing."""
    clean = cleaned_rule(actor, new)
    rules = rules_as_stored()
    return clean, plan_version(rules, clean, code_of(clean, rules)), fingerprint(rules)


def planned_end(actor: Actor, code: str, on: date | None) -> tuple[Plan, str]:
    """What ending a version, or taking it back where `on` is None, would change; refuses as the deed would. Writes nothing."""
    rules = rules_as_stored()
    row = reached_rule(actor, code)
    return plan_of_end(rules, row, on), fingerprint(rules)


def reached_rule(actor: Actor, code: str) -> ProgrammeRule:
    """A version of a territory that the actor decides on."""
    row = rule_row(code)
    _require_reach(actor, row.region)
    return row


def plan_of_end(rules: tuple[Rule, ...], row: ProgrammeRule, on: date | None) -> Plan:
    """What ending it, or taking it back, would change. Public: it weighs rules that its caller has."""
    if on is not None:
        return plan_end(rules, row.code, on)
    return plan_withdrawal(rules, row.code, row.ends.code if row.ends else "", row.ended_until)


def rule_row(code: str) -> ProgrammeRule:
    """A version by its code. Public: rules are told to everybody."""
    row = ProgrammeRule.objects.select_related("ends").filter(code=code).first()
    if row is None:
        raise NotFound(_("Aturan itu tidak ada."))
    return row


def cleaned_rule(actor: Actor, new: NewRule) -> NewRule:
    """The version in clean words, of a place and a programme that exist and that the actor reaches."""
    if len(new.region) > LENGTH_OF[Level.DISTRICT]:
        raise Invalid(
            [FieldError("region", _("Aturan ditetapkan sampai tingkat kecamatan. Pilih kecamatannya."))]
        )
    if new.region:
        territory.region(new.region)
    _require_reach(actor, new.region)
    known = ProgrammeRule.objects.filter(programme=new.programme)
    if new.programme and not known.exists():
        raise Invalid([FieldError("programme", _("Program ini tidak dikenal. Pilih dari daftarnya."))])
    limits = {"name": LONGEST_NAME, "source": LONGEST_SOURCE, "reason": LONGEST_REASON}
    read = {field: clean_text(getattr(new, field), longest) for field, longest in limits.items()}
    errors = [
        FieldError(
            field, f"{text.reason} {text.suggestion}" if isinstance(text, Unreadable) else _empty(field)
        )
        for field, text in read.items()
        if isinstance(text, Unreadable) or not text
    ]
    if errors:
        raise Invalid(errors)
    return replace(new, **read)  # type: ignore[arg-type]  # what could not be read was refused above


def cleaned_reason(reason: str) -> str:
    """Why, in clean words. Public: it reads what was typed."""
    why = clean_text(reason, LONGEST_REASON)
    if isinstance(why, Unreadable) or not why:
        told = f"{why.reason} {why.suggestion}" if isinstance(why, Unreadable) else _empty("reason")
        raise Invalid([FieldError("reason", told)])
    return why


def code_of(new: NewRule, rules: tuple[Rule, ...]) -> str:
    """A name for records and addresses: programme, place, first day. Public: it reads what was typed."""
    key = slugify(new.programme or new.name)[:LONGEST_KEY].strip("-") or "aturan"
    place = new.region.replace(".", "") or "id"
    wanted = f"{key}-{place}-{new.from_on:%Y%m%d}"
    taken = {rule.code for rule in rules} | {rule.programme for rule in rules}
    return next(
        one for one in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000))) if one not in taken
    )


def _require_reach(actor: Actor, region: str) -> None:
    """A grant for one territory decides on no rule beyond it."""
    for reach in actor.scopes_with(RIGHT):
        is_whole = reach.group_id is None and reach.partner_id is None
        if reach.everywhere or (is_whole and region_within(region, reach.region)):
            return
    raise NotFound(_("Wilayah itu tidak ada dalam wilayah tugas Anda."), field="region")


def _empty(field: str) -> str:
    return {
        "name": _("Namanya kosong. Tulis nama program seperti orang menyebutnya."),
        "source": _("Dasarnya kosong. Tulis peraturan atau keputusan yang menetapkannya."),
    }.get(field, _("Tulis alasannya: mengapa aturan ini diubah."))


def told_rule(code: str) -> tuple[Rule, str, list[HistoryLine]]:
    """A version, why it was made, and what was done with it, newest first. Public, as `rule_row` is."""
    row = rule_row(code)
    rule = next(one for one in rules_as_stored() if one.code == code)
    return rule, row.reason, trail_of(subject_type_of(row), [row.pk])


def programmes() -> dict[str, str]:
    """Every programme by its key, called as its latest version is. Public."""
    known = sorted(rules_as_stored(), key=lambda rule: (rule.from_on or date.min, rule.code))
    return {rule.programme: rule.name for rule in known if not rule.never_held}
