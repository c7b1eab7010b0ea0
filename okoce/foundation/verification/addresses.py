"""Where a code is verified, and what its QR says."""

from django.http import HttpRequest
from django.urls import reverse

from okoce.foundation.verification.codes import show_code
from okoce.foundation.verification.queries import claim_for


def address_of(request: HttpRequest, code: str) -> str:
    """Where a code is verified."""
    return request.build_absolute_uri(reverse("verify", args=[show_code(code)]))


def signed_address(request: HttpRequest, code: str) -> str:
    """What the QR of a genuine thing says: the same, with a claim for checkers without network."""
    claim = claim_for(code)
    return f"{address_of(request, code)}/{claim}" if claim else address_of(request, code)
