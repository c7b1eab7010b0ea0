"""The public funnel as programs read it. Beside each count stands what it means."""

from datetime import date

from pydantic import BaseModel, Field

from okoce.dashboards.funnel import Funnel, Loss, StageFigures, has_examples


class ScopeOut(BaseModel):
    """Whose numbers these are; code "" is the nation."""

    code: str = Field(examples=["31"])
    name: str = Field(examples=["DKI Jakarta"])


class StageOut(BaseModel):
    """One stage: how many people completed it on or before the day."""

    stage: str = Field(description="P1 … P7", examples=["P4"])
    name: str = Field(examples=["Perizinan"])
    count: int | None = Field(description="People; null for 1 to 4 people below kabupaten/kota.")
    of_previous: float | None = Field(description="Ratio to the stage before; may exceed 1.")
    of_first: float | None = Field(description="Ratio to P1.")
    definition: str = Field(description="What this figure means, in the caller's language.")


class JobsOut(BaseModel):
    """Jobs over people who completed P4, the owner included."""

    claimed: int | None
    verified: int | None


class LossReasonOut(BaseModel):
    """One reason for standing still, and how many people it holds back."""

    reason: str = Field(examples=["no_npwp"])
    label: str = Field(description="In the caller's language.")
    people: int


class LossOut(BaseModel):
    """Who completed a stage and not the next one; the reasons add up to them."""

    after: str = Field(description="The stage completed.", examples=["P3"])
    before: str = Field(description="The stage not completed.", examples=["P4"])
    people: int | None = Field(description="Null where it would tell of 1 to 4 people below kabupaten/kota.")
    of: int | None = Field(description="How many completed the stage before.")
    reasons: list[LossReasonOut] = Field(description="Empty where one would tell of 1 to 4 people.")
    definition: str = Field(description="What this figure means, in the caller's language.")


class FunnelOut(BaseModel):
    """The funnel of a territory on a day."""

    scope: ScopeOut
    as_of: date = Field(description="The day that is counted, to its end.")
    stages: list[StageOut]
    losses: list[LossOut]
    jobs: JobsOut
    is_synthetic: bool = Field(description="true = examples, not real people, are among those of this place.")

    @classmethod
    def of(cls, funnel: Funnel) -> "FunnelOut":
        return cls(
            is_synthetic=has_examples(funnel.scope),
            scope=ScopeOut(code=funnel.scope.code, name=funnel.scope.name),
            as_of=funnel.as_of,
            stages=[_stage(figures) for figures in funnel.stages],
            losses=[_loss(loss) for loss in funnel.losses],
            jobs=JobsOut(claimed=funnel.jobs.claimed.count, verified=funnel.jobs.verified.count),
        )


def _stage(figures: StageFigures) -> StageOut:
    return StageOut(
        stage=figures.code,
        name=figures.name,
        count=figures.count,
        of_previous=figures.of_previous,
        of_first=figures.of_first,
        definition=figures.definition.text,
    )


def _loss(loss: Loss) -> LossOut:
    return LossOut(
        after=loss.after,
        before=loss.before,
        people=loss.people,
        of=loss.of,
        reasons=[
            LossReasonOut(reason=each.reason, label=each.label, people=each.people) for each in loss.reasons
        ],
        definition=loss.definition.text,
    )
