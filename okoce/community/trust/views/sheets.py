"""Sheets to print and to hang up, with the square code that is verified with and without network."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.trust.verifying import certificate_finding, name_finding
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification.addresses import address_of, signed_address
from okoce.foundation.verification.codes import show_code
from okoce.foundation.verification.registry import Finding
from okoce.foundation.web.square_codes import square_code


def certificate_sheet(request: Request, group: Any, certificate: Any) -> HttpResponse:
    """That of a komunitas."""
    found = certificate_finding(certificate.code)
    return _sheet(request, found, certificate.code, reverse("group_trust", args=[group.pk]))


def name_sheet(request: Request, permission: Any, back: str, holder_id: int) -> HttpResponse:
    """That of a permission to use the name."""
    return _sheet(request, name_finding(permission.code), permission.code, reverse(back, args=[holder_id]))


def _sheet(request: Request, found: Finding | None, code: str, back_href: str) -> HttpResponse:
    if found is None:
        raise NotFound(_("Lembar itu tidak ada."))
    context = {
        "found": found,
        "code_text": show_code(code),
        "code": square_code(signed_address(request, code), _("Kode kotak untuk memeriksa keaslian")),
        "address": address_of(request, code),
        "back_href": back_href,
    }
    return render(request, "trust/sheet.html", context)
