"""Records that may be one person, and what was decided about them; re-exported by `models`, as the tables that they are."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from okoce.community.members import duplicates
from okoce.community.members.states import DuplicateReason, DuplicateState
from okoce.foundation.shared.models import ScopedQuerySet

NIK_FIELD = "nik"


class DuplicateCandidateQuerySet(ScopedQuerySet["DuplicateCandidate"]):
    def waiting(self) -> Self:
        return self.filter(state=DuplicateState.OPEN)

    def contradictions_of(self, member_id: int) -> Self:
        """What came in against this record and waits for a decision."""
        return self.waiting().filter(
            first_id=member_id, second__isnull=True, reason=DuplicateReason.CONTRADICTION
        )

    def pairs_of(self, *member_ids: int) -> Self:
        """Pairs in which one of these records stands."""
        return self.filter(Q(first_id__in=member_ids) | Q(second_id__in=member_ids), second__isnull=False)

    def open_about_nik(self, member_id: int) -> Self:
        """What waits because the NIK that this person told is another one's."""
        return self.waiting().pairs_of(member_id).filter(reason=DuplicateReason.NIK_AND_PHONE_DISAGREE)

    def sent_to_officer(self, member_id: int) -> Self:
        """The mark that this person told a NIK of somebody who was found to be another: it stays when an officer has read her card,
        so that nobody tries further numbers."""
        return self.filter(
            first_id=member_id,
            second__isnull=True,
            reason=DuplicateReason.NIK_AND_PHONE_DISAGREE,
            field=NIK_FIELD,
        )

    def pair(self, one_id: int, other_id: int) -> Self:
        """The one row of a pair, whichever of the two is named first."""
        first_id, second_id = sorted((one_id, other_id))
        return self.filter(first_id=first_id, second_id=second_id)

    def locked_in_order(self) -> "list[DuplicateCandidate]":
        """These rows, held until the end of the transaction in the order of their ids: two deeds never wait for each other."""
        return list(self.select_for_update(of=("self",), no_key=True).order_by("id"))

    def queue_close(self, member_ids: list[int]) -> int:
        """Queue whoever may be one of these members twice; answers how many candidates are new."""
        return duplicates.queue_duplicates(member_ids)

    def queue(self, reason: str, first_id: int, second_id: int | None = None, field: str = "") -> bool:
        """Queue one candidate for review, once; True when it is new. A pair that was ever queued stays as it was decided,
        whatever the reason is this time."""
        if second_id is None:
            before = self.filter(first_id=first_id, second__isnull=True, reason=reason, field=field)
        else:
            first_id, second_id = sorted((first_id, second_id))
            before = self.filter(first_id=first_id, second_id=second_id)
        if before.exists():
            return False
        row = self.model(first_id=first_id, second_id=second_id, reason=reason, field=field)
        self.bulk_create([row], ignore_conflicts=True)
        return True

    def queue_about_nik(self, one_id: int, other_id: int) -> bool:
        """Let a pair wait because one told the NIK of the other, also where it waits for another reason; False where it was decided
        before."""
        self.queue(DuplicateReason.NIK_AND_PHONE_DISAGREE, one_id, other_id)
        waiting = self.pair(one_id, other_id).waiting()
        return waiting.update(reason=DuplicateReason.NIK_AND_PHONE_DISAGREE) == 1


class DuplicateCandidate(models.Model):
    """Two records that may be one person, or a contradiction that came in about one (`second` null).

    A pair has one row for ever, so that "not the same person" is remembered whatever would queue it again. `place` is
    derived by the database: the narrowest territory in which both live.
    """

    first = models.ForeignKey("members.Member", models.DO_NOTHING, related_name="+")
    second = models.ForeignKey("members.Member", models.DO_NOTHING, null=True, related_name="+")
    reason = models.TextField(choices=DuplicateReason.choices)
    field = models.TextField(blank=True, default="")
    place = models.CharField(max_length=8, blank=True, default="", db_default="", db_collation="C")
    state = models.TextField(choices=DuplicateState.choices, default=DuplicateState.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    objects = DuplicateCandidateQuerySet.as_manager()

    class Meta:
        app_label = "members"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(second__isnull=False), name="members_duplicate_pair"
            ),
            models.UniqueConstraint(
                fields=["first", "reason", "field"],
                condition=Q(second__isnull=True),
                name="members_duplicate_contradiction",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | Q(second_id__gt=F("first_id")),
                name="members_duplicate_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DuplicateState.values), name="members_duplicate_state"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=DuplicateReason.values), name="members_duplicate_reason"
            ),
            models.CheckConstraint(
                condition=(Q(decided_at__isnull=True) & Q(decided_by__isnull=True))
                | (Q(decided_at__isnull=False) & Q(decided_by__isnull=False)),
                name="members_duplicate_decided_paired",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="members_duplicate_queue"),
            # an officer of a place reads and counts what waits there
            models.Index(
                fields=["place", "id"], name="members_duplicate_place", condition=Q(state=DuplicateState.OPEN)
            ),
        ]

    @property
    def is_pair(self) -> bool:
        return self.second_id is not None


class SecondLook(models.Model):
    """One row: until when everybody who came in was looked at again for close duplicates."""

    looked_until = models.DateTimeField()

    objects = ScopedQuerySet["SecondLook"].as_manager()

    class Meta:
        app_label = "members"
