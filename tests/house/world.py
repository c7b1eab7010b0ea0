"""The world of the walks: two people whom nothing connects, what is about each of them, and whoever walks there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from pytest_django import Settings

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.cards import issue_card
from okoce.community.members.models import Card, Consent, Helper, Member
from okoce.community.privacy.actions.requests import ask_about_own_data
from okoce.community.privacy.models import DataRequest
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor, Grant, scope_of_grant
from okoce.foundation.access.roles import NATIONAL_ROLES
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.target_models import Target
from okoce.pipeline.tests.factories import proof, registered
from tests.cast import COBLONG, SENEN, SYSTEM, account_of, officer
from tests.house.association_pages import associated, association_keys
from tests.house.message_pages import message_keys, written_to
from tests.house.owned import (
    batch_by,
    breached,
    centre_of,
    data_keys,
    exported_by,
    first_of,
    imported_by,
    officer_of,
    served,
)
from tests.house.pages import Keys
from tests.house.partnered import FAR_PARTNER, NEAR_PARTNER, STRANGER, partner_keys, partnered
from tests.house.ticket_pages import ticket_keys, told_by
from tests.house.trust_pages import trust_keys, trusted
from tests.reviews import reviews_of, suspected

# What some addresses name that is nobody's.
WORDS = {
    "language": "en",
    "rule": "jaringan",
    "programme": "jaringan",
    "claim": "JBSWY3DP",
    "pk": "1",
    "uidb36": "1",
    "key": "no-key",
    "name": "no-picture",
}


def patterns() -> Iterator[URLPattern]:
    """Every pattern of the resolver but the API's."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        found = waiting.pop()
        if isinstance(found, URLPattern):
            yield found
        elif not str(found.pattern).startswith("api/"):
            waiting += found.url_patterns


@cache
def converters_of(name: str) -> tuple[str, ...]:
    """What the address of a page names."""
    [pattern] = [pattern for pattern in patterns() if pattern.name == name]
    return tuple(pattern.pattern.converters)


@dataclass(frozen=True)
class World:
    """Two people whom nothing connects, each with evidence for P2 that waits; two imports of different officers."""

    near: Member
    far: Member
    group_id: int
    imports: dict[int, int]
    exports: dict[int, int]
    batches: dict[int, int]

    def address(self, name: str, of: Member) -> str:
        """Where the page stands about one of them: only what the pattern names is looked up, for there are many and each is asked
        for often."""
        known = self._keys(of)
        return reverse(name, kwargs={key: known[key]() for key in converters_of(name)})

    def _keys(self, of: Member) -> Keys:
        return {
            "number": lambda: of.number,
            "evidence_id": lambda: Evidence.objects.get(member=of).pk,
            "import_id": lambda: self.imports[of.pk],
            "export_id": lambda: self.exports[of.pk],
            "batch_id": lambda: self.batches[of.pk],
            "group_id": lambda: of.group_id or 0,
            "officer_id": lambda: officer_of(of.group_id),
            "centre_id": lambda: centre_of(of.group_id),
            "helper_id": lambda: Helper.objects.get(member=of, purpose="training").pk,
            "consent_id": lambda: Consent.objects.filter(member=of).values_list("pk", flat=True)[0],
            "request_id": lambda: DataRequest.objects.get(member=of).pk,
            "code": lambda: Card.objects.get(member=of, revoked_at__isnull=True).code,
            "target_id": lambda: first_of(Target.objects.all()),
            **{key: partial(str, word) for key, word in WORDS.items()},
            **data_keys(),
            **reviews_of(of),
            **message_keys(of),
            **ticket_keys(of),
            **partner_keys(of.pk == self.near.pk),
            **trust_keys(of.group_id, NEAR_PARTNER if of.pk == self.near.pk else FAR_PARTNER),
            **association_keys(of.region, of.group_id),
        }


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    mawar, melati = active_group("Mawar", SENEN), active_group("Melati", COBLONG)
    near, far = registered(name="Siti Senen"), registered(name=f"{STRANGER} Coblong", region=COBLONG)
    for member, group in ((near, mawar), (far, melati)):
        joined(member, group, date(2018, 1, 1))
        served(group)
        issue_card(SYSTEM, member)
        ask_about_own_data(herself(member), member, "access", "Minta salinan data saya")
        someone = officer("x", "petugas_ptsp", Scope(region=member.region), 77)
        give_evidence(someone, member, proof(2, date(2018, 2, 1)))
        Helper.objects.create(member=member, user_id=9_999, purpose="training", from_on=date(2018, 1, 1))
        suspected(member)
        written_to(member)
        told_by(member)
    breached()
    imported = imported_by(98)
    exported, batch = exported_by(98), batch_by(98, near)
    near.refresh_from_db()
    far.refresh_from_db()
    partnered(near, NEAR_PARTNER, "Kampus Merdeka")
    partnered(far, FAR_PARTNER, f"Kampus {STRANGER}")
    for group, partner_id in ((mawar, NEAR_PARTNER), (melati, FAR_PARTNER)):
        trusted(group, partner_id)
        associated(group)
    owned = ({near.pk: one, far.pk: one} for one in (imported, exported, batch))
    return World(near, far, mawar.pk, *owned)


def browser_of(role: str, world: World) -> Client:
    """Somebody with that role alone, who reaches the near person by every anchor that the role knows."""
    if role == "anggota":
        scope = Scope(member_id=world.near.pk)
    elif role in NATIONAL_ROLES:
        scope = scope_of_grant(role, user_id=0, region="", group_id=None, partner_id=None)
    else:
        anchors = {"region": "", "group_id": None, "partner_id": None}
        anchors |= {
            "penggerak": {"group_id": world.group_id},
            "pengurus_komunitas": {"group_id": world.group_id},
            "petugas_bank": {"partner_id": NEAR_PARTNER},
            "kontak_mitra": {"partner_id": NEAR_PARTNER},
            "pendamping": {},
        }.get(role, {"region": SENEN})
        scope = scope_of_grant(role, user_id=1, **anchors)  # type: ignore[arg-type]  # the anchors above
    user: User = account_of(Actor(label=role, grants=(Grant(role, scope),)))
    Helper.objects.create(
        member=world.near,
        user_id=user.pk,
        partner_id=NEAR_PARTNER,
        purpose="mentoring",
        from_on=date(2018, 1, 1),
    )
    world.imports[world.near.pk] = imported_by(user.pk)
    world.exports[world.near.pk] = exported_by(user.pk)
    world.batches[world.near.pk] = batch_by(user.pk, world.near)
    client = Client()
    client.force_login(user)
    return client
