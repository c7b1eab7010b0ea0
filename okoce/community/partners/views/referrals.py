"""Referrals: those of one's office, sending somebody, one referral and what is done about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.partners.acting import own_partner_ids
from okoce.community.partners.actions import referrals as deeds
from okoce.community.partners.queries.referrals import (
    LATE,
    consent_words,
    list_referrals,
    person_to_send,
    receivers_to_choose,
    referral_for,
    referrals_by_state,
    referrals_overdue,
    senders_for,
)
from okoce.community.partners.referral_forms import CloseReferral, ReferralReason, SendReferral
from okoce.community.partners.referral_sheet import (
    clock_words,
    due_words,
    is_late,
    person_words,
    referral_context,
    way_words,
)
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import TONES, ReferralState
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import LAST_PAGE, number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.lists import FilterChip, chips_by_state, list_address
from okoce.foundation.web.numbers import count_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column

UNPROCESSABLE = 422


@require_safe
@needs(Permission.REFERRALS_READ)
def referral_list(request: Request) -> HttpResponse:
    """The referrals of the reader's office, what is overdue for longest first; how many there are, and of how many people."""
    asked = request.GET.get("keadaan", "")
    state = asked if asked in (*ReferralState.values, LATE) else ""
    page_number = number_typed(request.GET.get("hal", ""), LAST_PAGE) or 0
    page = list_referrals(request.actor, state, page_number)
    names = stage_names()
    rows: list[list[CellValue]] = [
        [
            Cell(person_words(request.actor, one), reverse("referral_detail", args=[one.pk])),
            way_words(one),
            names.get(one.stage, ""),
            Cell(str(ReferralState(one.state).label), tone=TONES[one.state]),
            clock_words(one),
            Cell(due_words(one), tone="stuck" if is_late(one) else None) if one.due_on else NOTHING,
        ]
        for one in page.referrals
    ]
    heads = (_("Nama"), _("Dari dan ke"), _("Tahap"), _("Keadaan"), _("Waktu"), _("Batas"))
    sentence = ngettext(
        "%(count)s rujukan, %(people)s orang", "%(count)s rujukan, %(people)s orang", page.count
    )
    context = {
        "chips": _chips(request, state),
        "columns": [Column(name) for name in heads],
        "rows": rows,
        "told": sentence % {"count": count_text(page.count), "people": count_text(page.people)},
        "next_href": list_address("referral_list", keadaan=state, hal=page_number + 1)
        if page.has_more
        else "",
        "is_narrowed": bool(state),
        "reads_terms": request.actor.may(Permission.PARTNERS_READ),
    }
    return render(request, "partners/referral_list.html", context)


def _chips(request: Request, state: str) -> list[FilterChip]:
    """All, what is overdue, then the states."""
    chips = chips_by_state(
        ReferralState.choices,
        referrals_by_state(request.actor),
        state,
        lambda chosen: list_address("referral_list", keadaan=chosen),
    )
    late = referrals_overdue(request.actor)
    if late or state == LATE:
        address = list_address("referral_list", keadaan=LATE)
        chips.insert(1, FilterChip(_("Lewat batas"), address, late, is_current=state == LATE))
    return chips


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REFERRALS_HANDLE)
def send_referral(request: Request, number: str) -> HttpResponse:
    """Send a member to a mitra that serves where she lives."""
    member = person_to_send(request.actor, number, own_partner_ids(request.actor))
    receivers = receivers_to_choose(member.region)
    senders = senders_for(request.actor, member.region)
    today = today_wib().isoformat()
    form = SendReferral(
        request.POST or None, senders=senders, receivers=receivers, initial={"consent_on": today}
    )
    if request.method == "POST" and form.is_valid():
        with form.taking_refusals():
            referral = deeds.send_referral(request.actor, form.referral(number))
            messages.success(request, _("Rujukan dikirim. Penerima menjawab di halaman ini."))
            return redirect("referral_detail", referral_id=referral.pk)
    note_look(request.actor, Sight.of(member, LookedAt.REFERRAL))
    _text, words = consent_words(_("mitra yang dipilih"))
    context = {
        "form": form,
        "member": member,
        "place": territory.path_of(member.region),
        "words": words,
        "has_receivers": bool(receivers),
        "has_senders": bool(senders),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "partners/send_referral.html", context, status=status)


@require_safe
@needs(Permission.REFERRALS_READ)
def referral_detail(request: Request, referral_id: int) -> HttpResponse:
    """One referral: who, for what, with which consent, and what came of it."""
    return _page(request, referral_id, status=200)


@require_POST
@needs(Permission.REFERRALS_HANDLE)
def accept_referral(request: Request, referral_id: int) -> HttpResponse:
    """Take the person on."""
    referral = referral_for(request.actor, referral_id, Permission.REFERRALS_HANDLE)
    try:
        deeds.accept_referral(request.actor, referral)
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(request, referral_id, {"refusal": refusal.sentence})
    messages.success(request, _("Rujukan diterima. Hubungi orangnya."))
    return redirect("referral_detail", referral_id=referral_id)


@require_POST
@needs(Permission.REFERRALS_HANDLE)
def decline_referral(request: Request, referral_id: int) -> HttpResponse:
    """Say no, with the reason."""
    referral = referral_for(request.actor, referral_id, Permission.REFERRALS_HANDLE)
    form = ReferralReason(request.POST, auto_id="id_decline_%s")

    def decline() -> str:
        deeds.decline_referral(request.actor, referral, form.cleaned_data["reason"])
        return _("Jawaban dikirim, alasannya dicatat.")

    return _done(request, referral_id, form, decline, deed="decline_referral")


@require_POST
@needs(Permission.REFERRALS_HANDLE)
def withdraw_referral(request: Request, referral_id: int) -> HttpResponse:
    """Take it back, with the reason."""
    referral = referral_for(request.actor, referral_id, Permission.REFERRALS_HANDLE)
    form = ReferralReason(request.POST, auto_id="id_withdraw_%s")

    def withdraw() -> str:
        deeds.withdraw_referral(request.actor, referral, form.cleaned_data["reason"])
        return _("Rujukan ditarik kembali.")

    return _done(request, referral_id, form, withdraw, deed="withdraw_referral")


@require_POST
@needs(Permission.REFERRALS_HANDLE)
def close_referral(request: Request, referral_id: int) -> HttpResponse:
    """Say what came of it."""
    referral = referral_for(request.actor, referral_id, Permission.REFERRALS_HANDLE)
    form = CloseReferral(request.POST, auto_id="id_close_%s")

    def close() -> str:
        told = form.cleaned_data
        deeds.close_referral(request.actor, referral, told["outcome"], told["note"])
        return _("Hasilnya dicatat.")

    return _done(request, referral_id, form, close, deed="close_referral")


def _done(
    request: Request, referral_id: int, form: RuleAwareForm, carry_out: Callable[[], str], **told: Any
) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    back = reverse("referral_detail", args=[referral_id])
    return done_or_again(
        request, form, carry_out, back, lambda wrong: _page(request, referral_id, {**told, **wrong})
    )


def _page(
    request: Request, referral_id: int, refused: Mapping[str, Any] | None = None, status: int = UNPROCESSABLE
) -> HttpResponse:
    """The page, again with what was refused. Whoever is named on it is told who looked."""
    referral = referral_for(request.actor, referral_id)
    context = referral_context(request.actor, referral, refused)
    if context["is_named"]:
        sides = {referral.to_partner_id, referral.from_partner_id or referral.to_partner_id}
        note_look(request.actor, Sight.of(referral.member, LookedAt.REFERRAL, sides))
    return render(request, "partners/referral_detail.html", context, status=status)
