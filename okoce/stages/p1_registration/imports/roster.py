"""Finds, for all rows of a chunk at once, who is in the records already, and reads what is stored of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from okoce.pipeline.states import JobLevel, StageState
from okoce.stages.p1_registration.imports.candidates import Candidate
from okoce.stages.p1_registration.imports.facts import Facts
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.roll import Roll

# A record that was merged into another leads to the survivor, so that the same file adds nobody after a merge either.
_BY_NIK = """
WITH asked AS MATERIALIZED (SELECT decode(hex, 'hex') AS nik_hash FROM unnest(string_to_array(%(niks)s, ',')) AS hex)
SELECT m.nik_hash, m.id FROM asked
JOIN members_member m ON m.nik_hash = asked.nik_hash AND m.merged_into_id IS NULL
UNION ALL
SELECT m.nik_hash, m.merged_into_id FROM asked
JOIN members_member m ON m.nik_hash = asked.nik_hash AND m.merged_into_id IS NOT NULL
"""
_BY_PHONE = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(string_to_array(%(phones)s, E'\n'), string_to_array(%(names)s, E'\n')) AS pair(phone, name_key)
)
SELECT m.phone, m.name_key, m.id FROM asked
JOIN members_member m ON m.phone = asked.phone AND m.name_key = asked.name_key AND m.merged_into_id IS NULL
UNION ALL
SELECT m.phone, m.name_key, m.merged_into_id FROM asked
JOIN members_member m ON m.phone = asked.phone AND m.name_key = asked.name_key AND m.merged_into_id IS NOT NULL
"""
_SURVIVORS = """
WITH RECURSIVE chain AS (
  SELECT id AS asked, id, merged_into_id FROM members_member WHERE id = ANY(%(ids)s)
  UNION ALL
  SELECT chain.asked, m.id, m.merged_into_id FROM chain JOIN members_member m ON m.id = chain.merged_into_id
)
SELECT asked, id FROM chain WHERE merged_into_id IS NULL
"""
_FACTS = """
SELECT m.id, m.xmin::text, m.name, m.name_key, m.region, m.registered_on, m.village, m.phone, m.nik_hash, m.email, m.birth_on,
  m.sex, m.work_status, m.address, m.source, m.group_id, m.consent_on,
  coalesce(b.name, ''), coalesce(b.sector, ''), b.since_on, b.workers, b.monthly_turnover, coalesce(b.nib, ''), coalesce(b.npwp, '')
FROM members_member m LEFT JOIN members_business b ON b.member_id = m.id WHERE m.id = ANY(%(ids)s)
"""
_STORED = (
    "name", "name_key", "region", "registered_on", "village", "phone", "nik_hash", "email", "birth_on", "sex", "work_status",
    "address", "source", "group_id", "consent_on", "business_name", "sector", "business_since", "workers", "turnover", "nib",
    "npwp",
)  # fmt: skip
_STAGES = "SELECT member_id, stage, completed_on FROM pipeline_stagerecord WHERE member_id = ANY(%(ids)s) AND state = %(completed)s"
_RESIDENCES = (
    "SELECT member_id, from_on, until_on, region FROM members_residence WHERE member_id = ANY(%(ids)s)"
)
_JOBS = "SELECT member_id, stated_on, workers FROM pipeline_jobstatement WHERE member_id = ANY(%(ids)s) AND level = %(claimed)s"
_CONSENTED = "SELECT DISTINCT member_id FROM members_consent WHERE member_id = ANY(%(ids)s)"
_GROUPED = "SELECT DISTINCT member_id FROM groups_membership WHERE member_id = ANY(%(ids)s)"
_QUEUED = "SELECT first_id, field FROM members_duplicatecandidate WHERE first_id = ANY(%(ids)s) AND second_id IS NULL"


def call_roll(roll: Roll, candidates: Sequence[Candidate]) -> None:
    """Put everybody into the roll whom a row of the chunk may mean."""
    niks = _niks_asked(candidates)
    phones = _phones_asked(candidates)
    if not niks and not phones:
        return
    # One text is quoted a hundred times as fast as an array of ten thousand. A key of a name holds no line breaks.
    # Of a live and a merged record the live one stands first.
    by_nik = dict(reversed(_rows(_BY_NIK, niks=",".join([nik.hex() for nik in niks]))))
    found = _rows(
        _BY_PHONE,
        phones="\n".join([phone for phone, _name in phones]),
        names="\n".join([name for _phone, name in phones]),
    )
    by_phone = {(phone, name): member_id for phone, name, member_id in reversed(found)}
    ids = {*by_nik.values(), *by_phone.values()}
    if not ids:
        return
    people = _people(dict(_rows(_SURVIVORS, ids=list(ids))))
    roll.by_nik.update({bytes(nik): people[member_id] for nik, member_id in by_nik.items()})
    roll.by_phone.update({key: people[member_id] for key, member_id in by_phone.items()})


def stored_person(member_id: int) -> Person:
    """What is stored of one, as the rows of a file are held against it."""
    return _people({member_id: member_id})[member_id]


def _niks_asked(candidates: Iterable[Candidate]) -> list[bytes]:
    return list({c.facts.nik_hash: None for c in candidates if c.facts.nik_hash})


def _phones_asked(candidates: Iterable[Candidate]) -> list[tuple[str, str]]:
    return list({(c.facts.phone, c.facts.name_key): None for c in candidates if c.facts.phone})


def _people(survivors: dict[int, int]) -> dict[int, Person]:
    """The stored people by each record's id that leads to them."""
    ids = list(set(survivors.values()))
    people: dict[int, Person] = {}
    for member_id, version, *values in _rows(_FACTS, ids=ids):
        facts = Facts(**dict(zip(_STORED, values, strict=True)))
        facts.nik_hash = bytes(facts.nik_hash) if facts.nik_hash else None
        people[member_id] = Person(facts, {}, id=member_id, version=version)
    _read_histories(people, ids)
    return {record: people[survivor] for record, survivor in survivors.items()}


def _read_histories(people: dict[int, Person], ids: list[int]) -> None:
    for member_id, stage, completed_on in _rows(_STAGES, ids=ids, completed=StageState.COMPLETED.value):
        people[member_id].completed[stage] = completed_on
    for member_id, *period in _rows(_RESIDENCES, ids=ids):
        people[member_id].residences.append(tuple(period))
    for member_id, stated_on, workers in _rows(_JOBS, ids=ids, claimed=JobLevel.CLAIMED.value):
        people[member_id].statements[stated_on] = workers
    for (member_id,) in _rows(_CONSENTED, ids=ids):
        people[member_id].had_consent = True
    for (member_id,) in _rows(_GROUPED, ids=ids):
        people[member_id].had_group = True
    queued = defaultdict(set)
    for member_id, field in _rows(_QUEUED, ids=ids):
        queued[member_id].add(field)
    for member_id, fields in queued.items():
        people[member_id].queued = fields


def _rows(sql: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
