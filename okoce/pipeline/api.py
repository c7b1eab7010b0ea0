"""One member as JSON: who she is, where she stands, and evidence for her next stage."""

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Path, Router

from okoce.community.groups.queries import group_names
from okoce.community.members.queries import Named, may_see_finances, member_for, member_named
from okoce.community.partners.queries.partners import partner_names
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.api.answers import moved, reply
from okoce.foundation.api.auth import TokenAuth
from okoce.foundation.api.idempotency import REPEATABLE, idempotent
from okoce.foundation.api.shell import MOVES, READING, WRITING, answers
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.queries.journeys import givers_of, journey_of
from okoce.pipeline.queries.people import note_furthest_stage
from okoce.pipeline.schemas import EvidenceIn, EvidenceOut, JourneyOut, MemberOut, MergedOut, StepOut

router = Router(tags=["members"])

NUMBER = "Member number, for example `OK-00000123-0`."
MERGED = (
    "301: the record was merged into another one within the caller's scope; `Location` and `number` name it. Writes are not sent"
    " on: a merged record refuses them with 409."
)


@router.get(
    "/{number}",
    auth=TokenAuth(Permission.MEMBERS_READ),
    response=answers({200: MemberOut, 301: MergedOut}, 404, *READING),
    summary="One member",
    description=f"A member within the caller's scope.\n\n{MERGED}",
    openapi_extra=MOVES,
)
def read_member(request: Request, number: str = Path(description=NUMBER)) -> HttpResponse:
    named = member_named(request.actor, number)
    if named.merged_from:
        return _to_survivor("read_member", named)
    member = named.member
    note_look(request.actor, Sight.of(member, LookedAt.API))
    note_furthest_stage([member])
    stage = member.furthest_stage  # type: ignore[attr-defined]  # noted just now
    return reply(
        MemberOut.of(
            member, _group_name(member.group_id), stage, with_finances=may_see_finances(request.actor, member)
        )
    )


def _to_survivor(operation: str, named: Named) -> HttpResponse:
    address = reverse(f"api-v1:{operation}", kwargs={"number": named.member.number})
    return moved(MergedOut.of(named), address)


def _group_name(group_id: int | None) -> str:
    return group_names([group_id]).get(group_id, "") if group_id is not None else ""


@router.get(
    "/{number}/journey",
    auth=TokenAuth(Permission.MEMBERS_READ),
    response=answers({200: JourneyOut, 301: MergedOut}, 404, *READING),
    summary="A member's journey",
    description=(
        "The state of all seven stages: what is completed, its evidence, what is still missing, and why the member is stuck."
        f"\n\n{MERGED}"
    ),
    openapi_extra=MOVES,
)
def read_journey(request: Request, number: str = Path(description=NUMBER)) -> HttpResponse:
    named = member_named(request.actor, number)
    if named.merged_from:
        return _to_survivor("read_journey", named)
    member = named.member
    note_look(request.actor, Sight.of(member, LookedAt.API))
    journey = journey_of(request.actor, member)
    givers = givers_of(journey)
    steps = [StepOut.of(step, givers) for step in journey]
    return reply(JourneyOut(number=member.number, name=member.name, stages=steps))


@router.post(
    "/{number}/evidence",
    auth=TokenAuth(Permission.PIPELINE_GIVE_EVIDENCE),
    response=answers({201: EvidenceOut}, 404, *WRITING),
    summary="Hand in evidence for a stage",
    description=(
        "Evidence from an officer who may verify that stage is valid at once (`verified`); other evidence waits to be checked"
        " (`claimed`) and does not count yet. The same evidence is not recorded twice.\n\nOther field names that are accepted:"
        " `tahap`, `tanggal` or `on`, `jenis`, `nomor`, `catatan`."
    ),
    openapi_extra=REPEATABLE,
)
@idempotent("pipeline.give_evidence")
def hand_in_evidence(
    request: Request, told: EvidenceIn = Body(), number: str = Path(description=NUMBER)
) -> tuple[int, EvidenceOut]:
    member = member_for(request.actor, number, Permission.PIPELINE_GIVE_EVIDENCE)
    given = GivenEvidence(**told.model_dump())
    evidence = give_evidence(request.actor, member, given)
    return 201, EvidenceOut.of(evidence, partner_names([evidence.partner_id or 0]))
