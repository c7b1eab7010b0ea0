"""Layer 1 and layer 2 on any day, and what the one has done for the other: all of it counted by one statement, from records."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from okoce.community.association.queries.branches import term_value
from okoce.community.association.states import TermCode

# Whose grants make layer 1, besides whoever holds an office of the association: those who teach and run the movement itself.
ROLES_OF_LAYER_ONE = ("pelatih", "direktorat_diklat", "sekretariat", "pengurus_cabang")

# `part` is the place directly below, NULL the whole place. A record that was merged counts as the person whom it was merged into.
# Which komunitas was active on a day: validated by then, and the last of its pauses, reopenings and its closing by then.
_COUNTED = """
WITH RECURSIVE serving AS (
  SELECT b.region, true AS holds, COALESCE(t.member_id, u.member_id) AS record_id, t.user_id
  FROM association_tenure t JOIN association_branch b ON b.id = t.branch_id LEFT JOIN accounts_user u ON u.id = t.user_id
  WHERE t.from_on <= %(day)s::date AND (t.until_on IS NULL OR t.until_on > %(day)s::date)
  UNION ALL
  SELECT a.region, false, u.member_id, u.id
  FROM accounts_roleassignment a JOIN accounts_user u ON u.id = a.user_id
  WHERE a.role = ANY(%(roles)s::text[]) AND a.group_id IS NULL AND a.partner_id IS NULL
    AND a.from_on <= %(day)s::date AND (a.until_on IS NULL OR a.until_on > %(day)s::date)
), records AS (
  SELECT m.id AS asked, m.id, m.merged_into_id FROM members_member m WHERE m.id IN (SELECT record_id FROM serving)
  UNION ALL
  SELECT records.asked, m.id, m.merged_into_id FROM records JOIN members_member m ON m.id = records.merged_into_id
), people AS (
  SELECT s.region, s.holds, COALESCE('m' || r.id, 'u' || s.user_id) AS who
  FROM serving s LEFT JOIN records r ON r.asked = s.record_id AND r.merged_into_id IS NULL
), komunitas AS (
  SELECT g.id, g.region, g.validated_on, COALESCE(last.kind, 'groups.group_reopened') = 'groups.group_reopened' AS is_active
  FROM groups_group g LEFT JOIN LATERAL (
    SELECT e.kind FROM events_event e
    WHERE e.subject_type = 'groups.group' AND e.subject_id = g.id
      AND e.kind IN ('groups.group_paused', 'groups.group_reopened', 'groups.group_closed')
      AND (e.happened_at AT TIME ZONE 'Asia/Jakarta')::date <= %(day)s::date
    ORDER BY e.id DESC LIMIT 1
  ) AS last ON true
  WHERE g.validated_on <= %(day)s::date
), told AS (
  SELECT region, 'layer_one' AS what, who FROM people
  UNION ALL SELECT region, 'in_office', who FROM people WHERE holds
  UNION ALL SELECT region, 'validated', id::text FROM komunitas
  UNION ALL SELECT region, 'active', id::text FROM komunitas WHERE is_active
  UNION ALL SELECT region, 'founded', id::text FROM komunitas WHERE validated_on >= %(year)s::date
  UNION ALL SELECT k.region, 'officers', o.user_id::text FROM komunitas k JOIN groups_officer o ON o.group_id = k.id
    WHERE k.is_active AND o.from_on <= %(day)s::date AND (o.until_on IS NULL OR o.until_on > %(day)s::date)
  UNION ALL SELECT k.region, 'served', k.id::text FROM komunitas k JOIN groups_officer o ON o.group_id = k.id
    WHERE k.is_active AND o.from_on <= %(day)s::date AND (o.until_on IS NULL OR o.until_on > %(day)s::date)
  UNION ALL SELECT k.region, 'visited', k.id::text FROM komunitas k JOIN association_support s ON s.group_id = k.id
    WHERE k.is_active AND s.struck_on IS NULL AND s.day_on BETWEEN %(since)s::date AND %(day)s::date
  UNION ALL SELECT g.region, s.kind, s.id::text FROM association_support s JOIN groups_group g ON g.id = s.group_id
    WHERE s.struck_on IS NULL AND s.day_on BETWEEN %(year)s::date AND %(day)s::date
)
SELECT CASE WHEN GROUPING(left(region, %(length)s::int)) = 1 THEN NULL ELSE left(region, %(length)s::int) END AS part, what,
  count(DISTINCT who)
FROM told WHERE %(place)s::text = '' OR region = %(place)s::text OR region LIKE %(place)s::text || '.%%'
GROUP BY GROUPING SETS ((left(region, %(length)s::int), what), (what))
"""


@dataclass(frozen=True, slots=True)
class Layers:
    """What was counted of one place: by the words of the statement; what is missing is none."""

    counts: dict[str, int] = field(default_factory=dict)

    def of(self, what: str) -> int:
        return self.counts.get(what, 0)


@dataclass(frozen=True, slots=True)
class LayersOfPlace:
    """A place and those directly below it on a day; `visited` looks back `visit_days`, deeds since the first of the year."""

    day: date
    year_from: date
    visit_days: int
    whole: Layers
    parts: dict[str, Layers]


def layers_of(place: str, part_codes: Iterable[str], day: date) -> LayersOfPlace:
    """People of layer 1, komunitas and their officers, and the deeds between them. Public: it names nobody."""
    codes = set(part_codes)
    visit_days, year_from = term_value(TermCode.UNVISITED_DAYS, day), date(day.year, 1, 1)
    asked: dict[str, Any] = {
        "day": day,
        "year": year_from,
        "since": day - timedelta(days=visit_days),
        "place": place,
        "roles": list(ROLES_OF_LAYER_ONE),
        "length": max((len(code) for code in codes), default=13),
    }
    whole: dict[str, int] = {}
    parts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, asked)
        for part, what, count in cursor.fetchall():
            (whole if part is None else parts.setdefault(part, {}))[what] = count
    told = {code: Layers(counts) for code, counts in parts.items() if code in codes}
    return LayersOfPlace(day, year_from, visit_days, Layers(whole), told)
