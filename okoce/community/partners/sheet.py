"""What the page of one mitra shows, and which deeds it offers to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.community.organisations.name_notes import PARTNER, names_told
from okoce.community.organisations.sheets import Deed, checklist_items, history_lines, open_end
from okoce.community.partners.agreement_sheet import last_day, standing_of
from okoce.community.partners.forms import AppointContact, EndContact, PartnerReason
from okoce.community.partners.interests import is_of
from okoce.community.partners.models import Partner, Proposal
from okoce.community.partners.places import place_of
from okoce.community.partners.queries.agreements import agreements_of, notice_days
from okoce.community.partners.queries.partners import (
    Acting,
    checklist_of,
    contacts_of,
    places_of,
    proposal_of,
)
from okoce.community.partners.stages import stages_in_words
from okoce.community.partners.states import WAITING, PartnerState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import ListRow
from okoce.foundation.web.numbers import day_text

# name of the page: from which states, what it is called, what it does
DECISIONS: dict[str, tuple[tuple[PartnerState, ...], Promise, Promise]] = {
    "ask_partner": (
        (PartnerState.PROPOSED,),
        gettext_lazy("Minta dilengkapi"),
        gettext_lazy("Narahubung membaca pertanyaan Anda saat mengisi nomornya di formulir pengajuan."),
    ),
    "refuse_partner": (
        WAITING,
        gettext_lazy("Tolak"),
        gettext_lazy("Alasannya tercatat dan dibaca narahubung. Namanya boleh diusulkan lagi."),
    ),
    "pause_partner": (
        (PartnerState.ACTIVE,),
        gettext_lazy("Hentikan sementara"),
        gettext_lazy("Tidak ada anggota yang dirujuk ke sana sampai dibuka lagi."),
    ),
    "reopen_partner": (
        (PartnerState.PAUSED,),
        gettext_lazy("Buka lagi"),
        gettext_lazy("Boleh dirujuki anggota lagi."),
    ),
    "close_partner": (
        (PartnerState.ACTIVE, PartnerState.PAUSED),
        gettext_lazy("Akhiri kemitraan"),
        gettext_lazy(
            "Untuk selamanya. Rujukan ke sana yang masih terbuka berakhir, dan pengirimnya membaca alasannya. Tidak ada yang"
            " dihapus: perjanjian, rujukan, dan riwayatnya tetap terbaca."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact person's line, with the form that ends her time."""

    acting: Acting
    term: str
    end_form: EndContact
    is_refused: bool


def partner_context(
    actor: Actor, partner: Partner, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain: its form, or the sentence of the refusal."""
    told = refused or {}
    may_manage = actor.may(Permission.PARTNERS_MANAGE) and is_reached(
        partner, actor, Permission.PARTNERS_MANAGE
    )
    lines = [_contact(one, told) for one in contacts_of(actor, partner)]
    context = {
        "partner": partner,
        "home": territory.path_of(partner.region),
        "places": [place_of(code) for code in places_of(partner)],
        "may_manage": may_manage,
        "is_waiting": partner.state in WAITING,
        "contacts": [one for one in lines if not one.acting.has_ended],
        "former": [one for one in lines if one.acting.has_ended],
        "agreements": _agreements(actor, partner),
        "may_register": may_manage and partner.state == PartnerState.ACTIVE,
        "offered": stages_in_words(partner.offered_stages),
        "lines": history_lines(actor, partner, "contact"),
        "names": names_told(PARTNER, partner.pk),
        "labels": {"reason": _("Alasan"), "conditions": _("Syarat"), "contact": _("Nama")},
        "refusal": told.get("refusal", ""),
        "refused_form": told.get("form"),
    }
    return {**context, **_managing(actor, partner, told, lines)} if may_manage else context


def _agreements(actor: Actor, partner: Partner) -> list[ListRow]:
    today = today_wib()
    notices, rows = notice_days(today), []
    for agreement in agreements_of(actor, partner):
        stands = standing_of(agreement, today, notices)
        until = _("%(number)s · sampai %(day)s") % {
            "number": agreement.number,
            "day": day_text(last_day(agreement), "medium"),
        }
        href = reverse("agreement_detail", args=[agreement.pk])
        rows.append(ListRow(agreement.subject, href, until, stands.words, stands.tone))
    return rows


def _managing(
    actor: Actor, partner: Partner, told: Mapping[str, Any], contacts: Iterable[ContactLine]
) -> dict[str, Any]:
    proposal, is_waiting = proposal_of(actor, partner), partner.state in WAITING
    is_served = any(not one.acting.has_ended for one in contacts)
    return {
        "proposal": proposal,
        "contact_phone": show_phone(proposal.contact_phone) if proposal else "",
        "is_own": is_of(actor, partner),
        "checklist": checklist_items(checklist_of(partner, today_wib())) if is_waiting else [],
        "read_at": partner.updated_at.isoformat(),
        "may_appoint": partner.state in (PartnerState.ACTIVE, PartnerState.PAUSED),
        "appoint_form": told["form"]
        if told.get("deed") == "appoint_contact"
        else _appointment(None if is_served else proposal),
        "is_appointing": told.get("deed") == "appoint_contact",
        "deeds": [
            _deed(partner, name, told)
            for name, rule in DECISIONS.items()
            if partner.state in rule[0] and (name != "ask_partner" or _reads_answers(proposal))
        ],
    }


def _reads_answers(proposal: Proposal | None) -> bool:
    """Whether anybody applied herself, who reads under her number what is asked."""
    return proposal is not None and proposal.phone_proven_since is not None


def _deed(partner: Partner, name: str, told: Mapping[str, Any]) -> Deed:
    _states, label, note = DECISIONS[name]
    is_refused = told.get("deed") == name
    form = told["form"] if is_refused else PartnerReason(auto_id=f"id_{name}_%s")
    return Deed(label, note, reverse(name, args=[partner.pk]), form, is_refused)


def _appointment(proposal: Proposal | None) -> AppointContact:
    """Empty, but for whoever speaks for it already, while nobody acts for it."""
    speaker = show_phone(proposal.contact_phone) if proposal else ""
    return AppointContact(
        auto_id="id_appoint_%s", initial={"who": speaker, "from_on": today_wib().isoformat()}
    )


def _contact(acting: Acting, told: Mapping[str, Any]) -> ContactLine:
    contact = acting.contact
    is_refused = told.get("deed") == "end_contact" and told.get("contact_id") == contact.pk
    until = open_end(contact.until_on, has_begun=acting.has_begun)
    form = (
        told["form"]
        if is_refused
        else EndContact(auto_id=f"id_end_{contact.pk}_%s", initial={"until_on": today_wib().isoformat()})
    )
    return ContactLine(acting, f"{day_text(contact.from_on, 'medium')} – {until}", form, is_refused)
