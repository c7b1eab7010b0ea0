"""What somebody has told so far, as a draft keeps it: encrypted, and readable only as a whole."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date

from okoce.foundation.shared.keys import decrypt, encrypt, keyed_hash

PURPOSE = "registration.draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Checked answers; empty where nothing was told yet. `invited_by` is the komunitas of the link that led here."""

    phone: str
    name: str = ""
    birth_on: str = ""  # ISO: what is kept is text
    sex: str = ""
    region: str = ""
    village: str = ""
    activity: str = ""
    trade: str = ""
    group_id: int | None = None
    invited_by: int | None = None
    source: str = ""
    # What a minor agreed to while her guardian's code is on its way, and since when (ISO) that phone is proven.
    purposes: str = ""
    text_version: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    guardian_relation: str = ""
    guardian_proven_at: str = ""

    @property
    def born_on(self) -> date | None:
        return date.fromisoformat(self.birth_on) if self.birth_on else None


def sealed(answers: Answers) -> bytes:
    return encrypt(PURPOSE, json.dumps(asdict(answers)).encode())


def opened(ciphertext: bytes | memoryview) -> Answers:
    """The answers of a draft; a field that an older form asked for is passed over."""
    told = json.loads(decrypt(PURPOSE, bytes(ciphertext)))
    known = {field.name for field in fields(Answers)}
    return Answers(**{name: value for name, value in told.items() if name in known})


def phone_hash(phone: str) -> bytes:
    return keyed_hash(PURPOSE, phone)
