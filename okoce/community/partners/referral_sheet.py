"""What the pages of referrals show: who, from where to where, since how many days, what may be done about it by whom."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.community.partners.acting import (
    is_of_receiver,
    may_answer,
    may_call,
    may_name,
    may_withdraw,
    names_of,
)
from okoce.community.partners.interests import is_herself
from okoce.community.partners.queries.referrals import words_of
from okoce.community.partners.referral_forms import CloseReferral, ReferralReason
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.referral_moves import HER_WORD
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import OPEN, REFERRAL, TONES, ReferralState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import day_in, today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import day_text


def days_since(referral: Referral) -> int:
    """Since how many days it waits for whoever has to do something; of one that is over, how long it took."""
    began = referral.answered_at if referral.state == ReferralState.ACCEPTED else referral.sent_at
    ended = timezone.now() if referral.state in OPEN else referral.closed_at or referral.answered_at
    return (day_in("WIB", ended) - day_in("WIB", began)).days


def clock_words(referral: Referral) -> str:
    """The clock in words."""
    days = days_since(referral)
    told = {"days": days}
    if days == 0:
        return _today_words(referral)
    if referral.state == ReferralState.SENT:
        return ngettext("menunggu %(days)s hari", "menunggu %(days)s hari", days) % told
    if referral.state == ReferralState.ACCEPTED:
        return ngettext("diterima %(days)s hari lalu", "diterima %(days)s hari lalu", days) % told
    return ngettext("selesai dalam %(days)s hari", "selesai dalam %(days)s hari", days) % told


def is_late(referral: Referral) -> bool:
    """Whether whoever has to do something about it should have done so by now."""
    return referral.due_on is not None and referral.due_on < today_wib()


def due_words(referral: Referral) -> str:
    """Until when the next step is to be done; "" of one that is over."""
    if referral.due_on is None:
        return ""
    days = (today_wib() - referral.due_on).days
    if days > 0:
        return ngettext("lewat batas %(days)s hari", "lewat batas %(days)s hari", days) % {"days": days}
    if days == 0:
        return _("batasnya hari ini")
    return _("paling lambat %s") % day_text(referral.due_on, "medium")


def waiting_words(referral: Referral) -> str:
    """The clock, and until when: for a list."""
    return " · ".join(filter(None, (clock_words(referral), due_words(referral))))


def _today_words(referral: Referral) -> str:
    if referral.state == ReferralState.SENT:
        return _("menunggu sejak hari ini")
    return _("diterima hari ini") if referral.state == ReferralState.ACCEPTED else _("selesai hari itu juga")


def person_words(actor: Actor, referral: Referral) -> str:
    """Who it is, for whoever is told."""
    return referral.member.name if may_name(actor, referral) else _("Tidak dibagikan lagi")


def way_words(referral: Referral) -> str:
    """From where to where."""
    sender, receiver = names_of(referral.from_partner, referral.to_partner, _("Gerakan OK OCE"))
    return f"{sender} → {receiver}"


def referral_context(
    actor: Actor, referral: Referral, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain, with its form or the sentence of the refusal."""
    told, member = refused or {}, referral.member
    tried, is_sent = told.get("deed", ""), referral.state == ReferralState.SENT
    is_theirs = may_answer(actor, referral) and not is_herself(actor, member)
    may_read = actor.may(Permission.MEMBERS_READ) and is_reached(member, actor, Permission.MEMBERS_READ)
    is_named = may_name(actor, referral)
    return {
        "referral": referral,
        "person": person_words(actor, referral),
        "is_named": is_named,
        "phone": show_phone(member.phone) if member.phone and may_call(actor, referral) else "",
        "raw_phone": member.phone,
        "place": territory.path_of(member.region) if is_named else "",
        "member_href": reverse("member_detail", args=[member.number]) if may_read else "",
        "way": way_words(referral),
        "clock": clock_words(referral),
        "due": due_words(referral),
        "is_late": is_late(referral),
        "tone": TONES[referral.state],
        "stage": stage_names().get(referral.stage, ""),
        "need": referral.need if is_named else "",
        "note": referral.note if is_named else "",
        "words": words_of(referral.consent_text, referral.to_partner.name),
        "may_accept": is_theirs and is_sent,
        "may_close": is_theirs and referral.state == ReferralState.ACCEPTED,
        "may_withdraw": may_withdraw(actor, referral) and _may_become(referral, ReferralState.WITHDRAWN),
        "is_over": referral.state == ReferralState.CLOSED,
        "her_word": HER_WORD,
        "in_its_name": "" if is_of_receiver(actor, referral) else referral.to_partner.name,
        "may_send_on": is_theirs and referral.state in (ReferralState.ACCEPTED, ReferralState.CLOSED),
        "refused_deed": tried,
        "refusal": told.get("refusal", ""),
        "refused_form": told.get("form"),
        **_forms(told, tried),
    }


def _may_become(referral: Referral, state: ReferralState) -> bool:
    return state in REFERRAL.choices_from(referral.state)


def _forms(told: Mapping[str, Any], tried: str) -> dict[str, Any]:
    fresh: dict[str, Any] = {
        "decline_referral": ReferralReason(auto_id="id_decline_%s"),
        "withdraw_referral": ReferralReason(auto_id="id_withdraw_%s"),
        "close_referral": CloseReferral(auto_id="id_close_%s"),
    }
    return {f"{name}_form": told["form"] if name == tried else form for name, form in fresh.items()}
