"""Merges that can still be undone, and what a merge would do: told before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.members.models import Business, Consent, Helper, Member, Residence
from okoce.community.members.queries import absorbed_by
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.pipeline.combining import (
    Shares,
    filled_blanks,
    filled_business,
    nik_differs,
    phone_taken,
    share_helpers,
    share_jobs,
    share_periods,
    share_records,
)
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standstill
from okoce.pipeline.rules import sequence_problem
from okoce.pipeline.settling import Standing, require_settleable
from okoce.pipeline.states import Stage

READ = Permission.MEMBERS_READ_DUPLICATES
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class MergePage:
    """Merges, newest first, and where the list goes on."""

    merges: list[Merge]
    next_before: int | None


def undoable_merges(actor: Actor, *, before: int = 0, limit: int = 50) -> MergePage:
    """Merges of people whom the actor reaches that can still be undone, the newest first."""
    rows = (
        Merge.objects.visible_to(actor, READ)
        .standing()
        .filter(purged_at__isnull=True, undoable_until__gt=timezone.now())
    )
    if before:
        rows = rows.filter(pk__lt=before)
    limit = max(1, min(limit, MOST_ROWS))
    found = list(rows.defer("journal").select_related("kept", "absorbed").order_by("-pk")[: limit + 1])
    return MergePage(found[:limit], found[limit - 1].pk if len(found) > limit else None)


def reviewable(actor: Actor, merges: Iterable[Merge]) -> set[int]:
    """Those of these merges that the actor may undo, not only read."""
    rows = Merge.objects.visible_to(actor, Permission.MEMBERS_REVIEW_DUPLICATES)
    return set(rows.filter(pk__in=[merge.pk for merge in merges]).values_list("pk", flat=True))


def merge_for(actor: Actor, merge_id: int) -> Merge:
    """One merge of two records that the actor reaches, both of them; else it is not there."""
    rows = Merge.objects.visible_to(actor, READ).select_related("kept", "absorbed")
    found = rows.filter(pk=merge_id).first()
    if found is None:
        raise NotFound(_("Penggabungan itu tidak ada dalam wilayah tugas Anda."))
    return found


def older_records_of(actor: Actor, member: Member) -> list[int]:
    """The ids of the records that were merged into this one, or into one that was: their past is its own. None for whoever
    may not read its history."""
    if not Member.objects.visible_to(actor, Permission.EVENTS_READ).filter(pk=member.pk).exists():
        return []
    return absorbed_by(member.pk)


@dataclass(slots=True)
class Holdings:
    """All that hangs on one record."""

    member: Member
    business: Business | None
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)
    counts: dict[type[Any], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foretold:
    """What merging `absorb` into `keep` would do. `refusal` is the sentence with which it would be refused, else "".

    `filled` are the columns that get the other's value, `completed` stages that come along (or come to be completed),
    `moved` and `dropped` how many rows of each table."""

    keep: Member
    absorb: Member
    refusal: str
    filled: tuple[str, ...]
    completed: tuple[int, ...]
    moved: dict[str, int]
    dropped: dict[str, int]


def foretell(actor: Actor, first: Member, second: Member) -> tuple[Foretold, Foretold]:
    """Both ways to merge two records, without doing either: nothing is written, nothing is locked. Empty-handed with
    NotFound for whoever does not reach both."""
    seen = Member.objects.visible_to(actor, READ).filter(pk__in=(first.pk, second.pk))
    held = _holdings(seen.select_related("business"))
    if len(held) != len({first.pk, second.pk}):
        raise NotFound(_("Pasangan itu tidak ada dalam wilayah tugas Anda."))
    one, other = held[first.pk], held[second.pk]
    return _foretold(one, other), _foretold(other, one)


ROWS = (StageRecord, Evidence, JobStatement, Standstill, Membership, Residence, Helper)
COUNTED = (Consent,)


def _holdings(members: Iterable[Member]) -> dict[int, Holdings]:
    """Everything of these people, with one query for each table."""
    held = {member.pk: Holdings(member, getattr(member, "business", None)) for member in members}
    for table in ROWS:
        for one in held.values():
            one.rows[table] = []
        for row in table._default_manager.filter(member_id__in=held).order_by("pk"):
            held[row.member_id].rows[table].append(row)
    for counted in COUNTED:
        found = (
            counted._default_manager.filter(member_id__in=held).values_list("member_id").order_by("member_id")
        )
        counts = dict(found.annotate(Count("pk")))
        for member_id, one in held.items():
            one.counts[counted] = counts.get(member_id, 0)
    return held


def _foretold(keep: Holdings, absorb: Holdings) -> Foretold:
    records = share_records(keep.rows[StageRecord], absorb.rows[StageRecord])
    shares: dict[str, Shares[Any]] = {
        "jobs": share_jobs(keep.rows[JobStatement], absorb.rows[JobStatement]),
        "helpers": share_helpers(keep.rows[Helper], absorb.rows[Helper]),
        "standstills": share_periods(keep.rows[Standstill], absorb.rows[Standstill]),
        "memberships": share_periods(keep.rows[Membership], absorb.rows[Membership]),
    }
    moved = {name: len(share.moved) for name, share in shares.items()}
    moved |= {"evidence": len(absorb.rows[Evidence])}
    moved |= {"consents": absorb.counts[Consent]}
    standing = _standing_together(keep, absorb, records.moved)
    refusal, settled = _judged(keep.member, absorb.member, standing)
    blanks = filled_blanks(keep.member, absorb.member)
    filled = [*blanks, *_of_business(keep, absorb)]
    refusal = refusal or _phone_problem(keep.member, blanks)
    return Foretold(
        keep=keep.member,
        absorb=absorb.member,
        refusal=refusal,
        filled=tuple(name for name in filled if name not in {"nik_encrypted", "nik_hash"}),
        completed=tuple(sorted({row.stage for row in records.moved if row.completed_on} | settled)),
        moved={name: count for name, count in moved.items() if count},
        dropped={name: len(share.dropped) for name, share in shares.items() if share.dropped},
    )


def _phone_problem(keep: Member, blanks: dict[str, Any]) -> str:
    """That a third record has the phone that would come along, under the kept name."""
    if "phone" not in blanks:
        return ""
    others = Member.objects.counted().filter(phone=blanks["phone"], name_key=keep.name_key)
    return phone_taken() if others.exists() else ""


def _of_business(keep: Holdings, absorb: Holdings) -> list[str]:
    return [f"business_{name}" for name in filled_business(keep.business, absorb.business)]


def _standing_together(keep: Holdings, absorb: Holdings, moved: Iterable[StageRecord]) -> Standing:
    """The kept person with what both have proven; her own homes say which rule holds."""
    records = {row.stage: row for row in [*keep.rows[StageRecord], *moved]}
    evidence = sorted(
        [*keep.rows[Evidence], *absorb.rows[Evidence]], key=lambda proof: (proof.happened_on, proof.pk)
    )
    return Standing(keep.member, records, evidence, keep.rows[Residence])


def _judged(keep: Member, absorb: Member, standing: Standing) -> tuple[str, set[int]]:
    """Why it would be refused, and which stages would be completed by what both have proven together."""
    if keep.merged_into_id is not None or absorb.merged_into_id is not None:
        return _("Salah satu catatan sudah digabung."), set()
    if nik_differs(keep, absorb):
        return _("Kedua catatan punya NIK yang berbeda."), set()
    for stage, day in sorted(standing.completed.items()):
        problem = sequence_problem(standing.rule_on(day), standing.completed, stage, day)
        if problem:
            return problem, set()
    return _settled_together(standing)


def _settled_together(standing: Standing) -> tuple[str, set[int]]:
    settled = set()
    for stage in sorted({proof.stage for proof in standing.evidence} - set(standing.completed)):
        met_on = standing.met_on(stage)
        if met_on is None:
            continue
        try:
            require_settleable(standing, stage, met_on)
        except Refused as refusal:
            return refusal.sentence, set()
        settled.add(stage)
        standing.records[stage] = StageRecord(member=standing.member, stage=stage, completed_on=met_on)
    return "", settled


def stage_codes(stages: Iterable[int]) -> str:
    """ "P2, P3". Public: it names what it is given."""
    return ", ".join(Stage(stage).code for stage in stages)
