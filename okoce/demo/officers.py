"""One sign-in per role, for trying the demo. They exist in a demo only, and their password is printed on its sign-in page."""

from okoce.community.groups.queries import active_group_named
from okoce.community.partners.actions.contacts import ContactTerm, appoint_contact
from okoce.community.partners.models import Partner
from okoce.demo.organisation import BANK, JAKARTA, SENEN, SHOP, partner_of
from okoce.demo.people import phone_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.queries import has_account
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import parse_phone

PASSWORD = "contoh-okoce-2018"  # noqa: S105  (public on purpose: it opens synthetic data only)
MEMBER_PHONE = str(parse_phone(phone_of(0)))  # of the first person of every replay


def contact_of(role: str) -> str:
    """The e-mail of a role's demo account; `.contoh` is no domain that anybody owns."""
    return f"{role.replace('_', '-')}@okoce.contoh"


def make_officers(actor: Actor) -> None:
    """Make the accounts that are not there yet."""
    for name, role in ROLES.items():
        if role.breadth is Breadth.SELF or has_account(contact_of(name)):
            continue
        user = create_user(
            actor,
            NewUser(
                name=f"Contoh {role.title}", email=contact_of(name), password=PASSWORD, is_synthetic=True
            ),
        )
        if (
            role.breadth is Breadth.PARTNER
        ):  # by the office, so that what is told to its contact persons reaches her
            term = ContactTerm("Contoh narahubung", today_wib())
            appoint_contact(actor, _partner_of(actor, name), contact_of(name), term)
        else:
            grant_role(actor, user, name, _place_of(actor, name))


def _place_of(actor: Actor, role: str) -> Anchors:
    """Where the role's sample officer works."""
    if role == "petugas_kecamatan":
        return Anchors(region=SENEN)
    match ROLES[role].breadth:
        case Breadth.TERRITORY:
            return Anchors(region=JAKARTA)
        case Breadth.GROUP:
            return Anchors(group_id=_first_group())
        case _:
            return Anchors()


def _partner_of(actor: Actor, role: str) -> Partner:
    """For whom the role's sample officer acts: made for her, once."""
    return partner_of(actor, BANK if role == "petugas_bank" else SHOP)


def _first_group() -> int | None:
    group = active_group_named("CONTOH-001")
    return group.pk if group else None
