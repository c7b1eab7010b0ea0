"""The few statements that bring one person in: who is known already, and the rows of a new one in a single insert."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from okoce.community.members.numbers import member_number
from okoce.foundation.shared.statements import run_prepared


@dataclass(frozen=True, slots=True)
class Known:
    """Who is in the records already: by NIK, and by phone with name. A free id comes along when nobody is."""

    by_nik: int | None = None
    by_phone: int | None = None
    free_id: int | None = None

    @property
    def member_id(self) -> int | None:
        """The known person; where NIK and phone point at two, the NIK decides."""
        return self.by_nik if self.by_nik is not None else self.by_phone

    @property
    def disagrees(self) -> bool:
        return self.by_nik is not None and self.by_phone is not None and self.by_nik != self.by_phone


# A record that was merged into another still tells who its person is.
_FIND = """
WITH known AS (
  SELECT
    coalesce(
      (SELECT id FROM members_member WHERE nik_hash = %(nik_hash)s AND merged_into_id IS NULL),
      (SELECT id FROM members_member WHERE nik_hash = %(nik_hash)s AND merged_into_id IS NOT NULL LIMIT 1)
    ) AS by_nik,
    coalesce(
      (SELECT id FROM members_member WHERE phone = %(phone)s AND name_key = %(name_key)s AND merged_into_id IS NULL),
      (SELECT id FROM members_member WHERE phone = %(phone)s AND name_key = %(name_key)s AND merged_into_id IS NOT NULL LIMIT 1)
    ) AS by_phone
)
SELECT by_nik, by_phone,
  CASE WHEN by_nik IS NULL AND by_phone IS NULL THEN nextval('members_member_id_seq') END
FROM known
"""
_SURVIVORS = """
WITH RECURSIVE chain AS (
  SELECT id AS asked, id, merged_into_id FROM members_member WHERE id = ANY(%(ids)s)
  UNION ALL
  SELECT chain.asked, m.id, m.merged_into_id FROM chain JOIN members_member m ON m.id = chain.merged_into_id
)
SELECT asked, id FROM chain WHERE merged_into_id IS NULL
"""
_RECORDS = """
WITH RECURSIVE chain AS (
  SELECT id AS asked, id, merged_into_id FROM members_member WHERE id = ANY(%(ids)s)
  UNION ALL
  SELECT chain.asked, m.id, m.merged_into_id FROM chain JOIN members_member m ON m.id = chain.merged_into_id
), person AS (
  SELECT asked, id, 0 AS depth FROM chain WHERE merged_into_id IS NULL
  UNION ALL
  SELECT person.asked, m.id, person.depth + 1 FROM person JOIN members_member m ON m.merged_into_id = person.id
)
SELECT asked, array_agg(id ORDER BY depth, id) FROM person GROUP BY asked
"""
_ABSORBED = """
WITH RECURSIVE older AS (
  SELECT id FROM members_member WHERE merged_into_id = %(id)s
  UNION ALL
  SELECT m.id FROM older JOIN members_member m ON m.merged_into_id = older.id
)
SELECT id FROM older ORDER BY id
"""

_INSERT = """
WITH person AS (
  INSERT INTO members_member (
    id, created_at, updated_at, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email, birth_on, sex,
    work_status, region, village, address, group_id, source, registered_on, consent_on, is_synthetic
  ) VALUES (
    %(id)s, now(), now(), %(number)s, %(name)s, %(name_key)s, %(nik_encrypted)s, %(nik_hash)s, %(nik_masked)s, %(phone)s,
    %(email)s, %(birth_on)s, %(sex)s, %(work_status)s, %(region)s, %(village)s, %(address)s, %(group_id)s, %(source)s,
    %(registered_on)s, %(consent_on)s, %(is_synthetic)s
  ) ON CONFLICT DO NOTHING RETURNING id
), business AS (
  INSERT INTO members_business (
    member_id, created_at, updated_at, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp
  ) SELECT id, now(), now(), %(business_name)s, %(sector)s, %(entry_state)s, %(since_on)s::date, %(workers)s::int,
    %(monthly_turnover)s::bigint, %(nib)s, %(npwp)s FROM person
), consent AS (
  INSERT INTO members_consent (member_id, purpose, text_version, given_on, witnessed_by, recorded_at)
  SELECT id, purpose, %(text_version)s, %(consent_on)s::date, %(witnessed_by)s::bigint, now()
  FROM person, unnest(%(purposes)s::text[]) AS purpose WHERE %(consent_on)s::date IS NOT NULL
)
SELECT id FROM person
"""


def find_known(nik_hash: bytes | None, phone: str | None, name_key: str) -> Known:
    """Who has, or had before a merge, this NIK, or this phone and name; where nobody has, the id that a new record may take."""
    asked = {"nik_hash": nik_hash, "phone": phone, "name_key": name_key}
    [(by_nik, by_phone, free_id)] = run_prepared(_FIND, asked)
    if free_id is not None:
        return Known(free_id=free_id)
    survivors = survivors_of([by_nik, by_phone])
    return Known(survivors.get(by_nik), survivors.get(by_phone))


def survivors_of(ids: list[int | None]) -> dict[int | None, int]:
    """Records, and for each the one that speaks for its person today: itself, unless it was merged."""
    with connection.cursor() as cursor:
        cursor.execute(_SURVIVORS, {"ids": ids})
        return dict(cursor.fetchall())


def records_of(ids: Collection[int]) -> dict[int, list[int]]:
    """Records, and for each all those of its person: the one that speaks for her first, then those that were merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, {"ids": list(ids)})
        return dict(cursor.fetchall())


def absorbed_by(record_id: int) -> list[int]:
    """The records that were merged into this one, or into one that was."""
    with connection.cursor() as cursor:
        cursor.execute(_ABSORBED, {"id": record_id})
        return [found for (found,) in cursor.fetchall()]


def insert_person(record_id: int, row: dict[str, Any], consent: dict[str, Any]) -> bool:
    """Write member, business and consents at once; False when another transaction was faster with this person."""
    person = {"id": record_id, "number": member_number(record_id), **row, **consent}
    return bool(run_prepared(_INSERT, person))
