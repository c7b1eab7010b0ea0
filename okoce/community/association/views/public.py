"""The association for everybody: its board and secretariat of today, its branches by territory."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.association.queries.branches import branch_names, branches_in, centre, open_branch_at
from okoce.community.association.queries.tenures import in_office
from okoce.community.association.states import BranchState, Organ
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.naming import code_asked_for


@require_safe
def association(request: Request) -> HttpResponse:
    """Of the whole, or of one territory."""
    code = code_asked_for(request.GET.get("wilayah", ""))[:13]
    if code and territory.find_region(code) is None:
        raise NotFound(_("Wilayah itu tidak dikenal. Mulai dari /perkumpulan."))
    branch, today = (open_branch_at(code) if code else centre()), today_wib()
    people = in_office(branch, today) if branch else []
    below = branches_in(code)
    names = branch_names(below.branches)
    context = {
        "place": territory.path_of(code),
        "code": code,
        "trail": territory.ancestors(code) if code else [],
        "branch": branch,
        "today": today,
        "organs": [
            {"name": organ.label, "people": [one for one in people if one.organ == organ]}
            for organ in Organ
            if any(one.organ == organ for one in people)
        ],
        "branches": [_line(one, names[one.pk], below.below) for one in below.branches],
    }
    return render(request, "association/association.html", context)


def _line(one: Any, name: str, below: Any) -> dict[str, Any]:
    has_ended = one.state == BranchState.CLOSED
    return {
        "name": name,
        "href": "" if has_ended else f"?wilayah={one.region}",
        "state": one.get_state_display(),
        "since": one.founded_on,
        "until": one.state_on if has_ended else None,
        "below": below[one.region],
    }
