"""Is this genuine? For everybody who scans a code or types it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okoce.dashboards.own.verdicts import verdict_of
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.verification.codes import compact, show_code
from okoce.foundation.verification.queries import verified


def address_of(request: HttpRequest, code: str) -> str:
    """Where a code is verified: what its QR says."""
    return request.build_absolute_uri(reverse("verify", args=[show_code(code)]))


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """One field; a typed code leads to its own address."""
    typed = request.GET.get("kode", "")
    if compact(typed):
        return redirect("verify", code=show_code(compact(typed)))
    return render(request, "own/verify_form.html", {"typed": ""})


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine or not, since when, a masked name and the kecamatan."""
    context = {"typed": show_code(compact(code))}
    try:
        found = verified(code, client_address(request))
    except DomainError as refusal:
        page = {**context, "refusal": refusal}
        return render(request, "own/verify.html", page, status=refusal.status)
    page = {**context, "found": found, "verdict": verdict_of(found)}
    return render(request, "own/verify.html", page, status=HTTPStatus.OK)
