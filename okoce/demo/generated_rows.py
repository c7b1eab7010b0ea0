"""Made-up people as lines for COPY, table by table, the way the import writes real ones.

The texts are ours and hold no tab, backslash or newline, so that nothing needs escaping.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from okoce.community.members.actions.entry import CONSENT_TEXT, NIK_PURPOSE
from okoce.community.members.nik import mask_nik
from okoce.community.members.numbers import member_number
from okoce.community.members.states import PAPER_PURPOSES
from okoce.demo.generated_people import GeneratedPerson
from okoce.foundation.events.ciphers import new_key, seal
from okoce.foundation.events.trail import BulkEvent
from okoce.foundation.shared.keys import encrypt, keyed_hash
from okoce.pipeline.requirements import DEFAULT_OF_STAGE
from okoce.pipeline.rules import Rule, choose_rule
from okoce.stages.p1_registration.events import MemberImported

SOURCE = "demo"
AUTHOR = "system:demo generate"
NULL = "\\N"

COLUMNS = {
    "members_member": "id, created_at, updated_at, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email,"
    " birth_on, sex, work_status, region, village, address, group_id, source, registered_on, consent_on, is_synthetic",
    "members_business": "member_id, created_at, updated_at, name, sector, entry_state, since_on, workers, monthly_turnover,"
    " nib, npwp",
    "members_residence": "member_id, region, village, from_on, until_on",
    "groups_membership": "member_id, group_id, from_on, until_on",
    "members_consent": "member_id, purpose, text_version, given_on, witnessed_by, recorded_at",
    "pipeline_standstill": "member_id, stage, reason, from_on, until_on, set_by",
    "pipeline_jobstatement": "member_id, stated_on, workers, level, given_by, recorded_at",
    "pipeline_evidence": "id, created_at, updated_at, member_id, stage, requirement, happened_on, kind, number, note, state,"
    " origin, given_by, decided_by, decided_at, reason",
    "pipeline_stagerecord": "created_at, updated_at, member_id, stage, state, started_on, completed_on, evidence_id, rule_code",
}


class Rows:
    """The lines of one block of people, and their audit rows."""

    def __init__(self, now: str, rules: tuple[Rule, ...], evidence_ids: Callable[[int], list[int]]) -> None:
        self.lines: defaultdict[str, list[str]] = defaultdict(list)
        self.events: list[BulkEvent] = []
        self._now = now
        self._rules = rules
        self._evidence_ids = evidence_ids
        self._texts: dict[int, str] = {}

    def add(self, people: list[GeneratedPerson], ids: list[int], first_phone: int) -> None:
        """Everything about these people."""
        proofs = iter(self._evidence_ids(sum(len(person.stages) for person in people)))
        for place, (person, record_id) in enumerate(zip(people, ids, strict=True)):
            number = first_phone + place
            self._member(person, record_id, number)
            self._business(person, record_id)
            self._places(person, record_id)
            self._stages(person, record_id, [next(proofs) for _stage in person.stages])

    def _day(self, ordinal: int | None) -> str:
        if ordinal is None:
            return NULL
        text = self._texts.get(ordinal)
        if text is None:
            text = self._texts[ordinal] = date.fromordinal(ordinal).isoformat()
        return text

    def _member(self, person: GeneratedPerson, record_id: int, number: int) -> None:
        now, registered, phone = self._now, self._day(person.registered), f"+62890{number:08d}"
        sex = "female" if person.is_woman else "male"
        group = str(person.group_id) if person.group_id and not person.left_group else NULL
        hidden, hashed, masked = NULL, NULL, ""
        if person.has_nik:
            nik = made_up_nik(person, number)
            hidden, hashed = _bytes(encrypt(NIK_PURPOSE, nik.encode())), _bytes(keyed_hash(NIK_PURPOSE, nik))
            masked = mask_nik(nik)
        shown = member_number(record_id)
        consent = registered if person.has_consent else NULL
        self.lines["members_member"].append(
            f"{record_id}\t{now}\t{now}\t{shown}\t{person.name}\t{person.name.lower()}\t{hidden}\t{hashed}\t{masked}\t{phone}\t\t"
            f"{person.birth_on}\t{sex}\t{person.work_status}\t{person.region}\t\t\t{group}\t{SOURCE}\t{registered}\t{consent}\tt"
        )
        if person.has_consent:
            self.lines["members_consent"] += [
                f"{record_id}\t{purpose}\t{CONSENT_TEXT}\t{registered}\t{NULL}\t{now}"
                for purpose in PAPER_PURPOSES
            ]
        changes = {
            "name": person.name,
            "phone": phone,
            "birth_on": person.birth_on,
            "sex": sex,
            "region": person.region,
        }
        self._audit(
            record_id, person.region, shown, registered, changes | ({"nik": masked} if masked else {})
        )

    def _audit(self, record_id: int, region: str, number: str, registered: str, told: dict[str, str]) -> None:
        key, wrapped = new_key()
        changes = seal(key, {name: [None, value] for name, value in told.items()})
        payload = json.dumps({"member_id": record_id, "number": number, "registered_on": registered})
        kind: str = MemberImported.kind  # type: ignore[attr-defined]  # set by @fact
        self.events.append(BulkEvent(kind, record_id, region, payload, changes, wrapped))

    def _business(self, person: GeneratedPerson, record_id: int) -> None:
        state = "trading" if person.business else "none"
        workers = str(person.workers) if person.business else NULL
        self.lines["members_business"].append(
            f"{record_id}\t{self._now}\t{self._now}\t{person.business}\t{person.sector}\t{state}\t{self._day(person.since)}"
            f"\t{workers}\t{NULL}\t\t"
        )

    def _places(self, person: GeneratedPerson, record_id: int) -> None:
        if person.moved:
            homes, moved_on = self.lines["members_residence"], self._day(person.moved[1])
            homes.append(f"{record_id}\t{person.moved[0]}\t\t{NULL}\t{moved_on}")
            homes.append(f"{record_id}\t{person.region}\t\t{moved_on}\t{NULL}")
        if person.group_id:
            until = self._day(person.left_group)
            self.lines["groups_membership"].append(f"{record_id}\t{person.group_id}\t{NULL}\t{until}")

    def _stages(self, person: GeneratedPerson, record_id: int, proofs: list[int]) -> None:
        now, registered = self._now, self._day(person.registered)
        records, evidence = self.lines["pipeline_stagerecord"], self.lines["pipeline_evidence"]
        rule = self._rule(person, person.registered)
        records.append(f"{now}\t{now}\t{record_id}\t1\tcompleted\t{registered}\t{registered}\t{NULL}\t{rule}")
        for (stage, ordinal), proof in zip(person.stages, proofs, strict=True):
            day = self._day(ordinal)
            kind, number = ("IUMK", f"{proof}/1.824/{day[:4]}") if stage == 4 else ("", "")
            evidence.append(
                f"{proof}\t{now}\t{now}\t{record_id}\t{stage}\t{DEFAULT_OF_STAGE[stage]}\t{day}\t{kind}\t{number}\t\tverified"
                f"\timport\t{AUTHOR}\t{AUTHOR}\t{now}\t"
            )
            rule = self._rule(person, ordinal)
            records.append(f"{now}\t{now}\t{record_id}\t{stage}\tcompleted\t{day}\t{day}\t{proof}\t{rule}")
        for ordinal, workers, level in person.jobs:
            self.lines["pipeline_jobstatement"].append(
                f"{record_id}\t{self._day(ordinal)}\t{workers}\t{level}\t{AUTHOR}\t{now}"
            )
        if person.standstill:
            stage, reason, since = person.standstill
            self.lines["pipeline_standstill"].append(
                f"{record_id}\t{stage}\t{reason}\t{self._day(since)}\t{NULL}\t{AUTHOR}"
            )

    def _rule(self, person: GeneratedPerson, ordinal: int) -> str:
        return choose_rule(self._rules, person.region_on(ordinal), date.fromordinal(ordinal)).code


def made_up_nik(person: GeneratedPerson, number: int) -> str:
    """Sixteen digits that are nobody's: no province has the code 98 or 99."""
    year, month, day = person.birth_on.split("-")
    born = f"{int(day) + (40 if person.is_woman else 0):02d}{month}{year[2:]}"
    return f"{980_000 + number // 9999}{born}{number % 9999 + 1:04d}"


def _bytes(raw: bytes) -> str:
    return "\\\\x" + raw.hex()
