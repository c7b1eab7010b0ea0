"""Where a role holds, as somebody types it on the command line and reads it there."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code


def add_role_arguments(parser: ArgumentParser) -> None:
    """A role and the three kinds of places."""
    parser.add_argument("--role", required=True, metavar="PERAN", help=", ".join(ROLES))
    parser.add_argument("--territory", default="", metavar="KODE", help="misalnya 31.71.04 atau 31")
    parser.add_argument("--group", type=int, metavar="NOMOR", help="nomor komunitas")
    parser.add_argument("--partner", type=int, metavar="NOMOR", help="nomor mitra")


def read_anchors(options: dict[str, Any]) -> Anchors:
    """Refuses a code of no region."""
    return Anchors(_region(options["territory"]), options["group"], options["partner"])


def role_told(role: str, anchors: Anchors) -> str:
    """A role by its title, and where it holds."""
    named = [
        territory.path_of(anchors.region) if anchors.region else "",
        _("komunitas nomor %s") % anchors.group_id if anchors.group_id is not None else "",
        _("mitra nomor %s") % anchors.partner_id if anchors.partner_id is not None else "",
    ]
    return f"{ROLES[role].title}, {', '.join(filter(None, named)) or _('seluruh Indonesia')}"


def _region(text: str) -> str:
    """A code in dotted form that exists; empty for none."""
    if not text:
        return ""
    code = read_code(text).code
    try:
        if code and territory.find_region(code):
            return code
    except LookupError:
        raise NotFound(_("Wilayah belum dimuat. Jalankan make run sekali dahulu.")) from None
    raise NotFound(_("Wilayah dengan kode %s tidak ada. Pakai kode Kemendagri, misalnya 31.71.04.") % text)
