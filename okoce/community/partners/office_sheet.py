"""What the page of a mitra shows to its own officers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.organisations.name_notes import PARTNER, names_told
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.agreement_sheet import last_day, standing_of
from okoce.community.partners.deliveries import delivered_words
from okoce.community.partners.forms import SpeakerFields
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.places import place_of
from okoce.community.partners.queries.agreements import next_agreements_of, notice_days
from okoce.community.partners.queries.partners import contacts_of, own_proposal, places_of
from okoce.community.partners.queries.referrals import referrals_waiting_for
from okoce.community.partners.referral_sheet import is_late, waiting_words
from okoce.community.partners.stages import stage_names, stages_in_words
from okoce.community.partners.states import AgreementState
from okoce.community.partners.telling import speaks
from okoce.community.partners.terms import role_for
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import ListRow
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

MOST_AGREEMENTS, MOST_WAITING = 20, 10
NUMBERS = (2, 3)  # which columns of the promises
TONES = {"active": "verified", "paused": "stuck", "closed": ""}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who acts for it now or will."""

    name: str
    note: str


def office_context(
    actor: Actor, partner: Partner, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page needs; `refused` is what was tried in vain: the form, and the sentence of the refusal."""
    told = refused or {}
    agreements = next_agreements_of(actor, partner, MOST_AGREEMENTS + 1)
    count, waiting = referrals_waiting_for(actor, partner, MOST_WAITING)
    proposal, names = own_proposal(actor, partner), stage_names()
    return {
        "partner": partner,
        "home": territory.path_of(partner.region),
        "tone": TONES.get(partner.state, "waiting"),
        "places": [place_of(code) for code in places_of(partner)],
        "offered": stages_in_words(partner.offered_stages),
        "role": ROLES[role_for(partner.kind)],
        "colleagues": _colleagues(actor, partner),
        "proposal": proposal,
        "contact_phone": show_phone(proposal.contact_phone) if proposal else "",
        "form": told.get("form") or _form(proposal),
        "refusal": told.get("refusal", ""),
        "is_correcting": bool(told),
        "names": names_told(PARTNER, partner.pk),
        "waiting_count": count,
        "waiting": [
            ListRow(
                names.get(one.stage, f"P{one.stage}"),
                reverse("referral_detail", args=[one.pk]),
                waiting_words(one),
                badge=_("Lewat batas") if is_late(one) else "",
                tone="stuck" if is_late(one) else "",
            )
            for one in waiting
        ],
        **_agreed(agreements[:MOST_AGREEMENTS]),
        "has_more": len(agreements) > MOST_AGREEMENTS,
    }


def _form(proposal: Proposal | None) -> SpeakerFields:
    stands = {}
    if proposal is not None:
        stands = {**asdict(speaks(proposal)), "contact_phone": show_phone(proposal.contact_phone)}
    return SpeakerFields(initial=stands)


def _colleagues(actor: Actor, partner: Partner) -> list[Colleague]:
    told = []
    for one in contacts_of(actor, partner):
        if one.has_ended:
            continue
        since = _("sejak %s") % day_text(one.contact.from_on, "medium")
        told.append(Colleague(one.name, " · ".join(filter(None, (one.contact.duty, since)))))
    return told


def _agreed(agreements: Sequence[Agreement]) -> dict[str, Any]:
    """The agreements, what was delivered under each, and how far each promise is kept."""
    today = today_wib()
    told, notices = delivered_words(agreements), notice_days(today)
    running = [one for one in agreements if one.state_on(today) == AgreementState.RUNNING]
    heads = (_("Kewajiban"), _("Dijanjikan"), _("Menurut catatan"), _("Tercapai"), _("Artinya"))
    return {
        "served": stages_in_words(sorted({stage for one in running for stage in one.stages})),
        "agreement_columns": [
            Column(_("Perjanjian")),
            Column(_("Keadaan")),
            *(Column(name, is_number=True) for name in told.names),
        ],
        "agreement_rows": [[*_named(one, notices), *told.numbers[one.pk]] for one in agreements],
        "meanings": told.meanings,
        "counted_until": told.until,
        "promise_columns": [Column(head, is_number=place in NUMBERS) for place, head in enumerate(heads)],
        "promise_rows": [
            [Cell(what, reverse("agreement_detail", args=[one.pk]), detail=one.number), *rest]
            for one, what, *rest in told.promises
        ],
    }


def _named(agreement: Agreement, notices: list[int]) -> list[CellValue]:
    stands = standing_of(agreement, today_wib(), notices)
    until = _("%(number)s · sampai %(day)s") % {
        "number": agreement.number,
        "day": day_text(last_day(agreement), "medium"),
    }
    name = Cell(agreement.subject, reverse("agreement_detail", args=[agreement.pk]), detail=until)
    return [name, Cell(stands.words, tone=stands.tone)]
