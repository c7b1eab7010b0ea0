"""The member card: to show on the phone, to print, to replace."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.members.actions import cards
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.papers import card_pdf
from okoce.dashboards.own.queries import own_member, valid_card
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.dashboards.people.card_forms import ReplaceCard
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.addresses import address_of, signed_address
from okoce.foundation.verification.codes import show_code
from okoce.foundation.web.cards import MemberCard
from okoce.foundation.web.documents import pdf_answer
from okoce.foundation.web.square_codes import square_code


@require_safe
@needs_own_record
def own_card(request: Request) -> HttpResponse:
    """The card with its QR, or the button that makes one."""
    return _card_page(request)


def _card_page(request: Request, form: ReplaceCard | None = None) -> HttpResponse:
    member = own_member(request.actor)
    card = valid_card(request.actor, member)
    address = address_of(request, card.code) if card else ""
    context = {
        "member": member,
        "card": _drawn(member, signed_address(request, card.code)) if card else None,
        "code": show_code(card.code) if card else "",
        "address": address,
        "form": form or ReplaceCard(initial={"seen": card.pk if card else None}),
    }
    return own_render(request, "own/own_card.html", context, UNPROCESSABLE if form else 200)


def _drawn(member: Any, address: str) -> MemberCard:
    return MemberCard(
        holder=member.name,
        number=member.number,
        place=path_of(member.region),
        since=member.registered_on,
        code=square_code(address),
    )


@require_safe
@needs_own_record
def own_card_pdf(request: Request) -> HttpResponse:
    """The card in the size of a bank card, or on a sheet of A4 (`?ukuran=lembar`). Who has none is led to the button."""
    member = own_member(request.actor)
    card = valid_card(request.actor, member)
    if card is None:
        return redirect("own_card")
    size = "sheet" if request.GET.get("ukuran") == "lembar" else "card"
    content = card_pdf(member, card, signed_address(request, card.code), size)
    return pdf_answer(content, f"kartu-{member.number}.pdf")


@require_POST
@needs_own_record
def issue_own_card(request: Request) -> HttpResponse:
    """Make the first card; who has one keeps it."""
    cards.issue_card(request.actor, own_member(request.actor))
    return redirect("own_card")


@require_POST
@needs_own_record
def replace_own_card(request: Request) -> HttpResponse:
    """Make a new card; the old one is no longer valid."""
    form = ReplaceCard(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            asked = form.cleaned_data
            cards.replace_card(request.actor, own_member(request.actor), asked["reason"], seen=asked["seen"])
            messages.success(request, _("Kartu baru siap. Kartu lama tidak berlaku lagi."))
            return redirect("own_card")
    return _card_page(request, form)
