"""Names like the one that was asked for: for when nobody's has its words."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In

from okoce.community.members.models import Member
from okoce.community.members.reach import REGENCY
from okoce.community.members.searching import LOOSE, one_slip


def alike(rows: QuerySet[Member], regencies: list[str], key: str, limit: int) -> list[Member]:
    """Names like this one, the likest first. Within a kabupaten, where one slip explains nothing, less like ones too: in a
    wider area that would cost more than it finds."""
    strict = round(one_slip(key), 2)
    if not regencies:
        return [member for member, _likeness in _likest(rows, key, strict, limit)]
    # the index of misspelt names begins with the kabupaten
    near = _likest(rows.filter(In(Left("region", REGENCY), regencies)), key, LOOSE, limit)
    by_one_slip = [member for member, likeness in near if likeness >= strict - _UNEVEN]
    return by_one_slip or [member for member, _likeness in near]


_UNEVEN = 1e-6  # the database tells likeness in fewer digits


def _likest(rows: QuerySet[Member], key: str, threshold: float, limit: int) -> list[tuple[Member, float]]:
    likeness = TrigramSimilarity("name_key", key)
    found = rows.filter(name_key__trigram_similar=key).annotate(likeness=likeness)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [f"{threshold:.2f}"])
        likest = found.order_by("-likeness", "name_key", "id")[:limit]
        return [(member, member.likeness) for member in likest]
