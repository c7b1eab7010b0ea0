"""What a search box offers for the letters typed so far."""

from collections.abc import Iterable
from operator import itemgetter

from okoce.foundation.shared.edits import likeness
from okoce.foundation.territory.gazetteer import Gazetteer
from okoce.foundation.territory.names import keys_of, plain_key, readings, words_of
from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import Place, lies_in

LONGEST_TYPED = 80
NO_RANK = 9


def suggest(gazetteer: Gazetteer, text: str, level: Level, within: str, limit: int) -> list[Place]:
    """Regions of one level; all of them in order of code while nothing is typed."""
    typed = text[:LONGEST_TYPED]
    places = gazetteer.tree.under([within], level)
    if not words_of(typed):
        return places[:limit]
    exactly = [
        place
        for tier in gazetteer.indexes[level].exact(typed)
        for place in gazetteer.places(tier.codes)
        if lies_in(place.code, within)
    ]
    ranked = _ranked(typed, level, places)
    # "Solo" is Kota Surakarta before it is the beginning of Solok; "jak" is the beginning of many.
    found = list(dict.fromkeys([*exactly, *ranked] if len(exactly) == 1 else [*ranked, *exactly]))
    if len(found) < limit:
        likely = gazetteer.indexes[level].likely(typed, gazetteer.tree, (within,))
        found = list(dict.fromkeys([*found, *gazetteer.places(one.code for one in likely)]))
    return found[:limit]


def rank_villages(text: str, places: Iterable[Place], limit: int) -> list[Place]:
    """Villages are ranked as they come from the table, misspellings at the end."""
    typed = text[:LONGEST_TYPED]
    known = list(places)
    if not words_of(typed):
        return known[:limit]
    found = _ranked(typed, Level.VILLAGE, known)
    if len(found) < limit:
        key = plain_key(typed)
        scored = ((-likeness(key, plain_key(place.name)), place.code, place) for place in known)
        near = sorted(scored, key=itemgetter(0, 1))
        found += [place for unlike, _, place in near[:limit] if unlike <= -1 / 2]
    return list(dict.fromkeys(found))[:limit]


def _ranked(typed: str, level: Level, places: Iterable[Place]) -> list[Place]:
    keys = {key for form in readings(typed, level) for key in keys_of(form.words)}
    ranked = ((min(_rank(key, place, level) for key in keys), place) for place in places)
    fitting = sorted(
        (one for one in ranked if one[0] < NO_RANK), key=lambda one: (one[0], one[1].name, one[1].code)
    )
    return [place for _, place in fitting]


def _rank(key: str, place: Place, level: Level) -> int:
    words = readings(place.name, level)[0].words
    if "".join(words).startswith(key):
        return 0
    if any("".join(words[start:]).startswith(key) for start in range(1, len(words))):
        return 1
    return 2 if len(key) > 2 and key in "".join(words) else NO_RANK
