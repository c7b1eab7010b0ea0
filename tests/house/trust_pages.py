"""The pages of certificates and names, for the matrix of the walk; what a komunitas and a mitra have of both."""

from datetime import date

from okoce.community.groups.models import Group
from okoce.community.partners.models import Partner
from okoce.community.trust.actions.certificates import issue_certificate
from okoce.community.trust.actions.names import give_group_name, give_partner_name
from okoce.community.trust.models import NamePermission
from okoce.community.trust.rules import NewName
from tests.cast import SYSTEM
from tests.house.pages import FOUND, READS_FIGURES, READS_PARTNERS, UNPROCESSABLE, WITHDRAWS, Keys, Page

TRUST_PAGES = {
    "search_names": Page(is_public=True),
    "group_trust": Page(READS_FIGURES, about="group"),
    "group_certificate": Page(READS_FIGURES, about="group"),
    "issue_certificate": Page(WITHDRAWS, about="group", post=FOUND),  # which has one keeps it
    "replace_certificate": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "revoke_certificate": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "give_group_name": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "group_name_sheet": Page(READS_FIGURES, about="group"),
    "withdraw_group_name": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "partner_trust": Page(READS_PARTNERS, about="partner"),
    "give_partner_name": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "partner_name_sheet": Page(READS_PARTNERS, about="partner"),
    "withdraw_partner_name": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
}


def trusted(group: Group, partner_id: int) -> None:
    """A certificate and a name for the komunitas, a name for the mitra beside it."""
    issue_certificate(SYSTEM, group)
    for deed, holder in (
        (give_group_name, group),
        (give_partner_name, Partner.objects.get(pk=partner_id)),
    ):
        told = NewName(f"OK OCE {holder.name}", "Hanya untuk kegiatan gratis", date(2026, 1, 1))
        deed(SYSTEM, holder, told)  # type: ignore[operator]  # each with its own holder


def trust_keys(group_id: int | None, partner_id: int) -> Keys:
    """What addresses name of the names of the komunitas, and of the mitra beside it."""
    return {
        "name_id": lambda: NamePermission.objects.get(group_id=group_id).pk,
        "partner_name_id": lambda: NamePermission.objects.get(partner_id=partner_id).pk,
    }
