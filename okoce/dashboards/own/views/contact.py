"""Correcting how I am reached, and where I live. A move has a date; a mistake was wrong from its beginning."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.members.actions import corrections, residences
from okoce.dashboards.own.forms import AddNik, ChangeEmail, CorrectHome, HomeForm, MoveHome
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.homes import choosing_a_home
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def change_own_email(request: Request) -> HttpResponse:
    """Another e-mail address, or none."""
    member = own_member(request.actor)
    form = ChangeEmail(request.POST if request.method == "POST" else None, initial={"email": member.email})
    if form.is_valid():
        with form.taking_refusals():
            corrections.correct_own_contact(request.actor, member, email=form.cleaned_data["email"])
            messages.success(request, _("Surel Anda disimpan."))
            return redirect("own_data")
    status = UNPROCESSABLE if form.errors else 200
    return own_render(request, "own/change_own_email.html", {"form": form}, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def add_own_nik(request: Request) -> HttpResponse:
    """The NIK that I did not tell when I registered."""
    member = own_member(request.actor)
    if member.nik_hash is not None and request.method != "POST":
        return redirect("own_data")
    form = AddNik(
        request.POST if request.method == "POST" else None, birth_on=member.birth_on, sex=member.sex
    )  # fmt: skip
    if form.is_valid():
        with form.taking_refusals():
            added = corrections.add_own_nik(request.actor, member, form.cleaned_data["nik"])
            if added.conflict:
                messages.warning(request, added.conflict)
            else:
                messages.success(request, _("NIK Anda disimpan."))
            return redirect("own_data")
    status = UNPROCESSABLE if form.errors else 200
    return own_render(request, "own/add_own_nik.html", {"form": form}, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def move_own_home(request: Request) -> HttpResponse:
    """I live elsewhere since a day: until then I am counted where I lived, from then on with all my stages in the new place."""

    def move(member: Any, form: HomeForm) -> str:
        residences.move_own_home(
            request.actor,
            member,
            form.home(),
            moved_on=form.cleaned_data["moved_on"],
            address=form.cleaned_data["address"],
        )
        return _("Kepindahan Anda dicatat.")

    return _home_page(request, MoveHome, "own/move_own_home.html", move)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def correct_own_home(request: Request) -> HttpResponse:
    """My address was written wrongly: it is corrected from its beginning."""

    def correct(member: Any, form: HomeForm) -> str:
        residences.correct_own_home(request.actor, member, form.home(), address=form.cleaned_data["address"])
        return _("Alamat Anda dibetulkan.")

    return _home_page(request, CorrectHome, "own/correct_own_home.html", correct)


def _home_page(
    request: Request, form_class: type[HomeForm], template: str, deed: Callable[[Any, HomeForm], str]
) -> HttpResponse:
    """First the kecamatan, looked for by name, then the rest: two plain steps."""
    member = own_member(request.actor)
    first = member.region if form_class.begins_where_it_stands else ""
    region = request.POST.get("region") or request.GET.get("kec") or first
    form = form_class(request.POST or None, member=member, region=region)
    if request.method == "POST" and form.is_valid():
        with form.taking_refusals():
            said = deed(member, form)
            messages.success(request, said)
            return redirect("own_data")
    context = choosing_a_home(request, form, member)
    return own_render(request, template, context, UNPROCESSABLE if form.errors else 200)
