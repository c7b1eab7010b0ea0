"""Random lives: people register, move, join, go on, stop, are corrected, merged and deleted, around awkward days."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from okoce.community.groups.models import Group, Membership
from okoce.community.members.models import Business, Member, Residence
from okoce.pipeline import tallies
from okoce.pipeline.models import JobStatement, StageRecord, Standstill, TallySpan
from tests.cast import own_number

DISTRICTS = ("31.71.04", "31.71.06", "31.74.07", "32.73.02", "32.73.11")
AWKWARD = (
    date(2018, 12, 31), date(2019, 1, 1), date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 1), date(2020, 2, 29),
    date(2020, 12, 31),
)  # fmt: skip
REASONS = ("zone", "no_npwp", "moved")
LEVELS = ("claimed", "seen", "documented")
ENTRY = ("none", "trading", "licensed")


class History:
    """A small movement to which something random happens at each step; `log` says what, for a failing test."""

    def __init__(self, seed: int, groups: int = 2) -> None:
        self.random = random.Random(seed)
        self.log: list[str] = []
        self.groups = [
            Group.objects.create(
                code=f"G{seed}-{i}", name=f"Group {seed} {i}", name_key=f"group {seed} {i}"
            ).pk
            for i in range(groups)
        ]

    @property
    def nodes(self) -> list[str]:
        regencies = {code[:5] for code in DISTRICTS}
        return ["", "31", "32", *sorted(regencies), *DISTRICTS, *map(tallies.group_node, self.groups)]

    def day(self) -> date:
        if self.random.random() < 0.8:
            return self.random.choice(AWKWARD)
        return date(2018, 12, 1) + timedelta(days=self.random.randrange(800))

    def asked_days(self) -> list[date]:
        around = [day + timedelta(days=shift) for day in AWKWARD for shift in (-1, 0, 1)]
        return [date(1999, 1, 1), date(2030, 1, 1), *around]

    def step(self) -> None:
        deeds: list[Callable[[], None]] = [
            self.register, self.register_many, self.complete, self.complete, self.complete, self.reopen, self.move,
            self.move, self.correct_address, self.forget_residence, self.close_residence, self.join, self.join, self.leave,
            self.correct_group, self.correct_sex, self.correct_business, self.drop_business, self.state_jobs,
            self.state_jobs, self.correct_jobs, self.stand_still, self.stand_still, self.go_on, self.merge, self.unmerge,
            self.delete_record, self.fold, self.fold, self.divide,
            self.divide, self.divide, self.fail,
        ]  # fmt: skip
        deed = self.random.choice(deeds)
        self.log.append(deed.__name__)
        try:
            with transaction.atomic():
                deed()
                # what a commit would refuse is refused here
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError:
            self.log.append("refused by the database")

    def member(self) -> Member:
        return self.random.choice(list(Member.objects.order_by("pk")) or [self.register()])

    def _newcomer(self) -> Member:
        return Member(
            **own_number(), name="A", name_key="a", region=self.random.choice(DISTRICTS),
            sex=self.random.choice(["", "female", "male"]), registered_on=self.day(),
        )  # fmt: skip

    def register(self) -> Member:
        member = self._newcomer()
        member.save()
        if self.random.random() < 0.8:
            Business.objects.create(
                member=member,
                entry_state=self.random.choice(ENTRY),
                workers=self.random.choice([None, 0, 1, 4]),
            )
        if self.random.random() < 0.8:
            Residence.objects.create(member=member, region=member.region, from_on=self.day())
        StageRecord.objects.create(member=member, stage=1, state="completed", completed_on=self.day())
        return member

    def register_many(self) -> None:
        members = Member.objects.bulk_create(self._newcomer() for _ in range(4))
        Residence.objects.bulk_create(
            Residence(member=member, region=member.region, from_on=self.day()) for member in members[:2]
        )
        Membership.objects.bulk_create(
            Membership(member=member, group_id=self.random.choice(self.groups)) for member in members[:2]
        )
        JobStatement.objects.bulk_create(
            JobStatement(member=member, stated_on=self.day(), workers=3, level="claimed", given_by="test")
            for member in members
        )
        StageRecord.objects.bulk_create(
            StageRecord(member=member, stage=stage, state="completed", completed_on=self.day())
            for member in members
            for stage in (1, 2, 4)
        )

    def complete(self) -> None:
        member, stage, day = self.member(), self.random.choice((1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 7)), self.day()
        StageRecord.objects.update_or_create(
            member=member, stage=stage, defaults={"state": "completed", "completed_on": day}
        )

    def reopen(self) -> None:
        rows = StageRecord.objects.filter(member=self.member(), stage=self.random.randint(1, 7))
        rows.update(state="claimed", completed_on=None)

    def move(self) -> None:
        member, day, region = self.member(), self.day(), self.random.choice(DISTRICTS)
        Residence.objects.filter(member=member, until_on=None).update(until_on=day)
        Residence.objects.create(member=member, region=region, from_on=day)
        Member.objects.filter(pk=member.pk).update(region=region)

    def correct_address(self) -> None:
        member = self.member()
        Residence.objects.filter(member=member).update(region=self.random.choice(DISTRICTS))
        Member.objects.filter(pk=member.pk).update(region=self.random.choice(DISTRICTS))

    def forget_residence(self) -> None:
        Residence.objects.filter(member=self.member()).delete()

    def close_residence(self) -> None:
        Residence.objects.filter(member=self.member(), until_on=None).update(until_on=self.day())

    def join(self) -> None:
        member, day = self.member(), self.random.choice([None, self.day()])
        until = self.random.choice([None, self.day()])
        # a membership for all time stands alone; the other overlaps are refused by the database
        alone = Q(from_on=None, until_on=None)
        if Membership.objects.filter(alone if day or until else Q(), member=member).exists():
            raise IntegrityError
        Membership.objects.create(
            member=member, group_id=self.random.choice(self.groups), from_on=day, until_on=until
        )

    def leave(self) -> None:
        Membership.objects.filter(member=self.member(), until_on=None).update(until_on=self.day())

    def correct_group(self) -> None:
        Membership.objects.filter(member=self.member()).update(group_id=self.random.choice(self.groups))

    def correct_sex(self) -> None:
        Member.objects.filter(pk=self.member().pk).update(sex=self.random.choice(["", "female", "male"]))

    def correct_business(self) -> None:
        Business.objects.filter(member=self.member()).update(
            entry_state=self.random.choice(ENTRY), workers=self.random.choice([None, 0, 2])
        )

    def drop_business(self) -> None:
        Business.objects.filter(member=self.member()).delete()

    def state_jobs(self) -> None:
        member, day = self.member(), self.day()
        JobStatement.objects.bulk_create(
            JobStatement(
                member=member, stated_on=self.random.choice((day, self.day())), workers=self.random.randrange(6),
                level=level, given_by="test",
            )
            for level in self.random.sample(LEVELS, 2)
        )  # fmt: skip

    def correct_jobs(self) -> None:
        statements = JobStatement.objects.filter(member=self.member())
        if self.random.random() < 0.5:
            statements.update(workers=self.random.randrange(6))
        else:
            statements.delete()

    def stand_still(self) -> None:
        Standstill.objects.create(
            member=self.member(), stage=self.random.randint(2, 7), reason=self.random.choice(REASONS),
            from_on=self.day(), until_on=self.random.choice([None, self.day()]), set_by="test",
        )  # fmt: skip

    def go_on(self) -> None:
        standstills = Standstill.objects.filter(member=self.member())
        if self.random.random() < 0.5:
            standstills.filter(until_on=None).update(until_on=self.day())
        else:
            standstills.delete()

    def merge(self) -> None:
        kept, absorbed = self.member(), self.member()
        if kept == absorbed:
            return
        Member.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        known = StageRecord.objects.filter(member=kept).values("stage")
        StageRecord.objects.filter(member=absorbed).exclude(
            stage__in=list(known.values_list("stage", flat=True))
        ).update(member=kept)

    def unmerge(self) -> None:
        Member.objects.filter(pk=self.member().pk).update(merged_into=None)

    def delete_record(self) -> None:
        StageRecord.objects.filter(member=self.member(), stage=self.random.randint(1, 7)).delete()

    def fold(self) -> None:
        most = self.random.choice([1, 3, 10_000])
        half = self.random.choice([None, *tallies.HALVES])
        tallies.fold(most) if half is None else tallies.fold_half(half, most)

    def divide(self) -> None:
        """Small numbers divide nothing by themselves: let a year or month count as one in which much happened."""
        node = self.random.choice([node for node in self.nodes if len(node) > 2])
        day = self.random.choice(AWKWARD)
        is_small = len(node) == 8 or node.startswith("K:")
        year = TallySpan.objects.filter(node=node, grain="y", start_on=day.replace(month=1, day=1))
        grain = "y" if is_small and not year.filter(is_divided=True).exists() else "m"
        start_on = day.replace(day=1) if grain == "m" else day.replace(month=1, day=1)
        TallySpan.objects.get_or_create(
            node=node, grain=grain, start_on=start_on, defaults={"is_divided": False}
        )
        tallies.divide(self.random.choice([1, 100]))

    def fail(self) -> None:
        """Everything that was done in a transaction that fails is undone, counts too."""
        self.complete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE members_member SET sex = 'female'")
        raise IntegrityError
