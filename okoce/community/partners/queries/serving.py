"""Which stage a mitra serves in which places: its own territory as far as its agreements reach. Asked by the map, the table, the
choice of whoever refers a member and the member's own choice (ADR 0040)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from okoce.community.partners.agreement_models import Agreement, Party
from okoce.community.partners.models import Partner, PartnerArea
from okoce.community.partners.stages import FIRST, LAST
from okoce.community.partners.states import AgreementState, PartnerState
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory import queries as territory

EVERY_STAGE = frozenset(range(FIRST, LAST + 1))


@dataclass(frozen=True, slots=True)
class Serving:
    """An active mitra: where it works, and for which stages it may there. `scopes`: stages with places.

    A mitra that never signed an agreement serves what it offers in its whole territory; where it did not say which stages these
    are, people may be sent to it for any, but no stage can be said to be served.
    """

    partner: Partner
    areas: tuple[str, ...]
    scopes: tuple[tuple[frozenset[int], tuple[str, ...]], ...]
    says_stages: bool = True

    def places(self) -> Iterator[tuple[int, str]]:
        """Each stage with each place in which it is known to be served."""
        if self.says_stages:
            for stages, places in self.scopes:
                for place in common_places(self.areas, places):
                    yield from ((stage, place) for stage in stages)

    def stages_in(self, region: str) -> frozenset[int]:
        """For which stages somebody who lives there may be sent to it."""
        around = _around(region)
        if around.isdisjoint(self.areas):
            return frozenset()
        found = [stages for stages, places in self.scopes if not around.isdisjoint(places)]
        return frozenset().union(*found)


def common_places(some: Iterable[str], others: Iterable[str]) -> set[str]:
    """What lies in both: of two places of which one holds the other, the smaller. Public."""
    theirs = list(others)
    return {
        one if lies_in(one, other) else other
        for one in some
        for other in theirs
        if lies_in(one, other) or lies_in(other, one)
    }


def lies_in(place: str, other: str) -> bool:
    """Whether a place is another or lies in it; "" is the nation. Public."""
    return not other or place == other or place.startswith(f"{other}.")


def beyond(places: Iterable[str], areas: Iterable[str]) -> list[str]:
    """Which of these places reach out of a territory. Public."""
    within = list(areas)
    return [place for place in places if not any(lies_in(place, area) for area in within)]


def all_serving() -> list[Serving]:
    """Every active mitra, by name, in as many questions however many they are. Public: who serves where is."""
    return _serving(None)


def serving_in(region: str) -> dict[int, Serving]:
    """Those to which somebody who lives in a kecamatan may be sent, by id, in the order of their names. Public, likewise."""
    near = PartnerArea.objects.filter(until_on__isnull=True, region__in=_around(region)).order_by()
    found = _serving(set(near.values_list("partner_id", flat=True)))
    return {one.partner.pk: one for one in found if one.stages_in(region)}


def has_worked_in(partner_id: int, region: str) -> bool:
    """Whether a mitra was validated and has ever served where somebody lives: what it gave her may lie some time back. Public."""
    return bool(worked_among(partner_id, [region]))


def worked_among(partner_id: int, regions: Iterable[str]) -> frozenset[str]:
    """Of these homes, those in which it has. Public, likewise."""
    rows = PartnerArea.objects.filter(partner_id=partner_id, partner__validated_on__isnull=False).order_by()
    areas = set(rows.values_list("region", flat=True))
    return frozenset(region for region in regions if not _around(region).isdisjoint(areas))


def givers_in(*regions: str) -> list[tuple[str, str]]:
    """The active partners that work where somebody, or any of these people, lives, to name as who gave it. Public, likewise."""
    around = frozenset().union(*map(_around, regions))
    near = PartnerArea.objects.filter(until_on__isnull=True, region__in=around).order_by()
    rows = Partner.objects.filter(state=PartnerState.ACTIVE, pk__in=near.values("partner_id"))
    return [(str(pk), name) for pk, name in rows.order_by("name_key", "id").values_list("pk", "name")]


def _serving(only: set[int] | None) -> list[Serving]:
    active = Partner.objects.filter(state=PartnerState.ACTIVE).order_by("name_key", "id")
    partners = list(active if only is None else active.filter(pk__in=only))
    ids = [one.pk for one in partners]
    areas: dict[int, list[str]] = defaultdict(list)
    rows = PartnerArea.objects.filter(partner_id__in=ids, until_on__isnull=True).order_by("region")
    for partner_id, region in rows.values_list("partner_id", "region"):
        areas[partner_id].append(region)
    signed = _signed(ids)
    return [_of(one, tuple(areas[one.pk]), signed.get(one.pk)) for one in partners]


def _signed(partner_ids: list[int]) -> dict[int, list[tuple[frozenset[int], tuple[str, ...]]]]:
    """By mitra that has signed an agreement which has begun: the stages and places of those that hold today."""
    today = today_wib()
    running = set(
        Agreement.objects.standing(AgreementState.RUNNING, today).order_by().values_list("pk", flat=True)
    )
    sides = Party.objects.filter(partner_id__in=partner_ids, agreement__from_on__lte=today).order_by("id")
    told: dict[int, list[tuple[frozenset[int], tuple[str, ...]]]] = defaultdict(list)
    columns = ("partner_id", "agreement_id", "agreement__stages", "agreement__places")
    for partner_id, agreement_id, stages, places in sides.values_list(*columns):
        held = told[partner_id]
        if agreement_id in running:
            held.append((frozenset(stages), tuple(places)))
    return dict(told)


def _of(
    partner: Partner, areas: tuple[str, ...], signed: list[tuple[frozenset[int], tuple[str, ...]]] | None
) -> Serving:
    if signed is not None:
        return Serving(partner, areas, tuple(signed))
    offered = frozenset(partner.offered_stages)
    return Serving(partner, areas, ((offered or EVERY_STAGE, areas),), says_stages=bool(offered))


def _around(region: str) -> frozenset[str]:
    return frozenset(("", region, *(place.code for place in territory.ancestors(region))))
