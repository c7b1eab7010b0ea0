"""Officers' pages about one person: who she is, her history; and who stands behind a loss."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.groups.queries import group_names
from okoce.community.members.queries import may_see_finances, member_named
from okoce.community.partners.queries.serving import givers_in
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.queries.rights import waiting_erasure
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.asked import read_asked
from okoce.dashboards.business_facts import business_facts
from okoce.dashboards.changes import change_labels, groups_in, told_changes, told_once
from okoce.dashboards.forms import GiveEvidence, SetStandstill
from okoce.dashboards.next_card import next_card
from okoce.dashboards.open_deeds import open_deeds
from okoce.dashboards.passports import stamps_of
from okoce.dashboards.people.cards import card_standing
from okoce.dashboards.people.listing import helper_lines
from okoce.dashboards.people.narrowing import list_behind
from okoce.dashboards.people.proofs import shown_proofs
from okoce.dashboards.people.referring import may_refer, referral_rows
from okoce.dashboards.people_behind import people_behind
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import count_text, day_text
from okoce.foundation.web.scope_choice import in_chosen_scope
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline.queries.duplicates import waiting_about
from okoce.pipeline.queries.journeys import StageStep, givers_of, journey_of, next_step
from okoce.pipeline.queries.merges import older_records_of


def _next_page(request: Request, cursor: str | None) -> str:
    if not cursor:
        return ""
    query = {name: value for name, value in request.GET.items() if name != "sesudah"}
    return f"{request.path}?{urlencode({**query, 'sesudah': cursor})}"


@require_safe
@needs(Permission.MEMBERS_READ)
def member_detail(request: Request, number: str) -> HttpResponse:
    """One person: who, where, the passport, what is missing next, and the forms for evidence and reasons."""
    named = member_named(request.actor, number)
    if named.merged_from:
        sentence = _("Catatan %s sudah digabung ke catatan ini: keduanya orang yang sama.")
        messages.info(request, sentence % named.merged_from)
        return redirect("member_detail", number=named.member.number)
    return render(request, "dashboards/member_detail.html", member_context(request, named.member))


def member_context(request: Request, member: Any, **forms: Any) -> dict[str, Any]:
    """What the person's page needs; a refused form comes back through `forms`. Whoever gets to see it is noted."""
    note_look(request.actor, Sight.of(member, LookedAt.PERSON))
    sees_finances = may_see_finances(request.actor, member)
    steps = journey_of(request.actor, member)
    givers = givers_of(steps)
    upcoming = next_step(steps)
    first_stage = max(upcoming.stage.value, 2) if upcoming else 2
    proofs = [proof for step in steps for proof in step.evidence]
    claimed = shown_proofs(request.actor, proofs, givers, "claimed")
    back = request.GET.get("dari") or request.POST.get("dari", "")
    return {
        "member": member,
        "business": business_facts(getattr(member, "business", None), with_finances=sees_finances),
        "hides_finances": not sees_finances,
        "phone": show_phone(member.phone) if member.phone else "",
        "place": territory.path_of(member.region),
        "group": group_names([member.group_id]).get(member.group_id, "") if member.group_id else "",
        "steps": steps,
        "stamps": stamps_of(steps, givers),
        "upcoming": upcoming,
        "stuck_by": _stuck_by(upcoming),
        "next_card": next_card(request.actor, member, steps),
        "claimed": claimed,
        "verified": shown_proofs(request.actor, proofs, givers, "verified"),
        "evidence_form": forms.get("evidence_form")
        or GiveEvidence(initial={"stage": first_stage}, partners=givers_in(member.region)),
        "standstill_form": forms.get("standstill_form")
        or SetStandstill(initial=_standstill_initial(upcoming)),
        "back": back,
        "back_query": f"?{urlencode({'dari': back})}" if back else "",
        "back_href": list_behind(request.GET) or list_behind(request.POST),
        "card": card_standing(request.actor, member),
        "helpers": helper_lines(request.actor, member),
        "referrals": referral_rows(request.actor, member),
        "may_refer": may_refer(request.actor, member),
        "duplicate": waiting_about(request.actor, member),
        "erasure": waiting_erasure(request.actor, member),
        "deeds": open_deeds(request.actor, member, {one.proof.stage for one in claimed}),
    }


def _stuck_by(upcoming: StageStep | None) -> str:
    if upcoming is None or not upcoming.stuck_by:
        return ""
    return author_names([upcoming.stuck_by]).get(upcoming.stuck_by, "")


def _standstill_initial(upcoming: StageStep | None) -> dict[str, Any]:
    if upcoming is None:
        return {}
    return {"stage": max(upcoming.stage.value, 2), "reason": upcoming.stuck_reason}


@require_safe
@needs(Permission.EVENTS_READ)
def member_history(request: Request, number: str) -> HttpResponse:
    """What happened to one person, newest first, with who did it."""
    member = member_seen(request, number, page=LookedAt.HISTORY)
    told = told_once(history_of(request.actor, member, also=older_records_of(request.actor, member)))
    authors = author_names(line.author for line in told)
    groups, sees = groups_in(told), may_see_finances(request.actor, member)
    lines = [
        replace(
            line, author=authors[line.author], changes=told_changes(line.changes, groups, with_finances=sees)
        )
        for line in told
    ]
    context = {"member": member, "lines": lines, "labels": change_labels()}
    return render(request, "dashboards/member_history.html", context)


@require_safe
@needs(Permission.MEMBERS_READ)
@in_chosen_scope(takes_groups=True)
def people_behind_loss(request: Request) -> HttpResponse:
    """The people who completed a stage and not the next one, the longest waiting first."""
    asked = read_asked(request.GET)
    page = people_behind(request.actor, asked)
    places = territory.names_for(person.region for person in page.people)
    rows: list[list[CellValue]] = [
        [
            Cell(person.name, reverse("member_detail", args=[person.number])),
            places[person.region],
            day_text(person.since, "medium"),
            person.days,
            person.reason_label,
        ]
        for person in page.people
    ]
    context = {
        "page": page,
        "columns": [
            Column(_("Nama")),
            Column(_("Kecamatan")),
            Column(_("Sejak")),
            Column(_("Hari"), is_number=True),
            Column(_("Alasan")),
        ],
        "rows": rows,
        "shown": count_text(len(rows)),
        "next_href": _next_page(request, page.next),
    }
    return render(request, "dashboards/people_behind_loss.html", context)
