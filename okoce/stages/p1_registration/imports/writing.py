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
from okoce.stages.p1_registration.imports.supplementing import complete_stages

Rows = list[tuple[Any, ...]]

_MEMBER = (
    "id, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email, birth_on, sex, work_status, region,"
    " village, address, group_id, source, registered_on, consent_on"
)
_BUSINESS = "member_id, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp"


class Writer:
    """The rows of one chunk, in the order that costs least."""

    def __init__(self, now: datetime, rules: RuleBook, *, is_synthetic: bool) -> None:
        self._now = now.isoformat()
        self._times = {"created_at": self._now, "updated_at": self._now}
        self._rules = rules
        self._is_synthetic = is_synthetic
        self._author = current_actor().label
        self._witness = current_actor().user_id

    def write_new(self, people: Sequence[Person]) -> None:
        """Everything about new people but their stages; gives each an id."""
        for person, record_id in zip(people, free_ids("members_member", len(people)), strict=True):
            person.id = record_id
        members = [_member(person) for person in people]
        copy_rows("members_member", _MEMBER, members, {**self._times, "is_synthetic": self._is_synthetic})
        copy_rows("members_business", _BUSINESS, [_business(person) for person in people], self._times)
        copy_rows("members_residence", "member_id, region, village", [(p.id, p.facts.region, p.facts.village) for p in people])
        groups = [(p.id, p.facts.group_id) for p in people if p.facts.group_id is not None]
        copy_rows("groups_membership", "member_id, group_id", groups)
        self._write_consents(people)

    def write_stages(self, people: Sequence[Person], *, is_new: bool) -> None:
        """Jobs, evidence and, last of all, the stage records of these people."""
        jobs = [(p.id, day, workers) for p in people for day, workers in p.jobs.items()]
        same = {"level": JobLevel.CLAIMED.value, "given_by": self._author, "recorded_at": self._now}
        copy_rows("pipeline_jobstatement", "member_id, stated_on, workers", jobs, same)
        evidence, records = _proofs(people, self._rules)
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
        if is_new:
            columns = "member_id, stage, started_on, completed_on, evidence_id, rule_code"
            same = {**self._times, "state": StageState.COMPLETED.value}
            copy_rows("pipeline_stagerecord", columns, records, same)
        else:
            complete_stages(records)

    def _write_consents(self, people: Sequence[Person]) -> None:
        agreed = [person for person in people if person.facts.consent_on]
        copy_rows(
            "members_consent",
            "member_id, purpose, given_on",
            [(p.id, purpose, p.facts.consent_on) for p in agreed for purpose in ConsentPurpose.values],
            {"text_version": CONSENT_TEXT, "witnessed_by": self._witness, "recorded_at": self._now},
        )


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


def _proofs(people: Sequence[Person], rules: RuleBook) -> tuple[Rows, Rows]:
    """Verified evidence for P2 to P7, and the stage records that stand on it. P1 of a historic row has none."""
    count = sum(len(person.stages) - (1 in person.stages) for person in people)
    ids = iter(free_ids("pipeline_evidence", count))
    evidence, records = [], []
    for person in people:
        for stage, news in person.stages.items():
            proof = None
            if stage != Stage.P1_REGISTRATION:
                proof = next(ids)
                evidence.append((proof, person.id, stage, DEFAULT_OF_STAGE[stage], news.day, news.kind, news.number))
            rule = rules.on(person.region_on(news.day), news.day).code
            records.append((person.id, stage, news.day, news.day, proof, rule))
    return evidence, records


def free_ids(table: str, count: int) -> list[int]:
    """As many ids of the table's sequence as wanted, which nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
