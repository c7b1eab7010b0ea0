"""Consent and the member that it makes; the list of those who did not come so far."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.groups.naming import bare_name
from okoce.community.groups.queries import active_group, group_names
from okoce.community.members.actions.consents import Guardian
from okoce.community.members.queries import consent_wordings, member_for, members_of_phone, valid_cards
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.accounts.sign_in import has_signed_out, sign_in_member
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import bring_back, form_page
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import offer_of
from okoce.foundation.web.cards import MemberCard
from okoce.foundation.web.numbers import day_text, moment_text
from okoce.stages.p1_registration.applications import actions, queries
from okoce.stages.p1_registration.applications.actions import HERSELF, Agreement
from okoce.stages.p1_registration.applications.forms import OPTIONAL, PROGRAMME, ConsentForm
from okoce.stages.p1_registration.applications.queries import Draft
from okoce.stages.p1_registration.applications.views.guardian import send_guardian_code
from okoce.stages.p1_registration.applications.visits import block, frame, to_the_end
from okoce.stages.p1_registration.states import Activity, DraftStep

SIGN_IN_WITHIN = timedelta(hours=2)
GUARDIAN_TOLD = ("guardian_name", "guardian_phone", "guardian_relation")


@require_http_methods(["GET", "HEAD", "POST"])
@block(DraftStep.CONSENT)
def register_consent(request: Request, draft: Draft) -> HttpResponse:
    """What we keep, and what she agrees to; then she is a member."""
    wordings = consent_wordings(day_in(territory.zone_of(draft.answers.region)))
    needs_guardian = queries.needs_guardian(draft.answers.born_on, draft.answers.region)
    told = draft.answers
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(told, name) for name in GUARDIAN_TOLD},
        wordings=wordings,
        needs_guardian=needs_guardian,
    )
    if request.method == "POST" and form.is_valid():
        return _complete(request, draft, form)
    return _consent_page(request, draft, form)


def _complete(request: Request, draft: Draft, form: ConsentForm) -> HttpResponse:
    told = form.cleaned_data
    guardian = (
        Guardian(
            name=told["guardian_name"],
            phone=told["guardian_phone"],
            relation=told["guardian_relation"],
            text_version=form.version_shown,
        )
        if form.needs_guardian
        else None
    )
    agreement = Agreement(purposes=form.purposes, text_version=form.version_shown, guardian=guardian)
    if guardian is not None and queries.guardian_proven_at(draft, guardian.phone) is None:
        return _ask_guardian(request, draft, form, agreement)
    try:
        completed = actions.complete_registration(HERSELF, draft.id, agreement)
    except Invalid as refusal:
        form.refuse(refusal.errors)
        return _consent_page(request, draft, form)
    return to_the_end(draft, completed)


def _ask_guardian(request: Request, draft: Draft, form: ConsentForm, agreement: Agreement) -> HttpResponse:
    """The guardian's own phone gets a code; what was agreed to is kept meanwhile."""
    try:
        send_guardian_code(request, form.cleaned_data["guardian_phone"])
    except DomainError as refusal:
        form.add_error("guardian_phone", refusal.sentence)
        return _consent_page(request, draft, form)
    actions.keep_agreement(HERSELF, draft.id, agreement)
    return redirect("register_guardian")


def _consent_page(request: Request, draft: Draft, form: ConsentForm) -> HttpResponse:
    bring_back(request, form, draft.id)
    context = {
        **frame(DraftStep.CONSENT, draft),
        "facts": _facts(draft),
        "optional": [form[name] for name in OPTIONAL if name in form.fields],
        "programme": form[PROGRAMME],
    }
    return form_page(request, "registration/register_consent.html", form, context, about=draft.id)


def _facts(draft: Draft) -> list[tuple[str, str, str]]:
    """What was told, each with the page on which it can be changed."""
    told = draft.answers
    place = offer_of(told.village or told.region)
    activity = Activity(told.activity)
    group = group_names([told.group_id]).get(told.group_id, "") if told.group_id is not None else ""
    return [
        (_("Nama"), told.name, "register_person"),
        (_("Lahir"), day_text(told.born_on), "register_person"),
        (_("WhatsApp"), show_phone(told.phone), ""),
        (_("Tempat"), f"{place.name}, {place.within}" if place else "", "register_place"),
        (_("Usaha"), told.trade or str(activity.label), "register_work"),
        (_("Komunitas"), group or _("Belum ada"), "register_group"),
    ]


@require_safe
@block(DraftStep.DONE)
def register_done(request: Request, draft: Draft) -> HttpResponse:
    """She is a member: her number, and where her card is. Shown again as often as it is asked for."""
    member = member_for(HERSELF, draft.member_id or 0)
    if _comes_in_here(request, draft, member):
        sign_in_member(request, member.pk)
    group = group_names([member.group_id]).get(member.group_id, "") if member.group_id is not None else ""
    card = MemberCard(
        member.name, member.number, territory.path_of(member.region), member.registered_on, group=group
    )
    context = {
        "card": card,
        "is_new": draft.has_made_member,
        "is_signed_in": getattr(request.user, "member_id", None) == member.pk,
        "has_card": bool(valid_cards(member.pk)),
        **_invitation(request, draft, member),
    }
    return render(request, "registration/register_done.html", context)


def _invitation(request: Request, draft: Draft, member: Any) -> dict[str, str]:
    """Where such a one joins that komunitas; nothing for all others."""
    number = number_typed(request.GET.get("komunitas", ""))
    group = None if draft.has_made_member or number is None else active_group(number)
    if group is None or group.pk == member.group_id:
        return {}
    return {
        "invited_by": bare_name(group.name),
        "join_href": f"{reverse('join_own_group')}?komunitas={group.pk}",
    }


def _comes_in_here(request: Request, draft: Draft, member: Any) -> bool:
    """The code that she has just typed signs her in as well; not once more after she, or another of the family on the same
    number, has signed out: the telephone may be in other hands by now."""
    since = draft.verified_since
    if since is None or since <= timezone.now() - SIGN_IN_WITHIN:
        return False
    if not draft.has_made_member or request.user.is_authenticated:
        return False
    family = members_of_phone(member.phone) if member.phone else []
    return not has_signed_out({member.pk, *(one.pk for one in family)}, since)


@require_safe
@needs(Permission.MEMBERS_READ_UNFINISHED)
def unfinished_registrations(request: Request) -> HttpResponse:
    """Who began, agreed to be called, and did not finish: for her komunitas and the officers of her kecamatan."""
    page = queries.unfinished_in(request.actor, number_typed(request.GET.get("sebelum", "")))
    names = group_names(draft.group_id for draft in page.drafts if draft.group_id is not None)
    context: dict[str, Any] = {
        "people": [_waiting(request, draft, names) for draft in page.drafts],
        "next": f"?sebelum={page.next}" if page.next else "",
        "may_call": request.actor.may(Permission.MEMBERS_REGISTER),
    }
    return render(request, "registration/unfinished_registrations.html", context)


def _waiting(request: Request, draft: Draft, names: dict[int, str]) -> dict[str, str]:
    told = draft.answers
    link = request.build_absolute_uri("/daftar")
    text = _("Pendaftaran OK OCE Anda belum selesai. Lanjutkan di sini, isian Anda masih ada: %(link)s")
    hello = _("Halo %(name)s.") % {"name": told.name} if told.name else _("Halo.")
    greeting = f"{hello} {text % {'link': link}}"
    return {
        "name": told.name or _("Belum menulis nama"),
        "phone": show_phone(told.phone),
        "call": f"tel:{told.phone}",
        "chat": f"https://wa.me/{told.phone.removeprefix('+')}?text={quote(greeting)}",
        "step": str(draft.step.label),
        "since": moment_text(draft.saved_at),
        "where": ", ".join(
            part
            for part in (
                territory.name_of(told.region) if told.region else "",
                names.get(draft.group_id or 0, ""),
            )
            if part
        ),
    }
