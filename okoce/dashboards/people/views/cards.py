"""The officer and a person's card: give it out, print it, replace it, take it back. What ends a card asks why on its own page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.members.actions import cards
from okoce.community.members.queries import member_for
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.own.papers import card_pdf
from okoce.dashboards.own.queries import valid_card
from okoce.dashboards.people.card_forms import EndCard, ReplaceCard, RevokeCard
from okoce.dashboards.people.cards import card_standing
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import Conflict, DomainError, NotFound
from okoce.foundation.verification.addresses import signed_address
from okoce.foundation.web.documents import pdf_answer

UNPROCESSABLE = 422
SIZES = {"lembar": "sheet"}


@require_POST
@needs(Permission.MEMBERS_ISSUE_CARD)
def issue_card(request: Request, number: str) -> HttpResponse:
    """Give out the first card; who has one keeps it."""
    member = member_for(request.actor, number, Permission.MEMBERS_ISSUE_CARD)
    try:
        cards.issue_card(request.actor, member)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Kartu siap. Cetak PDF-nya."))
    return _to_person(request, member)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ISSUE_CARD)
def replace_card(request: Request, number: str) -> HttpResponse:
    """A new card instead of the one so far, once it is said why."""
    member = member_for(request.actor, number, Permission.MEMBERS_ISSUE_CARD)

    def replace(reason: str, seen: int | None) -> str:
        cards.replace_card(request.actor, member, reason, seen=seen)
        return _("Kartu baru siap. Semua kartu lamanya tidak berlaku lagi.")

    return _ending(request, member, ReplaceCard, "people/replace_card.html", replace)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_REVOKE_CARD)
def revoke_card(request: Request, number: str) -> HttpResponse:
    """No card any more, once it is said why."""
    member = member_for(request.actor, number, Permission.MEMBERS_REVOKE_CARD)

    def revoke(reason: str, seen: int | None) -> str:
        cards.revoke_card(request.actor, member, reason, seen=seen)
        return _("Kartunya dibatalkan.")

    return _ending(request, member, RevokeCard, "people/revoke_card.html", revoke)


def _ending(
    request: Request,
    member: Any,
    form_class: type[EndCard],
    template: str,
    deed: Callable[[str, int | None], str],
) -> HttpResponse:
    """What would happen and why it is done; then it is done."""
    standing = card_standing(request.actor, member)
    seen = standing.valid.pk if standing.valid else None
    form = form_class(request.POST if request.method == "POST" else None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        with form.taking_refusals():
            said = deed(form.cleaned_data["reason"], form.cleaned_data["seen"])
            messages.success(request, said)
            return _to_person(request, member)
    if not form.errors and not standing.valid and not standing.older:
        messages.info(request, _("Orang ini tidak punya kartu yang berlaku."))
        return _to_person(request, member)
    note_look(request.actor, Sight.of(member, LookedAt.CARD))
    context = {
        "member": member,
        "card": standing,
        "form": form,
        "back": request.GET.get("dari") or request.POST.get("dari", ""),
        "back_href": _person(request, member),
    }
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
@needs(Permission.MEMBERS_ISSUE_CARD)
def card_to_print(request: Request, number: str) -> HttpResponse:
    """The valid card in the size of a bank card, or on a sheet of A4 (`?ukuran=lembar`)."""
    member = member_for(request.actor, number, Permission.MEMBERS_ISSUE_CARD)
    if member.merged_into_id is not None:
        raise Conflict(_("Catatan ini sudah digabung dengan catatan lain. Buka catatan yang berlaku."))
    card = valid_card(request.actor, member)
    if card is None:
        messages.info(request, _("Orang ini tidak punya kartu yang berlaku."))
        return _to_person(request, member)
    note_look(request.actor, Sight.of(member, LookedAt.CARD))
    size = SIZES.get(request.GET.get("ukuran", ""), "card")
    return pdf_answer(
        card_pdf(member, card, signed_address(request, card.code), size), f"kartu-{member.number}.pdf"
    )


def _to_person(request: Request, member: Any) -> HttpResponse:
    return redirect(_person(request, member))


def _person(request: Request, member: Any) -> str:
    """Her page, at the card; with the list behind it, where there was one."""
    back = request.GET.get("dari") or request.POST.get("dari", "")
    query = {"dari": back} if back else None
    return reverse("member_detail", args=[member.number], query=query, fragment="h-card")
