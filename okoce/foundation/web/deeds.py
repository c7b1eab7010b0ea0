"""A deed that is a form on the page of what it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from okoce.foundation.web.forms import RuleAwareForm

Again = Callable[[Mapping[str, Any]], HttpResponse]


def done_or_again(
    request: HttpRequest,
    form: RuleAwareForm,
    deed: Callable[[], str],
    back: str | Callable[[], str],
    again: Again,
) -> HttpResponse:
    """What the deed says of itself and the way back; or the page again, with the form in which each wrong field has its
    sentence, and with what belongs to none of them: where a deed is open no longer, its form is not on the page.

    `back` may be asked after the deed, where the way depends on what it did.
    """
    if form.is_valid():
        with form.taking_refusals():
            messages.success(request, deed())
            return redirect(back if isinstance(back, str) else back())
    return again({"form": form, "refusal": " ".join(map(str, form.non_field_errors()))})
