"""For everybody, without sign-in and without script: telling something, and the private page of one's ticket."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.tickets.actions import replying
from okoce.community.tickets.actions.sending import NewTicket, send_ticket
from okoce.community.tickets.codes import new_form_key
from okoce.community.tickets.forms import SenderWords, SendTicket
from okoce.community.tickets.moves import LONGEST_ABOUT, SENDER
from okoce.community.tickets.queries.photos import photo_limits, photo_path
from okoce.community.tickets.queries.telling import lines_of, told
from okoce.community.tickets.queries.tickets import about_of, home_of, ticket_by_code
from okoce.community.tickets.states import TicketKind
from okoce.community.tickets.terms import hours_to_answer
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.waiting import say_when
from okoce.foundation.verification.codes import compact, show_code
from okoce.foundation.web.pictures import private_picture

UNPROCESSABLE = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(READ_OR_SEND)
def send(request: Request) -> HttpResponse:
    """One form; `?tentang=` says whom it is about, `?soal=` which kind of thing it is. What is sent leads to its private page."""
    member_id = _member_id(request)
    if request.method != "POST":
        kind = request.GET.get("soal", "")
        initial = {
            "kind": kind if kind in TicketKind.values else "",
            "about": request.GET.get("tentang", "")[:LONGEST_ABOUT],
            "place": home_of(member_id) if member_id is not None else "",
            "key": new_form_key(),
        }
        return _form_page(request, SendTicket(initial=initial, is_member=member_id is not None), 200)
    form = SendTicket(request.POST, request.FILES, is_member=member_id is not None)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            sent = send_ticket(SENDER, _new(request, form, member_id))
        except DomainError as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            return redirect("ticket", ticket_code=show_code(sent.code))
    return _form_page(request, form, status)


def _new(request: Request, form: SendTicket, member_id: int | None) -> NewTicket:
    told = form.cleaned_data
    return NewTicket(
        key=told["key"],
        kind=told["kind"],
        text=told["text"],
        region=told["region"],
        about=told["about"],
        phone=told.get("phone", ""),
        address=client_address(request),
        photos=[one.chunks() for one in told["photos"]],
        member_id=member_id,
        user_id=request.actor.user_id,
    )


def _member_id(request: Request) -> int | None:
    """The record of whoever has signed in as a member: what she sends is hers."""
    owned = (grant.scope.member_id for grant in request.actor.grants)
    return next((one for one in owned if one is not None), None)


def _form_page(request: Request, form: SendTicket, status: int) -> HttpResponse:
    context = {
        "form": form,
        "hours": hours_to_answer(today_wib()),
        "is_member": "phone" not in form.fields,
        "limits": photo_limits(),
        "had_photos": bool(form.is_bound and form.files.getlist("photos")),
    }
    return render(request, "tickets/send.html", context, status=status)


@never_cache
@require_safe
def find(request: Request) -> HttpResponse:
    """One field for the code that was noted; it leads to the ticket."""
    typed = request.GET.get("kode", "")
    if compact(typed):
        return redirect("ticket", ticket_code=show_code(compact(typed)))
    return render(request, "tickets/find.html", {})


@never_cache
@require_safe
def ticket(request: Request, ticket_code: str) -> HttpResponse:
    """How it stands, its clock, and every answer."""
    return _ticket_page(request, ticket_code, SenderWords())


@require_safe
def ticket_photo(request: Request, ticket_code: str, name: str) -> FileResponse:
    """A photo that came with it, for whoever has the code."""
    return private_picture(photo_path(ticket_by_code(ticket_code, client_address(request)), name))


@never_cache
@require_POST
def add_words(request: Request, ticket_code: str) -> HttpResponse:
    """Say something more; after an answer this opens it again."""
    form = SenderWords(request.POST, request.FILES)
    try:
        found = ticket_by_code(ticket_code, client_address(request))
    except DomainError:
        return _ticket_page(request, ticket_code, form)
    if form.is_valid():
        with form.taking_refusals():
            photos = [one.chunks() for one in form.cleaned_data["photos"]]
            replying.add_words(SENDER, found, form.cleaned_data["text"], photos)
            return redirect(f"{reverse('ticket', args=[show_code(compact(ticket_code))])}#balasan")
    return _ticket_page(request, ticket_code, form, UNPROCESSABLE)


@never_cache
@require_POST
def confirm_solved(request: Request, ticket_code: str) -> HttpResponse:
    """It is solved."""
    try:
        found = ticket_by_code(ticket_code, client_address(request))
    except DomainError:
        return _ticket_page(request, ticket_code, SenderWords())
    replying.confirm_solved(SENDER, found)
    return redirect("ticket", ticket_code=show_code(compact(ticket_code)))


def _ticket_page(request: Request, code: str, form: SenderWords, status: int = 200) -> HttpResponse:
    try:
        found = ticket_by_code(code, client_address(request))
    except DomainError as refusal:
        context: dict[str, Any] = {"refusal": refusal, "typed": code[:60]}
        return say_when(render(request, "tickets/find.html", context, status=refusal.status), refusal)
    shown = show_code(compact(code))
    context = {
        "ticket": found,
        "told": told(found),
        "lines": lines_of(found, photo_at=lambda name: reverse("ticket_photo", args=[shown, name])),
        "limits": photo_limits(),
        "had_photos": bool(form.is_bound and form.files.getlist("photos")),
        "about": about_of(found),
        "form": form,
        "code": shown,
        "address": request.build_absolute_uri(reverse("ticket", args=[shown])),
        "add_href": reverse("add_ticket_words", args=[shown]),
        "solved_href": reverse("confirm_ticket_solved", args=[shown]),
        "title": _("Laporan nomor %s") % found.pk,
    }
    answer = render(request, "tickets/ticket.html", context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
