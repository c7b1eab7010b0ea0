"""Opening an emergency for oneself, and ending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.dashboards.emergency.forms import OpenEmergency
from okoce.dashboards.emergency.showing import shown_emergencies
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts import actions, emergencies
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.accounts.states import EmergencyTermCode
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.context import minutes_left

UNPROCESSABLE = 422
OPEN = Permission.EMERGENCY_OPEN


@require_http_methods(["GET", "HEAD", "POST"])
@needs(OPEN)
def open_emergency(request: Request) -> HttpResponse:
    """Say where and why; then it is open at once, and others know."""
    form = OpenEmergency(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            opened = actions.open_emergency(request.actor, **form.told())
            told = _("Akses darurat terbuka selama %d menit. Petugas lain sudah diberi tahu.")
            messages.warning(request, told % minutes_left(opened.until))
            return redirect(f"/anggota?wilayah={opened.region}")
    today = today_wib()
    context = {
        "form": form,
        "minutes": int(emergencies.term(EmergencyTermCode.MINUTES, today).total_seconds() // 60),
        "rest_hours": round(emergencies.term(EmergencyTermCode.REST_MINUTES, today).total_seconds() / 3600),
        "own": shown_emergencies(emergencies.own_emergencies(request.actor)),
    }
    return render(
        request, "emergency/open_emergency.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
@needs(OPEN)
def end_emergency(request: Request) -> HttpResponse:
    """End one's own before its time."""
    actions.end_own_emergency(request.actor)
    messages.success(request, _("Akses darurat berakhir."))
    return redirect("open_emergency")
