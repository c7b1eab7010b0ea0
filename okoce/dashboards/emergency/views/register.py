"""The register of emergencies for whoever answers for personal data, and the button that stops one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.dashboards.emergency.showing import deeds_within, looks_within, shown_emergencies
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import stop_emergency as stop
from okoce.foundation.accounts.emergencies import emergencies, emergency_for
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.typed_numbers import number_typed

READ, STOP = Permission.PRIVACY_READ, Permission.EMERGENCY_STOP


@require_safe
@needs(READ)
def emergency_list(request: Request) -> HttpResponse:
    """All of them, the newest first."""
    rows, following = emergencies(request.actor, number_typed(request.GET.get("sebelum", "")))
    context = {
        "emergencies": shown_emergencies(rows),
        "next_href": f"{reverse('emergency_list')}?sebelum={following}" if following else "",
    }
    return render(request, "emergency/emergency_list.html", context)


@require_safe
@needs(READ)
def emergency_detail(request: Request, emergency_id: int) -> HttpResponse:
    """One of them: why, and each look and deed within."""
    [shown] = shown_emergencies([emergency_for(request.actor, emergency_id)])
    context = {
        "one": shown,
        "looks": looks_within(request.actor, emergency_id),
        "deeds": deeds_within(request.actor, emergency_id),
        "may_stop": shown.is_open and request.actor.may(STOP),
    }
    return render(request, "emergency/emergency_detail.html", context)


@require_POST
@needs(STOP)
def stop_emergency(request: Request, emergency_id: int) -> HttpResponse:
    """End somebody's before its time."""
    if stop(request.actor, emergency_for(request.actor, emergency_id, STOP)):
        messages.success(request, _("Akses darurat dihentikan."))
    else:
        messages.warning(request, _("Akses darurat itu sudah berakhir."))
    return redirect("emergency_detail", emergency_id=emergency_id)
