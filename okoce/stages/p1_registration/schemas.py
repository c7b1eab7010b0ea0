"""One person as a program registers her, and what became of it."""

from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext as _
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from okoce.community.members.actions.entry import CONSENT_TEXT, MOST_RUPIAH, MOST_WORKERS
from okoce.foundation.api.fields import Code, Day, Identifier, Line, Paragraph, Whole, wrong
from okoce.foundation.api.problems import field_error
from okoce.foundation.shared.errors import FieldError
from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.schemas import MemberOut
from okoce.stages.p1_registration.imports.cells import parse_sex, parse_work_status
from okoce.stages.p1_registration.spellings import ACCEPTED, Spelt, with_own_names

EXAMPLE: dict[str, JsonValue] = {
    "name": "Siti Rahayu",
    "phone": "0812-3456-7890",
    "region": "31.71.04",
    "consent": {"witnessed": True, "given_on": "2026-11-20"},
    "birth_on": "1990-08-17",
    "sex": "female",
    "work_status": "usaha",
    "business": {
        "name": "Keripik Tempe Siti",
        "sector": "Kuliner",
        "workers": 2,
        "monthly_turnover": 4500000,
    },
}


def _sex(value: Any) -> Any:
    if not isinstance(value, str) or value in {"female", "male", ""}:
        return value
    return _or_refused("sex", parse_sex(value))


def _work_status(value: Any) -> Any:
    return _or_refused("work_status", parse_work_status(value)) if isinstance(value, str) and value else value


def _or_refused(code: str, parsed: str | Unreadable) -> str:
    if isinstance(parsed, Unreadable):
        raise wrong(code, f"{parsed.reason} {parsed.suggestion}")
    return parsed


def _consent(value: Any) -> Any:
    """`true` is short for a consent that was witnessed and given on the day of registration."""
    return {"witnessed": True} if value is True else value


Sex = Annotated[Literal["female", "male", ""], BeforeValidator(_sex)]
WorkStatus = Annotated[
    Literal["menganggur", "bekerja", "usaha", "sekolah", "mengurus_rumah", ""], BeforeValidator(_work_status)
]


class ConsentIn(BaseModel):
    """The consent that the officer witnessed."""

    model_config = ConfigDict(extra="forbid")

    witnessed: Literal[True] = Field(description="The officer witnessed the member's consent in person.")
    given_on: Day | None = Field(
        None, description="The day of the consent; the day of registration where it is not given."
    )
    text_version: Literal[CONSENT_TEXT] | None = Field(None, description="Version of the text consented to.")  # type: ignore[valid-type]  # the one constant
    contact: bool = Field(False, strict=True, description="Also agrees to be contacted by WhatsApp.")


class BusinessIn(BaseModel):
    """The business at entry."""

    model_config = ConfigDict(extra="forbid")

    name: Line | None = None
    sector: Line | None = None
    entry_state: Literal["none", "trading", "licensed", ""] | None = Field(
        None, description="State of the business at entry; inferred from the other fields where empty."
    )
    since_on: Day | None = Field(None, description="Start of the business.")
    workers: Annotated[Whole, Field(ge=0, le=MOST_WORKERS)] | None = Field(
        None, description="The owner included."
    )
    monthly_turnover: Annotated[Whole, Field(ge=0, le=MOST_RUPIAH)] | None = Field(
        None, description="Rupiah a month."
    )
    nib: Code | None = Field(None, description="13 digits.")
    npwp: Code | None = Field(None, description="15 or 16 digits.")


class MemberIn(BaseModel):
    """One person to register. Whatever could not be read is kept as findings, so that everything wrong is said at once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    name: Line = Field(description="Name as on the identity card; one word is enough.")
    phone: Code | None = Field(None, description="Phone in any spelling. Phone or NIK is required.")
    nik: Code | None = Field(None, description="16 digits. Stored encrypted, shown masked.")
    region: Code | None = Field(None, description="Code of the kecamatan, for example `31.71.04`.")
    province: Line | None = Field(None, description="Name, in place of `region`.")
    regency: Line | None = Field(None, description="Name of the kabupaten or kota, in place of `region`.")
    district: Line | None = Field(None, description="Name of the kecamatan, in place of `region`.")
    village: Line | None = Field(None, description="Name or code of a kelurahan or desa in that kecamatan.")
    address: Paragraph | None = None
    birth_on: Day | None = None
    sex: Sex | None = None
    work_status: WorkStatus | None = Field(None, description="Work status at entry.")
    email: Line | None = None
    group: Identifier | Line | None = Field(None, description="An active komunitas: its id, code or name.")
    source: Line | None = Field(None, description="How the person came to know the movement.")
    registered_on: Day | None = Field(
        None, description="Day of registration; today in the person's kecamatan where empty."
    )
    consent: Annotated[ConsentIn, BeforeValidator(_consent)]
    business: BusinessIn | None = None

    _spelt: Spelt = PrivateAttr(default_factory=lambda: Spelt({}))
    _findings: list[FieldError] = PrivateAttr(default_factory=list)

    @property
    def findings(self) -> list[FieldError]:
        """What could not be read, field by field."""
        return self._findings

    def as_written(self, field: str) -> str:
        """The name under which the caller sent a field."""
        return self._spelt.as_written(field)

    def note_findings(self, findings: list[FieldError]) -> None:
        self._findings = findings

    def note_spelling(self, spelt: Spelt) -> None:
        self._spelt = spelt

    @model_validator(mode="wrap")
    @classmethod
    def _keep_findings(cls, raw: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(raw, dict):
            return handler(raw)
        told, spelt = with_own_names(raw)
        try:
            read = handler(told)
        except ValidationError as error:
            read = handler(_readable_part(told, error))
            said = [_said(finding) for finding in error.errors(include_url=False)]
            # a field of two kinds (group) is found wrong as each of them
            read.note_findings(list({one.field: one for one in said}.values()))
        read.note_spelling(spelt)
        return read


def _readable_part(told: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    """What was told without what could not be read, and with blanks for what must be there."""
    part = {name: dict(value) if isinstance(value, dict) else value for name, value in told.items()}
    for finding in error.errors(include_url=False, include_input=False):
        first, *rest = finding["loc"]
        inner = part.get(str(first))
        if rest and isinstance(inner, dict) and rest[0] in inner:
            del inner[str(rest[0])]
        else:
            part.pop(str(first), None)
    part.setdefault("name", "")
    consent = part.get("consent")
    part["consent"] = {**(consent if isinstance(consent, dict) else {}), "witnessed": True}
    return part


def _said(finding: Any) -> FieldError:
    place = finding["loc"]
    if place[0] == "consent" and (len(place) == 1 or place[1] == "witnessed"):
        sentence = _(
            "Persetujuan anggota belum ada. Minta ia menyetujui pemrosesan datanya, lalu kirim"
            ' "consent": {"witnessed": true, "given_on": …}.'
        )
        return FieldError(".".join(place[:2]), sentence, str(finding["type"]))
    if place[0] == "group":  # one of two kinds: an id or a text
        return FieldError("group", _("Tulis nomor, kode atau nama komunitas."), "group")
    return field_error(finding)


class RegisteredOut(MemberOut):
    """The member as registered, how the place was understood where it was not written literally, what to compare with the card,
    and what is missing still."""

    notes: list[str] = Field(
        description="How the region was read where it was not written exactly, what is odd about the NIK, and a guardian's"
        " consent that is missing; usually empty."
    )


class KnownOut(BaseModel):
    """The person is known already; nothing was changed. Whoever may not see the person learns no more than that."""

    number: str | None = Field(description="Member number; null where the caller may not see it.")
    detail: str
    member: MemberOut | None


SPELLINGS_IN_WORDS = ", ".join(f"`{spelling}` → `{name}`" for spelling, name in ACCEPTED.items())
