"""What the officers' page of one ticket shows, and which deeds it offers to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from okoce.community.tickets.forms import Answer, AskBack, CloseTicket, HandOver
from okoce.community.tickets.interests import reason_to_keep_away
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.queries.telling import lines_of, told
from okoce.community.tickets.queries.tickets import about_of
from okoce.community.tickets.sealing import PHONE, unseal
from okoce.community.tickets.states import OPEN, TicketKind, TicketState
from okoce.community.trust.queries.searching import SHORTEST, Hit, found_by_name
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.verification.codes import compact, is_whole
from okoce.foundation.verification.registry import finding_of


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of whom an impostor report names, as the page of verification says it to everybody."""

    hits: tuple[Hit, ...]
    is_code: bool
    is_unknown: bool


def ticket_context(actor: Actor, ticket: Ticket, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain."""
    tried = refused or {}
    why_not = reason_to_keep_away(actor, ticket) if actor.may(Permission.TICKETS_HANDLE) else ""
    may_handle = actor.may(Permission.TICKETS_HANDLE) and not why_not and ticket.state in OPEN
    phone = unseal(PHONE, ticket.phone_encrypted)
    about = about_of(ticket)
    context = {
        "ticket": ticket,
        "told": told(ticket),
        "lines": lines_of(
            ticket,
            with_names=True,
            photo_at=lambda name: reverse("desk_ticket_photo", args=[ticket.pk, name]),
        ),
        "about": about,
        "record": _on_record(about) if about and ticket.kind == TicketKind.IMPOSTOR else None,
        "raw_phone": phone,
        "phone": show_phone(phone) if phone else "",
        "is_members": ticket.member_id is not None,
        "taken_by": user_names([ticket.taken_by]).get(ticket.taken_by, "") if ticket.taken_by else "",
        "is_mine": ticket.taken_by is not None and ticket.taken_by == actor.user_id,
        "why_not": why_not if ticket.state in OPEN else "",
        "may_handle": may_handle,
        "may_ask": may_handle and ticket.state != TicketState.ASKED,
        "refusal": tried.get("refusal", ""),
        "refused_form": tried.get("form"),
        "deed": tried.get("deed", ""),
    }
    return {**context, **_forms(ticket, tried)} if may_handle else context


def _forms(ticket: Ticket, tried: Mapping[str, Any]) -> dict[str, Any]:
    fresh = {
        "answer": Answer(auto_id="id_answer_%s"),
        "ask": AskBack(auto_id="id_ask_%s"),
        "hand_over": HandOver(ticket, auto_id="id_over_%s"),
        "close": CloseTicket(auto_id="id_close_%s"),
    }
    if tried.get("form") is not None:
        fresh[tried["deed"]] = tried["form"]
    return {f"{name}_form": form for name, form in fresh.items()}


def _on_record(about: str) -> Record:
    """By code the one thing that has it, else what is called so; no brake slows an officer who answers."""
    code = compact(about)
    if is_whole(code):
        try:
            found = finding_of(code)
        except NotFound:
            return Record((), is_code=True, is_unknown=True)
        hit = Hit(found.what_name, found.holder, found.place, found.since, found.until, found.state)
        return Record((hit,), is_code=True, is_unknown=False)
    wanted = " ".join(about.split())
    hits = tuple(found_by_name(wanted).found) if len(wanted) >= SHORTEST else ()
    return Record(hits, is_code=False, is_unknown=not hits)
