"""What I allow, since when, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.members.actions.departures import leave_by_oneself
from okoce.community.members.actions.own_consents import (
    OF_ONES_OWN_CHOICE,
    allow_named,
    choose_own_consents,
    withdraw_named,
)
from okoce.community.members.queries import consent_for, consent_wordings, consents_told, purposes_on
from okoce.community.members.states import ConsentPurpose
from okoce.community.partners.queries.partners import partner_names
from okoce.dashboards.own.forms import AllowNamed, ChooseConsents, LeaveTheMovement
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import consents_of, own_member
from okoce.dashboards.own.sharing import consent_lines, named_partner, partners_to_name
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory.queries import name_of, zone_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def own_consents(request: Request) -> HttpResponse:
    """Each purpose with the day since when it is allowed; boxes for what is one's own choice."""
    member = own_member(request.actor)
    since = consents_of(request.actor, member)
    wordings = consent_wordings(day_in(zone_of(member.region)))
    chosen = {purpose: purpose in since for purpose in OF_ONES_OWN_CHOICE}
    form = ChooseConsents(request.POST if request.method == "POST" else None, initial=chosen)
    form.put_in_words(wordings, since)
    if form.is_valid():
        with form.taking_refusals():
            given, withdrawn = choose_own_consents(
                request.actor,
                member,
                wanted=[purpose for purpose in OF_ONES_OWN_CHOICE if form.cleaned_data[purpose]],
                text_version=wordings[ConsentPurpose.PROGRAMME].version,
            )
            done = (
                _("Izin Anda disimpan, berlaku mulai hari ini.")
                if given or withdrawn
                else _("Izin Anda tetap sama.")
            )
            messages.success(request, done)
            return redirect("own_consents")
    context = {
        "form": form,
        "programme": wordings[ConsentPurpose.PROGRAMME],
        "programme_since": since.get(ConsentPurpose.PROGRAMME),
        "left_on": member.left_on,
        "statistics": wordings["statistics"],
        "lines": consent_lines(consents_told(request.actor, member), {request.actor.user_id or 0}),
    }
    return own_render(request, "own/own_consents.html", context, UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def leave_programme(request: Request) -> HttpResponse:
    """Take back the consent to the programme itself, which is to leave: what ends, what stays; then the word."""
    member = own_member(request.actor)
    form = LeaveTheMovement(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            leave_by_oneself(request.actor, member)
            return redirect("leave_programme")
    context = {"form": form, "member": member, "district": name_of(member.region)}
    return own_render(request, "own/leave_programme.html", context, UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def allow_own_partner(request: Request) -> HttpResponse:
    """Choose a bank or an office, and what it may see."""
    member = own_member(request.actor)
    day = day_in(zone_of(member.region))
    words, aims = consent_wordings(day), purposes_on(day)
    to_name = {code: words[code] for code, aim in aims.items() if aim.recipient and code in words}
    offered = partners_to_name(member.region)
    form = AllowNamed(request.POST if request.method == "POST" else None, words=to_name, offered=offered)
    if form.is_valid():
        told = form.cleaned_data
        with form.taking_refusals():
            named = named_partner(member.region, told["purpose"], told["partner"], day)
            if named is None:
                raise NotFound(_("Izin itu tidak ada."))
            allow_named(request.actor, member, told["purpose"], named)
            messages.success(request, _("Izin Anda disimpan, berlaku mulai hari ini."))
            return redirect("own_consents")
    context = {"form": form, "has_partners": bool(offered)}
    return own_render(request, "own/allow_own_partner.html", context, UNPROCESSABLE if form.errors else 200)


@require_POST
@needs_own_record
def withdraw_own_partner(request: Request, consent_id: int) -> HttpResponse:
    """Take back what one bank or office was allowed."""
    member = own_member(request.actor)
    given = consent_for(request.actor, member, consent_id)
    partner_id = given.partner_id if given is not None else None
    if partner_id is not None:
        withdraw_named(request.actor, member, consent_id, partner_names([partner_id]).get(partner_id, ""))
        messages.success(request, _("Izin ditarik, berlaku mulai hari ini."))
    return redirect("own_consents")
