"""Active mitra all of whose agreements are over: they serve nothing until they sign again (ADR 0040)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from okoce.community.partners.agreement_models import Agreement, Party
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.models import ScopedQuerySet

LAPSED = "habis"  # of a choice of states


def lapsed(rows: ScopedQuerySet[Partner]) -> ScopedQuerySet[Partner]:
    """Those of these that have signed, are active, and whose agreements are all over. One that has signed anew for a day to come is
    not among them: nothing is left to do about it. Public: narrows rows that were found before."""
    today = today_wib()
    sides = Party.objects.filter(partner=OuterRef("pk")).order_by()
    is_cut = Q(agreement__ended_on__isnull=False, agreement__ended_on__lte=today)
    standing = sides.filter(agreement__until_on__gt=today).exclude(is_cut)
    active = rows.filter(state=PartnerState.ACTIVE)
    return active.filter(Exists(sides), ~Exists(standing))


def count_lapsed(actor: Actor, right: Permission = Permission.PARTNERS_READ) -> int:
    """How many of them a right of the actor reaches; with that to manage partners, how many wait for her to renew an agreement or
    to end the partnership."""
    return lapsed(Partner.objects.visible_to(actor, right)).count()


def last_agreements(actor: Actor, partner_ids: Iterable[int]) -> dict[int, Agreement]:
    """By mitra the agreement that was over last, by its last day or because it was cut before; as far as the actor may see it, in one
    query."""
    seen = Agreement.objects.visible_to(actor, Permission.PARTNERS_READ).order_by()
    sides = Party.objects.filter(partner_id__in=list(partner_ids), agreement__in=seen.values("pk"))
    over = Coalesce("agreement__ended_on", "agreement__until_on")
    rows = sides.order_by("partner_id", over.desc(), "-agreement_id").distinct("partner_id")
    return {side.partner_id: side.agreement for side in rows.select_related("agreement") if side.partner_id}
