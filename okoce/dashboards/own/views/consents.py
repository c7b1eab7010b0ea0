"""What I allow, since when, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.members.actions.own_consents import OF_ONES_OWN_CHOICE, choose_own_consents
from okoce.community.members.queries import consent_wordings
from okoce.community.members.states import ConsentPurpose
from okoce.dashboards.own.forms import ChooseConsents
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import consents_of, own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import DomainError
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
        try:
            given, withdrawn = choose_own_consents(
                request.actor,
                member,
                wanted=[purpose for purpose in OF_ONES_OWN_CHOICE if form.cleaned_data[purpose]],
                text_version=wordings[ConsentPurpose.PROGRAMME].version,
            )
        except DomainError as refusal:
            form.take(refusal)
        else:
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
        "district": name_of(member.region),
    }
    return own_render(request, "own/own_consents.html", context, UNPROCESSABLE if form.errors else 200)
