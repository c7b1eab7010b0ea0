"""Who helps whom: assigning a mentor or trainer to members, and ending it. A helper sees the member: only with her consent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from okoce.community.members.events import HelperAssigned
from okoce.community.members.help_ending import stop_helping
from okoce.community.members.models import Consent, Helper, Member, helping_on
from okoce.community.members.queries import children_among
from okoce.community.members.states import FITTING, ConsentPurpose, HelperPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import RoleHeld, roles_held_by
from okoce.foundation.events.facts import payload_of
from okoce.foundation.events.trail import BulkEvent, record_many
from okoce.foundation.shared.days import day_in, day_problem, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory.queries import zone_of

RIGHT = Permission.MEMBERS_ASSIGN_HELPER
_KIND: str = HelperAssigned.kind  # type: ignore[attr-defined]  # set by @fact


class NotHelped(StrEnum):
    """Why a member was not given the helper."""

    NOT_FOUND = "not_found"  # nobody, outside the actor's scope, or merged into another record
    NO_CONSENT = "no_consent"
    NO_CONSENT_FOR_CHILD = "no_consent_for_child"
    LEFT = "left"
    RESTRICTED = "restricted"  # she has her data used for nothing
    OUT_OF_REACH = "out_of_reach"  # of the helper's own grants
    HELPED_ALREADY = "helped_already"


@dataclass(frozen=True, slots=True)
class Helping:
    """Who is to help, with what, from which day on."""

    user_id: int
    purpose: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Helped:
    """How many members got the helper, and every one who did not."""

    taken: int
    not_taken: tuple[tuple[int, NotHelped], ...]


@action(RIGHT)
def assign_helper(actor: Actor, member_ids: Sequence[int], helping: Helping) -> Helped:
    """Give members one helper, each with her own line in the trail; done twice it is done once.

    Refuses a helper without a fitting role, and a day that cannot be. Takes whom it can and answers whom not: nobody is
    shared without her consent to the programme, nor with somebody whose own task lies elsewhere.
    """
    held = _fitting_roles(helping)
    wanted = list(dict.fromkeys(member_ids))
    members = _locked(actor, wanted)
    helped, agreed = _helped_already(members, helping), _agreed(members)
    children = children_among(members.values())
    not_taken = [(member_id, NotHelped.NOT_FOUND) for member_id in wanted if member_id not in members]
    taken: list[Member] = []
    for member in members.values():
        if member.pk in helped:
            not_taken.append((member.pk, NotHelped.HELPED_ALREADY))
        elif why := _why_not(member, agreed, is_child=member.pk in children):
            not_taken.append((member.pk, why))
        elif not any(role.reaches(member.region, member.group_id) for role in held):
            not_taken.append((member.pk, NotHelped.OUT_OF_REACH))
        else:
            taken.append(member)
    _write(taken, helping)
    return Helped(len(taken), tuple(not_taken))


@action(RIGHT)
def end_helper(actor: Actor, helper: Helper) -> None:
    """From today on this one helps no more; who has ended already stays so."""
    locked = (
        Helper.objects.select_for_update(of=("self",), no_key=True).select_related("member").get(pk=helper.pk)
    )
    if locked.until_on is None:
        stop_helping(locked, day_in(zone_of(locked.member.region)))


def _fitting_roles(helping: Helping) -> list[RoleHeld]:
    errors = []
    if helping.purpose not in FITTING:
        errors.append(FieldError("purpose", _("Pilih pendampingan atau pelatihan.")))
    problem = day_problem(helping.from_on)
    if problem:
        errors.append(FieldError("from_on", problem))
    held = roles_held_by(helping.user_id, FITTING.get(helping.purpose, frozenset()), today_wib())
    if not held:
        sentence = _("Orang ini tidak punya peran yang cocok untuk tugas itu. Pilih orang lain dari daftar.")
        errors.append(FieldError("helper", sentence))
    if errors:
        raise Invalid(errors)
    return held


def _locked(actor: Actor, ids: Sequence[int]) -> dict[int, Member]:
    """Those within the actor's reach, whose rows are held until the end: two who assign at once come one after the other."""
    reached = Member.objects.counted().visible_to(actor, RIGHT).filter(pk__in=ids)
    rows = Member.objects.filter(pk__in=list(reached.values_list("pk", flat=True))).order_by("pk")
    return {member.pk: member for member in rows.select_for_update(of=("self",), no_key=True)}


def _agreed(members: dict[int, Member]) -> set[tuple[int, str]]:
    """Who agreed to the programme, and for whom her guardian agreed that a mentor sees her."""
    purposes = (ConsentPurpose.PROGRAMME, ConsentPurpose.CHILD)
    given = Consent.objects.filter(member__in=list(members), purpose__in=purposes, withdrawn_on__isnull=True)
    return set(given.values_list("member_id", "purpose"))


def _why_not(member: Member, agreed: set[tuple[int, str]], *, is_child: bool) -> NotHelped | None:
    if member.left_on is not None:
        return NotHelped.LEFT
    if member.is_restricted:
        return NotHelped.RESTRICTED
    if (member.pk, ConsentPurpose.PROGRAMME.value) not in agreed:
        return NotHelped.NO_CONSENT
    if is_child and (member.pk, ConsentPurpose.CHILD.value) not in agreed:
        return NotHelped.NO_CONSENT_FOR_CHILD
    return None


def _helped_already(members: dict[int, Member], helping: Helping) -> set[int]:
    rows = Helper.objects.filter(
        helping_on(max(helping.from_on, today_wib())),
        member__in=list(members),
        user_id=helping.user_id,
        purpose=helping.purpose,
    )
    return set(rows.values_list("member_id", flat=True))


def _write(members: Sequence[Member], helping: Helping) -> None:
    Helper.objects.bulk_create(
        Helper(
            member=member, user_id=helping.user_id, purpose=helping.purpose, from_on=helping.from_on
        )
        for member in members
    )  # fmt: skip
    told = HelperAssigned(
        member_id=0,
        user_id=helping.user_id,
        purpose=helping.purpose,
        from_on=helping.from_on.isoformat(),
        label=str(HelperPurpose(helping.purpose).label),
    )
    said = payload_of(told)
    events = [
        BulkEvent(
            _KIND, member.pk, member.region, json.dumps(said | {"member_id": member.pk}), changes=None
        )
        for member in members
    ]  # fmt: skip
    record_many(Member._meta.label_lower, events)
