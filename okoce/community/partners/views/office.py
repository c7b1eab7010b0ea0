"""The pages of a mitra for its own officers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.partners.actions import contacts as deeds
from okoce.community.partners.contact_looks import note_speaker_seen
from okoce.community.partners.forms import SpeakerFields
from okoce.community.partners.office_sheet import office_context
from okoce.community.partners.queries import partners as queries
from okoce.community.partners.states import PartnerKind
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.lists import ListRow

UNPROCESSABLE = 422
RIGHT = Permission.PARTNERS_CORRECT_OWN


@require_safe
@needs(RIGHT)
def own_partners(request: Request) -> HttpResponse:
    """The mitra for which the reader acts; where it is one alone, its page."""
    own = queries.own_partners(request.actor)
    if len(own) == 1:
        return _page(request, own[0].pk)
    rows = [
        ListRow(one.name, reverse("own_partner", args=[one.pk]), str(PartnerKind(one.kind).label))
        for one in own
    ]
    return render(request, "partners/own_partners.html", {"rows": rows})


@require_safe
@needs(RIGHT)
def own_partner(request: Request, partner_id: int) -> HttpResponse:
    """How it stands, what it promised and delivered, who waits for it, who acts for it."""
    return _page(request, partner_id)


def _page(request: Request, partner_id: int) -> HttpResponse:
    partner = queries.partner_for(request.actor, partner_id, RIGHT)
    context = office_context(request.actor, partner)
    note_speaker_seen(request.actor, partner, context["proposal"], RIGHT)
    return render(request, "partners/own_partner.html", context)


@require_POST
@needs(RIGHT)
def correct_own_contact(request: Request, partner_id: int) -> HttpResponse:
    """Say whom the secretariat asks for there."""
    partner = queries.partner_for(request.actor, partner_id, RIGHT)
    form = SpeakerFields(request.POST)

    def correct() -> str:
        deeds.correct_own_contact(request.actor, partner, deeds.NewSpeaker(**form.cleaned_data))
        return _("Kontak disimpan. Sekretariat melihatnya.")

    def again(wrong: Mapping[str, Any]) -> HttpResponse:
        context = office_context(request.actor, partner, wrong)
        return render(request, "partners/own_partner.html", context, status=UNPROCESSABLE)

    return done_or_again(request, form, correct, reverse("own_partner", args=[partner_id]), again)
