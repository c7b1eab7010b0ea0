"""Questions about agreements: which stand how, which run out, between whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from okoce.community.partners.agreement_models import (
    Agreement,
    AgreementQuerySet,
    NoticeTerm,
    Obligation,
    Party,
)
from okoce.community.partners.models import Partner
from okoce.community.partners.states import AgreementState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
ENDING = "ending"  # of the list: what runs out soon


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """One page of a list, and whether another follows."""

    agreements: list[Agreement]
    has_more: bool


def agreement_for(
    actor: Actor, agreement_id: int, permission: Permission = Permission.PARTNERS_READ
) -> Agreement:
    """An agreement within the actor's scope."""
    rows = Agreement.objects.visible_to(actor, permission).filter(pk=agreement_id)
    found = rows.prefetch_related(_parties()).first()
    if found is None:
        raise NotFound(_("Perjanjian itu tidak ada dalam wilayah tugas Anda."))
    return found


def list_agreements(actor: Actor, standing: str, page: int) -> AgreementPage:
    """The agreements that the actor may see, the next to end first and what is over last; narrowed to a state, or to what runs out."""
    rows = _narrowed(Agreement.objects.visible_to(actor, Permission.PARTNERS_READ), standing)
    first = page * PER_PAGE
    ordered = rows.prefetch_related(_parties()).next_to_end_first(today_wib())
    found = ordered[first : first + PER_PAGE + 1]
    agreements = list(found)
    return AgreementPage(agreements[:PER_PAGE], len(agreements) > PER_PAGE)


def agreements_by_standing(actor: Actor) -> dict[str, int]:
    """How many agreements the actor may see, by state, and how many run out."""
    rows = Agreement.objects.visible_to(actor, Permission.PARTNERS_READ)
    return {name: _narrowed(rows, name).count() for name in (ENDING, *AgreementState.values)}


def _narrowed(rows: AgreementQuerySet, standing: str) -> AgreementQuerySet:
    today = today_wib()
    if standing == ENDING:
        return rows.running_out(today)
    if standing in AgreementState.values:
        return rows.standing(AgreementState(standing), today)
    return rows


def notice_days(day: date) -> list[int]:
    """So many days before an end the secretariat is told, the fewest first. Public reference data."""
    return list(NoticeTerm.objects.valid_on(day).values_list("days", flat=True))


def agreements_running_out(actor: Actor) -> AgreementQuerySet:
    """What runs out within the longest notice, for those who may extend it."""
    return _narrowed(Agreement.objects.visible_to(actor, Permission.PARTNERS_MANAGE), ENDING)


def agreements_of(actor: Actor, partner: Partner) -> list[Agreement]:
    """The agreements of a mitra, the latest end first."""
    rows = Agreement.objects.visible_to(actor, Permission.PARTNERS_READ)
    theirs = rows.filter(parties__partner=partner).prefetch_related(_parties())
    return list(theirs.order_by("-until_on", "-id"))


def agreements_beside(actor: Actor, agreement: Agreement) -> list[Agreement]:
    """The agreements that the actor may see of the same partners, itself among them, by their beginning."""
    partners = [party.partner_id for party in agreement.parties.all() if party.partner_id is not None]
    sides = Party.objects.filter(partner_id__in=partners).order_by().values("agreement_id")
    rows = Agreement.objects.visible_to(actor, Permission.PARTNERS_READ).filter(pk__in=sides)
    return list(rows.prefetch_related(_parties()).order_by("from_on", "id"))


def next_agreements_of(actor: Actor, partner: Partner, most: int) -> list[Agreement]:
    """The first agreements of a mitra: the next to end before others, what is over last."""
    rows = Agreement.objects.visible_to(actor, Permission.PARTNERS_READ).filter(parties__partner=partner)
    return list(rows.prefetch_related(_parties()).next_to_end_first(today_wib())[:most])


def obligation_for(actor: Actor, agreement: Agreement, obligation_id: int) -> Obligation:
    """One promise of an agreement, for whoever may strike it."""
    rows = Obligation.objects.visible_to(actor, Permission.PARTNERS_MANAGE)
    found = rows.filter(agreement=agreement, pk=obligation_id).first()
    if found is None:
        raise NotFound(_("Kewajiban itu tidak ada pada perjanjian ini."))
    return found


def obligations_of(agreement: Agreement) -> list[Obligation]:
    """What was promised, in the order of the days. Public: it says nothing of persons, and the agreement was found before."""
    return list(agreement.obligations.order_by("struck_on", "from_on", "id"))


def standing_obligations(agreements: Iterable[Agreement]) -> dict[int, list[Obligation]]:
    """What was promised and not struck, by agreement, in one query. Public, likewise."""
    rows = Obligation.objects.filter(agreement_id__in=[one.pk for one in agreements], struck_on__isnull=True)
    told: dict[int, list[Obligation]] = {}
    for one in rows.order_by("from_on", "id"):
        told.setdefault(one.agreement_id, []).append(one)
    return told


def party_names(parties: Iterable[Party]) -> list[str]:
    """What the sides are called, the partners first. Public: every name of a mitra or a komunitas is."""
    return [
        party.partner.name
        if party.partner is not None
        else party.group.name
        if party.group is not None
        else _("Gerakan OK OCE")
        for party in parties
    ]


def _parties() -> Any:
    rows = Party.objects.select_related("partner", "group").order_by("id")
    return Prefetch("parties", queryset=rows)
