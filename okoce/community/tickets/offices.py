"""Where a ticket stands, and who answers there: kecamatan, kabupaten/kota, province, secretariat."""

from django.utils.translation import gettext as _

from okoce.community.tickets.models import Ticket
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.territory import queries as territory

SECRETARIAT = ""


def above(office: str) -> str:
    """The next level; above a province stands the secretariat, and above that nobody."""
    return office.rpartition(".")[0]


def levels_above(office: str) -> list[str]:
    """Every level above, the nearest first."""
    found = []
    while office:
        office = above(office)
        found.append(office)
    return found


def went_up(ticket: Ticket) -> bool:
    """Whether it stands above the kecamatan that it is about, and so may be handed back."""
    return ticket.office in levels_above(ticket.region)


def office_name(office: str) -> str:
    """ "Kecamatan Senen", "Kota Jakarta Pusat", "Sekretariat PGO"."""
    if office == SECRETARIAT:
        return _("Sekretariat PGO")
    name = territory.name_of(office)
    if office.count(".") == 2:  # Kemendagri: province.regency.district
        return _("Kecamatan %s") % name
    return _("Provinsi %s") % name if "." not in office else name


def covers(actor: Actor, office: str) -> bool:
    """Whether a grant that handles tickets reaches the place where one stands: what went up is answered up there."""
    for scope in actor.scopes_with(Permission.TICKETS_HANDLE):
        others = (scope.group_id, scope.partner_id, scope.helper_user_id, scope.member_id)
        if scope.everywhere or (all(one is None for one in others) and region_within(office, scope.region)):
            return True
    return False


def stands_at(actor: Actor, ticket: Ticket) -> bool:
    return covers(actor, ticket.office)
