"""The number, its code, and going on with what was begun before."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.groups.naming import bare_name
from okoce.community.members.queries import consent_wordings
from okoce.community.members.states import CALL_BACK
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import ONCE, bring_back, form_page, takes_back_refusals
from okoce.stages.p1_registration.applications import actions, queries
from okoce.stages.p1_registration.applications.actions import HERSELF, Beginning
from okoce.stages.p1_registration.applications.forms import LONGEST_SOURCE, CodeForm, PhoneForm
from okoce.stages.p1_registration.applications.queries import Draft
from okoce.stages.p1_registration.applications.visits import PAGE_OF, block, draft_of, frame, hold, let_go
from okoce.stages.p1_registration.states import DraftStep

CODE_PURPOSE = "registration"
JUST_SENT = "just_sent"
NOBODY = ""  # whose first screen it is, before a draft begins


@never_cache
@takes_back_refusals
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """The first screen: a telephone number. A link of a komunitas says who invites."""
    wording = consent_wordings(today_wib()).get(CALL_BACK)
    if request.method != "POST":
        if _is_member_invited(request):
            return redirect(_join_href(request.GET["komunitas"]))
        asked = {name: request.GET.get(name, "")[:LONGEST_SOURCE] for name in ("komunitas", "sumber")}
        draft = draft_of(request)
        if draft is not None and not draft.is_verified:
            asked["phone"] = show_phone(draft.answers.phone)
        return _phone_page(request, PhoneForm(initial=asked, wording=wording), draft)
    form = PhoneForm(request.POST, wording=wording)
    if not form.is_valid():
        return _phone_page(request, form, None)
    told = form.cleaned_data
    group = queries.group_of_link(told["komunitas"]).group
    beginning = Beginning(
        phone=told["phone"],
        invited_by=group.pk if group else None,
        source=told["sumber"].replace("\x00", "")[:LONGEST_SOURCE],
        call_text_version=wording.version if wording and told.get("may_call") else "",
    )
    return _send(request, form, beginning)


def _is_member_invited(request: Request) -> bool:
    """Whether somebody who is a member already, and signed in, follows the link of a komunitas for herself: she joins it on a page
    of her own. Another one of her family registers here all the same."""
    asked = request.GET.get("komunitas", "").strip()
    return bool(asked) and "lain" not in request.GET and getattr(request.user, "member_id", None) is not None


def _send(request: Request, form: PhoneForm, beginning: Beginning) -> HttpResponse:
    """The code first: a number to which none goes leaves nothing behind."""
    held = draft_of(request)
    try:
        send_code(beginning.phone, purpose=CODE_PURPOSE, address=client_address(request))
    except DomainError as refusal:
        # One that has only just left is good enough: the answer to the first tap may have been lost, cookie and all.
        if refusal.code != JUST_SENT or queries.has_begun_often(beginning.phone):
            form.add_error("phone", refusal.sentence)
            return _phone_page(request, form, held)
    draft = actions.start_draft(HERSELF, beginning, held.id if held is not None else None)
    return hold(redirect("register_code"), draft)


def _phone_page(request: Request, form: PhoneForm, draft: Draft | None) -> HttpResponse:
    bring_back(request, form, NOBODY)
    typed = form["komunitas"].value() or ""
    invited = queries.group_of_link(typed)
    is_open = draft is not None and draft.is_verified and not draft.is_done and not form.is_bound
    context: dict[str, Any] = {
        **frame(DraftStep.CODE),
        "invited_by": bare_name(invited.group.name) if invited.group else "",
        "takes_nobody": invited.sentence,
        "join_href": _join_href(typed) if invited.group else "",
        "continues_at": PAGE_OF[draft.step] if draft is not None and is_open else "",
        "begun_by": draft.answers.name if draft is not None and is_open else "",
    }
    return form_page(request, "registration/register.html", form, context, about=NOBODY)


def _join_href(typed: str) -> str:
    """Where whoever is a member already joins the komunitas that invites her; she signs in on the way."""
    return f"{reverse('join_own_group')}?{urlencode({'komunitas': typed})}"


@never_cache
@takes_back_refusals
@require_http_methods(["GET", "HEAD", "POST"])
def register_code(request: Request) -> HttpResponse:
    """The code that was sent; another one on request. Sent twice, the second one finds the number verified."""
    draft = draft_of(request)
    if draft is None:
        return redirect("register")
    if draft.is_verified:
        return _after_code(draft)
    if request.method != "POST":
        return _code_page(request, draft, CodeForm())
    return _send_again(request, draft) if "again" in request.POST else _take_code(request, draft)


def _take_code(request: Request, draft: Draft) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, draft, form)
    phone = draft.answers.phone
    try:
        accept_code(
            phone,
            form.cleaned_data["code"],
            purpose=CODE_PURPOSE,
            address=client_address(request),
            holder=f"draft:{draft.id}",
        )
        verified = actions.verify_phone(HERSELF, draft.id, phone)
    except DomainError as refusal:
        form.add_error("code", refusal.sentence)
        return _code_page(request, draft, form)
    return _after_code(verified)


def _send_again(request: Request, draft: Draft) -> HttpResponse:
    form = CodeForm({"code": ""})
    try:
        send_code(draft.answers.phone, purpose=CODE_PURPOSE, address=client_address(request))
    except DomainError as refusal:
        form.errors["code"] = form.error_class([refusal.sentence])
        return _code_page(request, draft, form)
    return redirect("register_code")


def _code_page(request: Request, draft: Draft, form: CodeForm) -> HttpResponse:
    bring_back(request, form, draft.id)
    context = {**frame(DraftStep.CODE), "phone": show_phone(draft.answers.phone)}
    return form_page(request, "registration/register_code.html", form, context, about=draft.id, telling=ONCE)


def _after_code(draft: Draft) -> HttpResponse:
    """On to her name; or first to what this number began before."""
    if draft.step is DraftStep.PERSON and queries.earlier_draft(HERSELF, draft.answers.phone, draft.id):
        return redirect("register_choice")
    return redirect(PAGE_OF[draft.step])


@require_http_methods(["GET", "HEAD", "POST"])
@block(DraftStep.PERSON)
def register_choice(request: Request, draft: Draft) -> HttpResponse:
    """This number has begun before: go on there, or begin for somebody else."""
    earlier = queries.earlier_draft(HERSELF, draft.answers.phone, draft.id)
    if earlier is None:
        return redirect(PAGE_OF[draft.step])
    if request.method == "POST":
        if "earlier" not in request.POST:
            return redirect("register_person")
        going_on = actions.continue_earlier_draft(HERSELF, draft.id, earlier.id)
        return hold(redirect(PAGE_OF[going_on.step]), going_on)
    context = {**frame(DraftStep.CODE), "name": earlier.answers.name, "step": earlier.step.label}
    return render(request, "registration/register_choice.html", context)


@require_POST
def register_anew(request: Request) -> HttpResponse:
    """Somebody else takes the telephone: this browser forgets the draft; it stays for whoever proves the number.

    Whoever has just become a member here is signed out as well.
    """
    draft = draft_of(request)
    if draft is not None and draft.is_done:
        logout(request)
    return let_go(request, redirect("register"))


@require_POST
def register_family(request: Request) -> HttpResponse:
    """The next one of the family, on the number that has just been verified."""
    draft = draft_of(request)
    if draft is None or not draft.is_done:
        return redirect("register")
    try:
        new = actions.start_for_family(HERSELF, draft.id)
    except DomainError:
        return let_go(request, redirect("register"))
    return hold(redirect("register_person"), new)
