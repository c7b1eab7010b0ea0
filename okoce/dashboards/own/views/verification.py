"""Is this genuine? For everybody who scans a code or types it."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from okoce.community.trust.queries.codes import group_behind
from okoce.dashboards.own.verdicts import verdict_of
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.waiting import say_when
from okoce.foundation.verification.checker import Signature, checker_settings, signature_of
from okoce.foundation.verification.codes import compact, show_code
from okoce.foundation.verification.queries import verified
from okoce.foundation.verification.signing import public_keys, signing_number

ALGORITHM = "Ed25519"
SEEN_FOR_SECONDS = 300
# The camera is for this page alone.
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """One field; a typed code, or a link from a QR, leads to its own address."""
    typed = request.GET.get("kode", "")
    _before, is_link, path = typed.partition(reverse("verify_form") + "/")
    code, _slash, claim = path.partition("/")
    if is_link and compact(code) and claim.isalnum():
        return redirect("verify_signed", code=show_code(compact(code)), claim=claim)
    typed = code if is_link else typed
    if compact(typed):
        return redirect("verify", code=show_code(compact(typed)))
    return render(request, "own/verify_form.html", {"typed": ""})


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine or not, since when, a masked name and the kecamatan. The code of a komunitas leads to what is said of its name."""
    return _verdict_page(request, code)


@require_safe
@never_cache
def verify_signed(request: HttpRequest, code: str, claim: str) -> HttpResponse:
    """The same for the link of a QR, which also carries a signed claim: one that was changed is said to be forged."""
    return _verdict_page(request, code, signature_of(code, claim))


def _verdict_page(request: HttpRequest, code: str, signature: Signature = Signature.UNKNOWN) -> HttpResponse:
    context = {"typed": show_code(compact(code)), "is_forged": signature is Signature.FORGED}
    try:
        found = verified(code, client_address(request), is_signed=signature is Signature.OURS)
    except DomainError as refusal:
        komunitas = group_behind(code) if _is_slip(refusal, signature) else None
        if komunitas:
            query = urlencode({"nama": komunitas.code})
            return redirect(f"{reverse('search_names')}?{query}")
        page = {**context, "refusal": refusal}
        return say_when(render(request, "own/verify.html", page, status=refusal.status), refusal)
    page = {**context, "found": found, "verdict": verdict_of(found)}
    return render(request, "own/verify.html", page, status=HTTPStatus.OK)


def _is_slip(refusal: DomainError, signature: Signature) -> bool:
    """Whether what was asked may be a code of another sort: that of a komunitas is never signed."""
    return refusal.code == "mistyped_code" and signature is Signature.UNKNOWN


@require_safe
@never_cache
def verify_offline(request: HttpRequest) -> HttpResponse:
    """The page that checks what a QR says without network, with the public keys in it. The same for everybody."""
    page = render(
        request, "own/verify_offline.html", {"checker": checker_settings(), "checked_on": today_wib()}
    )
    page.headers["Permissions-Policy"] = CAMERA
    return page


@require_safe
@cache_control(public=True, max_age=SEEN_FOR_SECONDS)
def verification_keys(request: HttpRequest) -> JsonResponse:
    """The public keys by number, for whoever checks signatures with a program of his own."""
    keys = [
        {"number": number, "algorithm": ALGORITHM, "public_key": key} for number, key in public_keys().items()
    ]
    return JsonResponse({"signs": signing_number(), "keys": keys})
