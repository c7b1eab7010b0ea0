"""Signing in by code or password, saying who one is, and signing out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from okoce.foundation.accounts import sign_in as steps
from okoce.foundation.accounts.clock import clock_text
from okoce.foundation.accounts.discreet import discreet_phone
from okoce.foundation.accounts.forms import AskCode, PickPerson, SignIn, TypeCode
from okoce.foundation.accounts.gateway import channel_name
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.shared.refusals import (
    ONCE,
    Telling,
    bring_back,
    form_page,
    kept_beside,
    takes_back_refusals,
)

READ_AND_POST = ["GET", "HEAD", "POST"]
BY_CODE, BY_PASSWORD = "kode", "sandi"
TYPED_BESIDE = ("next", "phone", "contact")
# What a browser must forget at sign-out: pages that were kept for reading without a network are somebody's own.
FORGET = '"cache", "storage"'
# Entries of the desk that wait for a line, sealed so that nobody else reads them, lie in the storage and stay. What was kept for
# reading, the service worker throws away as the sign-out leaves (ADR 0015).
UNSENT, FORGET_BUT_UNSENT = "okoce_unsent", '"cache"'


@never_cache
@takes_back_refusals
@sensitive_post_parameters("password")
@require_http_methods(READ_AND_POST)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a phone, which gets a code; or for contact and password."""
    if request.method != "POST":
        return _sign_in_page(request)
    if _is_by_password(request):
        return _sign_in_by_password(request)
    form = AskCode(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, by_code=form)
    try:
        return _ask(request, form.cleaned_data["phone"])
    except Refused as refusal:
        form.add_error("phone", refusal.sentence)
        return _sign_in_page(request, by_code=form, is_momentary=True)


def _is_by_password(request: HttpRequest) -> bool:
    """The button says it; without one (a script, the Enter key) what was filled in."""
    has_password = bool(request.POST.get("password") or request.POST.get("contact"))
    if request.POST.get("cara") == "kode":
        return has_password and not request.POST.get("phone")
    return request.POST.get("cara") == "sandi" or has_password


def _sign_in_by_password(request: HttpRequest) -> HttpResponse:
    form = SignIn(request, data=request.POST)
    if form.is_valid() and form.user is not None:
        return steps.sign_in_user(request, form.user, request.POST.get("next", ""), method="password")
    return _sign_in_page(request, by_password=form, is_momentary=bool(form.non_field_errors()))


def _ask(request: HttpRequest, phone: str) -> HttpResponse:
    """Send the code and go on; one that has only just left is good enough."""
    wanted = request.POST.get("next", "")
    try:
        steps.ask_code(request, phone, wanted)
    except Refused as refusal:
        if refusal.code != "just_sent":
            raise
        steps.remember_asked(request, phone, wanted)
        messages.info(request, _("Kode baru saja dikirim. Pakai kode itu."))
    return redirect("sign_in_code")


def _sign_in_page(
    request: HttpRequest,
    by_code: AskCode | None = None,
    by_password: SignIn | None = None,
    *,
    is_momentary: bool = False,
) -> HttpResponse:
    """Both forms; the one that was refused is led to the page's address. What was tried against an account or a telephone is told
    once: the next one at this device need not read it."""
    beside = {name: request.POST.get(name, "") for name in TYPED_BESIDE if name in request.POST}
    after_code, after_password = kept_beside(request, BY_CODE), kept_beside(request, BY_PASSWORD)
    code_form = by_code or AskCode(initial=beside or after_password)
    password_form = by_password or SignIn(request, initial=beside or after_code)
    bring_back(request, code_form, BY_CODE)
    bring_back(request, password_form, BY_PASSWORD)
    wrong, about = (password_form, BY_PASSWORD) if password_form.is_bound else (code_form, BY_CODE)
    wanted = (beside or after_code or after_password).get("next") or request.GET.get("next", "")
    context = {"by_code": code_form, "by_password": password_form, "wrong": wrong, "next": wanted}
    return form_page(
        request,
        "accounts/sign_in.html",
        wrong,
        context,
        about=about,
        telling=Telling(is_momentary=is_momentary, beside=beside),
    )


@never_cache
@takes_back_refusals
@sensitive_post_parameters("code")
@require_http_methods(READ_AND_POST)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent, or send another one."""
    waiting = steps.asked(request)
    if waiting is None:
        return redirect("sign_in")
    if request.method != "POST":
        return _code_page(request, waiting, TypeCode())
    if "ulang" in request.POST:
        return _send_again(request, waiting)
    form = TypeCode(request.POST)
    if form.is_valid():
        try:
            steps.prove_phone(request, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
        else:
            return redirect("choose_person")
    return _code_page(request, waiting, form)


def _send_again(request: HttpRequest, waiting: steps.Asked) -> HttpResponse:
    try:
        steps.ask_code(request, waiting.phone, waiting.wanted)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Kode baru sudah dikirim. Kode yang lama tidak berlaku lagi."))
    return redirect("sign_in_code")


def _code_page(request: HttpRequest, waiting: steps.Asked, form: TypeCode) -> HttpResponse:
    bring_back(request, form, waiting.phone)
    until, shut_until = steps.code_of(waiting)
    context = {
        "phone": discreet_phone(waiting.phone),
        "channel": channel_name(),
        "until": clock_text(until) if until else "",
        "shut_until": clock_text(shut_until) if shut_until else "",
    }
    return form_page(request, "accounts/sign_in_code.html", form, context, about=waiting.phone, telling=ONCE)


@never_cache
@takes_back_refusals
@require_http_methods(READ_AND_POST)
def choose_person(request: HttpRequest) -> HttpResponse:
    """Ask who of a phone's people it is, and sign that one in."""
    phone = steps.proven_phone(request)
    if phone is None:
        return redirect("sign_in")
    form = PickPerson(request.POST) if request.method == "POST" else PickPerson()
    if form.is_bound:
        try:
            return steps.sign_in_choice(request, request.POST.get("person", ""))
        except NotFound as refusal:
            form.add_error(None, refusal.sentence)
    bring_back(request, form, phone)
    context = {"choices": steps.choices_of(phone), "phone": discreet_phone(phone)}
    return form_page(request, "accounts/choose_person.html", form, context, about=phone, telling=ONCE)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser, let it forget what it kept, and say so once where one signs in."""
    logout(request)
    messages.success(request, _("Anda sudah keluar dari perangkat ini."))
    response = redirect("sign_in")
    response["Clear-Site-Data"] = FORGET_BUT_UNSENT if UNSENT in request.COOKIES else FORGET
    return response
