"""How many days are given for the steps of a referral: what holds, what was decided, another number."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.partners.actions import referral_terms as deeds
from okoce.community.partners.referral_forms import DecideReferralTerm
from okoce.community.partners.referral_terms import Decided, decides_terms, require_nation, terms_decided
from okoce.community.partners.states import ReferralTermCode
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

UNPROCESSABLE = 422


@require_safe
@needs(Permission.PARTNERS_READ)
def referral_terms(request: Request) -> HttpResponse:
    """Every number that was decided, with its days and its source."""
    heads = (_("Batas waktu"), _("Hari"), _("Berlaku"), _("Dasar"))
    context = {
        "columns": [Column(head, is_number=place == 1) for place, head in enumerate(heads)],
        "rows": [_row(one) for one in terms_decided()],
        "may_write": decides_terms(request.actor),
    }
    return render(request, "partners/referral_terms.html", context)


def _row(one: Decided) -> list[CellValue]:
    until = day_text(one.last_on, "medium") if one.last_on else _("seterusnya")
    holds = one.holds_on(today_wib())
    return [
        str(ReferralTermCode(one.term.code).label),
        one.term.days,
        Cell(
            f"{day_text(one.term.from_on, 'medium')} – {until}", detail=_("berlaku sekarang") if holds else ""
        ),
        one.term.source,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNERS_MANAGE)
def decide_referral_term(request: Request) -> HttpResponse:
    """Another number of days from a day on."""
    require_nation(request.actor)
    form = DecideReferralTerm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.decide_referral_term(request.actor, form.new_term())
            messages.success(request, _("Batas waktu disimpan. Yang sudah dijanjikan tetap."))
            return redirect("referral_terms")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "partners/decide_referral_term.html", {"form": form}, status=status)
