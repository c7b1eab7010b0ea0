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
    count: int | None = Field(description="Orang; null bila 1 sampai 4 orang di bawah kabupaten/kota.")
    of_previous: float | None = Field(description="Bagian dari tahap sebelumnya; bisa lebih dari 1.")
    of_first: float | None = Field(description="Bagian dari P1.")
    definition: str = Field(description="Apa arti angka ini.")


class JobsOut(BaseModel):
    """Jobs over people who completed P4, the owner included."""

    claimed: int | None
    verified: int | None


class FunnelOut(BaseModel):
    """The funnel of a territory on a day."""

    scope: ScopeOut
    as_of: date = Field(description="Hari yang dihitung, sampai akhir hari itu.")
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
