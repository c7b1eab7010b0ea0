"""The public question "is this genuine?" for programs: the same answer as the page."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import Field

from okoce.community.trust.queries.codes import group_behind
from okoce.dashboards.own.schemas import VerificationOut
from okoce.foundation.api.answers import reply
from okoce.foundation.api.fields import Code
from okoce.foundation.api.shell import answers
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification.codes import compact, show_code
from okoce.foundation.verification.queries import verified

router = Router(tags=["public"])

CardCode = Annotated[Code, Field(description="The code on the card, in any case, with or without dashes.")]


@router.get(
    "/verify/{code}",
    response=answers({200: VerificationOut}, 404, 422, 429),
    summary="Is this card genuine?",
    description=(
        "What a code stands for: what it is, whose (masked), its state and since when. The code that a komunitas shows on its"
        " page and invitations says how that komunitas stands. Needs no token.\n\n"
        "404 `mistyped_code`: a sign is wrong or missing; 404 `unknown_code`: it was never given out. 429: this address has"
        " tried too many codes lately; `Retry-After` says how many seconds are left."
    ),
)
def verify_code(request: HttpRequest, code: CardCode = Path(...)) -> HttpResponse:
    try:
        found = verified(code, client_address(request))
    except NotFound as refusal:
        komunitas = group_behind(code) if refusal.code == "mistyped_code" else None
        if komunitas is None:
            raise
        return reply(VerificationOut.of(komunitas.code, komunitas.finding))
    return reply(VerificationOut.of(show_code(compact(code)), found))
