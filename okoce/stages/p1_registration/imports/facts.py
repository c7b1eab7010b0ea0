"""What a row, or the database, says of one person: the same fields from both, so that they can be compared."""

from dataclasses import dataclass, field
from datetime import date

from okoce.community.members.states import EntryState, WorkStatus

# The day of registration of a row that names no day at all, until it is known where "today" is asked.
UNDATED = date.max


@dataclass(slots=True)
class Facts:
    """One person. Empty is None or ''."""

    name: str
    name_key: str
    region: str
    registered_on: date
    village: str = ""
    phone: str | None = None
    nik_hash: bytes | None = None
    nik: str | None = None  # known only of rows
    email: str = ""
    birth_on: date | None = None
    sex: str = ""
    work_status: str = ""
    address: str = ""
    source: str = ""
    group_id: int | None = None
    consent_on: date | None = None
    business_name: str = ""
    sector: str = ""
    business_since: date | None = None
    workers: int | None = None
    turnover: int | None = None
    nib: str = ""
    npwp: str = ""
    stages: dict[int, date] = field(default_factory=dict)  # P2 to P7
    licence_kind: str = ""
    licence_number: str = ""
    workers_at_licence: int | None = None
    is_registered_on_given: bool = False

    @property
    def has_business(self) -> bool:
        return bool(self.business_name or self.sector or self.business_since or self.workers or self.turnover)


def entry_state(facts: Facts) -> EntryState:
    """The business when the person came in.

    Licensed: a NIB, or a licence (P4) dated before the day of registration. A NIB without a day counts as held at entry,
    unless the row says that a NIB was the licence of a later P4.
    Trading: a business is named that has run since before that day, or the person said "usaha" of her work at entry.
    None: everything else; also a business that nobody dated.
    """
    licensed_on = facts.stages.get(4)
    if licensed_on and licensed_on < facts.registered_on:
        return EntryState.LICENSED
    if facts.nib and not (licensed_on and facts.licence_kind in ("", "NIB")):
        return EntryState.LICENSED
    if facts.has_business and facts.business_since and facts.business_since < facts.registered_on:
        return EntryState.TRADING
    if facts.work_status == WorkStatus.IN_BUSINESS:
        return EntryState.TRADING
    return EntryState.NONE
