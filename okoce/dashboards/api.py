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

router = Router(tags=["publik"])

FIRST_DAY = date(1900, 1, 1)
Scope = Annotated[Code, Field(description="Kode wilayah, misalnya `31` atau `31.71`; kosong = Indonesia.")]
AsOf = Annotated[Day, Field(ge=FIRST_DAY, description="Hari; hari ini (WIB) bila tidak disebut.")]


@router.get(
    "/funnel",
    response=answers({200: FunnelOut}, 404, 422),
    summary="Corong tujuh tahap",
    description=(
        "Berapa orang menyelesaikan tiap tahap sampai hari itu di wilayah itu. Tanpa kunci API.\n\n"
        "Di bawah kabupaten/kota, angka 1 sampai 4 orang tidak disebut (`null`) dan harinya mundur ke akhir bulan sebelumnya;"
        " kabupaten/kota, provinsi dan Indonesia tepat pada hari apa pun."
    ),
)
def read_public_funnel(
    request: HttpRequest, scope: Scope = Query(""), as_of: AsOf | None = Query(None)
) -> HttpResponse:
    return reply(FunnelOut.of(public_funnel(scope.strip(), as_of)))
