"""The photos of a ticket, for whoever has found the ticket."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from okoce.community.tickets.models import Photo, Ticket
from okoce.community.tickets.states import TermCode
from okoce.community.tickets.terms import term
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.pictures import picture_path

SMALL = "-s"
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo as a line shows it: small, leading to the large one."""

    href: str
    small_href: str
    width: int
    height: int


def photos_by_line(ticket: Ticket, address_of: Address | None) -> dict[int, list[Shown]]:
    """Those of each line; `address_of` says where its reader finds one. Public: the ticket was found before."""
    found: dict[int, list[Shown]] = defaultdict(list)
    if address_of is not None:
        for one in Photo.objects.filter(ticket=ticket).order_by("id"):
            shown = Shown(address_of(one.name), address_of(one.name + SMALL), one.width, one.height)
            found[one.entry_id].append(shown)
    return found


def photo_limits() -> dict[str, int]:
    """How many photos a ticket may have today, and how large each, as forms tell it. Public."""
    day = today_wib()
    return {"count": term(TermCode.PHOTOS_MOST, day), "megabytes": term(TermCode.PHOTO_MEGABYTES, day)}


def photo_path(ticket: Ticket, name: str) -> Path:
    """Where one lies that belongs to this ticket and no other. Public: likewise."""
    whole = name.removesuffix(SMALL)
    if Photo.objects.filter(ticket=ticket, name=whole).exists():
        path = picture_path(whole, is_small=whole != name)
        if path.exists():
            return path
    raise NotFound(_("Foto itu tidak ada lagi."))
