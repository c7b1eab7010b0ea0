"""What the pages of agreements show: who, until when, how many days are left, what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.community.organisations.sheets import history_lines
from okoce.community.partners.agreement_forms import AddObligation, EndAgreement, ExtendAgreement
from okoce.community.partners.agreement_models import Agreement, Obligation
from okoce.community.partners.places import place_of
from okoce.community.partners.queries.agreements import notice_days, obligations_of, party_names
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import AgreementState, Metric, Ower
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.numbers import count_text, day_text, rupiah_text

DAY = timedelta(days=1)
TONES = {
    AgreementState.PLANNED: "waiting",
    AgreementState.RUNNING: "verified",
    AgreementState.EXPIRED: "",
    AgreementState.CUT: "",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agreement stands today, in words and as a tone."""

    words: str
    tone: str


def standing_of(agreement: Agreement, day: date, notices: list[int]) -> Standing:
    """Its state; where it runs out within a notice and a mitra is left to extend it, in how many days."""
    state = agreement.state_on(day)
    left = (agreement.until_on - DAY - day).days
    if state != AgreementState.RUNNING or agreement.ended_on is not None or not agreement.can_go_on():
        return Standing(str(state.label), TONES[state])
    if not any(left <= days for days in notices):
        return Standing(str(state.label), TONES[state])
    if left == 0:
        return Standing(_("Hari ini hari terakhirnya"), "stuck")
    words = ngettext("Habis dalam %(days)s hari", "Habis dalam %(days)s hari", left) % {"days": left}
    return Standing(words, "stuck" if left <= min(notices) else "waiting")


def last_day(agreement: Agreement) -> date:
    """The last day on which it holds."""
    return (agreement.ended_on or agreement.until_on) - DAY


@dataclass(frozen=True, slots=True)
class Promise:
    """One obligation in words."""

    obligation: Obligation
    measure: str
    who: str
    days: str


def agreement_context(
    actor: Actor, agreement: Agreement, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain, with its form or the sentence of the refusal."""
    told, today = refused or {}, today_wib()
    may_manage = actor.may(Permission.PARTNERS_MANAGE) and is_reached(
        agreement, actor, Permission.PARTNERS_MANAGE
    )
    names = stage_names()
    state = agreement.state_on(today)
    return {
        "agreement": agreement,
        "parties": agreement.parties.all(),
        "party_names": party_names(agreement.parties.all()),
        "standing": standing_of(agreement, today, notice_days(today)),
        "last_on": agreement.until_on - DAY,
        "stages": [names.get(stage, f"P{stage}") for stage in agreement.stages],
        "places": [place_of(code) for code in agreement.places],
        "terms": _terms(agreement),
        "promises": [_promise(one) for one in obligations_of(agreement)],
        "lines": history_lines(actor, agreement),
        "labels": {"reason": _("Alasan")},
        "may_manage": may_manage,
        "may_change": may_manage and agreement.ended_on is None,
        "may_end": may_manage and agreement.ended_on is None and state != AgreementState.EXPIRED,
        "refused_deed": told.get("deed", ""),
        "refusal": told.get("refusal", ""),
        "refused_form": told.get("form"),
        "document_error": told.get("document_error", ""),
        **_forms(agreement, told),
    }


def _forms(agreement: Agreement, told: Mapping[str, Any]) -> dict[str, Any]:
    today, tried = today_wib(), told.get("deed", "")
    ends_on = max(today, agreement.from_on)  # one that has not begun is called off on its first day
    period = {
        "from_on": agreement.from_on.isoformat(),
        "last_on": (agreement.until_on - DAY).isoformat(),
    }
    fresh = {
        "extend_agreement": ExtendAgreement(auto_id="id_extend_%s", initial={"signed_on": today.isoformat()}),
        "end_agreement": EndAgreement(auto_id="id_end_%s", initial={"ended_on": ends_on.isoformat()}),
        "add_obligation": AddObligation(auto_id="id_promise_%s", initial=period),
    }
    return {f"{name}_form": told["form"] if name == tried else form for name, form in fresh.items()}


def _terms(agreement: Agreement) -> list[str]:
    """Its dated lines: the first, then each extension."""
    extensions = list(agreement.extensions.order_by("from_on"))
    first_until = extensions[0].from_on if extensions else agreement.until_on
    lines = [(agreement.number, agreement.signed_on, agreement.from_on, first_until)]
    lines += [(one.number, one.signed_on, one.from_on, one.until_on) for one in extensions]
    sentence = _("%(number)s, ditandatangani %(signed)s: %(first)s – %(last)s")
    return [
        sentence
        % {
            "number": number,
            "signed": day_text(signed, "medium"),
            "first": day_text(first, "medium"),
            "last": day_text(until - DAY, "medium"),
        }
        for number, signed, first, until in lines
    ]


def _promise(one: Obligation) -> Promise:
    days = f"{day_text(one.from_on, 'medium')} – {day_text(one.until_on - DAY, 'medium')}"
    measure = ""
    if one.metric == Metric.RUPIAH:
        measure = rupiah_text(one.amount)
    elif one.metric:
        measure = f"{count_text(one.amount)} {Metric(one.metric).label}"
    return Promise(one, measure, str(Ower(one.ower).label), days)
