"""The draft of whoever visits: found by a signed cookie, and what every screen checks before it shows itself."""

import functools
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import ZONES
from okoce.foundation.shared.refusals import forget_refusal, takes_back_refusals
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.stages.p1_registration.applications.actions import HERSELF, Completed
from okoce.stages.p1_registration.applications.queries import Draft, draft_for
from okoce.stages.p1_registration.states import DraftStep

COOKIE = "okoce_daftar"
SALT = "registration.draft"
PATH = "/daftar"
# The row is what vanishes after its days; the cookie only must not outlive it by much.
COOKIE_SECONDS = 60 * 24 * 3600
PAGE_OF = {
    DraftStep.CODE: "register_code",
    DraftStep.PERSON: "register_person",
    DraftStep.PLACE: "register_place",
    DraftStep.WORK: "register_work",
    DraftStep.GROUP: "register_group",
    DraftStep.CONSENT: "register_consent",
    DraftStep.DONE: "register_done",
}
# The number and its code are one block to whoever fills them in.
BLOCKS = [
    DraftStep.CODE,
    DraftStep.PERSON,
    DraftStep.PLACE,
    DraftStep.WORK,
    DraftStep.GROUP,
    DraftStep.CONSENT,
]

View = Callable[[Request, Draft], HttpResponse]


def draft_of(request: Request) -> Draft | None:
    """The draft whose cookie the browser holds, while it is kept."""
    held = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=COOKIE_SECONDS)
    number = number_typed(held or "")
    return draft_for(HERSELF, number) if number is not None else None


def hold(response: HttpResponse, draft: Draft) -> HttpResponse:
    """Give the browser the draft's cookie: no script reads it, and only these pages get it."""
    response.set_signed_cookie(
        COOKIE,
        str(draft.id),
        salt=SALT,
        max_age=COOKIE_SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def let_go(request: Request, response: HttpResponse) -> HttpResponse:
    """Take the cookies back: the next one to use this telephone begins anew."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return forget_refusal(request, response)


def block(step: DraftStep) -> Callable[[View], Callable[[Request], HttpResponse]]:
    """A screen for whoever has come as far; others are led to where they stand."""

    def guard(view: View) -> Callable[[Request], HttpResponse]:
        @functools.wraps(view)
        @takes_back_refusals
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            draft = draft_of(request)
            if draft is None:
                return redirect("register")
            if draft.step is not step and (draft.is_done or draft.step.place < step.place):
                return redirect(PAGE_OF[draft.step])
            with timezone.override(zone_of(draft)):
                response = view(request, draft)
            add_never_cache_headers(response)
            return response

        return guarded

    return guard


def go_on(step: DraftStep) -> HttpResponse:
    """To the screen after this one."""
    return redirect(PAGE_OF[list(DraftStep)[step.place]])


def to_the_end(draft: Draft, completed: Completed) -> HttpResponse:
    """To the last page; the komunitas that led here goes along for somebody who turned out to be a member already: of the draft
    nothing is left that would tell it."""
    led_by = draft.answers.group_id or draft.answers.invited_by
    if completed.is_new or led_by is None:
        return redirect("register_done")
    return redirect(f"{reverse('register_done')}?komunitas={led_by}")


def frame(step: DraftStep, draft: Draft | None = None) -> dict[str, Any]:
    """What every screen says: which block of how many, when it was saved, where back leads."""
    number = BLOCKS.index(step)
    return {
        "number": number + 1,
        "total": len(BLOCKS),
        "saved_at": draft.saved_at if draft is not None and draft.is_verified else None,
        "back": PAGE_OF[BLOCKS[number - 1]] if number > 1 else "",
    }


def zone_of(draft: Draft) -> ZoneInfo:
    """Where she lives, once she has said it."""
    return ZONES[territory.zone_of(draft.answers.region) if draft.answers.region else "WIB"]
