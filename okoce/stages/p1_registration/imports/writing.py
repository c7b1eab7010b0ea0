"""Writes what a chunk brings, set by set: new people by COPY, additions to known people by single statements.

Stage records come last: their trigger states each person's standing once, when everything else about her is there.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from okoce.community.members.actions.entry import CONSENT_TEXT, NIK_PURPOSE
from okoce.community.members.nik import mask_nik
from okoce.community.members.numbers import member_number
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.door import current_actor
from okoce.foundation.shared.copying import copy_rows
from okoce.foundation.shared.keys import encrypt
from okoce.pipeline.requirements import DEFAULT_OF_STAGE
from okoce.pipeline.rules import rule_on
from okoce.pipeline.states import EvidenceOrigin, EvidenceState, JobLevel, Stage, StageState
from okoce.stages.p1_registration.imports.facts import entry_state
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.supplementing import complete_stages

_MEMBER = (
    "id, created_at, updated_at, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email, birth_on, sex,"
    " work_status, region, village, address, group_id, source, registered_on, consent_on, is_synthetic"
)
_BUSINESS = "member_id, created_at, updated_at, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp"
_EVIDENCE = (
    "id, created_at, updated_at, member_id, stage, requirement, happened_on, kind, number, note, state, origin, given_by,"
    " decided_by, decided_at, reason"
)
_RECORD = "created_at, updated_at, member_id, stage, state, started_on, completed_on, evidence_id, rule_code"


class Writer:
    """The rows of one chunk, in the order that costs least."""

    def __init__(self, now: datetime, *, is_synthetic: bool) -> None:
        self._now = now.isoformat()
        self._is_synthetic = is_synthetic
        self._author = current_actor().label
        self._witness = current_actor().user_id

    def write_new(self, people: Sequence[Person]) -> None:
        """Everything about new people but their stages; gives each an id."""
        for person, record_id in zip(people, free_ids("members_member", len(people)), strict=True):
            person.id = record_id
        now = self._now
        copy_rows("members_member", _MEMBER, [self._member(person) for person in people])
        copy_rows(
            "members_business",
            _BUSINESS,
            [
                (p.id, now, now, f.business_name, f.sector, entry_state(f).value, f.business_since, f.workers, f.turnover,
                 f.nib, f.npwp)
                for p in people for f in (p.facts,)
            ],
        )  # fmt: skip
        copy_rows("members_residence", "member_id, region, village", [(p.id, p.facts.region, p.facts.village) for p in people])
        self._write_memberships(people)
        self._write_consents(people)

    def write_stages(self, people: Sequence[Person], *, is_new: bool) -> None:
        """Jobs, evidence and, last of all, the stage records of these people."""
        copy_rows(
            "pipeline_jobstatement",
            "member_id, stated_on, workers, level, given_by, recorded_at",
            [
                (p.id, day, workers, JobLevel.CLAIMED.value, self._author, self._now)
                for p in people for day, workers in p.jobs.items()
            ],
        )  # fmt: skip
        records = self._write_evidence(people)
        if is_new:
            copy_rows("pipeline_stagerecord", _RECORD, records)
        else:
            complete_stages(records)

    def _member(self, person: Person) -> tuple[object, ...]:
        f = person.facts
        nik = f.nik
        return (
            person.id, self._now, self._now, member_number(person.id or 0), f.name, f.name_key,
            encrypt(NIK_PURPOSE, nik.encode()) if nik else None, f.nik_hash, mask_nik(nik) if nik else "", f.phone, f.email,
            f.birth_on, f.sex, f.work_status, f.region, f.village, f.address, f.group_id, f.source, f.registered_on,
            f.consent_on, self._is_synthetic,
        )  # fmt: skip

    def _write_memberships(self, people: Sequence[Person]) -> None:
        rows = [(p.id, p.facts.group_id) for p in people if p.facts.group_id is not None]
        copy_rows("groups_membership", "member_id, group_id", rows)

    def _write_consents(self, people: Sequence[Person]) -> None:
        copy_rows(
            "members_consent",
            "member_id, purpose, text_version, given_on, witnessed_by, recorded_at",
            [
                (p.id, purpose, CONSENT_TEXT, p.facts.consent_on, self._witness, self._now)
                for p in people if p.facts.consent_on for purpose in ConsentPurpose.values
            ],
        )  # fmt: skip

    def _write_evidence(self, people: Sequence[Person]) -> list[tuple[object, ...]]:
        """Verified evidence for P2 to P7; answers the stage records that stand on it. P1 of a historic row has none."""
        now, author = self._now, self._author
        ids = iter(free_ids("pipeline_evidence", sum(len(p.stages) - (1 in p.stages) for p in people)))
        evidence, records = [], []
        for person in people:
            for stage, news in person.stages.items():
                proof = None
                if stage != Stage.P1_REGISTRATION:
                    proof = next(ids)
                    evidence.append(
                        (proof, now, now, person.id, stage, DEFAULT_OF_STAGE[stage], news.day, news.kind, news.number, "",
                         EvidenceState.VERIFIED.value, EvidenceOrigin.IMPORT.value, author, author, now, "")
                    )  # fmt: skip
                rule = rule_on(person.region_on(news.day), news.day).code
                records.append((now, now, person.id, stage, StageState.COMPLETED.value, news.day, news.day, proof, rule))
        copy_rows("pipeline_evidence", _EVIDENCE, evidence)
        return records


def free_ids(table: str, count: int) -> list[int]:
    """As many ids of the table's sequence as wanted, which nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
