"""What somebody typed into the search box: a phone, a member number, a NIK, or the beginnings of a name's words."""

from dataclasses import dataclass

from okoce.community.members.names import name_key, searched_name
from okoce.community.members.nik import LENGTH, WrittenNik, parse_nik
from okoce.community.members.numbers import record_id_of
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_QUESTION = 150
# Below this likeness, trigrams find strangers.
LOOSE, STRICT = 0.4, 0.6
# Asked of a name: the name, and the beginning of a word behind a space.
HAS_WORD = "strpos(' ' || {}) > 0"
_SEPARATORS = str.maketrans("", "", " .-()/+\u00a0–_")


@dataclass(frozen=True, slots=True)
class Question:
    """One typed question, read; at most one of the exact fields is set, `name` holds the name key otherwise."""

    phone: str | None = None
    record_id: int | None = None
    nik_hash: bytes | None = None
    name: str = ""
    is_hopeless: bool = False  # something was typed that nobody can be found by

    @property
    def words(self) -> tuple[str, ...]:
        """What the words of a name must begin with, in any order. One that another begins with asks for nothing more."""
        words = sorted(set(self.name.split()))
        return tuple(word for word in words if not any(one != word and one.startswith(word) for one in words))


def read_question(typed: str) -> Question | None:
    """What is asked for; None when nothing was typed."""
    text = " ".join(typed.split())
    if not text:
        return None
    if len(text) > LONGEST_QUESTION:
        return Question(is_hopeless=True)
    digits = text.translate(_SEPARATORS)
    if digits.isascii() and digits.isdigit():
        return _read_digits(text, digits)
    if digits[:2].upper() == "OK" and digits[2:].isascii() and digits[2:].isdigit():
        record_id = record_id_of(text)
        return Question(record_id=record_id, is_hopeless=record_id is None)
    name = searched_name(text)
    return Question(is_hopeless=True) if isinstance(name, Unreadable) else Question(name=name_key(name))


def _read_digits(text: str, digits: str) -> Question:
    if len(digits) == LENGTH:
        nik = parse_nik(digits)
        if isinstance(nik, WrittenNik):
            return Question(nik_hash=keyed_hash("members.nik", nik.digits))
    phone = parse_phone(text)
    if not isinstance(phone, Unreadable):
        return Question(phone=phone)
    record_id = record_id_of(digits)
    return Question(record_id=record_id, is_hopeless=record_id is None)


def one_slip(key: str) -> float:
    """How alike, by trigrams, two names of this length are when one letter is wrong, missing, doubled or swapped.

    A swap changes four trigrams of each name. The longer the name, the more must agree, and the fewer names the index has
    to look at: a threshold for all lengths is too loose for long names and too strict for short ones.
    """
    trigrams = {
        word[start : start + 3] for word in (f"  {w} " for w in key.split()) for start in range(len(word) - 2)
    }
    count = len(trigrams)
    return max(LOOSE, min(STRICT, (count - 4) / (count + 4) - 0.01))
