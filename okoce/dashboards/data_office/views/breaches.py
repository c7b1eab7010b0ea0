"""The register of breaches: the list, one breach with its clock and both notices to print, and the deeds about it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.privacy.actions import breaches as deeds
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.queries.breaches import (
    affected,
    breach_for,
    breaches,
    sent_or_now,
    unreached,
    unreached_count,
)
from okoce.community.privacy.states import AccountLookedAt, Audience, BreachState
from okoce.dashboards.data_office.breach_forms import (
    AmendBreach,
    NameAccounts,
    NameAffected,
    NoteBreach,
    now_wib,
)
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed

UNPROCESSABLE = 422
HOUR = 3600
READ, MANAGE = Permission.PRIVACY_READ, Permission.PRIVACY_MANAGE_BREACHES
TONES = {BreachState.NOTIFIED.value: "waiting", BreachState.CLOSED.value: "verified"}


@require_safe
@needs(READ)
def breach_list(request: Request) -> HttpResponse:
    """All breaches, the newest first, each with its clock."""
    rows, following = breaches(request.actor, number_typed(request.GET.get("sebelum", "")))
    context = {
        "breaches": [(one, *clock_of(one)) for one in rows],
        "may_manage": request.actor.may(MANAGE),
        "next_href": f"{reverse('breach_list')}?sebelum={following}" if following else "",
    }
    return render(request, "data_office/breach_list.html", context)


def clock_of(breach: Any) -> tuple[str, str]:
    """How long there is still time to tell, or how it stands, and the tone of the badge."""
    if breach.state != BreachState.NOTICED:
        return str(breach.get_state_display()), TONES[breach.state]
    hours = int((breach.due - timezone.now()).total_seconds() // HOUR)
    if hours < 0:
        return _("Terlambat %d jam") % -hours, "stuck"
    return _("Sisa %d jam untuk memberi tahu") % hours, "waiting"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE)
def note_breach(request: Request) -> HttpResponse:
    """Write one down."""
    form = NoteBreach(request.POST if request.method == "POST" else None, initial={"noticed_time": now_wib()})
    if form.is_valid():
        with form.taking_refusals():
            breach = deeds.note_breach(request.actor, form.told())
            messages.success(request, _("Kebocoran dicatat. Waktunya berjalan sejak diketahui."))
            return redirect("breach_detail", breach_id=breach.pk)
    context = {"form": form, "back_href": reverse("breach_list")}
    return render(
        request, "data_office/breach_form.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
@needs(READ)
def breach_detail(request: Request, breach_id: int) -> HttpResponse:
    """One breach, to read and to print."""
    return breach_page(request, breach_for(request.actor, breach_id))


def breach_page(
    request: Request,
    breach: Any,
    form: NameAffected | None = None,
    accounts_form: NameAccounts | None = None,
    found: Sequence[Any] = (),
) -> HttpResponse:
    """`found`: the accounts that were typed, to be confirmed."""
    form, accounts_form = form or NameAffected(), accounts_form or NameAccounts()
    clock, tone = clock_of(breach)
    tellers = (breach.noted_by, breach.agency_told_by, breach.subjects_told_by, breach.closed_by)
    names = user_names(filter(None, tellers))
    context = {
        "breach": breach,
        "clock": clock,
        "tone": tone,
        "affected": affected(request.actor, breach),
        "unreached_count": unreached_count(request.actor, breach),
        "agency_words": sent_or_now(breach, Audience.AGENCY),
        "subject_words": sent_or_now(breach, Audience.SUBJECT),
        "noted_by": names.get(breach.noted_by, ""),
        "agency_by": names.get(breach.agency_told_by or 0, ""),
        "subjects_by": names.get(breach.subjects_told_by or 0, ""),
        "may_manage": request.actor.may(MANAGE) and breach.state != BreachState.CLOSED,
        "may_close": breach.state == BreachState.NOTIFIED,
        "form": form,
        "accounts_form": accounts_form,
        "found": found,
    }
    is_refused = form.errors or accounts_form.errors
    status = UNPROCESSABLE if is_refused else 200
    return render(request, "data_office/breach_detail.html", context, status=status)


@require_safe
@needs(READ)
def breach_unreached(request: Request, breach_id: int) -> HttpResponse:
    """Whom no message has reached: they are told by a letter or a visit."""
    breach = breach_for(request.actor, breach_id)
    rows, following = unreached(request.actor, breach, number_typed(request.GET.get("sesudah", "")))
    for one in rows:
        if one.account is not None:  # her contact stands here; a member's stands on a page of her own
            note_account_look(
                request.actor, AccountSight(page=AccountLookedAt.ACCOUNT, user_id=one.account.pk)
            )
    context = {
        "breach": breach,
        "unreached": rows,
        "count": unreached_count(request.actor, breach),
        "next_href": f"{reverse('breach_unreached', args=[breach.pk])}?sesudah={following}"
        if following
        else "",
    }
    return render(request, "data_office/breach_unreached.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MANAGE)
def amend_breach(request: Request, breach_id: int) -> HttpResponse:
    """Complete what is known."""
    breach = breach_for(request.actor, breach_id, MANAGE)
    form = AmendBreach(request.POST if request.method == "POST" else None, breach=breach)
    if form.is_valid():
        with form.taking_refusals():
            deeds.amend_breach(request.actor, breach, form.told())
            messages.success(request, _("Catatan dilengkapi."))
            return redirect("breach_detail", breach_id=breach.pk)
    context = {"form": form, "breach": breach, "back_href": reverse("breach_detail", args=[breach.pk])}
    return render(
        request, "data_office/breach_form.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
@needs(MANAGE)
def name_affected(request: Request, breach_id: int) -> HttpResponse:
    """Whose data it is, by member number."""
    breach = breach_for(request.actor, breach_id, MANAGE)
    form = NameAffected(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            count = deeds.name_affected(request.actor, breach, form.cleaned_data["numbers"])
            messages.success(request, _("%d orang dicatat.") % count)
            return redirect("breach_detail", breach_id=breach.pk)
    return breach_page(request, breach, form)


@require_POST
@needs(MANAGE)
def tell_of_breach(request: Request, breach_id: int) -> HttpResponse:
    """Say that a notice went out."""
    breach = breach_for(request.actor, breach_id, MANAGE)
    told = request.POST
    return _done(
        request,
        breach.pk,
        lambda: deeds.tell_of_breach(
            request.actor, breach, told.get("audience", ""), told.get("reference", "")
        ),
        _("Pemberitahuan dicatat."),
    )


@require_POST
@needs(MANAGE)
def close_breach(request: Request, breach_id: int) -> HttpResponse:
    """It is dealt with."""
    breach = breach_for(request.actor, breach_id, MANAGE)
    return _done(
        request,
        breach.pk,
        lambda: deeds.close_breach(request.actor, breach),
        _("Penanganan selesai dicatat."),
    )


def _done(request: Request, breach_id: int, deed: Any, sentence: str) -> HttpResponse:
    try:
        deed()
    except NotFound:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, sentence)
    return redirect("breach_detail", breach_id=breach_id)
