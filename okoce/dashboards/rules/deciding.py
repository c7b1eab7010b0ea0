"""From a form to a decision: first the preview, then the deed on just that preview.

What was previewed travels sealed in the form: which draft, which rules, which people. A deed without it is not done.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from okoce.dashboards.rules.showing import Preview, preview_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.web.forms import RuleAwareForm
from okoce.pipeline.actions.rules import PeopleMoved, RulesMoved, Seen
from okoce.pipeline.queries.rule_effects import effects_of
from okoce.pipeline.rule_plans import Plan

_SALT = "okoce.rule_preview"


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that is thought of: `told` is all that it says, `planned` what it would do, with the mark of the rules."""

    told: object
    planned: Callable[[], tuple[Plan, str]]
    carried_out: Callable[[Seen], str]


@dataclass(slots=True)
class Decision:
    """What became of it: a preview with its seal, or the code of the rule that was written."""

    preview: Preview | None = None
    seal: str = ""
    code: str = ""
    has_moved: bool = False


def decide(actor: Actor, form: RuleAwareForm, draft: Draft, *, is_saving: bool) -> Decision:
    """Carry the draft out where it is to be saved and was previewed as it stands; else the preview of it as it is now."""
    has_moved = False
    if is_saving:
        try:
            return Decision(code=_carried_out(form, draft))
        except DomainError as refusal:
            form.take(refusal)
            if not isinstance(refusal, RulesMoved | PeopleMoved):
                return Decision()
            has_moved = isinstance(refusal, PeopleMoved)
    try:
        plan, rules = draft.planned()
    except DomainError as refusal:
        if not is_saving:
            form.take(refusal)
        return Decision()
    effects = effects_of(actor, plan)
    return Decision(preview_of(plan, effects), _sealed(draft, Seen(rules, effects.mark)), has_moved=has_moved)


def _carried_out(form: RuleAwareForm, draft: Draft) -> str:
    seen = _unsealed(str(form.cleaned_data.get("seen", "")), draft)
    if seen is None:
        raise RulesMoved(
            _("Isian ini belum dipratinjau, atau berubah sesudahnya. Periksa pratinjaunya, lalu simpan.")
        )
    return draft.carried_out(
        Seen(seen["rules"], seen["people"], is_any_number=bool(form.cleaned_data.get("any_number")))
    )


def _sealed(draft: Draft, seen: Seen) -> str:
    return signing.dumps({"draft": _digest(draft), "rules": seen.rules, "people": seen.people}, salt=_SALT)


def _unsealed(seal: str, draft: Draft) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = signing.loads(seal, salt=_SALT)
    except signing.BadSignature:
        return None
    return told if told["draft"] == _digest(draft) else None


def _digest(draft: Draft) -> str:
    return hashlib.sha256(repr(draft.told).encode()).hexdigest()
