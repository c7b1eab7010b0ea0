"""One member as JSON: who she is, where she stands, and evidence for her next stage."""

from django.http import HttpResponse
from ninja import Body, Path, Router

from okoce.community.groups.queries import group_names
from okoce.community.members.queries import member_for
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.api.answers import reply
from okoce.foundation.api.auth import TokenAuth
from okoce.foundation.api.idempotency import REPEATABLE, idempotent
from okoce.foundation.api.shell import READING, WRITING, answers
from okoce.pipeline.actions.evidence import GivenEvidence, give_evidence
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.queries.people import note_furthest_stage
from okoce.pipeline.schemas import EvidenceIn, EvidenceOut, JourneyOut, MemberOut, StepOut

router = Router(tags=["anggota"])

NUMBER = "Nomor anggota, misalnya `OK-00000123-0`."


@router.get(
    "/{number}",
    auth=TokenAuth(Permission.MEMBERS_READ),
    response=answers({200: MemberOut}, 404, *READING),
    summary="Seorang anggota",
    description="Data seorang anggota dalam wilayah tugas pemanggil.",
)
def read_member(request: Request, number: str = Path(description=NUMBER)) -> HttpResponse:
    member = member_for(request.actor, number)
    note_furthest_stage([member])
    stage = member.furthest_stage  # type: ignore[attr-defined]  # noted just now
    return reply(MemberOut.of(member, _group_name(member.group_id), stage))


def _group_name(group_id: int | None) -> str:
    return group_names([group_id]).get(group_id, "") if group_id is not None else ""


@router.get(
    "/{number}/journey",
    auth=TokenAuth(Permission.MEMBERS_READ),
    response=answers({200: JourneyOut}, 404, *READING),
    summary="Langkah seorang anggota",
    description="Keadaan ketujuh tahap: apa yang selesai, buktinya, apa yang masih kurang, dan mengapa belum lanjut.",
)
def read_journey(request: Request, number: str = Path(description=NUMBER)) -> HttpResponse:
    member = member_for(request.actor, number)
    steps = [StepOut.of(step) for step in journey_of(request.actor, member)]
    return reply(JourneyOut(number=member.number, name=member.name, stages=steps))


@router.post(
    "/{number}/evidence",
    auth=TokenAuth(Permission.PIPELINE_GIVE_EVIDENCE),
    response=answers({201: EvidenceOut}, 404, *WRITING),
    summary="Serahkan bukti sebuah tahap",
    description=(
        "Bukti dari petugas yang berwenang memeriksa tahap itu langsung sah (`verified`); bukti lain menunggu diperiksa"
        " (`claimed`) dan belum dihitung. Bukti yang sama tidak dicatat dua kali.\n\nNama kolom lain yang diterima: `tahap`,"
        " `tanggal` atau `on`, `jenis`, `nomor`, `catatan`."
    ),
    openapi_extra=REPEATABLE,
)
@idempotent("pipeline.give_evidence")
def hand_in_evidence(
    request: Request, told: EvidenceIn = Body(), number: str = Path(description=NUMBER)
) -> tuple[int, EvidenceOut]:
    member = member_for(request.actor, number)
    given = GivenEvidence(**told.model_dump())
    return 201, EvidenceOut.of(give_evidence(request.actor, member, given))
