"""Facts and deeds of the tests."""

from collections.abc import Sequence

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.access.tests.things import Thing, holder
from okoce.foundation.events.facts import fact, on, on_many
from okoce.foundation.events.models import Event
from okoce.foundation.events.trail import Changes, record

ANI = holder(("petugas_kecamatan", Scope(region="31.71.04")))
AUDITOR = holder(("auditor", EVERYWHERE))
HEARD: list[int] = []
HEARD_TOGETHER: list[list[int]] = []


@fact("tests.thing_renamed", "Nama diganti menjadi nama ke-{number}.")
class ThingRenamed:
    thing_id: int
    number: int


@fact("tests.thing_noted", "Catatan dibuat.")
class ThingNoted:
    thing_id: int


@on("tests.thing_renamed")
def listen(event_id: int) -> None:
    HEARD.append(event_id)


@fact("tests.thing_counted", "Dihitung.")
class ThingCounted:
    thing_id: int


@on_many("tests.thing_counted")
def listen_together(event_ids: Sequence[int]) -> None:
    HEARD_TOGETHER.append(list(event_ids))


@action(Permission.MEMBERS_CORRECT)
def count(actor: Actor, thing: Thing) -> Event:
    return record(ThingCounted(thing_id=thing.pk), subject=thing)


@action(Permission.MEMBERS_CORRECT)
def count_and_stumble(actor: Actor, thing: Thing) -> None:
    record(ThingCounted(thing_id=thing.pk), subject=thing)
    raise ArithmeticError


@action(Permission.MEMBERS_CORRECT)
def rename(actor: Actor, thing: Thing, number: int, changes: Changes | None = None) -> Event:
    return record(ThingRenamed(thing_id=thing.pk, number=number), subject=thing, changes=changes)


@action(Permission.MEMBERS_CORRECT)
def rename_and_stumble(actor: Actor, thing: Thing) -> None:
    record(ThingRenamed(thing_id=thing.pk, number=1), subject=thing, changes={"name": ["a", "b"]})
    raise ArithmeticError


@action(Permission.MEMBERS_CORRECT)
def note(actor: Actor, thing: Thing) -> Event:
    return record(ThingNoted(thing_id=thing.pk), subject=thing)
