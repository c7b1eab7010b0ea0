"""The frame of the member's pages: four tabs at the thumb, the same in the header of a wide screen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.requests import Request
from okoce.foundation.web.navigation import NavItem, current_key, site_links
from okoce.foundation.web.reader import desk_place

UNPROCESSABLE = 422


def tabs() -> tuple[NavItem, ...]:
    return (
        NavItem("own_page", reverse("own_page"), _("Beranda"), "home"),
        NavItem("own_passport", reverse("own_passport"), _("Paspor"), "badge"),
        NavItem("own_card", reverse("own_card"), _("Kartu"), "p1"),
        NavItem("own_data", reverse("own_data"), _("Data saya"), "person"),
    )


def work_link(actor: Actor) -> NavItem | None:
    """Where the work of a member who is in office too begins; None for whoever is a member alone."""
    if all(grant.scope.member_id is not None for grant in actor.grants):
        return None
    return site_links([desk_place(actor)])[-1]


def own_render(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the member's shell."""
    items = tabs()
    deeper = [item for item in items if item.key != "own_page"]
    current = current_key(request.path_info, deeper) or "own_page"
    return render(
        request,
        template,
        {**context, "tabs": items, "tab": current, "work": work_link(request.actor)},
        status=status,
    )
