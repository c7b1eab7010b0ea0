"""A member's consents, as an officer reads and notes them: in the office, or from a letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.members.actions.paper_consents import note_paper_consent, withdraw_for
from okoce.community.members.queries import (
    consent_for,
    consent_wordings,
    consents_told,
    is_child,
    member_for,
    purposes_on,
)
from okoce.community.members.states import ConsentPurpose
from okoce.community.partners.queries.partners import partner_names
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.data_office.forms import NoteConsent
from okoce.dashboards.own.sharing import consent_lines, named_partner, partners_to_name
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.territory.queries import zone_of

UNPROCESSABLE = 422
READ, RIGHT = Permission.MEMBERS_READ_CONSENTS, Permission.MEMBERS_NOTE_CONSENT
PROGRAMME = "programme"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(READ, to_write=RIGHT)
def member_consents(request: Request, number: str) -> HttpResponse:
    """What a member allows and allowed; and, for whoever notes consents, a form for what she says in the office."""
    member = member_for(request.actor, number, READ if request.method != "POST" else RIGHT)
    today = day_in(zone_of(member.region))
    child = is_child(member.birth_on, today)
    wordings = consent_wordings(today)
    words = {
        code: wordings[code]
        for code, aim in purposes_on(today).items()
        if aim.needs_consent and code in wordings and code != PROGRAMME and (child or aim.below_age is None)
    }
    form = NoteConsent(
        request.POST if request.method == "POST" else None,
        words=words,
        offered=partners_to_name(member.region),
        is_child=child,
    )
    if form.is_valid():
        told = form.cleaned_data
        with form.taking_refusals():
            named = named_partner(member.region, told["purpose"], told["partner"], told["given_on"])
            note_paper_consent(request.actor, member, form.paper(named))
            messages.success(request, _("Izin dicatat. Anggota membacanya di halaman Izin saya."))
            return redirect("member_consents", number=member.number)
    note_look(request.actor, Sight.of(member, LookedAt.CONSENTS))
    context = {
        "member": member,
        "form": form,
        "may_note": is_reached(member, request.actor, RIGHT),
        "lines": consent_lines(consents_told(request.actor, member)),
        "back_href": reverse("member_detail", args=[member.number]),
    }
    return render(
        request, "data_office/member_consents.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
@needs(RIGHT)
def withdraw_consent(request: Request, number: str, consent_id: int) -> HttpResponse:
    """Take a consent back for a member who says so."""
    member = member_for(request.actor, number, RIGHT)
    given = consent_for(request.actor, member, consent_id)
    if given is not None:
        name = partner_names([given.partner_id]).get(given.partner_id, "") if given.partner_id else ""
        try:
            withdraw_for(request.actor, member, given.pk, name)
        except NotFound:
            raise
        except DomainError as refusal:
            messages.warning(request, refusal.sentence)
        else:
            messages.success(request, _("Izin ditarik, berlaku mulai hari ini."))
            if given.purpose == ConsentPurpose.CHILD:
                messages.info(request, _("Pendampingan dan pelatihan yang memakai izin ini ikut berakhir."))
    return redirect("member_consents", number=member.number)
