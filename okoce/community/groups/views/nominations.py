"""A chair's page on which she proposes officers; the secretariat's queue of them, and its answer on the page of the komunitas."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.groups.actions import nominations as deeds
from okoce.community.groups.forms import AnswerNomination, NominateOfficer, WhichNomination
from okoce.community.groups.nominating import list_nominations, nomination_for, nominations_of
from okoce.community.groups.queries import chair_office_of, group_for
from okoce.community.groups.states import GroupState
from okoce.community.groups.views.deciding import done
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.lists import ListRow, list_address
from okoce.foundation.web.numbers import day_text

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.GROUPS_HAND_OVER)
def nominate_officer(request: Request, group_id: int) -> HttpResponse:
    """Propose somebody of her komunitas; what she proposed before stands below, with the answers."""
    form = NominateOfficer(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, group_id, form)
    group = group_for(request.actor, group_id, Permission.GROUPS_HAND_OVER)

    def propose() -> str:
        deeds.nominate_officer(request.actor, group, form.cleaned_data["who"], form.cleaned_data["role"])
        return _("Usulan terkirim. Sekretariat menjawabnya; jawabannya Anda baca di halaman ini.")

    back = reverse("nominate_officer", args=[group_id])
    return done_or_again(request, form, propose, back, lambda wrong: _page(request, group_id, form, wrong))


@require_POST
@needs(Permission.GROUPS_HAND_OVER)
def withdraw_nomination(request: Request, group_id: int) -> HttpResponse:
    """Take back what waits."""
    group = group_for(request.actor, group_id, Permission.GROUPS_HAND_OVER)
    form = WhichNomination(request.POST)

    def withdraw() -> str:
        right, which = Permission.GROUPS_HAND_OVER, form.cleaned_data["usulan"]
        deeds.withdraw_nomination(request.actor, nomination_for(request.actor, group, which, right))
        return _("Usulan ditarik.")

    back = reverse("nominate_officer", args=[group_id])
    return done_or_again(
        request,
        form,
        withdraw,
        back,
        lambda wrong: _page(request, group_id, NominateOfficer(), _said(wrong)),
    )


def _said(wrong: Mapping[str, Any]) -> dict[str, Any]:
    """Of a form without a field that is shown, every sentence stands above the page."""
    told = [str(one) for errors in wrong["form"].errors.values() for one in errors]
    return {"refusal": " ".join(told)}


@require_POST
@needs(Permission.GROUPS_MANAGE)
def answer_nomination(request: Request, group_id: int) -> HttpResponse:
    """Appoint whom the chair proposed, or say why not."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    which = number_typed(request.POST.get("usulan", "")) or 0
    form = AnswerNomination(request.POST, auto_id=f"id_answer_{which}_%s")

    def answer() -> str:
        found = nomination_for(request.actor, group, which, Permission.GROUPS_MANAGE)
        if request.POST.get("putusan") == "tunjuk":
            deeds.appoint_nominated(request.actor, found)
            return _("Pengurus ditunjuk mulai hari ini. Ia dan ketuanya dikirimi pesan.")
        deeds.decline_nomination(request.actor, found, form.cleaned_data["reason"])
        return _("Usulan tidak disetujui. Ketuanya membaca alasannya.")

    return done(request, group_id, form, answer, deed="answer_nomination", nomination_id=which)


@require_safe
@needs(Permission.GROUPS_READ_DESK)
def nomination_list(request: Request) -> HttpResponse:
    """What waits for the secretariat, the longest waiting first."""
    page = list_nominations(request.actor, number_typed(request.GET.get("sesudah", "")) or 0)
    rows = [
        ListRow(
            one.name,
            f"{reverse('group_detail', args=[one.nomination.group_id])}#h-nominations",
            _("%(role)s %(group)s, diusulkan %(day)s")
            % {
                "role": one.nomination.get_role_display(),
                "group": one.nomination.group.name,
                "day": day_text(one.nomination.proposed_on, "medium"),
            },
            has_avatar=True,
        )
        for one in page.rows
    ]
    next_href = list_address("nomination_list", sesudah=page.next_after) if page.next_after else ""
    return render(request, "groups/nomination_list.html", {"rows": rows, "next_href": next_href})


def _page(
    request: Request, group_id: int, form: NominateOfficer, wrong: Mapping[str, Any] | None = None
) -> HttpResponse:
    office = chair_office_of(request.actor, group_id)
    if office is None:
        raise NotFound(_("Mengusulkan pengurus itu untuk ketua komunitasnya."))
    context = {
        "group": office.group,
        "may_propose": office.group.state == GroupState.ACTIVE,
        "nominations": nominations_of(request.actor, office.group),
        "refusal": (wrong or {}).get("refusal", ""),
        "form": form,
    }
    status = UNPROCESSABLE if wrong is not None else 200
    return render(request, "groups/nominate_officer.html", context, status=status)
