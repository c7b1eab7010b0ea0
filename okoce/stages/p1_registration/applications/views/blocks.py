"""The blocks in the middle: who she is, where she lives, what she does, with whom."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.groups.models import Group
from okoce.community.groups.queries import active_group, active_groups_called, active_groups_near
from okoce.community.members.queries import members_of_phone
from okoce.community.organisations.lists import NamePage
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.refusals import bring_back, form_page
from okoce.foundation.shared.typed_numbers import number_typed
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
    """Name, birth date, sex."""
    if request.method == "POST":
        form = PersonForm(request.POST)
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("name", "birth_on", "sex")}
            return _saved(draft, DraftStep.PERSON, told)
    else:
        answers = draft.answers
        birth_on = day_text(answers.born_on) if answers.born_on else ""
        form = PersonForm(initial={"name": answers.name, "birth_on": birth_on, "sex": answers.sex})
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
    """A komunitas near her kecamatan, the one that invited her first, or any that she looks for by name; or none."""
    answers, is_sent = draft.answers, request.method == "POST"
    typed = number_typed(request.POST.get("group", "")) if is_sent else None
    offered = _groups_offered(request, draft)
    # what she has chosen stands in the list wherever it was found
    groups = _with_first(offered.rows, typed if is_sent else answers.group_id or answers.invited_by)
    choices = [
        (
            str(group.pk),
            Option(group.name, territory.name_of(group.region) if group.region else _("seluruh Indonesia")),
        )
        for group in groups
    ]
    if is_sent:
        form = GroupForm(request.POST, choices=choices)
        if form.is_valid():
            return _saved(draft, DraftStep.GROUP, form.cleaned_data)
    else:
        chosen = answers.group_id or answers.invited_by
        has_passed = draft.step.place > DraftStep.GROUP.place
        form = GroupForm(initial={"group": chosen or (NO_GROUP if has_passed else "")}, choices=choices)
    asked = request.GET.get("cari")
    if not groups:
        form.fields["group"].help_text = (
            _("Tidak ada komunitas bernama itu. Periksa ejaannya, atau pilih nanti.")
            if asked
            else _("Belum ada komunitas di dekat Anda. Kami kabari kalau sudah ada.")
        )
    context = {"typed": asked or "", "is_search": asked is not None, "next_href": ""}
    if offered.next_after is not None:
        context["next_href"] = f"?{urlencode({'cari': asked or '', 'sesudah': offered.next_after})}"
    return _page(request, draft, DraftStep.GROUP, form, context)


def _groups_offered(request: Request, draft: Draft) -> NamePage[Group]:
    """Those near her; once she looks for one, those of that name, all of them where she names none."""
    asked = request.GET.get("cari")
    if asked is None:
        return NamePage(active_groups_near(draft.answers.region, MOST_GROUPS), None)
    return active_groups_called(asked, number_typed(request.GET.get("sesudah", "")) or 0)


def _with_first(groups: list[Group], chosen_id: int | None) -> list[Group]:
    chosen = active_group(chosen_id) if chosen_id is not None else None
    if chosen is None:
        return groups
    return [chosen, *(group for group in groups if group.pk != chosen.pk)]


def _saved(draft: Draft, step: DraftStep, told: Mapping[str, Any]) -> HttpResponse:
    actions.save_block(HERSELF, draft.id, step, told)
    return go_on(step)


def _page(
    request: Request, draft: Draft, step: DraftStep, form: Form, context: Mapping[str, Any]
) -> HttpResponse:
    bring_back(request, form, draft.id)
    return form_page(request, TEMPLATES[step], form, {**frame(step, draft), **context}, about=draft.id)
