"""Whom something is about: her records and accounts, and what she can be recognised by wherever else she was written down."""

import re
from dataclasses import dataclass

_NOT_DIGITS = re.compile(r"[^0-9]")
COUNTRY = "62"
FEWEST_DIGITS = 9  # fewer would be found in many a number


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the record that speaks for her first, then those merged into it; the accounts of these; and her traces.

    `leaves_office`: also an account in which she served is hers to be forgotten; else it stays, apart from the record.
    """

    member_ids: tuple[int, ...]
    user_ids: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # E.164
    emails: tuple[str, ...] = ()
    niks: tuple[str, ...] = ()
    leaves_office: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """E-mail and member number, as they are looked for in a text: in small letters."""
        return tuple(word.casefold() for word in (*self.emails, *self.numbers) if word)

    @property
    def full_names(self) -> re.Pattern[str] | None:
        """Her name as whole words, in small letters: one who is called Ani is not in every “Rohani”. Others may have the same:
        alone it counts only where too much is better than too little. None of whom no name is known."""
        spelt = [r"\s+".join(map(re.escape, name.casefold().split())) for name in self.names if name.strip()]
        return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)") if spelt else None

    @property
    def digits(self) -> tuple[bytes, ...]:
        """Telephone and NIK as digits alone; of a telephone those behind the country's and the leading zero, which every
        spelling has."""
        phones = (_NOT_DIGITS.sub("", phone).removeprefix(COUNTRY).lstrip("0") for phone in self.phones)
        return tuple(number.encode() for number in (*phones, *self.niks) if len(number) >= FEWEST_DIGITS)
