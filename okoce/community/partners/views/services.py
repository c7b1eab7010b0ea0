"""Which stage is served by whom in which kabupaten and kota, and where nobody serves it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.partners.queries.lapsed import LAPSED, count_lapsed
from okoce.community.partners.queries.services import (
    ServedPlace,
    ServedProvince,
    served_districts,
    services_by_province,
    services_in,
)
from okoce.community.partners.stages import FIRST, LAST, stage_names
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.naming import code_asked_for
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.constellation import SERVICES
from okoce.foundation.web.lists import FilterChip, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column

# Which the map shows first: the first stage that is mostly others' to serve.
SHOWN_FIRST = 2


@require_safe
@needs(Permission.PARTNERS_READ)
def service_table(request: Request) -> HttpResponse:
    """The provinces with the map of one stage, or the kabupaten and kota of one province, against the seven stages."""
    code = code_asked_for(request.GET.get("wilayah", ""))
    is_province = len(code) == LENGTH_OF[Level.PROVINCE]
    province = territory.find_region(code) if is_province else None
    if code and province is None:
        raise NotFound(_("Provinsi itu tidak ada. Pilih dari tabelnya."))
    rows = (
        [_place_row(place) for place in services_in(province.code)]
        if province
        else [_province_row(one) for one in services_by_province()]
    )
    head = Column(_("Kabupaten/kota")) if province else Column(_("Provinsi"))
    context = {
        "province": province,
        "columns": [head, *_stage_columns(is_nation=province is None)],
        "fold": "fold" if province else "tight",
        "rows": rows,
        "day": day_text(today_wib()),
        "lapsed": count_lapsed(request.actor, Permission.PARTNERS_MANAGE)
        if request.actor.may(Permission.PARTNERS_MANAGE)
        else 0,
        "lapsed_href": list_address("partner_list", keadaan=LAPSED),
        **({} if province else _map(request.GET.get("tahap", ""))),
    }
    return render(request, "partners/service_table.html", context)


def _stage_columns(*, is_nation: bool) -> list[Column]:
    """The figures of the nation under short heads, so that a province takes two lines of a phone; the map's chips say the names."""
    return [
        Column(f"P{stage}" if is_nation else name, is_code=is_nation) for stage, name in stage_names().items()
    ]


def _map(asked: str) -> dict[str, object]:
    """Where a stage is served, one dot a kecamatan; the table says the same in words."""
    stage = number_typed(asked, LAST) or SHOWN_FIRST
    stage = max(FIRST, stage)
    names = stage_names()
    return {
        "sky": served_districts(stage),
        "lit_by": SERVICES,
        "stage": names.get(stage, f"P{stage}"),
        "stages": [
            FilterChip(name, list_address("service_table", tahap=str(one)), is_current=one == stage)
            for one, name in names.items()
        ],
    }


def _place_row(place: ServedPlace) -> list[CellValue]:
    """Who serves each stage; "Belum ada" where nobody does."""
    cells: list[CellValue] = [place.name]
    for stage in stage_names():
        services = place.services.get(stage, [])
        names = ", ".join(_("%s (sebagian)") % one.name if one.is_partly else one.name for one in services)
        cells.append(names or Cell(_("Belum ada"), tone="stuck"))
    return cells


def _province_row(one: ServedProvince) -> list[CellValue]:
    """In how many of its kabupaten and kota somebody serves each stage; a dash where nobody does anywhere."""
    cells: list[CellValue] = [Cell(one.name, f"{reverse('service_table')}?wilayah={one.code}")]
    for stage in stage_names():
        served = one.served.get(stage, 0)
        words = _("%(served)s dari %(all)s") % {"served": served, "all": one.regencies}
        cells.append(words if served else NOTHING)
    return cells
