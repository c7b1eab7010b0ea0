"""Additions to people who are known already: blanks are filled where they are still blank, stages are completed once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from okoce.community.members.actions.entry import CONSENT_TEXT, NIK_PURPOSE
from okoce.community.members.nik import mask_nik
from okoce.community.members.states import PAPER_PURPOSES
from okoce.foundation.access.door import current_actor
from okoce.foundation.shared.errors import Conflict
from okoce.foundation.shared.keys import encrypt
from okoce.stages.p1_registration.imports.facts import entry_state
from okoce.stages.p1_registration.imports.people import BUSINESS, Person

_LOCK = "SELECT id, xmin::text FROM members_member WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_OWN_VERSION = "SELECT pg_current_xact_id()::xid::text"
_FILL_MEMBERS = """
UPDATE members_member m SET updated_at = now(),
  phone = coalesce(m.phone, n.phone), nik_hash = coalesce(m.nik_hash, n.nik_hash),
  nik_encrypted = coalesce(m.nik_encrypted, n.nik_encrypted),
  nik_masked = CASE WHEN m.nik_masked = '' THEN n.nik_masked ELSE m.nik_masked END,
  email = CASE WHEN m.email = '' THEN n.email ELSE m.email END, birth_on = coalesce(m.birth_on, n.birth_on),
  sex = CASE WHEN m.sex = '' THEN n.sex ELSE m.sex END,
  work_status = CASE WHEN m.work_status = '' THEN n.work_status ELSE m.work_status END,
  village = CASE WHEN m.village = '' THEN n.village ELSE m.village END,
  address = CASE WHEN m.address = '' THEN n.address ELSE m.address END,
  source = CASE WHEN m.source = '' THEN n.source ELSE m.source END,
  group_id = coalesce(m.group_id, n.group_id), consent_on = coalesce(m.consent_on, n.consent_on)
FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[],
  %s::text[], %s::text[], %s::text[], %s::bigint[], %s::date[])
  AS n(id, phone, nik_hash, nik_encrypted, nik_masked, email, birth_on, sex, work_status, village, address, source, group_id,
       consent_on)
WHERE m.id = n.id
"""
_FILL_BUSINESSES = """
INSERT INTO members_business AS b (
  member_id, created_at, updated_at, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp
)
SELECT n.member_id, now(), now(), n.name, n.sector, n.entry_state, n.since_on, n.workers, n.turnover, n.nib, n.npwp
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::date[], %s::int[], %s::bigint[], %s::text[], %s::text[])
  AS n(member_id, name, sector, entry_state, since_on, workers, turnover, nib, npwp)
ON CONFLICT (member_id) DO UPDATE SET updated_at = now(),
  name = CASE WHEN b.name = '' THEN EXCLUDED.name ELSE b.name END,
  sector = CASE WHEN b.sector = '' THEN EXCLUDED.sector ELSE b.sector END,
  entry_state = CASE WHEN b.name = '' AND b.sector = '' AND b.nib = '' AND b.since_on IS NULL AND b.entry_state = 'none'
    THEN EXCLUDED.entry_state ELSE b.entry_state END,
  since_on = coalesce(b.since_on, EXCLUDED.since_on), workers = coalesce(b.workers, EXCLUDED.workers),
  monthly_turnover = coalesce(b.monthly_turnover, EXCLUDED.monthly_turnover),
  nib = CASE WHEN b.nib = '' THEN EXCLUDED.nib ELSE b.nib END, npwp = CASE WHEN b.npwp = '' THEN EXCLUDED.npwp ELSE b.npwp END
"""
_FILL_RESIDENCES = """
UPDATE members_residence r SET village = n.village FROM unnest(%s::bigint[], %s::text[]) AS n(member_id, village)
WHERE r.member_id = n.member_id AND r.until_on IS NULL AND r.village = '' AND n.village LIKE r.region || '.%%'
"""
_JOIN = """
INSERT INTO groups_membership (member_id, group_id)
SELECT n.member_id, n.group_id FROM unnest(%s::bigint[], %s::bigint[]) AS n(member_id, group_id)
"""
_CONSENT = """
INSERT INTO members_consent (member_id, given_on, purpose, text_version, witnessed_by)
SELECT n.member_id, n.given_on, n.purpose, n.text_version, n.witnessed_by
FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::bigint[])
  AS n(member_id, given_on, purpose, text_version, witnessed_by)
"""
_COMPLETE = """
INSERT INTO pipeline_stagerecord AS r (
  created_at, updated_at, state, member_id, stage, started_on, completed_on, evidence_id, rule_code
)
SELECT now(), now(), 'completed', n.*
FROM unnest(%s::bigint[], %s::smallint[], %s::date[], %s::date[], %s::bigint[], %s::text[]) AS n
ON CONFLICT (member_id, stage) DO UPDATE SET updated_at = EXCLUDED.updated_at, state = EXCLUDED.state,
  started_on = coalesce(r.started_on, EXCLUDED.started_on), completed_on = EXCLUDED.completed_on,
  evidence_id = EXCLUDED.evidence_id, rule_code = EXCLUDED.rule_code
WHERE r.state <> 'completed'
"""
_END_STANDSTILLS = """
UPDATE pipeline_standstill s SET until_on = greatest(n.day, s.from_on + 1)
FROM unnest(%s::bigint[], %s::smallint[], %s::date[]) AS n(member_id, stage, day)
WHERE s.member_id = n.member_id AND s.stage = n.stage AND s.until_on IS NULL
"""


class Overtaken(Conflict):
    """Somebody has written to a person between our reading and our writing: read again."""


def versions_left(people: Sequence[Person], before: Mapping[int, str]) -> dict[int, str]:
    """Which transaction will have written the row of each of these people, once this chunk is committed.

    `before`: the same for the people of the chunk before.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWN_VERSION)
        (own,) = cursor.fetchone()
    ids = [(person, person.id or 0) for person in people]
    return {
        member_id: own if person.is_written else person.version or before.get(member_id, "")
        for person, member_id in ids
    }


def lock(people: Sequence[Person]) -> None:
    """Hold the people who will be altered; raises Overtaken where one is not as she was read."""
    versions = {person.id: person.version for person in people}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(versions)])
        if dict(cursor.fetchall()) != versions:
            raise Overtaken("a person was changed meanwhile")


def fill_blanks(people: Sequence[Person]) -> None:
    """Write the values that were blank."""
    members = [person for person in people if person.filled.keys() - BUSINESS]
    businesses = [person for person in people if person.filled.keys() & BUSINESS]
    _execute_with_columns(_FILL_MEMBERS, [_member_blanks(person) for person in members])
    _execute_with_columns(_FILL_BUSINESSES, [_business_blanks(person) for person in businesses])
    _execute_with_columns(
        _FILL_RESIDENCES, [(p.id, p.filled["village"]) for p in members if "village" in p.filled]
    )
    _execute_with_columns(_JOIN, [(p.id, p.filled["group_id"]) for p in members if "group_id" in p.filled])
    _execute_with_columns(_CONSENT, [consent for p in members for consent in _consents(p)])


def complete_stages(records: Sequence[tuple[Any, ...]]) -> None:
    """Complete stages that are open or not begun; raises Overtaken where one was completed meanwhile."""
    if _execute_with_columns(_COMPLETE, records) != len(records):
        raise Overtaken("a stage was completed meanwhile")
    _execute_with_columns(_END_STANDSTILLS, [(member, stage, day) for member, stage, day, *_proof in records])


def _consents(person: Person) -> list[tuple[Any, ...]]:
    given_on = person.filled.get("consent_on")
    if given_on is None:
        return []
    witness = current_actor().user_id
    return [(person.id, given_on, purpose, CONSENT_TEXT, witness) for purpose in PAPER_PURPOSES]


def _member_blanks(person: Person) -> tuple[Any, ...]:
    filled, nik = person.filled, person.facts.nik
    text = {
        name: filled.get(name, "") for name in ("email", "sex", "work_status", "village", "address", "source")
    }
    has_nik = "nik_hash" in filled and nik
    return (
        person.id, filled.get("phone"), filled.get("nik_hash"), encrypt(NIK_PURPOSE, nik.encode()) if has_nik and nik else None,
        mask_nik(nik) if has_nik and nik else "", text["email"], filled.get("birth_on"), text["sex"], text["work_status"],
        text["village"], text["address"], text["source"], filled.get("group_id"), filled.get("consent_on"),
    )  # fmt: skip


def _business_blanks(person: Person) -> tuple[Any, ...]:
    f = person.facts
    return (
        person.id, f.business_name, f.sector, entry_state(f).value, f.business_since, f.workers, f.turnover, f.nib, f.npwp
    )  # fmt: skip


def _execute_with_columns(sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run a statement whose parameters are the columns of the rows, as arrays; answers how many rows it wrote."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
        return int(cursor.rowcount)
