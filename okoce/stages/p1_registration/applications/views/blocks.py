"""The blocks in the middle: who she is, where she lives, what she does, with whom."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.groups.queries import active_group, active_groups_near
from okoce.community.members.queries import members_of_phone
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import offer_of, search_places
from okoce.foundation.web.forms import Option
from okoce.foundation.web.numbers import day_text
from okoce.stages.p1_registration.applications import actions
from okoce.stages.p1_registration.applications.actions import HERSELF
from okoce.stages.p1_registration.applications.forms import (
    NO_GROUP,
    GroupForm,
    PersonForm,
    PlaceForm,
    WorkForm,
)
from okoce.stages.p1_registration.applications.queries import Draft
from okoce.stages.p1_registration.applications.visits import block, frame, go_on
from okoce.stages.p1_registration.states import DraftStep

UNPROCESSABLE = 422
MOST_GROUPS = 8
SHOWING_AND_SENDING = ["GET", "HEAD", "POST"]
TEMPLATES = {
    DraftStep.PERSON: "registration/register_person.html",
    DraftStep.PLACE: "registration/register_place.html",
    DraftStep.WORK: "registration/register_work.html",
    DraftStep.GROUP: "registration/register_group.html",
}


@require_http_methods(SHOWING_AND_SENDING)
@block(DraftStep.PERSON)
def register_person(request: Request, draft: Draft) -> HttpResponse:
    """Name, birth date, sex; a NIK where she has her card at hand."""
    if request.method == "POST":
        form = PersonForm(request.POST)
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("name", "birth_on", "sex", "nik")}
            return _saved(draft, DraftStep.PERSON, told)
    else:
        answers = draft.answers
        birth_on = day_text(answers.born_on) if answers.born_on else ""
        form = PersonForm(
            initial={"name": answers.name, "birth_on": birth_on, "sex": answers.sex, "nik": answers.nik}
        )
    context = {"is_known_phone": bool(members_of_phone(draft.answers.phone))}
    return _page(request, draft, DraftStep.PERSON, form, context)


@require_http_methods(SHOWING_AND_SENDING)
@block(DraftStep.PLACE)
def register_place(request: Request, draft: Draft) -> HttpResponse:
    """Her kecamatan: she types its name (or her kelurahan's), and taps the one that is meant."""
    typed = request.GET.get("cari")
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _saved(draft, DraftStep.PLACE, form.cleaned_data)
    chosen = offer_of(draft.answers.village or draft.answers.region)
    context = {
        "search": search_places(typed, draft.answers.region) if typed is not None else None,
        "chosen": chosen,
    }
    if request.headers.get("X-Suggest"):
        return render(request, "registration/register_place.html#offers", context)
    return _page(request, draft, DraftStep.PLACE, form, context)


@require_http_methods(SHOWING_AND_SENDING)
@block(DraftStep.WORK)
def register_work(request: Request, draft: Draft) -> HttpResponse:
    """What she does now; what her business is, where she has one."""
    if request.method == "POST":
        form = WorkForm(request.POST)
        if form.is_valid():
            return _saved(draft, DraftStep.WORK, form.cleaned_data)
    else:
        form = WorkForm(initial={"activity": draft.answers.activity, "trade": draft.answers.trade})
    return _page(request, draft, DraftStep.WORK, form, {})


@require_http_methods(SHOWING_AND_SENDING)
@block(DraftStep.GROUP)
def register_group(request: Request, draft: Draft) -> HttpResponse:
    """A komunitas near her kecamatan, the one that invited her first; or none."""
    answers = draft.answers
    groups = active_groups_near(answers.region, MOST_GROUPS)
    invited_by = active_group(answers.invited_by) if answers.invited_by is not None else None
    if invited_by is not None:
        groups = [invited_by, *(group for group in groups if group.pk != invited_by.pk)]
    choices = [(str(group.pk), Option(group.name, territory.name_of(group.region))) for group in groups]
    if request.method == "POST":
        form = GroupForm(request.POST, choices=choices)
        if form.is_valid():
            return _saved(draft, DraftStep.GROUP, form.cleaned_data)
    else:
        chosen = answers.group_id or answers.invited_by
        has_passed = draft.step.place > DraftStep.GROUP.place
        form = GroupForm(initial={"group": chosen or (NO_GROUP if has_passed else "")}, choices=choices)
    if not groups:
        form.fields["group"].help_text = _("Belum ada komunitas di dekat Anda. Kami kabari kalau sudah ada.")
    return _page(request, draft, DraftStep.GROUP, form, {})


def _saved(draft: Draft, step: DraftStep, told: Mapping[str, Any]) -> HttpResponse:
    actions.save_block(HERSELF, draft.id, step, told)
    return go_on(step)


def _page(
    request: Request, draft: Draft, step: DraftStep, form: Form, context: Mapping[str, Any]
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, TEMPLATES[step], {**frame(step, draft), "form": form, **context}, status=status)
