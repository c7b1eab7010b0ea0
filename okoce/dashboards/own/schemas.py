"""The public answer to "is this genuine?" as JSON."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from okoce.foundation.verification.registry import Finding


class VerificationOut(BaseModel):
    """What the public may know of a genuine thing."""

    code: str = Field(description="The code as it is printed.", examples=["KA-7RQ29X-MP3FDB-KW4TZN"])
    what: str = Field(
        description="What it is: `member_card`, `group_certificate`, `name_permission`, `group`."
    )
    what_name: str = Field(description="The same in the caller's language.")
    holder: str = Field(description="Whose; a person's name is masked.", examples=["S*** W***"])
    place: str = Field(description="Where.", examples=["Senen, Kota Jakarta Pusat, DKI Jakarta"])
    state: Literal["valid", "revoked", "ended", "not_now"]
    since: date = Field(description="Since when: of a card, a member since.")
    until: date | None = Field(
        description="The day on which it was revoked or ended, or its last day; `null` where none is known."
    )
    notes: list[str] = Field(
        description="What else the public may know, in sentences of the caller's language."
    )

    @classmethod
    def of(cls, code: str, found: Finding) -> "VerificationOut":
        return cls(
            code=code,
            what=found.what,
            what_name=found.what_name,
            holder=found.holder,
            place=found.place,
            state=found.state.value,
            since=found.since,
            until=found.until,
            notes=list(found.notes),
        )
