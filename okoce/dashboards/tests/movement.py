"""A little movement, row by row, for tests of figures."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from okoce.community.groups.models import Group, Membership
from okoce.community.members.models import Business, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline.models import StageRecord, Standstill
from tests.cast import SENEN, own_number

SPRING = date(2018, 3, 1)


def people(
    how_many: int,
    completed: Mapping[int, date],
    *,
    region: str = SENEN,
    sex: str = "male",
    entry: str = "none",
    reason: str = "",
    group: Group | None = None,
) -> list[Member]:
    """People alike: they completed these stages; with a reason they stand still before the next one."""
    with transaction.atomic(), opened_by(Actor.system("test")):
        members = Member.objects.bulk_create(
            Member(
                **own_number(), name="Siti", name_key="siti", region=region, sex=sex, registered_on=SPRING,
                group_id=group.pk if group else None,
            )
            for _ in range(how_many)
        )  # fmt: skip
        Business.objects.bulk_create(Business(member=member, entry_state=entry) for member in members)
        if group:
            Membership.objects.bulk_create(Membership(member=member, group=group) for member in members)
        StageRecord.objects.bulk_create(
            StageRecord(member=member, stage=stage, state="completed", completed_on=day)
            for member in members
            for stage, day in completed.items()
        )
        if reason:
            Standstill.objects.bulk_create(
                Standstill(
                    member=member, stage=max(completed) + 1, reason=reason, from_on=SPRING, set_by="test"
                )
                for member in members
            )
    return members


def komunitas(name: str, region: str = SENEN) -> Group:
    group: Group = Group.objects.create(code=name.upper(), name=name, name_key=name.lower(), region=region)
    return group
