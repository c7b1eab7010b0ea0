"""The officers' pages: the queue with its clocks, one ticket, and each deed as a form on it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import AccountLookedAt, LookedAt
from okoce.community.tickets.actions import handling
from okoce.community.tickets.forms import Answer, AskBack, CloseTicket, HandOver
from okoce.community.tickets.offices import office_name
from okoce.community.tickets.queries.figures import RECENT_DAYS, Figures, figures_of
from okoce.community.tickets.queries.photos import photo_path
from okoce.community.tickets.queries.telling import clock_of, span_words
from okoce.community.tickets.queries.tickets import (
    LATE,
    Mark,
    first_words,
    list_tickets,
    ticket_for,
    went_up_by_itself,
)
from okoce.community.tickets.sheet import ticket_context
from okoce.community.tickets.states import RUNNING, TicketState
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.territory.queries import names_for
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.lists import FilterChip, list_address
from okoce.foundation.web.pictures import private_picture

if TYPE_CHECKING:
    from okoce.community.tickets.models import Ticket

UNPROCESSABLE = 422
SHOWN_WORDS = 140
CHIPS = (TicketState.ASKED, TicketState.ANSWERED, TicketState.CLOSED)


@require_safe
@needs(Permission.TICKETS_READ)
def ticket_list(request: Request) -> HttpResponse:
    """What waits, whose clock runs out first on top; how the desk stands."""
    state = request.GET.get("keadaan", "")
    state = state if state in (LATE, *CHIPS) else ""
    page = list_tickets(request.actor, state, Mark.read(request.GET.get("sesudah", "")))
    figures = figures_of(request.actor)
    context = {
        "rows": _rows(page.tickets),
        "chips": _chips(figures, state),
        "figures": figures,
        "median": span_words(figures.median) if figures.median is not None else "",
        "recent_days": RECENT_DAYS,
        "is_narrowed": bool(state),
        "next_href": list_address("ticket_list", keadaan=state, sesudah=page.next.text) if page.next else "",
    }
    return render(request, "tickets/ticket_list.html", context)


def _rows(tickets: "list[Ticket]") -> list[dict[str, Any]]:
    words = first_words(one.pk for one in tickets)
    names = user_names({one.taken_by for one in tickets if one.taken_by})
    places = names_for(one.region for one in tickets)
    rows = []
    for one in tickets:
        clock, tone = clock_of(one)
        told = words.get(one.pk, "")
        rows.append(
            {
                "ticket": one,
                "clock": clock,
                "tone": tone,
                "place": places[one.region],
                "office": office_name(one.office),
                "taken_by": names.get(one.taken_by or 0, ""),
                "words": told if len(told) <= SHOWN_WORDS else f"{told[:SHOWN_WORDS].rstrip()}…",
            }
        )
    return rows


def _chips(figures: Figures, current: str) -> list[FilterChip]:
    running = sum(figures.by_state[state] for state in RUNNING)
    named = [("", _("Menunggu jawaban"), running), (LATE, _("Terlambat"), figures.late)]
    named += [(state.value, str(state.label), figures.by_state[state]) for state in CHIPS]
    return [
        FilterChip(label, list_address("ticket_list", keadaan=state), count, is_current=state == current)
        for state, label, count in named
    ]


@require_safe
@needs(Permission.TICKETS_READ)
def ticket_detail(request: Request, ticket_id: int) -> HttpResponse:
    """One ticket: what was told, of whom, what became of it, and what may be done."""
    found = ticket_for(request.actor, ticket_id)
    context = ticket_context(request.actor, found)
    if context["phone"]:
        _note_sender_seen(request, found)
    return render(request, "tickets/ticket_detail.html", context)


def _note_sender_seen(request: Request, found: "Ticket") -> None:
    """Of who sent it from an account alone; a number that somebody typed without signing in may be anybody's."""
    if found.member is None and found.sender_user_id is not None:
        sight = AccountSight(
            page=AccountLookedAt.TICKET,
            right=Permission.TICKETS_READ,
            user_id=found.sender_user_id,
            region=found.region,
        )
        note_account_look(request.actor, sight)


@require_safe
@needs(Permission.TICKETS_READ)
def photo(request: Request, ticket_id: int, name: str) -> FileResponse:
    """A photo that came with it; its sender reads that it was looked at, where she was signed in."""
    found = ticket_for(request.actor, ticket_id)
    path = photo_path(found, name)
    if found.member is not None:
        note_look(request.actor, Sight.of(found.member, LookedAt.TICKET))
    _note_sender_seen(request, found)
    return private_picture(path)


def _again(request: Request, found: "Ticket", told: Mapping[str, Any]) -> HttpResponse:
    """The page again, with what was refused; as the ticket stands now."""
    fresh = ticket_for(request.actor, found.pk)
    context = ticket_context(request.actor, fresh, told)
    return render(request, "tickets/ticket_detail.html", context, status=UNPROCESSABLE)


def _done_or_again(
    request: Request, ticket_id: int, name: str, make: "Callable[[Ticket], RuleAwareForm]", deed: Any
) -> HttpResponse:
    found = ticket_for(request.actor, ticket_id, Permission.TICKETS_HANDLE)
    form = make(found)
    return done_or_again(
        request,
        form,
        lambda: str(deed(found, form)),
        lambda: _back(request, found),
        lambda told: _again(request, found, {"deed": name, **told}),
    )


def _back(request: Request, found: "Ticket") -> str:
    """To the ticket, as long as it is within reach: what was handed over to another place is not."""
    try:
        ticket_for(request.actor, found.pk)
    except NotFound:
        return reverse("ticket_list")
    return reverse("ticket_detail", args=[found.pk])


@require_POST
@needs(Permission.TICKETS_HANDLE)
def take(request: Request, ticket_id: int) -> HttpResponse:
    """Say that I answer this one."""
    found = ticket_for(request.actor, ticket_id, Permission.TICKETS_HANDLE)
    try:
        handling.take_ticket(request.actor, found)
    except NotFound:
        raise
    except DomainError as refusal:
        return _again(request, found, {"deed": "take", "refusal": refusal.sentence})
    messages.success(request, _("Laporan ini sekarang Anda yang menangani."))
    return redirect("ticket_detail", ticket_id=found.pk)


@require_POST
@needs(Permission.TICKETS_HANDLE)
def answer(request: Request, ticket_id: int) -> HttpResponse:
    """Answer the sender."""

    def deed(found: "Ticket", form: RuleAwareForm) -> str:
        handling.answer_ticket(request.actor, found, form.cleaned_data["text"])
        return _("Jawaban tersimpan. Pelapor membacanya di halaman laporannya.")

    return _done_or_again(
        request, ticket_id, "answer", lambda _one: Answer(request.POST, auto_id="id_answer_%s"), deed
    )


@require_POST
@needs(Permission.TICKETS_HANDLE)
def ask(request: Request, ticket_id: int) -> HttpResponse:
    """Ask the sender back."""

    def deed(found: "Ticket", form: RuleAwareForm) -> str:
        handling.ask_sender(request.actor, found, form.cleaned_data["text"])
        return _("Pertanyaan terkirim. Waktunya berhenti sampai pelapor menjawab.")

    return _done_or_again(
        request, ticket_id, "ask", lambda _one: AskBack(request.POST, auto_id="id_ask_%s"), deed
    )


@require_POST
@needs(Permission.TICKETS_HANDLE)
def hand_over(request: Request, ticket_id: int) -> HttpResponse:
    """Back to its kecamatan, to a level above, or to another kecamatan."""

    def deed(found: "Ticket", form: RuleAwareForm) -> str:
        reason = form.cleaned_data["reason"]
        if form.is_back:  # type: ignore[attr-defined]  # of this form
            moved = handling.hand_back_ticket(request.actor, found, reason)
        else:
            moved = handling.hand_over_ticket(request.actor, found, form.office(), reason)  # type: ignore[attr-defined]  # likewise
        if went_up_by_itself(moved):
            return _("Laporan ini kembali ke tempat yang pernah memegangnya, jadi naik ke %s.") % office_name(
                moved.office
            )
        return _("Diteruskan ke %s.") % office_name(moved.office)

    return _done_or_again(
        request, ticket_id, "hand_over", lambda one: HandOver(one, request.POST, auto_id="id_over_%s"), deed
    )


@require_POST
@needs(Permission.TICKETS_HANDLE)
def close(request: Request, ticket_id: int) -> HttpResponse:
    """Close it with a reason."""

    def deed(found: "Ticket", form: RuleAwareForm) -> str:
        handling.close_ticket(request.actor, found, form.cleaned_data["reason"])
        return _("Laporan ditutup. Pelapor membaca alasannya.")

    return _done_or_again(
        request, ticket_id, "close", lambda _one: CloseTicket(request.POST, auto_id="id_close_%s"), deed
    )
