"""What the page of a mitra shows to its own officers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.organisations.name_notes import PARTNER, names_told
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.agreement_sheet import last_day, standing_of
from okoce.community.partners.forms import SpeakerFields
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.places import place_of
from okoce.community.partners.queries.agreements import next_agreements_of, notice_days
from okoce.community.partners.queries.delivered import Delivered
from okoce.community.partners.queries.partners import contacts_of, own_proposal, places_of
from okoce.community.partners.queries.referrals import referrals_waiting_for
from okoce.community.partners.referral_sheet import clock_words
from okoce.community.partners.stages import stage_names, stages_in_words
from okoce.community.partners.states import AgreementState
from okoce.community.partners.telling import speaks
from okoce.community.partners.terms import role_for
from okoce.dashboards.agreements.counting import delivered_under_each
from okoce.dashboards.agreements.showing import meanings_shown, promises_of
from okoce.dashboards.funnel import Meaning, meanings
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import ListRow
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

MOST_AGREEMENTS, MOST_WAITING = 20, 10
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
                clock_words(one),
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
    delivered, meaning, notices = delivered_under_each(agreements, today), meanings(today), notice_days(today)
    running = [one for one in agreements if one.state_on(today) == AgreementState.RUNNING]
    numbers = (_("Dirujuk"), _("Orang"), _("Diterima"), _("Dilayani"), _("Selesai"))
    return {
        "served": stages_in_words(sorted({stage for one in running for stage in one.stages})),
        "agreement_columns": [
            Column(_("Perjanjian")),
            Column(_("Keadaan")),
            *(Column(name, is_number=True) for name in numbers),
        ],
        "agreement_rows": [_row(one, delivered[one.pk], notices) for one in agreements],
        "meanings": meanings_shown(meaning),
        "counted_until": today,
        "promise_columns": [
            Column(_("Kewajiban")),
            Column(_("Dijanjikan")),
            Column(_("Menurut catatan"), is_number=True),
            Column(_("Tercapai"), is_number=True),
            Column(_("Artinya")),
        ],
        "promise_rows": [row for one in agreements for row in _promises(one, delivered[one.pk], meaning)],
    }


def _row(agreement: Agreement, told: Delivered, notices: list[int]) -> list[CellValue]:
    stands = standing_of(agreement, today_wib(), notices)
    until = _("%(number)s · sampai %(day)s") % {
        "number": agreement.number,
        "day": day_text(last_day(agreement), "medium"),
    }
    name = Cell(agreement.subject, reverse("agreement_detail", args=[agreement.pk]), detail=until)
    state = Cell(stands.words, tone=stands.tone)
    if told.until < told.since:  # nothing is counted before it begins
        return [name, state, "–", "–", "–", "–", "–"]
    return [name, state, told.sent, told.people, told.accepted, told.served, told.completed]


def _promises(agreement: Agreement, told: Delivered, meaning: Mapping[str, Meaning]) -> list[list[CellValue]]:
    href = reverse("agreement_detail", args=[agreement.pk])
    measured: list[list[CellValue]] = [
        [Cell(one.text, href, detail=agreement.number), one.promised, one.counted, one.share, one.meaning]
        for one in promises_of(told.promises, meaning)
    ]
    unmeasured: list[list[CellValue]] = [
        [Cell(one.text, href, detail=agreement.number), _("tanpa ukuran"), "–", "–", one.get_ower_display()]
        for one in told.unmeasured
    ]
    return [*measured, *unmeasured]
