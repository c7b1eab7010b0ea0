"""The secretariat merges two records that nothing brought into the queue, through the command of the operators."""

from io import StringIO

import pytest
from django.core.management import call_command

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound
from okoce.pipeline.merges import Merge
from okoce.pipeline.tests.factories import registered
from tests.cast import account_of

pytestmark = pytest.mark.django_db


def merged(user: User, keep: str, absorb: str) -> str:
    out = StringIO()
    call_command("merge_members", keep, absorb, "--user", user.email, stdout=out)
    return out.getvalue()


def test_two_records_become_one_by_whoever_decided(citra: Actor) -> None:
    keep, absorb, user = registered(name="Siti"), registered(name="Sitti"), account_of(citra)
    told = merged(user, keep.number, absorb.number)
    assert f"{absorb.number} digabung ke {keep.number}" in told
    absorb.refresh_from_db()
    assert absorb.merged_into_id == keep.pk
    assert Merge.objects.get().merged_by == user.pk


def test_others_are_refused_and_nothing_changes(ani: Actor, citra: Actor) -> None:
    keep, absorb = registered(name="Siti"), registered(name="Sitti")
    secretariat = account_of(citra)
    with pytest.raises(NotAllowed):
        merged(account_of(ani), keep.number, absorb.number)
    with pytest.raises(NotFound):
        merged(secretariat, keep.number, "OK-99999999-9")
    with pytest.raises(NotFound):
        call_command("merge_members", keep.number, absorb.number, "--user", "siapa@contoh.id")
    with pytest.raises(Invalid):
        merged(secretariat, keep.number, keep.number)
    assert not Member.objects.filter(merged_into__isnull=False).exists()
