"""Questions about branches. Which there are is public; the desk's list is read within the scope."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from okoce.community.association.models import AssociationTerm, Branch
from okoce.community.association.states import BranchState, TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class BranchesAsked:
    """What the desk's list is narrowed to: a state, a territory; `after` is the last row of the page before."""

    state: str = ""
    region: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class BranchPage:
    rows: list[Branch]
    next_after: int | None


def branch_for(actor: Actor, branch_id: int, permission: Permission = Permission.ASSOCIATION_READ) -> Branch:
    """A branch within the actor's scope."""
    found = Branch.objects.visible_to(actor, permission).filter(pk=branch_id).first()
    if found is None:
        raise NotFound(_("Cabang itu tidak ada dalam wilayah tugas Anda."))
    return found


def list_branches(actor: Actor, asked: BranchesAsked) -> BranchPage:
    """The branches that the actor may see, by territory: the centre first, each below what it lies in."""
    rows = Branch.objects.visible_to(actor, Permission.ASSOCIATION_READ)
    if asked.region:
        rows = rows.filter(region__startswith=asked.region)
    if asked.state:
        rows = rows.filter(state=asked.state)
    last = (
        Branch.objects.filter(pk=asked.after).values_list("region", flat=True).first()
        if asked.after
        else None
    )
    if last is not None:  # a closed branch and the one founded again share their place
        rows = rows.filter(Q(region__gt=last) | Q(region=last, pk__gt=asked.after))
    found = list(rows.order_by("region", "id")[: PER_PAGE + 1])
    return BranchPage(found[:PER_PAGE], found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None)


def branches_by_state(actor: Actor) -> dict[str, int]:
    """How many of them are in each state; a state that none has is missing."""
    rows = Branch.objects.visible_to(actor, Permission.ASSOCIATION_READ)
    return dict(rows.order_by().values_list("state").annotate(Count("id")))


def branch_above(branch: Branch) -> Branch | None:
    """The nearest open branch above: its parent follows from the territory. Public: which branches there are is."""
    if not branch.region:
        return None
    parts = branch.region.split(".")
    above = ["", *(".".join(parts[:count]) for count in range(1, len(parts)))]
    return Branch.objects.open().filter(region__in=above).order_by("-region").first()


def branches_below(branch: Branch) -> int:
    """How many open branches lie below. Public in the same way."""
    below = {"region__startswith": f"{branch.region}."} if branch.region else {"region__gt": ""}
    return Branch.objects.open().filter(**below).count()


def centre() -> Branch | None:
    """The association's centre. Public."""
    return Branch.objects.open().filter(region="").first()


@dataclass(frozen=True, slots=True)
class BranchesOf:
    """The branches of a territory for everybody, with how many lie further below."""

    branches: list[Branch]
    below: Counter[str]


def branches_in(region: str) -> BranchesOf:
    """What was founded and not only planned, directly below a territory, and how many branches at work lie below each. Public."""
    public = Branch.objects.exclude(state=BranchState.PLANNED).exclude(region="")
    within = public.filter(region__startswith=f"{region}.") if region else public
    codes = [place.code for place in territory.children(region)]
    shown = within.filter(region__in=codes).order_by("region", "-id")
    at_work = within.filter(state=BranchState.ACTIVE).values_list("region", flat=True)
    length = len(codes[0]) if codes else 0
    below = Counter(code[:length] for code in at_work if len(code) > length)
    return BranchesOf(list(shown), below)


def term_value(code: TermCode, day: date) -> int:
    """A number by which this is judged, as decided by then; the first one on days before any was. Public reference data."""
    known = AssociationTerm.objects.filter(code=code).order_by("from_on").values_list("from_on", "value")
    values = [value for place, (from_on, value) in enumerate(known) if from_on <= day or place == 0]
    return values[-1]


def branch_names(branches: Iterable[Branch]) -> dict[int, str]:
    """What branches are called. Public."""
    rows = list(branches)
    places = territory.names_for(one.region for one in rows)
    return {one.pk: _("Cabang %s") % places[one.region] if one.region else _("Pusat") for one in rows}


def open_branch_at(region: str) -> Branch | None:
    """The branch of a place, unless it is closed or only planned. Public."""
    return Branch.objects.open().exclude(state=BranchState.PLANNED).filter(region=region).first()
