"""Public figures as JSON: the same numbers as the page and the command."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from okoce.dashboards.funnel import public_funnel
from okoce.dashboards.schemas import FunnelOut
from okoce.foundation.api.answers import reply
from okoce.foundation.api.fields import Code, Day
from okoce.foundation.api.shell import answers

router = Router(tags=["public"])

FIRST_DAY = date(1900, 1, 1)
Scope = Annotated[
    Code, Field(description="Code of a region, for example `31` or `31.71`; empty = Indonesia.")
]
AsOf = Annotated[Day, Field(ge=FIRST_DAY, description="The day; today (WIB) where it is not given.")]


@router.get(
    "/funnel",
    response=answers({200: FunnelOut}, 404, 422),
    summary="The funnel of seven stages",
    description=(
        "How many people completed each stage on or before that day in that region. Needs no token.\n\n"
        "Below kabupaten/kota, 1 to 4 people are withheld (`null`) and the day goes back to the end of the month before;"
        " kabupaten/kota, provinces and Indonesia are exact on any day."
    ),
)
def read_public_funnel(
    request: HttpRequest, scope: Scope = Query(""), as_of: AsOf | None = Query(None)
) -> HttpResponse:
    return reply(FunnelOut.of(public_funnel(scope.strip(), as_of)))
