"""The list of people, narrowed and in order."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.dashboards.people import narrowing as narrow
from okoce.dashboards.people.batches import DEEDS, MOST_CHOSEN
from okoce.dashboards.people.forms import NarrowPeople
from okoce.dashboards.people.listing import COLUMNS, listing
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import Invalid
from okoce.foundation.web.scope_choice import in_chosen_scope
from okoce.pipeline.queries.people import People, list_people, people_unplaced

NOBODY = People([], None, 0)


@require_safe
@needs(Permission.MEMBERS_READ)
@in_chosen_scope(takes_groups=True)
def member_list(request: Request) -> HttpResponse:
    """People in the officer's scope: searched by name, phone, NIK or number, narrowed, by name or the longest waiting first."""
    asked = narrow.read_narrowing(request.actor, request.GET)
    if asked.is_named and asked.wanted is not None:
        return redirect(narrow.address(request.GET, wilayah=asked.wanted.scope))
    people = _found(request, asked)
    status = HTTPStatus.OK if asked.is_clear else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "people/member_list.html", _context(request, asked, people), status=status)


def _found(request: Request, asked: narrow.Narrowing) -> People:
    if asked.wanted is None:
        return NOBODY
    try:
        return list_people(request.actor, replace(asked.wanted, columns=COLUMNS))
    except Invalid as refusal:
        for wrong in refusal.errors:
            asked.form.add_error(None, wrong.sentence)
        asked.wanted = None
        return NOBODY


_FILTERS = NarrowPeople.base_fields.keys() - {"sesudah"}


def _context(request: Request, asked: narrow.Narrowing, people: People) -> dict[str, Any]:
    query, code = request.GET, asked.wanted.scope if asked.wanted else ""
    return {
        "form": asked.form,
        "list": listing(request.actor, people, query.urlencode()),
        "next_href": next_page(request, people.next),
        "chips": narrow.chips(asked, query),
        "ages": narrow.ages_offered(query),
        "place": asked.place,
        "places": asked.places,
        "place_links": [(path, narrow.address(query, wilayah=found)) for found, path in asked.places],
        "wider": narrow.wider_places(code, query),
        "narrower": narrow.narrower_places(code, query),
        "is_behind": people_unplaced(),
        "actor_reads_figures": request.actor.may(Permission.PIPELINE_READ_FUNNEL),
        "deeds": _deeds(request.actor),
        "may_hand_in": request.actor.may(DEEDS["bukti"]),
        "may_export": request.actor.may(Permission.MEMBERS_EXPORT),
        "most_chosen": MOST_CHOSEN,
        "query": query.urlencode(),
        "is_narrowed": any(query.get(name) for name in _FILTERS - {"q"}),
        # Nothing was asked for that could have hidden anybody.
        "is_empty": asked.wanted is not None and not any(query.get(name) for name in _FILTERS - {"urut"}),
        "may_register": request.actor.may(Permission.MEMBERS_REGISTER),
    }


def _deeds(actor: Actor) -> list[tuple[str, str]]:
    """What the reader may do with a choice of people."""
    offered = {
        "pendamping": _("Beri pendamping"),
        "alasan": _("Catat alasan"),
        "bukti": _("Serahkan bukti"),
    }
    return [(deed, label) for deed, label in offered.items() if actor.may(DEEDS[deed])]


def next_page(request: Request, cursor: str | None) -> str:
    """The address of the next page, "" on the last."""
    if not cursor:
        return ""
    here = narrow.address(request.GET)
    return f"{here}{'&' if '?' in here else '?'}sesudah={cursor}"
