"""What is known of a person who comes in: as it was written (NewMember), and as it may be stored (Person)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from okoce.community.members.births import birth_problem
from okoce.community.members.models import Business, Member
from okoce.community.members.names import clean_name, name_key
from okoce.community.members.nik import WrittenNik, parse_nik
from okoce.community.members.numbers import member_number
from okoce.community.members.places import place_errors
from okoce.community.members.states import ConsentPurpose, EntryState, Sex, WorkStatus, entry_state_at
from okoce.foundation.shared.days import day_in, day_in_words, day_problem, latest_today
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.keys import encrypt, keyed_hash
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory import queries as territory

NIK_PURPOSE = "members.nik"
MOST_WORKERS = 100_000
MOST_RUPIAH = 10**15
# The words of the paper form, to which officers' forms, files and programs refer (ConsentText has them all).
CONSENT_TEXT = "1"
_OF_BUSINESS = frozenset(
    ("business_name", "sector", "entry_state", "since_on", "workers", "monthly_turnover", "nib", "npwp")
)
_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]{2,}")
_NIB = re.compile(r"[0-9]{13}")
_NPWP = re.compile(r"[0-9]{15,16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBusiness:
    """The business at entry, as it was told."""

    name: str = ""
    sector: str = ""
    entry_state: str = ""  # "" leaves it to what else was told
    since_on: date | None = None
    workers: int | None = None
    monthly_turnover: int | None = None
    nib: str = ""
    npwp: str = ""

    def checked(self) -> dict[str, Any]:
        """Its columns as they are written down, named as here. Raises Invalid with one entry a wrong field."""
        check = _Check()
        row = _business(check, self)
        errors = [
            FieldError(one.field.removeprefix("business."), one.sentence, one.code) for one in check.errors
        ]
        if errors:
            raise Invalid(errors)
        return {name.removeprefix("business_"): value for name, value in row.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A person as somebody wrote it down. `region` is the kecamatan's code; `consent_on` the day the consent was witnessed.
    `is_day_told`: somebody stated the day of registration; otherwise it is merely the day on which this was sent."""

    name: str
    phone: str = ""
    nik: str = ""
    email: str = ""
    birth_on: date | None = None
    sex: str = ""
    work_status: str = ""
    region: str = ""
    village: str = ""
    address: str = ""
    group_id: int | None = None
    source: str = ""
    registered_on: date | None = None
    is_day_told: bool = True
    consent_on: date | None = None
    purposes: tuple[str, ...] = (ConsentPurpose.PROGRAMME.value,)
    text_version: str = CONSENT_TEXT
    is_synthetic: bool = False
    business: NewBusiness = field(default_factory=NewBusiness)


@dataclass(frozen=True, slots=True)
class Person:
    """A checked person: `row` are the columns of member and business, `consent` what was agreed to."""

    row: dict[str, Any]
    consent: dict[str, Any]

    @classmethod
    def of(
        cls, new: NewMember, *, witnessed_by: int | None, has_nik: bool = False, only: set[str] | None = None
    ) -> "Person":
        """Check everything that can be said without the records; raises Invalid with one entry per wrong field.

        `has_nik` says that a NIK is stored already, so that a phone is not needed; with `only`, what is wrong elsewhere stays
        as it is.
        """
        check = _Check()
        row = (
            _identity(check, new, has_nik)
            | _place(check, new)
            | _days(check, new)
            | _business(check, new.business)
        )
        row["entry_state"] = row["entry_state"] or _entry_state(row).value
        row |= {"group_id": new.group_id, "is_synthetic": new.is_synthetic}
        purposes = [check.one_of("purposes", purpose, ConsentPurpose.values) for purpose in new.purposes]
        errors = [error for error in check.errors if only is None or error.field in only]
        if errors:
            raise Invalid(errors)
        consent = {"purposes": purposes, "text_version": new.text_version, "witnessed_by": witnessed_by}
        return cls(row, consent)

    def as_member(self, record_id: int) -> Member:
        """The member and her business as they have just been written, without reading them back."""
        of_member = {name: value for name, value in self.row.items() if name not in _OF_BUSINESS}
        of_business = {name.removeprefix("business_"): self.row[name] for name in _OF_BUSINESS}
        member = Member(id=record_id, number=member_number(record_id), **of_member)
        member.business = Business(member=member, **of_business)
        member._state.adding = False  # noqa: SLF001  (Django knows no other way to say it)
        return member


class _Check:
    """Collects what is wrong, field by field, so that everything is said at once."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append(FieldError(name, sentence))

    def read(self, name: str, parse: Callable[..., Any], value: Any) -> Any:
        """What the parser made of the value, or None with its reason noted."""
        parsed = parse(value)
        if isinstance(parsed, Unreadable):
            self.refuse(name, f"{parsed.reason} {parsed.suggestion}".strip())
            return None
        return parsed

    def text(self, name: str, value: str, longest: int = 200) -> str:
        return self.read(name, lambda text: clean_text(text, longest), value) or ""

    def one_of(self, name: str, value: str, choices: list[str]) -> str:
        if value and value not in choices:
            self.refuse(name, _("Pilihan ini tidak dikenal. Pakai salah satu: %s.") % ", ".join(choices))
        return value

    def whole(self, name: str, value: int | None, most: int) -> int | None:
        if value is not None and not 0 <= value <= most:
            self.refuse(name, _("Angkanya di luar batas yang masuk akal. Tulis bilangan bulat dari 0."))
        return value

    def programme_day(self, name: str, day: date | None) -> date | None:
        problem = day_problem(day) if day is not None else None
        if problem:
            self.refuse(name, problem)
        return day

    def past_day(self, name: str, day: date | None) -> date | None:
        if day is not None and day > latest_today():
            self.refuse(
                name, _("Tanggal %s belum tiba. Tulis tanggal hari ini atau sebelumnya.") % day_in_words(day)
            )
        return day


def _identity(check: _Check, new: NewMember, has_nik: bool) -> dict[str, Any]:
    name = check.read("name", clean_name, new.name)
    phone = check.read("phone", parse_phone, new.phone) if new.phone.strip() else None
    nik: WrittenNik | None = check.read("nik", parse_nik, new.nik) if new.nik.strip() else None
    if not new.phone.strip() and not new.nik.strip() and not has_nik:
        check.refuse("phone", _("Telepon dan NIK kosong. Isi salah satunya."))
    email = check.text("email", new.email)
    if email and not _EMAIL.fullmatch(email):
        check.refuse("email", _("Ini bukan alamat surel. Tulis seperti nama@contoh.id, atau kosongkan."))
    return {
        "name": name,
        "name_key": name_key(name) if name else "",
        "nik_encrypted": encrypt(NIK_PURPOSE, nik.digits.encode()) if nik else None,
        "nik_hash": keyed_hash(NIK_PURPOSE, nik.digits) if nik else None,
        "nik_masked": nik.masked if nik else "",
        "phone": phone,
        "email": email,
        "sex": check.one_of("sex", new.sex, Sex.values),
        "work_status": check.one_of("work_status", new.work_status, WorkStatus.values),
        "source": check.text("source", new.source),
    }


def _place(check: _Check, new: NewMember) -> dict[str, Any]:
    check.errors += place_errors(new.region, new.village)
    return {"region": new.region, "village": new.village, "address": check.text("address", new.address, 500)}


def _days(check: _Check, new: NewMember) -> dict[str, Any]:
    registered_on = new.registered_on or min(day_in(_zone_of(new.region)), latest_today())
    check.programme_day("registered_on", registered_on)
    birth_on = check.past_day("birth_on", new.birth_on)
    if birth_on and birth_on <= latest_today() and (problem := birth_problem(birth_on, registered_on)):
        check.refuse("birth_on", f"{problem.reason} {problem.suggestion}")
    return {
        "registered_on": registered_on,
        "birth_on": birth_on,
        "consent_on": check.programme_day("consent_on", new.consent_on),
    }


def _zone_of(region: str) -> str:
    return territory.zone_of(region) if region else "WIB"


def _business(check: _Check, business: NewBusiness) -> dict[str, Any]:
    return {
        "business_name": check.text("business.name", business.name),
        "sector": check.text("business.sector", business.sector),
        "entry_state": check.one_of("business.entry_state", business.entry_state, EntryState.values),
        "since_on": check.past_day("business.since_on", business.since_on),
        "workers": check.whole("business.workers", business.workers, MOST_WORKERS),
        "monthly_turnover": check.whole("business.monthly_turnover", business.monthly_turnover, MOST_RUPIAH),
        "nib": _digits(check, "business.nib", business.nib, _NIB, _("NIB terdiri dari 13 angka.")),
        "npwp": _digits(
            check, "business.npwp", business.npwp, _NPWP, _("NPWP terdiri dari 15 atau 16 angka.")
        ),
    }


def _entry_state(row: dict[str, Any]) -> EntryState:
    told = row["business_name"] or row["sector"] or row["workers"] or row["monthly_turnover"]
    since_on = row["since_on"] if told else None
    return entry_state_at(
        row["registered_on"], nib=row["nib"], since_on=since_on, work_status=row["work_status"]
    )


def _digits(check: _Check, name: str, value: str, shape: re.Pattern[str], sentence: str) -> str:
    digits = re.sub(r"[\s.\-]", "", value)
    if digits and not shape.fullmatch(digits):
        check.refuse(name, sentence)
    return digits
