"""Questions about partners. Which are active and what they are called is public; their rows are read within the scope."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okoce.community.members.names import ERASED_NAME, name_key
from okoce.community.organisations.checklists import Checked, checked_items
from okoce.community.organisations.lists import NamePage, page_by_name
from okoce.community.partners.models import Contact, Partner, PartnerArea, PartnerCheck, PartnerItem, Proposal
from okoce.community.partners.queries.lapsed import LAPSED, lapsed
from okoce.community.partners.states import PartnerState
from okoce.community.partners.telling import NO_PHONE
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet


@dataclass(frozen=True, slots=True)
class PartnersAsked:
    """What a list of partners is narrowed to."""

    state: str = ""
    kind: str = ""
    text: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody's time as contact person, as the page of the mitra shows it."""

    contact: Contact
    name: str
    has_ended: bool
    has_begun: bool


def partner_names(partner_ids: Iterable[int]) -> dict[int, str]:
    """Names of partners by id, in one query. Public."""
    return dict(Partner.objects.filter(pk__in=set(partner_ids)).values_list("pk", "name"))


def partners_seen(actor: Actor, partner_ids: Collection[int]) -> set[int]:
    """Which of these mitra the actor may open, in one query; none where none is asked."""
    if not partner_ids or not actor.may(Permission.PARTNERS_READ):
        return set()
    rows = Partner.objects.visible_to(actor, Permission.PARTNERS_READ).filter(pk__in=partner_ids)
    return set(rows.values_list("pk", flat=True))


def name_of_partner() -> QuerySet[Partner, Any]:
    """The name of the mitra that the outer row calls `partner_id`: for a subquery. Public."""
    return Partner.objects.filter(pk=OuterRef("partner_id")).values("name")


def partner_for(actor: Actor, partner_id: int, permission: Permission = Permission.PARTNERS_READ) -> Partner:
    """A mitra within the actor's scope."""
    found = Partner.objects.visible_to(actor, permission).filter(pk=partner_id).first()
    if found is None:
        raise NotFound(_("Mitra itu tidak ada dalam wilayah tugas Anda."))
    return found


def partners_in(actor: Actor) -> ScopedQuerySet[Partner]:
    """The partners that the actor may see, by name."""
    return Partner.objects.visible_to(actor, Permission.PARTNERS_READ).order_by("name_key", "id")


def list_partners(actor: Actor, asked: PartnersAsked) -> NamePage[Partner]:
    """The partners that the actor may see, narrowed, a page of them by name."""
    seen = rows = partners_in(actor)
    if asked.state == LAPSED:
        rows = lapsed(rows)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.text.strip("\x00 "):
        rows = rows.filter(name_key__contains=name_key(" ".join(asked.text.replace("\x00", "").split())))
    return page_by_name(rows, seen, asked.after)


def partners_by_state(actor: Actor) -> dict[str, int]:
    """How many partners the actor may see, by state; a state that none has is missing."""
    rows = Partner.objects.visible_to(actor, Permission.PARTNERS_READ).order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def proposals_waiting(actor: Actor) -> ScopedQuerySet[Partner]:
    """Partners that wait for the actor to decide about. One that is asked waits for whoever applied; where she is gone, or another
    was put in her place, nobody reads the question, and it would keep its name for ever."""
    asked_in_vain = Q(state=PartnerState.ASKED, proposal__phone_proven_since__isnull=True)
    rows = Partner.objects.visible_to(actor, Permission.PARTNERS_MANAGE)
    return rows.filter(Q(state=PartnerState.PROPOSED) | asked_in_vain)


def own_partners(actor: Actor) -> list[Partner]:
    """The partners for which the actor's grants make her act, by name."""
    scopes = actor.scopes_with(Permission.PARTNERS_CORRECT_OWN)
    own = [scope.partner_id for scope in scopes if scope.partner_id is not None]
    rows = Partner.objects.visible_to(actor, Permission.PARTNERS_CORRECT_OWN).filter(pk__in=own)
    return list(rows.order_by("name_key", "id"))


def own_proposal(actor: Actor, partner: Partner) -> Proposal | None:
    """Who speaks for it, for its own officers; None where nobody was named, or whoever was has gone."""
    return _somebody(Proposal.objects.visible_to(actor, Permission.PARTNERS_CORRECT_OWN), partner)


def proposal_of(actor: Actor, partner: Partner) -> Proposal | None:
    """Who speaks for it and under which number; None where nobody was named, whoever was has gone, or the actor does not
    decide."""
    return _somebody(Proposal.objects.visible_to(actor, Permission.PARTNERS_READ_PROPOSALS), partner)


def _somebody(rows: ScopedQuerySet[Proposal], partner: Partner) -> Proposal | None:
    """A row from which name and number are gone only says that there was somebody: nobody can be asked for there."""
    return rows.filter(partner=partner).exclude(contact_phone=NO_PHONE).first()


def checklist_of(partner: Partner, day: date) -> list[Checked]:
    """The checklist of a day, as the mitra meets it. Public: it says nothing of persons, and the mitra was found before."""
    return checked_items(PartnerItem.objects.valid_on(day), PartnerCheck.objects.filter(partner=partner))


def places_of(partner: Partner) -> list[str]:
    """The places that a mitra serves now. Public."""
    rows = partner.areas.filter(until_on__isnull=True).order_by("region")
    return list(rows.values_list("region", flat=True))


def areas_of(partner_ids: Iterable[int]) -> list[str]:
    """The places that any of these serves now. Public."""
    rows = PartnerArea.objects.filter(partner_id__in=list(partner_ids), until_on__isnull=True)
    return list(rows.order_by("region").values_list("region", flat=True).distinct())


def contacts_of(actor: Actor, partner: Partner) -> list[Acting]:
    """Who acts for a mitra, who will and who did, the latest first. A term that was taken back is none."""
    rows = Contact.objects.visible_to(actor, Permission.PARTNERS_READ).filter(partner=partner)
    found = list(rows.exclude(until_on=F("from_on")).order_by("-from_on", "id"))
    names, today = user_names(one.user_id for one in found), today_wib()
    return [
        Acting(
            one,
            names.get(one.user_id, ERASED_NAME),
            has_ended=one.until_on is not None and one.until_on <= today,
            has_begun=one.from_on <= today,
        )
        for one in found
    ]


def contact_for(actor: Actor, partner: Partner, contact_id: int) -> Contact:
    """One contact person of a mitra, for whoever may end her time."""
    rows = Contact.objects.visible_to(actor, Permission.PARTNERS_MANAGE).filter(
        partner=partner, pk=contact_id
    )
    found = rows.select_related("partner").first()
    if found is None:
        raise NotFound(_("Narahubung itu tidak ada pada mitra ini."))
    return found


def active_partner_named(text: str) -> Partner | None:
    """The active mitra of a name, as people write it; None where there is none. Public."""
    written = " ".join(text.replace("\x00", "").split())
    if not written:
        return None
    return Partner.objects.filter(state=PartnerState.ACTIVE, name_key=name_key(written)).first()
