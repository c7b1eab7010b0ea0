"""The page of what was delivered under an agreement."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.partners.queries.agreements import agreement_for, agreements_beside, party_names
from okoce.community.partners.queries.delivered import sharing_people
from okoce.dashboards.agreements.counting import delivered_under
from okoce.dashboards.agreements.showing import figures_of, promises_of
from okoce.dashboards.funnel import meanings
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.web.tables import Column


@require_safe
@needs(Permission.PARTNERS_READ)
def agreement_delivered(request: Request, agreement_id: int) -> HttpResponse:
    """What the records show, and how far each measurable promise is kept."""
    agreement = agreement_for(request.actor, agreement_id)
    told = delivered_under(agreement, today_wib())
    context = {
        "agreement": agreement,
        "party_names": party_names(agreement.parties.all()),
        "told": told,
        "has_begun": told.until >= told.since,
        "others": sharing_people(agreement, agreements_beside(request.actor, agreement)),
        "figures": figures_of(told),
        "columns": [
            Column(_("Kewajiban")),
            Column(_("Dijanjikan")),
            Column(_("Menurut catatan"), is_number=True),
            Column(_("Tercapai"), is_number=True),
            Column(_("Artinya")),
        ],
        "rows": [
            [one.text, one.promised, one.counted, one.share, one.meaning]
            for one in promises_of(told.promises, meanings(told.until))
        ],
    }
    return render(request, "dashboards/agreement_delivered.html", context)
