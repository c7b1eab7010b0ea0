"""Finding the regions of one level that a written name may mean."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from okoce.foundation.shared.edits import likeness
from okoce.foundation.territory.names import (
    Reading,
    digits_in,
    expanded,
    keys_of,
    numbered,
    qualifiers_in,
    readings,
    squeeze,
    words_of,
)
from okoce.foundation.territory.similarity import Trigrams
from okoce.foundation.territory.states import Level, parent_of
from okoce.foundation.territory.tree import Place, Tree

# A misspelling is put right alone only when it is this near, and this much nearer than the next.
LIKE_ENOUGH = 0.8
CLEARLY_NEARER = 0.12
SHORTEST_CORRECTED = 5
# Short names that people give to provinces are too near to each other ("Jabar", "Jatim").
SHORTEST_CORRECTED_ALIAS = 7
# Where a code says the same, less is needed.
LIKE_ENOUGH_BESIDE_A_CODE = 0.7
# Below this a candidate is no help to anybody.
WORTH_NAMING = 0.55
MOST_NAMED = 5
FEW_ENOUGH_TO_TRY_ALL = 120
MOST_REMEMBERED = 20_000


# A way of writing, and the codes that it may stand for.
Alias = tuple[str, Sequence[str]]


class Tier(NamedTuple):
    """Regions that fit equally well; earlier tiers fit better."""

    codes: tuple[str, ...]
    # The prefix said "Kab", but the only region of that name is a kota.
    other_kind: bool = False


class Likely(NamedTuple):
    code: str
    score: float
    # Nothing telling (a number, "Barat", "Baru", "Kota") would be added, dropped or swapped.
    is_safe: bool = False
    # Of the shorter of the two names: in "Moti" and "Mota" one letter says too little.
    length: int = 0


class Form(NamedTuple):
    """A name made ready to be compared many times."""

    words: tuple[str, ...]
    plain: str
    numbered: str

    @classmethod
    def of(cls, words: tuple[str, ...]) -> "Form":
        return cls(words, squeeze(words), squeeze(numbered(words)))


class NameIndex:
    """Names of one level. Literal matches come in tiers; misspellings come scored, best first."""

    def __init__(self, level: Level, places: Iterable[Place], aliases: Iterable[Alias] = ()) -> None:
        self._level = level
        self._kinds: dict[str, str] = {}
        # By the name's own reading, and by another one ("Kotabatu", "Sawah" for "Kampung Sawah").
        self._codes: dict[str, list[str]] = {}
        self._other_codes: dict[str, list[str]] = {}
        self._forms: list[tuple[str, Form]] = []
        for place in places:
            self._add(place)
        # What a misspelling is compared with: of a province also what it is usually called ("DKI Jakarta").
        self._spellings = list(self._forms)
        for alias, codes in aliases:
            self._add_alias(alias, codes)
        self._trigrams: Trigrams | None = None
        self._numbers: dict[str, list[int]] = {}
        for number, (code, _) in enumerate(self._spellings):
            self._numbers.setdefault(code, []).append(number)
        self._remembered: dict[str, tuple[Tier, ...]] = {}

    def _add(self, place: Place) -> None:
        self._kinds[place.code] = place.kind
        forms = readings(place.name, self._level)
        self._forms.append((place.code, Form.of(forms[0].words)))
        _enter(self._codes, forms[0].words, place.code)
        for form in forms[1:]:
            _enter(self._other_codes, form.words, place.code)

    def _add_alias(self, alias: str, codes: Sequence[str]) -> None:
        words = words_of(alias)
        known = [code for code in codes if code in self._kinds]
        for code in known:
            _enter(self._codes, words, code)
        form = Form.of(words)
        if self._level == Level.PROVINCE and len(known) == 1 and len(form.plain) >= SHORTEST_CORRECTED_ALIAS:
            self._spellings.append((known[0], form))

    def exact(self, text: str) -> tuple[Tier, ...]:
        """Every region that the text may name without any misspelling."""
        tiers = self._remembered.get(text)
        if tiers is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            tiers = self._remembered[text] = self._tiers(readings(text, self._level))
        return tiers

    def _tiers(self, forms: Iterable[Reading]) -> tuple[Tier, ...]:
        fitting, others = [], []
        keys = [(key, form.kind) for form in forms for key in keys_of(form.words)]
        for known in (self._codes, self._other_codes):
            for key, kind in keys:
                codes = known.get(key, ())
                of_kind = tuple(code for code in codes if self._is_of(kind, code))
                if of_kind:
                    fitting.append(Tier(of_kind))
                elif codes:
                    others.append(Tier(tuple(codes), other_kind=True))
        return tuple(dict.fromkeys(fitting + others))

    def named_alone(self) -> Iterator[str]:
        """Codes of the regions whose own name means nothing else in the region above; for levels without kinds."""
        for code, form in self._forms:
            above = parent_of(code)
            if all(other == code or parent_of(other) != above for other in self._codes[form.plain]):
                yield code

    def _is_of(self, kind: str, code: str) -> bool:
        return not kind or self._kinds[code].startswith(kind)

    def likely(self, text: str, tree: Tree, within: Sequence[str]) -> list[Likely]:
        """Regions within these that the text may be a misspelling of, best first."""
        forms = readings(text, self._level)
        if not forms:
            return []
        written = {
            (Form.of(words), form.kind) for form in forms for words in (form.words, *expanded(form.words))
        }
        found = [self._compare(written, number) for number in self._worth_comparing(written, tree, within)]
        good = sorted(
            (likely for likely in found if likely.score >= WORTH_NAMING),
            key=lambda likely: (-likely.score, likely.code),
        )
        best_of_each: dict[str, Likely] = {}
        for likely in good:
            best_of_each.setdefault(likely.code, likely)
        return list(best_of_each.values())[:MOST_NAMED]

    def _worth_comparing(
        self, written: Iterable[tuple[Form, str]], tree: Tree, within: Sequence[str]
    ) -> Iterable[int]:
        among: set[int] | None = None
        if "" not in within:
            among = {
                number for place in tree.under(within, self._level) for number in self._numbers[place.code]
            }
        if len(self._spellings if among is None else among) <= FEW_ENOUGH_TO_TRY_ALL:
            return range(len(self._spellings)) if among is None else among
        if self._trigrams is None:
            self._trigrams = Trigrams([form.plain for _, form in self._spellings])
        return self._trigrams.nearest({form.plain for form, _ in written}, among)

    def _compare(self, written: Iterable[tuple[Form, str]], number: int) -> Likely:
        code, official = self._spellings[number]
        best = Likely(code, 0.0)
        for form, kind in written:
            of_kind = self._is_of(kind, code)
            score = resemblance(form, official) - (0 if of_kind else CLEARLY_NEARER)
            if score > best.score:
                is_near = of_kind and score >= LIKE_ENOUGH_BESIDE_A_CODE
                is_safe = is_near and is_safe_correction(form.words, official.words)
                best = Likely(code, score, is_safe, min(len(form.plain), len(official.plain)))
        return best


def _enter(known: dict[str, list[str]], words: tuple[str, ...], code: str) -> None:
    for key in keys_of(words):
        codes = known.setdefault(key, [])
        if code not in codes:
            codes.append(code)


def resemblance(written: Form, official: Form) -> float:
    """How alike two names are; one that holds the other's words whole is at least worth naming."""
    score = _near(written.plain, official.plain)
    if written.numbered != written.plain or official.numbered != official.plain:
        score = max(score, _near(written.numbered, official.numbered))
    if score < WORTH_NAMING + 0.1 and _one_holds_the_other(written.words, official.words):
        return WORTH_NAMING + 0.1
    return score


def _near(first: str, second: str) -> float:
    shortest, longest = sorted((len(first), len(second)))
    # Edits cannot be fewer than the difference in length, so the rest is not worth counting.
    return likeness(first, second) if shortest >= longest * WORTH_NAMING else 0.0


def _one_holds_the_other(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return set(first) <= set(second) or set(second) <= set(first)


def is_safe_correction(written: tuple[str, ...], official: tuple[str, ...]) -> bool:
    if digits_in(written) != digits_in(official):
        return False
    said, meant = qualifiers_in(written), qualifiers_in(official)
    return said <= meant and all(_is_nearly_said(word, written) for word in meant - said)


def _is_nearly_said(qualifier: str, written: tuple[str, ...]) -> bool:
    """ "Jakarta Seltan" does say "Selatan"."""
    tails = (*written, squeeze(written)[-len(qualifier) :])
    return any(likeness(word, qualifier) >= 1 / 2 for word in tails)


def clearly_best(likely: Sequence[Likely]) -> Likely | None:
    """The one region that a misspelling can only mean, if there is one."""
    if not likely:
        return None
    best, next_score = likely[0], likely[1].score if len(likely) > 1 else 0.0
    is_near = best.score >= LIKE_ENOUGH and best.score - next_score >= CLEARLY_NEARER
    return best if is_near and best.is_safe and best.length >= SHORTEST_CORRECTED else None
