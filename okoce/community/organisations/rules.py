"""What every deed about a komunitas or a mitra asks of what it is given."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.shared.days import FIRST_DAY, day_in_words, day_problem, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_ANSWER = 500  # to a question of the secretariat


def readable_text(field: str, text: str, longest: int) -> str:
    """The text as it is stored, also where it is empty; refuses one that is too long or cannot be read."""
    read = clean_text(text, longest)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError(field, f"{read.reason} {read.suggestion}")])
    return read


def required_text(field: str, text: str, longest: int) -> str:
    """The text as it is stored; refuses an empty one and one that is too long."""
    read = readable_text(field, text, longest)
    if not read:
        raise Invalid([FieldError(field, _("Bagian ini kosong. Isi dulu."))])
    return read


def required_name(field: str, text: str, longest: int) -> str:
    """What a komunitas or a mitra is called: it is looked for, read aloud and printed by its letters."""
    read = required_text(field, text, longest)
    if not any(sign.isalpha() for sign in read):
        sentence = _("“%s” tidak berisi huruf. Tulis namanya seperti orang menyebutnya.")
        raise Invalid([FieldError(field, sentence % read)])
    return read


def require_past(field: str, day: date) -> None:
    problem = day_problem(day)
    if problem:
        raise Invalid([FieldError(field, problem)])


def require_days(from_on: date, until_on: date | None) -> None:
    """Refuses a term of service whose days cannot be."""
    if from_on < FIRST_DAY:
        sentence = _("Tanggal mulai terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.")
        raise Invalid([FieldError("from_on", sentence)])
    if until_on is not None and until_on <= from_on:
        sentence = _("Masa tugas berakhir sesudah ia mulai. Pilih tanggal yang lebih akhir.")
        raise Invalid([FieldError("until_on", sentence)])


def require_end(from_on: date, until_on: date) -> None:
    """Refuses an end before its first day of a term that has begun: a slip of the hand would take back what somebody did."""
    if until_on < from_on < today_wib():
        sentence = _("Masa tugas ini mulai pada %s. Pilih hari itu atau sesudahnya.")
        raise Invalid([FieldError("until_on", sentence % day_in_words(from_on))])
