"""Whatever order people register, go on, move, are corrected, merged and parted in: the counts agree with the records."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from okoce.community.groups.actions.memberships import join_group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.actions.residences import correct_residence, move_member
from okoce.community.members.actions.reviews import dismiss_duplicate, reopen_duplicate
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import DomainError
from okoce.pipeline import tallies
from okoce.pipeline.actions.employment import state_jobs
from okoce.pipeline.actions.evidence import give_evidence, withdraw_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.row_images import Images, images_of
from okoce.pipeline.tests.factories import proof, registered

pytestmark = pytest.mark.django_db
DISTRICTS = ("31.71.04", "31.74.07", "32.73.02")
ACTOR = Actor.system("test")
PASSING = {"updated_at", "place"}


class Lives:
    """A few people to whom something happens at each step; `log` says what, for a failing test."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.log: list[str] = []
        self.groups = [active_group(name).pk for name in ("Mawar", "Melati")]
        for _person in range(5):
            self.register()

    def day(self) -> date:
        return date(2018, 1, 1) + timedelta(days=self.random.randrange(1_000))

    def member(self) -> Member:
        return self.random.choice(list(Member.objects.counted().order_by("pk")))

    def step(self) -> None:
        deeds: list[Callable[[], object]] = [
            self.register, self.hand_in, self.hand_in, self.hand_in, self.hand_in, self.withdraw, self.move, self.correct,
            self.correct_address, self.join, self.stand_still, self.state, self.merge, self.merge, self.merge, self.undo,
            self.undo, self.suspect, self.decide, tallies.fold_all,
        ]  # fmt: skip
        deed = self.random.choice(deeds)
        self.log.append(deed.__name__)
        try:
            with transaction.atomic():
                deed()
        except DomainError as refusal:
            self.log.append(f"refused: {refusal}")

    def register(self) -> None:
        registered(region=self.random.choice(DISTRICTS), registered_on=date(2018, 1, 1))

    def hand_in(self) -> None:
        stage = self.random.choice((2, 2, 3, 3, 4, 5, 6))
        give_evidence(ACTOR, self.member(), proof(stage, self.day()))

    def withdraw(self) -> None:
        proofs = list(Evidence.objects.filter(state="verified").order_by("pk"))
        if proofs:
            withdraw_evidence(ACTOR, self.random.choice(proofs), "Salah.")

    def move(self) -> None:
        move_member(ACTOR, self.member(), region=self.random.choice(DISTRICTS), moved_on=self.day())

    def correct_address(self) -> None:
        correct_residence(ACTOR, self.member(), region=self.random.choice(DISTRICTS))

    def correct(self) -> None:
        correction = Correction(
            sex=self.random.choice(("", "female", "male")), email=self.random.choice(("", "a@contoh.id"))
        )
        correct_member(ACTOR, self.member(), correction)

    def join(self) -> None:
        join_group(ACTOR, self.member(), self.random.choice(self.groups), self.day())

    def stand_still(self) -> None:
        set_standstill(
            ACTOR,
            self.member(),
            self.random.randint(2, 5),
            self.random.choice(("zone", "no_time")),
            self.day(),
        )

    def state(self) -> None:
        state_jobs(ACTOR, self.member(), self.random.randrange(6), self.day())

    def suspect(self) -> None:
        one, other = self.member(), self.member()
        if one != other:
            DuplicateCandidate.objects.queue("same_phone_similar_name", one.pk, other.pk)

    def decide(self) -> None:
        found = list(DuplicateCandidate.objects.order_by("pk"))
        if not found:
            return
        candidate = self.random.choice(found)
        if self.random.random() < 0.5:
            dismiss_duplicate(ACTOR, candidate)
        else:
            reopen_duplicate(ACTOR, candidate, "Keliru.")

    def merge(self) -> None:
        merge_members(ACTOR, self.member(), self.member())

    def undo(self) -> None:
        merges = list(Merge.objects.standing().order_by("pk"))
        if merges:
            undo_merge(ACTOR, self.random.choice(merges))


def rows() -> Images:
    images = images_of(*Member.objects.order_by("pk").values_list("pk", flat=True))
    return {
        place: {name: value for name, value in image.items() if name not in PASSING}
        for place, image in images.items()
    }


def all_counts() -> list[tuple[object, ...]]:
    """What is counted at each place on days around everything that happens."""
    days = [date(2018, 1, 1) + timedelta(days=shift) for shift in range(0, 1_100, 50)]
    nodes = ["", "31", "32", *DISTRICTS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT node, day, counts.* FROM unnest(%s::text[]) AS node, unnest(%s::date[]) AS day,"
            " pipeline_counts(node, day) AS counts WHERE counts.people <> 0",
            [nodes, days],
        )
        return sorted(map(str, cursor.fetchall()))


@pytest.mark.parametrize("seed", range(4))
def test_counts_agree_with_the_records_after_each_deed(seed: int) -> None:
    lives = Lives(seed)
    for _step in range(30):
        lives.step()
        assert recount() == [], lives.log


@pytest.mark.parametrize("seed", range(8))
def test_merging_and_undoing_at_once_changes_nothing_on_any_day(seed: int) -> None:
    lives = Lives(100 + seed)
    for _step in range(40):
        lives.step()
    for _newcomer in range(2):
        lives.register()
    members = list(Member.objects.counted().order_by("pk"))
    before, counted, tried = rows(), all_counts(), 0
    for _pair in range(6):
        keep, absorb = lives.random.sample(members, 2)
        try:
            with transaction.atomic():
                merge_members(ACTOR, keep, absorb)
        except DomainError:
            assert rows() == before, lives.log
            continue
        tried += 1
        undo_merge(ACTOR, Merge.objects.standing().latest("pk"))
        assert rows() == before, lives.log
        assert all_counts() == counted, lives.log
    assert recount() == [], lives.log
    assert tried, "no pair could be merged: another seed"
