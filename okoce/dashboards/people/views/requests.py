"""The data officer's desk: what members ask about their data, each with its clock."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.actions.requests import answer_data_request
from okoce.community.privacy.queries import request_for, requests_waiting
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.people.request_forms import AnswerRequest
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed

UNPROCESSABLE = 422


@require_safe
@needs(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def data_request_list(request: Request) -> HttpResponse:
    """What waits to be answered, the longest waiting first."""
    page = requests_waiting(request.actor, after=number_typed(request.GET.get("sesudah", "")) or 0)
    context = {
        "requests": [(one, *clock_of(one)) for one in page.requests],
        "next_href": f"{reverse('data_request_list')}?sesudah={page.next}" if page.next else "",
    }
    return render(request, "people/data_request_list.html", context)


def clock_of(asked: Any) -> tuple[str, str]:
    """How long there is still time, and the tone of the badge that says so."""
    hours = int((asked.due - timezone.now()).total_seconds() // 3600)
    if hours < 0:
        return _("Terlambat %d jam") % -hours, "stuck"
    return _("Sisa %d jam") % hours, "waiting"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ANSWER_DATA_REQUEST)
def data_request_detail(request: Request, request_id: int) -> HttpResponse:
    """One request, whose it is, and the answer."""
    asked = request_for(request.actor, request_id)
    form = AnswerRequest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_data_request(request.actor, asked, form.cleaned_data["answer"])
        except NotFound:
            raise
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Jawaban tersimpan. Anggota membacanya di halamannya."))
            return redirect("data_request_list")
    note_look(request.actor, Sight.of(asked.member, LookedAt.REQUEST))
    clock, tone = clock_of(asked)
    context = {"asked": asked, "form": form, "clock": clock, "tone": tone}
    return render(
        request, "people/data_request_detail.html", context, status=UNPROCESSABLE if form.errors else 200
    )
