"""Names by their words: how the index knows them, and what a question asks of a name (ADR 0045).

The index holds every word of a name behind the code of its province, the first one behind a mark as well: nine in ten who are
called Siti are called so first, are found in order of name without it, and would have to be passed over one by one by whoever
looks for those called so second.
"""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, TextField, Value

from okoce.community.members.searching import HAS_WORD

MARK = "^"  # 0020_words_by_province.py says the same
# So much of a word tells it from any other; the index takes no more than two thousand bytes.
LONGEST_WORD = 400
TELLING_LETTERS = (3, 2)


def indexed_words() -> Func:
    """The words of a name as the index holds them."""
    return Func(F("name_key"), F("region"), function="members_words", output_field=SearchVectorField())


def known_to_index(words: Sequence[str], provinces: Sequence[str], *, inside_alone: bool) -> Func:
    """Names of these provinces with words that begin so, as the index tells them; the first word of a name too, or those behind
    it alone. Whoever asks looks at the names as well: short words are not looked up where longer ones are there."""
    asked = " & ".join(f"({_begins(word, provinces, inside_alone=inside_alone)})" for word in _telling(words))
    return Func(
        indexed_words(),
        Func(Value(asked), template="%(expressions)s::tsquery"),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def _telling(words: Sequence[str]) -> list[str]:
    """Half of all people have a word that begins with s: to gather them takes longer than to look at those whom longer words
    find."""
    for letters in TELLING_LETTERS:
        if telling := [word for word in words if len(word) >= letters]:
            return telling
    return list(words)


def whole_words(words: Sequence[str]) -> int:
    """How many of them are more than initials."""
    return sum(len(word) >= TELLING_LETTERS[0] for word in words)


def _begins(word: str, provinces: Sequence[str], *, inside_alone: bool) -> str:
    starts = ("",) if inside_alone else ("", MARK)
    return " | ".join(
        _quoted(f"{province} {start}{word[:LONGEST_WORD]}") for province in provinces for start in starts
    )


def _quoted(word: str) -> str:
    text = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}':*"


def has_word(word: str) -> Func:
    """Names with a word that begins so, as the name itself tells: no index answers it."""
    return Func(
        F("name_key"),
        Value(f" {word}"),
        template=f"({HAS_WORD.format('%(expressions)s')})",
        output_field=BooleanField(),
    )


def not_beginning_with(name: str) -> Func:
    """Names that begin otherwise; as no index of names answers it."""
    return Func(
        F("name_key"),
        Value(name),
        template="(NOT starts_with(%(expressions)s))",
        output_field=BooleanField(),
    )


def out_of_index_order() -> Func:
    """The name as no index of names answers it: for a few rows that the index of words finds."""
    return Func(F("name_key"), template="(%(expressions)s || '')", output_field=TextField())
