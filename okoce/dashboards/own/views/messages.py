"""What I was told, and how I want to be told."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.dashboards.messages.views import asked_id, chosen_preference
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.requests import Request
from okoce.foundation.notifications.actions import mark_own_read
from okoce.foundation.notifications.queries import own_messages as messages_of
from okoce.foundation.notifications.recipients import To


@require_safe
@needs_own_record
def own_messages(request: Request) -> HttpResponse:
    """My messages, newest first: also those that came by WhatsApp or e-mail."""
    to = To(member_id=own_member(request.actor).pk)
    page = messages_of(request.actor, to, before=asked_id(request.GET.get("sesudah", "")))
    context = {
        "told": page.rows,
        "newest": max((one.id for one in page.rows), default=0),  # type: ignore[attr-defined]  # rows of Told
        "next_href": f"{reverse('own_messages')}?sesudah={page.next}" if page.next else "",
    }
    return own_render(request, "own/own_messages.html", context)


@require_POST
@needs_own_record
def read_own_messages(request: Request) -> HttpResponse:
    """I have read them."""
    to = To(member_id=own_member(request.actor).pk)
    mark_own_read(request.actor, to, asked_id(request.POST.get("newest", "")) or 0)
    return redirect("own_messages")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def own_preferences(request: Request) -> HttpResponse:
    """By which channel, in which language, or not at all."""
    form, is_done = chosen_preference(request, To(member_id=own_member(request.actor).pk))
    if is_done:
        return redirect("own_messages")
    status = UNPROCESSABLE if form.errors else 200
    return own_render(request, "own/own_preferences.html", {"form": form}, status)
