"""Members and their journeys as programs see them; evidence as it is handed in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from okoce.community.members.models import Business, Member
from okoce.community.members.queries import Named
from okoce.foundation.api.fields import Code, Day, Line, Paragraph, Whole, wrong
from okoce.foundation.api.paging import Cursor, Limit, Page
from okoce.foundation.territory import queries as territory
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.journeys import StageStep
from okoce.pipeline.queries.people import Order
from okoce.pipeline.states import Stage
from okoce.pipeline.stating import MOST_WORKERS

STAGES = {stage.code: stage.value for stage in Stage}


def _stage_number(value: Any) -> int:
    """4, "4", "P4" and "p4" are the same stage."""
    code = f"P{str(value).strip().upper().removeprefix('P')}"
    if isinstance(value, bool) or not isinstance(value, str | int) or code not in STAGES:
        raise wrong("stage", _("Tahap ini tidak ada. Pakai P1 sampai P7."))
    return STAGES[code]


StageCode = Annotated[
    int, BeforeValidator(_stage_number), WithJsonSchema({"type": "string", "enum": list(STAGES)})
]


class MembersAsked(BaseModel):
    """How the list of members is narrowed."""

    q: Line = Field(
        "",
        description="Phone, member number, NIK, or the beginnings of words of a name, in any order: `rahayu si` finds Siti Rahayu."
        " Names that begin with the question come first.",
    )
    scope: Code = Field("", description="Code of a region, or `K:<id>` for a komunitas.")
    stage: StageCode | None = Field(None, description="Furthest completed stage.")
    stuck: Code = Field(
        "",
        description="Code of the reason why somebody is stuck, for example `no_npwp`; `unknown` = not known yet, of which"
        " `unknown_asked`: somebody asked and noted that nobody knows, `unknown_unasked`: nobody noted anything.",
    )
    entry: Code = Field(
        "", description="Business when the member registered: `none`, `trading` or `licensed`."
    )
    least_days: int | None = Field(
        None, ge=0, le=100_000, description="Has stood behind the furthest stage for so many days at least."
    )
    order: Order = Field(
        Order.NAME,
        description="`name`, or `since`: the longest waiting first, without those who completed P7.",
    )
    limit: Limit = 50
    cursor: Cursor = ""


class RegionOut(BaseModel):
    """A kecamatan."""

    code: str = Field(examples=["31.71.04"])
    name: str = Field(examples=["Senen"])
    path: str = Field(examples=["Senen, Kota Jakarta Pusat, DKI Jakarta"])

    @classmethod
    def of(cls, code: str) -> "RegionOut":
        return cls(code=code, name=territory.name_of(code), path=territory.path_of(code))


class GroupOut(BaseModel):
    """A komunitas."""

    id: int
    name: str


class MemberLine(BaseModel):
    """A member in a list."""

    number: str = Field(examples=["OK-00000123-0"])
    name: str
    phone: str | None = Field(examples=["+6281234567890"])
    nik: str = Field(description="Masked NIK; empty where it is not known.")
    region: RegionOut
    group: GroupOut | None
    registered_on: date
    stage: str | None = Field(description="Furthest completed stage.", examples=["P3"])
    is_synthetic: bool = Field(description="true = an example, not a real person.")

    @classmethod
    def of(cls, member: Member, group_name: str, stage: int | None) -> Self:
        """`stage` is the furthest completed one."""
        return cls(**_line(member, group_name, stage))


class MembersPage(Page[MemberLine]):
    """One page of members, and whether everybody is in it."""

    is_behind: bool = Field(
        description="True for some seconds after a deed about very many people (an import of more than 20,000): a list that is"
        " narrowed by stage, reason or business, or ordered by `since`, may lack some of them yet. Counts are never behind."
    )
    similar: bool = Field(
        False,
        description="True where nobody has a name with the words of `q`: these are the names most like it, the likest first, and no"
        " more of them are told.",
    )


class BusinessOut(BaseModel):
    """The business at entry."""

    name: str
    sector: str
    entry_state: str = Field(description="`none`, `trading` or `licensed`.")
    since_on: date | None
    workers: int | None
    monthly_turnover: int | None = Field(description="Rupiah; null also where the caller may not see it.")
    nib: str
    npwp: str

    @classmethod
    def of(cls, business: Business, *, with_finances: bool) -> "BusinessOut":
        return cls(
            name=business.name,
            sector=business.sector,
            entry_state=business.entry_state,
            since_on=business.since_on,
            workers=business.workers,
            monthly_turnover=business.monthly_turnover if with_finances else None,
            nib=business.nib,
            npwp=business.npwp if with_finances else "",
        )


class MemberOut(MemberLine):
    """A member with the business."""

    email: str
    birth_on: date | None
    sex: str = Field(description="`female`, `male` or empty.")
    work_status: str = Field(description="Work status at entry.")
    village: str = Field(description="Code of the kelurahan or desa, or empty.")
    address: str
    source: str
    consent_on: date | None
    left_on: date | None
    business: BusinessOut

    @classmethod
    def of(cls, member: Member, group_name: str, stage: int | None, *, with_finances: bool = False) -> Self:
        """The business is read where it is not in hand; its finances are told `with_finances` alone."""
        return cls(
            **_line(member, group_name, stage),
            email=member.email,
            birth_on=member.birth_on,
            sex=member.sex,
            work_status=member.work_status,
            village=member.village,
            address=member.address,
            source=member.source,
            consent_on=member.consent_on,
            left_on=member.left_on,
            business=BusinessOut.of(member.business, with_finances=with_finances),
        )


class MergedOut(BaseModel):
    """The record was merged into another one, which speaks for the person from then on."""

    number: str = Field(description="Number of the surviving record.", examples=["OK-00000123-0"])
    merged_from: str = Field(description="The number that was asked for.", examples=["OK-00000456-9"])
    detail: str = Field(description="The same as a sentence, in the caller's language.")

    @classmethod
    def of(cls, named: Named) -> "MergedOut":
        number, former = named.member.number, named.merged_from
        detail = _("Catatan %(former)s sudah digabung ke catatan %(number)s.") % {
            "former": former,
            "number": number,
        }
        return cls(number=number, merged_from=former, detail=detail)


def _line(member: Member, group_name: str, stage: int | None) -> dict[str, Any]:
    return {
        "number": member.number,
        "name": member.name,
        "phone": member.phone,
        "nik": member.nik_masked,
        "region": RegionOut.of(member.region),
        "group": GroupOut(id=member.group_id, name=group_name) if member.group_id is not None else None,
        "registered_on": member.registered_on,
        "stage": Stage(stage).code if stage else None,
        "is_synthetic": member.is_synthetic,
    }


class EvidenceIn(BaseModel):
    """Evidence for a stage as somebody hands it in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"stage": "P4", "happened_on": "2026-11-20", "kind": "NIB", "number": "1234567890123"}
            ]
        },
    )

    stage: StageCode = Field(validation_alias=AliasChoices("stage", "tahap"), description="P2 to P7.")
    happened_on: Day = Field(
        validation_alias=AliasChoices("happened_on", "on", "tanggal"),
        description="The day on which it happened, not the day of this call.",
    )
    requirement: Code = Field(
        "", description="Code of the requirement; may be empty where the stage has only one."
    )
    kind: Code = Field(
        "",
        validation_alias=AliasChoices("kind", "jenis"),
        description="P3: `visit` for one visit. P4: IUMK, SKU, NIB, PIRT, HALAL or LAINNYA.",
    )
    number: Line = Field(
        "",
        validation_alias=AliasChoices("number", "nomor"),
        description="Number of the letter or licence: of a NIB 13 digits, of a P-IRT 15.",
    )
    note: Paragraph = Field("", validation_alias=AliasChoices("note", "catatan"))
    workers: Annotated[Whole, Field(ge=0, le=MOST_WORKERS)] | None = Field(
        None,
        validation_alias=AliasChoices("workers", "pekerja"),
        description="P4 only: how many work in the business on that day, the owner included, by what the member says.",
    )
    partner: int | None = Field(
        None,
        ge=1,
        lt=2**63,
        validation_alias=AliasChoices("partner", "mitra"),
        description="The mitra that gave the class, the licence or the loan: counted under its agreement.",
    )


class EvidenceOut(BaseModel):
    """Evidence as it stands: claimed evidence counts as nothing until somebody entitled has verified it."""

    id: int
    stage: str = Field(examples=["P4"])
    requirement: str
    happened_on: date
    kind: str
    number: str
    note: str
    state: str = Field(description="`claimed`, `verified`, `refused` or `withdrawn`.")
    origin: str
    decided_at: datetime | None
    reason: str = Field(description="Why it was refused or withdrawn.")
    partner: int | None = Field(description="The mitra that gave it, where one is named.")
    partner_name: str | None = Field(description="What that mitra is called.", examples=["Bank Maju"])

    @classmethod
    def of(cls, evidence: Evidence, givers: Mapping[int, str]) -> "EvidenceOut":
        return cls(
            id=evidence.pk,
            stage=Stage(evidence.stage).code,
            requirement=evidence.requirement,
            happened_on=evidence.happened_on,
            kind=evidence.kind,
            number=evidence.number,
            note=evidence.note,
            state=evidence.state,
            origin=evidence.origin,
            decided_at=evidence.decided_at,
            reason=evidence.reason,
            partner=evidence.partner_id,
            partner_name=givers.get(evidence.partner_id or 0),
        )


class StepOut(BaseModel):
    """One stage of one member."""

    stage: str = Field(examples=["P3"])
    name: str
    state: str = Field(description="`not_started`, `in_progress`, `claimed`, `completed` or `not_offered`.")
    started_on: date | None
    completed_on: date | None
    rule: str = Field(description="Code of the rule in force.")
    evidence: list[EvidenceOut]
    missing: list[str] = Field(description="What is still missing, one sentence each.")
    stuck_reason: str | None
    stuck_since: date | None

    @classmethod
    def of(cls, step: StageStep, givers: Mapping[int, str]) -> "StepOut":
        return cls(
            stage=step.stage.code,
            name=str(step.stage.label),
            state=step.state,
            started_on=step.started_on,
            completed_on=step.completed_on,
            rule=step.rule_code,
            evidence=[EvidenceOut.of(evidence, givers) for evidence in step.evidence],
            missing=list(step.missing),
            stuck_reason=step.stuck_reason or None,
            stuck_since=step.stuck_since,
        )


class JourneyOut(BaseModel):
    """A member's way through the seven stages."""

    number: str
    name: str
    stages: list[StepOut]
