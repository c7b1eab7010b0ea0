"""Where one is signed in, and ending it from afar."""

import re
from typing import Any

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okoce.foundation.accounts.security import end_sessions
from okoce.foundation.accounts.views.own import OwnPage

# The first mark that a browser tells of itself: nearly all call themselves Chrome and Safari too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iPhone/iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class SessionList(OwnPage, ListUserSessionsView):
    heading = _("Tempat Anda masuk")
    template_name = "accounts/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [
            {
                "pk": session.pk,
                "device": device_text(session.user_agent),
                "address": session.ip,
                "since": session.created_at,
                "is_current": session.is_current(),
            }
            for session in context["sessions"]
        ]
        ordered = sorted(shown, key=lambda session: not session["is_current"])
        return context | {"sessions": ordered, "has_password": self.request.user.has_usable_password()}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        ended = end_sessions(self.request, self.request.POST.get("session", ""))
        if not self.request.user.is_authenticated:
            return redirect("sign_in")
        messages.success(self.request, gettext("%s tempat sudah dikeluarkan.") % ended)
        return redirect("usersessions_list")


def device_text(user_agent: str) -> str:
    """`Chrome, Android`: enough to know one's own devices."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if re.search(mark, user_agent)), "")
    return ", ".join(filter(None, (browser, system))) or gettext("Perangkat tidak dikenal")


session_list = SessionList.as_view()
