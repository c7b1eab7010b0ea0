"""Names like the one that was asked for: for when nobody's has its words."""

from collections.abc import Sequence
from functools import reduce
from itertools import islice
from operator import add

from django.contrib.postgres.search import TrigramSimilarity, TrigramStrictWordSimilarity
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In

from okoce.community.members.models import Member
from okoce.community.members.reach import REGENCY
from okoce.community.members.searching import LOOSE, one_slip
from okoce.community.members.slips import SHORTEST_TELLING, slips_in

# Of those whose words are somewhat like those of the question, so many are looked at letter by letter.
LOOKED_AT = 200


def alike(
    rows: QuerySet[Member], regencies: list[str], key: str, words: Sequence[str], limit: int
) -> list[Member]:
    """Names like this one, the likest first. Within a kabupaten those in which each word of the question is a word but for a
    slip come before those that are like it as a whole, and where one slip explains nothing, less like ones are told too: in a
    wider area that would cost more than it finds."""
    strict = round(one_slip(key), 2)
    if not regencies:
        return [member for member, _likeness in _likest(rows, key, strict, limit)]
    # the index of misspelt names begins with the kabupaten
    rows = rows.filter(In(Left("region", REGENCY), regencies))
    by_words = _by_words(rows, words, limit)
    if len(by_words) == limit:
        return by_words
    near = _likest(rows, key, strict if by_words else LOOSE, limit)
    by_one_slip = [member for member, likeness in near if likeness >= strict - _UNEVEN]
    found = {member.pk: member for member in (*by_words, *by_one_slip)} or {
        one.pk: one for one, _like in near
    }
    return list(islice(found.values(), limit))


_UNEVEN = 1e-6  # the database tells likeness in fewer digits


def _by_words(rows: QuerySet[Member], words: Sequence[str], limit: int) -> list[Member]:
    """Names that have each of the words, but for a slip; the fewest slips first. The index tells those with words somewhat like
    the telling ones, the letters tell whether one is the other."""
    telling = [word for word in words if len(word) >= SHORTEST_TELLING]
    if not telling:
        return []
    somewhat_like = rows
    for word in telling:
        somewhat_like = somewhat_like.filter(name_key__trigram_word_similar=word)
    likeness = reduce(add, (TrigramStrictWordSimilarity(word, "name_key") for word in words))
    likest = somewhat_like.order_by(likeness.desc(), "name_key", "id")
    with transaction.atomic():
        _ask_for("word_similarity", LOOSE)
        near = list(likest.values_list("id", "name_key")[:LOOKED_AT])
    apart = [
        (slips, place, pk)
        for place, (pk, name) in enumerate(near)
        if (slips := slips_in(words, name)) is not None
    ]
    ids = [pk for _slips, _place, pk in sorted(apart)[:limit]]
    people = rows.in_bulk(ids) if ids else {}
    return [people[pk] for pk in ids if pk in people]


def _likest(rows: QuerySet[Member], key: str, threshold: float, limit: int) -> list[tuple[Member, float]]:
    likeness = TrigramSimilarity("name_key", key)
    found = rows.filter(name_key__trigram_similar=key).annotate(likeness=likeness)
    with transaction.atomic():
        _ask_for("similarity", threshold)
        likest = found.order_by("-likeness", "name_key", "id")[:limit]
        return [(member, member.likeness) for member in likest]


def _ask_for(kind: str, threshold: float) -> None:
    """How alike names must be that the index finds, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"pg_trgm.{kind}_threshold", f"{threshold:.2f}"])
