"""Writes what a chunk brings, set by set: new people by COPY, additions to known people by single statements.

Stage records come last: their trigger states each person's standing once, when everything else about her is there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from okoce.community.members.actions.entry import CONSENT_TEXT, NIK_PURPOSE
from okoce.community.members.nik import mask_nik
from okoce.community.members.numbers import member_number
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.door import current_actor
from okoce.foundation.shared.copying import copy_rows
from okoce.foundation.shared.keys import encrypt
from okoce.pipeline.requirements import DEFAULT_OF_STAGE
from okoce.pipeline.states import EvidenceOrigin, EvidenceState, JobLevel, Stage, StageState
from okoce.stages.p1_registration.imports.facts import entry_state
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.rulebook import RuleBook

Rows = list[tuple[Any, ...]]

_MEMBER = (
    "id, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email, birth_on, sex, work_status, region,"
    " village, address, group_id, source, registered_on, consent_on"
)
_BUSINESS = "member_id, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp"


class Writer:
    """The rows of one chunk, in the order that costs least."""

    def __init__(self, now: datetime, rules: RuleBook, evidence_count: int, *, is_synthetic: bool) -> None:
        self._now = now.isoformat()
        self._times = {"created_at": self._now, "updated_at": self._now}
        self._rules = rules
        self._is_synthetic = is_synthetic
        self._evidence_ids = iter(free_ids("pipeline_evidence", evidence_count))
        self._author = current_actor().label
        self._witness = current_actor().user_id

    def write_new(self, people: Sequence[Person]) -> None:
        """Everything about new people but their stages; they have their ids already."""
        members = [_member(person) for person in people]
        copy_rows("members_member", _MEMBER, members, {**self._times, "is_synthetic": self._is_synthetic})
        copy_rows("members_business", _BUSINESS, [_business(person) for person in people], self._times)
        copy_rows(
            "members_residence",
            "member_id, region, village",
            [(p.id, p.facts.region, p.facts.village) for p in people],
        )
        groups = [(p.id, p.facts.group_id) for p in people if p.facts.group_id is not None]
        copy_rows("groups_membership", "member_id, group_id", groups)
        self._write_consents(people)

    def write_stages(self, people: Sequence[Person]) -> Rows:
        """Jobs and evidence of these people; answers their stage records, which are to be written last of all."""
        jobs = [(p.id, day, workers) for p in people for day, workers in p.jobs.items()]
        same = {"level": JobLevel.CLAIMED.value, "given_by": self._author, "recorded_at": self._now}
        copy_rows("pipeline_jobstatement", "member_id, stated_on, workers", jobs, same)
        evidence, records = self._proofs(people)
        copy_rows(
            "pipeline_evidence",
            "id, member_id, stage, requirement, happened_on, kind, number",
            evidence,
            {
                **self._times,
                "note": "",
                "state": EvidenceState.VERIFIED.value,
                "origin": EvidenceOrigin.IMPORT.value,
                "given_by": self._author,
                "decided_by": self._author,
                "decided_at": self._now,
                "reason": "",
            },
        )
        return records

    def write_records(self, records: Rows) -> None:
        """Stage records of new people."""
        columns = "member_id, stage, started_on, completed_on, evidence_id, rule_code"
        copy_rows(
            "pipeline_stagerecord", columns, records, {**self._times, "state": StageState.COMPLETED.value}
        )

    def _write_consents(self, people: Sequence[Person]) -> None:
        agreed = [person for person in people if person.facts.consent_on]
        copy_rows(
            "members_consent",
            "member_id, purpose, given_on",
            [(p.id, purpose, p.facts.consent_on) for p in agreed for purpose in ConsentPurpose.values],
            {"text_version": CONSENT_TEXT, "witnessed_by": self._witness, "recorded_at": self._now},
        )

    def _proofs(self, people: Sequence[Person]) -> tuple[Rows, Rows]:
        """Verified evidence for P2 to P7, and the stage records that stand on it. P1 of a historic row has none."""
        evidence, records = [], []
        for person in people:
            for stage, news in person.stages.items():
                proof = None
                if stage != Stage.P1_REGISTRATION:
                    proof = next(self._evidence_ids)
                    evidence.append(
                        (proof, person.id, stage, DEFAULT_OF_STAGE[stage], news.day, news.kind, news.number)
                    )
                rule = self._rules.on(person.region_on(news.day), news.day).code
                records.append((person.id, stage, news.day, news.day, proof, rule))
        return evidence, records


def _member(person: Person) -> tuple[Any, ...]:
    f = person.facts
    nik = f.nik
    return (
        person.id, member_number(person.id or 0), f.name, f.name_key, encrypt(NIK_PURPOSE, nik.encode()) if nik else None,
        f.nik_hash, mask_nik(nik) if nik else "", f.phone, f.email, f.birth_on, f.sex, f.work_status, f.region, f.village,
        f.address, f.group_id, f.source, f.registered_on, f.consent_on,
    )  # fmt: skip


def _business(person: Person) -> tuple[Any, ...]:
    f = person.facts
    return (
        person.id, f.business_name, f.sector, entry_state(f).value, f.business_since, f.workers, f.turnover, f.nib, f.npwp
    )  # fmt: skip


def free_ids(table: str, count: int) -> list[int]:
    """As many ids of the table's sequence as wanted, which nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
