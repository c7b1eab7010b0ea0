"""Terms of office: the list of those that run, and the forms on the page of a branch."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.association.actions import tenures as deeds
from okoce.community.association.forms import YES, AppointHolder, EndTenure, HandOverTenure, Naming
from okoce.community.association.queries.branches import branch_for, branch_names, term_value
from okoce.community.association.queries.tenures import Held, list_tenures, tenure_for
from okoce.community.association.sheet import term_text
from okoce.community.association.states import TermCode
from okoce.community.association.views.branches import done
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.lists import FilterChip, list_address
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column

ENDING = "segera-habis"


@require_safe
@needs(Permission.ASSOCIATION_READ)
def tenure_list(request: Request) -> HttpResponse:
    """Who holds which office, the next to end first, with the grants beside it."""
    only_ending = request.GET.get("tampil", "") == ENDING
    after = number_typed(request.GET.get("sesudah", "")) or 0
    page = list_tenures(request.actor, only_ending=only_ending, after=after)
    names = branch_names({one.tenure.branch_id: one.tenure.branch for one in page.rows}.values())
    rows: list[list[CellValue]] = [
        [
            Cell(one.name, reverse("branch_detail", args=[one.tenure.branch_id])),
            one.position,
            names[one.tenure.branch_id],
            term_text(one),
            _standing(one),
            "; ".join(one.grants) or NOTHING,
            one.missing or NOTHING,
            ", ".join(one.outliving) or NOTHING,
        ]
        for one in page.rows
    ]
    shown = ENDING if only_ending else ""
    titles = (
        _("Nama"), _("Jabatan"), _("Cabang"), _("Masa"), _("Keadaan"), _("Hak akses"), _("Hak yang kurang"),
        _("Hak melewati masa jabatan"),
    )  # fmt: skip
    context = {
        "chips": [
            FilterChip(_("Semua"), list_address("tenure_list"), is_current=not only_ending),
            FilterChip(_("Segera habis"), list_address("tenure_list", tampil=ENDING), is_current=only_ending),
        ],
        "columns": [Column(title) for title in titles],
        "rows": rows,
        "notice_days": term_value(TermCode.ENDING_DAYS, today_wib()),
        "only_ending": only_ending,
        "next_href": list_address("tenure_list", tampil=shown, sesudah=page.next_after)
        if page.next_after
        else "",
    }
    return render(request, "association/tenure_list.html", context)


def _standing(one: Held) -> Cell:
    if one.is_ending:
        return Cell(_("Segera habis"), tone="stuck")
    return Cell(_("Menjabat"), tone="verified") if one.has_begun else Cell(_("Belum mulai"), tone="waiting")


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def appoint_holder(request: Request, branch_id: int) -> HttpResponse:
    """Let somebody hold an office."""
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    form = AppointHolder(request.POST, auto_id="id_appoint_%s", branch=branch)

    def appoint() -> str:
        deeds.appoint_holder(request.actor, branch, form.cleaned_data["who"], form.new_tenure())
        return _("Jabatan dicatat. Hak akses diberikan terpisah oleh pengelola akun.")

    return done(request, branch_id, form, appoint, deed="appoint_holder")


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def end_tenure(request: Request, branch_id: int, tenure_id: int) -> HttpResponse:
    """Let a term end before its time."""
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    tenure = tenure_for(request.actor, branch, tenure_id)
    form = EndTenure(request.POST, auto_id=f"id_end_{tenure.pk}_%s")

    def end() -> str:
        deeds.end_tenure(request.actor, tenure, form.cleaned_data["until_on"], form.cleaned_data["reason"])
        return _("Masa jabatan diakhiri. Hak aksesnya diakhiri terpisah oleh pengelola akun.")

    return done(request, branch_id, form, end, deed="end_tenure", tenure_id=tenure.pk)


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def hand_over_tenure(request: Request, branch_id: int, tenure_id: int) -> HttpResponse:
    """One leaves, another begins."""
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    tenure = tenure_for(request.actor, branch, tenure_id)
    form = HandOverTenure(request.POST, auto_id=f"id_over_{tenure.pk}_%s")

    def give() -> str:
        told = form.cleaned_data
        deeds.hand_over_tenure(request.actor, tenure, told["who"], told["on"], told["decree"])
        return _("Jabatan diserahkan.")

    return done(request, branch_id, form, give, deed="hand_over_tenure", tenure_id=tenure.pk)


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def change_naming(request: Request, branch_id: int, tenure_id: int) -> HttpResponse:
    """Note that the holder agreed, or agrees no more, that everybody reads her name."""
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    tenure = tenure_for(request.actor, branch, tenure_id)
    form = Naming(request.POST, auto_id=f"id_naming_{tenure.pk}_%s")

    def change() -> str:
        is_named = form.cleaned_data["setuju"] == YES
        deeds.change_naming(request.actor, tenure, is_named)
        return _("Namanya dibaca umum.") if is_named else _("Namanya disamarkan lagi di halaman umum.")

    return done(request, branch_id, form, change, deed="change_naming", tenure_id=tenure.pk)
