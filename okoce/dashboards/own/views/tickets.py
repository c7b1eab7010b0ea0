"""What I told the movement, and what it answered."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.tickets.actions import replying
from okoce.community.tickets.queries.photos import photo_limits, photo_path
from okoce.community.tickets.queries.telling import lines_of, told
from okoce.community.tickets.queries.tickets import about_of, first_words, own_ticket
from okoce.community.tickets.queries.tickets import own_tickets as sent_by_me
from okoce.dashboards.own.forms import MyWords
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.pictures import private_picture

# Her words on a ticket are its sender's, whichever way she came in.
SENDER = Actor.system("ticket_sender")


@require_safe
@needs_own_record
def own_tickets(request: Request) -> HttpResponse:
    """Each with its clock, the newest first."""
    member = own_member(request.actor)
    found, following = sent_by_me(request.actor, member, number_typed(request.GET.get("sebelum", "")))
    words = first_words(one.pk for one in found)
    context = {
        "tickets": [(one, told(one), words.get(one.pk, "")) for one in found],
        "next_href": f"{reverse('own_tickets')}?sebelum={following}" if following else "",
    }
    return own_render(request, "own/own_tickets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def own_ticket_detail(request: Request, ticket_id: int) -> HttpResponse:
    """One of them; more words, which open an answered one again."""
    found = own_ticket(request.actor, own_member(request.actor), ticket_id)
    is_sent = request.method == "POST"
    form = MyWords(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_valid():
        with form.taking_refusals():
            photos = [one.chunks() for one in form.cleaned_data["photos"]]
            replying.add_words(SENDER, found, form.cleaned_data["text"], photos)
            return redirect("own_ticket", ticket_id=found.pk)
    context = {
        "ticket": found,
        "told": told(found),
        "lines": lines_of(found, photo_at=lambda name: reverse("own_ticket_photo", args=[found.pk, name])),
        "limits": photo_limits(),
        "had_photos": bool(request.FILES),
        "about": about_of(found),
        "form": form,
        "add_href": reverse("own_ticket", args=[found.pk]),
        "solved_href": reverse("confirm_own_ticket", args=[found.pk]),
    }
    return own_render(request, "own/own_ticket.html", context, UNPROCESSABLE if form.errors else 200)


@require_safe
@needs_own_record
def own_ticket_photo(request: Request, ticket_id: int, name: str) -> FileResponse:
    """A photo that I sent with it."""
    return private_picture(photo_path(own_ticket(request.actor, own_member(request.actor), ticket_id), name))


@require_POST
@needs_own_record
def confirm_own_ticket(request: Request, ticket_id: int) -> HttpResponse:
    """It is solved."""
    found = own_ticket(request.actor, own_member(request.actor), ticket_id)
    replying.confirm_solved(SENDER, found)
    messages.success(request, _("Terima kasih. Laporan Anda ditutup."))
    return redirect("own_ticket", ticket_id=found.pk)
