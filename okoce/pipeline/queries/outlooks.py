"""What would become of evidence, before it is handed in: for each of many people, in as many questions however many they are.

The deed for many asks `judge` of each person again, with her record held, before it hands in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.partners.queries.serving import worked_among
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in_words
from okoce.foundation.shared.errors import DomainError, NotAllowed, Refused
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence, checked_evidence, far_partner, same_evidence
from okoce.pipeline.queries.waiting import verifiable_among
from okoce.pipeline.settling import Standing, require_settleable
from okoce.pipeline.states import EvidenceState, LineState, Stage

RIGHT = Permission.PIPELINE_GIVE_EVIDENCE


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of the evidence for one person: taken, known already, or refused with a sentence."""

    member: Member
    state: LineState
    sentence: str = ""
    is_verified: bool = False  # at once; else it waits for somebody who may


@dataclass(frozen=True, slots=True)
class _Reach:
    """Whom among many the actor may hand in for, for whom she may verify it, and where its giver has worked (None: none named)."""

    given_for: frozenset[int]
    verified_for: frozenset[int]
    near: frozenset[str] | None

    @classmethod
    def of(cls, actor: Actor, members: Sequence[Member], given: GivenEvidence) -> "_Reach":
        ids = [member.pk for member in members]
        reached = Member.objects.visible_to(actor, RIGHT).filter(pk__in=ids).order_by()
        homes = {member.region for member in members}
        return cls(
            frozenset(reached.values_list("pk", flat=True)),
            verifiable_among(actor, ids, given.stage),
            None if given.partner is None else worked_among(given.partner, homes),
        )


def outlooks_for(
    actor: Actor, members: Sequence[Member], given: GivenEvidence, numbers: Mapping[int, str]
) -> list[Outlook]:
    """What handing this in would do for each of these people, in their order. `numbers`: whose document has one of its own."""
    reach = _Reach.of(actor, members, given)
    return [
        _outlook(standing, replace(given, number=numbers.get(standing.member.pk) or given.number), reach)
        for standing in Standing.of_many(members)
    ]


def outlook_for(actor: Actor, member: Member, given: GivenEvidence) -> Outlook:
    """The same for one person."""
    return outlooks_for(actor, [member], given, {})[0]


def _outlook(standing: Standing, given: GivenEvidence, reach: _Reach) -> Outlook:
    member = standing.member
    verifies = member.pk in reach.verified_for
    try:
        if member.pk not in reach.given_for:
            raise NotAllowed(_("Di luar hak Anda: peran Anda tidak menyerahkan bukti untuk orang ini."))
        checked = checked_evidence(given)
        if reach.near is not None and member.region not in reach.near:
            raise far_partner()
        same = same_evidence(standing, checked)
        if same is not None and (same.state == EvidenceState.VERIFIED or not verifies):
            return Outlook(member, LineState.KNOWN, _("Bukti yang sama sudah diserahkan sebelumnya."))
        _require_open(standing, checked, same)
        if verifies:
            _require_completable(standing, checked, same)
    except DomainError as refusal:
        return Outlook(member, LineState.REFUSED, refusal.sentence)
    return Outlook(member, LineState.TAKEN, is_verified=verifies)


def _require_open(standing: Standing, given: GivenEvidence, same: Evidence | None) -> None:
    """Whoever has completed the stage needs nothing of it from a list: another paper of hers is handed in on her own page."""
    done_on = standing.completed.get(given.stage)
    if done_on is not None:
        told = {"stage": Stage(given.stage).code, "day": day_in_words(done_on)}
        raise Refused(_("%(stage)s sudah selesai %(day)s. Bukti lain diserahkan di halaman orangnya.") % told)
    problem = None if same is not None else standing.problem_with(given.stage, given.happened_on)
    if problem:
        raise Refused(problem)


def _require_completable(standing: Standing, given: GivenEvidence, same: Evidence | None) -> None:
    """Refuses what settling would refuse, were the evidence found true."""
    proof = Evidence(
        member=standing.member,
        stage=given.stage,
        requirement=given.requirement,
        happened_on=given.happened_on,
        kind=given.kind,
        state=EvidenceState.VERIFIED,
    )
    others = [one for one in standing.evidence if one is not same]
    trial = replace(standing, evidence=sorted([*others, proof], key=lambda one: one.happened_on))
    met_on = trial.met_on(given.stage)
    if met_on is not None:
        require_settleable(trial, given.stage, met_on)
