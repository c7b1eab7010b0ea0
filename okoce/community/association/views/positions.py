"""Which offices the association has: the list, another one or another version, the end of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.association.actions import numbers
from okoce.community.association.actions import positions as deeds
from okoce.community.association.forms import (
    DecideNumber,
    EndPosition,
    TakeBackPosition,
    WritePosition,
    as_it_is,
)
from okoce.community.association.offices import CENTRE, require_centre
from okoce.community.association.queries.positions import (
    Office,
    latest_version,
    numbers_decided,
    offices_on,
    version_of,
)
from okoce.community.association.rules import stands_above
from okoce.community.association.states import Organ, TermCode
from okoce.community.association.terms import position_name
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column

UNPROCESSABLE = 422


@require_safe
@needs(Permission.ASSOCIATION_READ)
def position_list(request: Request) -> HttpResponse:
    """Every version of every office."""
    may_write = stands_above(request.actor, CENTRE) and request.actor.may(Permission.ASSOCIATION_MANAGE)
    titles = (
        _("Jabatan"),
        _("Di mana"),
        _("Organ"),
        _("Berapa orang"),
        _("Hak yang biasanya perlu"),
        _("Masa"),
    )
    context = {
        "columns": [
            *(Column(title) for title in titles), Column(_("Menjabat hari ini"), is_number=True),
            *([Column(_("Yang belum mulai"))] if may_write else []),
        ],
        "rows": [_row(one, may_write=may_write) for one in offices_on(today_wib())],
        "number_columns": [
            Column(_("Angka")), Column(_("Hari"), is_number=True), Column(_("Sejak")), Column(_("Dasar")),
        ],
        "number_rows": [
            [str(TermCode(one.code).label), one.value, day_text(one.from_on, "medium"), one.source]
            for one in numbers_decided()
        ],
        "may_write": may_write,
    }  # fmt: skip
    return render(request, "association/position_list.html", context)


def _row(one: Office, *, may_write: bool) -> list[CellValue]:
    row = one.position
    until = day_text(row.until_on, "medium") if row.until_on else _("sekarang")
    is_open = may_write and not one.has_ended and not one.is_taken_back
    address = f"{reverse('write_position')}?dari={row.code}" if is_open else ""
    return [
        Cell(position_name(row), address, detail=_standing(one)),
        _("Pusat") if row.is_central else _("Cabang"),
        str(Organ(row.organ).label),
        _("Satu orang") if row.is_single else _("Boleh beberapa orang"),
        str(ROLES[row.role].title) if row.role in ROLES else NOTHING,
        _("Batal mulai %s") % day_text(row.from_on, "medium")
        if one.is_taken_back
        else f"{day_text(row.from_on, 'medium')} – {until}",
        one.holders,
        *([_way_back(one)] if may_write else []),
    ]


def _way_back(one: Office) -> Cell | str:
    """Where a version that has not begun is taken back."""
    if one.has_begun or one.is_taken_back:
        return NOTHING
    return Cell(_("Batalkan"), reverse("take_back_position", args=[one.position.pk]))


def _standing(one: Office) -> str:
    if one.is_taken_back:
        return _("Dibatalkan: %s") % one.position.back_reason
    return _("Sudah tidak ada") if one.has_ended else "" if one.has_begun else _("Belum mulai")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSOCIATION_MANAGE)
def write_position(request: Request) -> HttpResponse:
    """Another office, or with `?dari=` another version of one."""
    require_centre(request.actor)
    code = request.GET.get("dari", "")[:60]
    base = latest_version(code) if code else None
    form = WritePosition(
        request.POST if request.method == "POST" else None,
        initial=as_it_is(base) if base else {"from_on": today_wib().isoformat()},
        base=base,
    )
    if form.is_valid():
        with form.taking_refusals():
            deeds.write_position(request.actor, form.new_position())
            messages.success(request, _("Jabatan disimpan."))
            return redirect("position_list")
    context = {"form": form, "base": base, "name": position_name(base) if base else ""}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "association/write_position.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSOCIATION_MANAGE)
def end_position(request: Request, position: str) -> HttpResponse:
    """From which day on there is an office no more."""
    require_centre(request.actor)
    row = latest_version(position)
    form = EndPosition(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.end_position(request.actor, position, form.cleaned_data["until_on"])
            messages.success(request, _("Akhir jabatan disimpan."))
            return redirect("position_list")
    context = {"form": form, "base": row, "name": position_name(row)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "association/end_position.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSOCIATION_MANAGE)
def take_back_position(request: Request, position_id: int) -> HttpResponse:
    """A version of an office that has not begun shall not."""
    require_centre(request.actor)
    row = version_of(position_id)
    form = TakeBackPosition(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.take_back_position(request.actor, row, form.cleaned_data["reason"])
            messages.success(request, _("Perubahan jabatan dibatalkan."))
            return redirect("position_list")
    context = {"form": form, "version": row, "name": position_name(row)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "association/take_back_position.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSOCIATION_MANAGE)
def decide_number(request: Request) -> HttpResponse:
    """A number of days from a day on."""
    require_centre(request.actor)
    form = DecideNumber(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            numbers.decide_number(request.actor, form.new_number())
            messages.success(request, _("Angka disimpan."))
            return redirect("position_list")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "association/decide_number.html", {"form": form}, status=status)
