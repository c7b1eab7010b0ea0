"""The public funnel as programs read it. Beside each count stands what it means."""

from datetime import date

from pydantic import BaseModel, Field

from okoce.dashboards.funnel import Funnel, StageFigures


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


class FunnelOut(BaseModel):
    """The funnel of a territory on a day."""

    scope: ScopeOut
    as_of: date = Field(description="The day that is counted, to its end.")
    stages: list[StageOut]
    jobs: JobsOut

    @classmethod
    def of(cls, funnel: Funnel) -> "FunnelOut":
        return cls(
            scope=ScopeOut(code=funnel.scope.code, name=funnel.scope.name),
            as_of=funnel.as_of,
            stages=[_stage(figures) for figures in funnel.stages],
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
