"""The passport: seven stamps with the evidence behind each, to read, to print, to keep."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.papers import detail_of, passport_pdf
from okoce.dashboards.own.proofs import proofs_of
from okoce.dashboards.own.queries import own_member, valid_card
from okoce.dashboards.own.shell import own_render
from okoce.dashboards.passports import stamps_of
from okoce.foundation.accounts.requests import Request
from okoce.foundation.verification.addresses import address_of, signed_address
from okoce.foundation.web.documents import pdf_answer
from okoce.pipeline.queries.journeys import givers_of, journey_of


@require_safe
@needs_own_record
def own_passport(request: Request) -> HttpResponse:
    """The seven stamps, and every piece of evidence that was handed in for each."""
    member = own_member(request.actor)
    steps = journey_of(request.actor, member)
    context = {
        "member": member,
        "detail": detail_of(member),
        "stamps": stamps_of(steps, givers_of(steps)),
        "stages": proofs_of(steps),
        "address": _card_address(request, member),
    }
    return own_render(request, "own/own_passport.html", context)


@require_safe
@needs_own_record
def own_passport_pdf(request: Request) -> HttpResponse:
    """The same on a sheet of A4."""
    member = own_member(request.actor)
    steps = journey_of(request.actor, member)
    stamps = stamps_of(steps, givers_of(steps))
    card = valid_card(request.actor, member)
    content = passport_pdf(member, stamps, signed_address(request, card.code) if card else "")
    return pdf_answer(content, f"paspor-{member.number}.pdf")


def _card_address(request: Request, member: Any) -> str:
    card = valid_card(request.actor, member)
    return address_of(request, card.code) if card else ""
