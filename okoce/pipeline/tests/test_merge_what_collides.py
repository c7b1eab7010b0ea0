"""What both records have, or what a third one has already, is neither doubled nor an error without words."""

from datetime import date
from typing import Any

import pytest

from okoce.community.members.models import Helper, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.queries.merges import foretell
from okoce.pipeline.tests.factories import registered

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, JUNE = (date(2018, month, 1) for month in (1, 2, 6))


def helping(member: Member, from_on: date, until_on: date | None = None) -> Helper:
    return Helper.objects.create(
        member=member, user_id=9, purpose="mentoring", from_on=from_on, until_on=until_on
    )


def helps() -> list[tuple[Any, ...]]:
    return list(Helper.objects.order_by("pk").values_list("member_id", "from_on", "until_on"))


def test_whoever_helps_both_helps_the_one_once_and_since_the_beginning(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    helping(keep, FEBRUARY)
    helping(absorb, JANUARY)
    before = helps()
    [told] = [way for way in foretell(citra, keep, absorb) if way.keep.pk == keep.pk]
    assert told.moved.get("helpers", 0) + told.dropped.get("helpers", 0) == 1
    merge_members(citra, keep, absorb)
    assert [row[1:] for row in helps() if row[2] is None] == [(JANUARY, None)]
    undo_merge(citra, Merge.objects.get())
    assert helps() == before


def test_an_ended_help_of_the_other_comes_along(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    helping(keep, JUNE)
    helping(absorb, JANUARY, FEBRUARY)
    merge_members(citra, keep, absorb)
    assert helps() == [(keep.pk, JUNE, None), (keep.pk, JANUARY, FEBRUARY)]


def test_a_phone_that_a_third_record_of_the_name_has_is_refused_with_a_sentence(citra: Actor) -> None:
    keep = registered(name="Siti Aminah", phone="", nik="3171044107900001")
    absorb = registered(name="Siti A", phone="081234567890")
    third = registered(name="Siti Aminah", phone="081234567890")
    facts = Event.objects.count()
    with pytest.raises(Refused, match="sudah dipakai catatan lain"):
        merge_members(citra, keep, absorb)
    keep.refresh_from_db()
    absorb.refresh_from_db()
    assert (keep.phone, absorb.merged_into_id, Event.objects.count()) == (None, None, facts)
    refusals = {way.keep.pk: way.refusal for way in foretell(citra, keep, absorb)}
    assert "sudah dipakai catatan lain" in refusals[keep.pk]
    assert third.number not in refusals[keep.pk]
    assert refusals[absorb.pk] == ""


def test_a_help_of_the_kept_one_that_is_older_stays(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    helping(keep, JANUARY)
    helping(absorb, FEBRUARY)
    merge_members(citra, keep, absorb)
    assert helps() == [(keep.pk, JANUARY, None)]
