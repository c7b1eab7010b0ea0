"""Bars of a funnel and of the reasons behind a loss. Pure: counts come in, rows to draw go out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """One stage as counted. `count` None is "not published" (with `is_small`: 1 to 4 people), never zero."""

    code: str
    name: str
    count: int | None
    lost: int | None = None  # completed the stage before and not this one: a set, not a difference
    href: str = ""  # why they stopped
    is_chosen: bool = False
    is_small: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One stage as drawn. Widths are texts, so that no locale puts a comma into an SVG attribute."""

    stage: FunnelStage
    before: FunnelStage | None
    ratio: float | None
    width: str
    lost_width: str
    is_most: bool

    @property
    def exceeds(self) -> bool:
        """More people than the stage before: possible where stages may be taken in any order."""
        return self.ratio is not None and self.ratio > 1

    @property
    def beside(self) -> int:
        """How many of the stage have not completed the one before: by so many its count and the loss exceed the stage before."""
        if (
            self.before is None
            or self.before.count is None
            or self.stage.count is None
            or self.stage.lost is None
        ):
            return 0
        return max(0, self.stage.count + self.stage.lost - self.before.count)


def funnel_rows(stages: Sequence[FunnelStage]) -> list[FunnelRow]:
    """The stages with their bars on one common scale; the largest loss in persons is marked once."""
    longest = max(((stage.count or 0) + (stage.lost or 0) for stage in stages), default=0)
    most = max((stage.lost or 0 for stage in stages), default=0)
    rows: list[FunnelRow] = []
    before: FunnelStage | None = None
    for stage in stages:
        is_most = most > 0 and stage.lost == most and not any(row.is_most for row in rows)
        rows.append(
            FunnelRow(
                stage=stage,
                before=before,
                ratio=_ratio(stage, before),
                width=_share(stage.count or 0, longest),
                lost_width=_share(stage.lost or 0, longest),
                is_most=is_most,
            )
        )
        before = stage
    return rows


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of the lost stopped; one main reason per person, so reasons add up to the loss."""

    name: str
    count: int
    note: str = ""  # one operational fact
    href: str = ""
    action: str = ""  # what the link does, verb first


@dataclass(frozen=True, slots=True)
class ReasonRow:
    reason: Reason
    share: float
    width: str


def reason_rows(reasons: Sequence[Reason]) -> list[ReasonRow]:
    """The reasons, most people first; the longest bar is the largest reason."""
    total = sum(reason.count for reason in reasons)
    most = max((reason.count for reason in reasons), default=0)
    ordered = sorted(reasons, key=lambda reason: -reason.count)
    return [
        ReasonRow(reason, reason.count / total if total else 0.0, _share(reason.count, most))
        for reason in ordered
    ]


def _ratio(stage: FunnelStage, before: FunnelStage | None) -> float | None:
    if before is None or stage.count is None or not before.count:
        return None
    return stage.count / before.count


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0%"
