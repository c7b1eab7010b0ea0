"""Writes what a chunk brings, set by set: new people by COPY, additions to known people by single statements.

Stage records come last: their trigger states each person's standing once, when everything else about her is there.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from okoce.community.members.actions.entry import CONSENT_TEXT, NIK_PURPOSE
from okoce.community.members.nik import mask_nik
from okoce.community.members.states import PAPER_PURPOSES
from okoce.foundation.access.door import current_actor
from okoce.foundation.shared.copying import (
    NULL,
    copy_ready,
    execute_in_order,
    ready_bytes,
    ready_day,
    ready_text,
)
from okoce.foundation.shared.keys import encryptor
from okoce.pipeline.requirements import DEFAULT_OF_STAGE
from okoce.pipeline.states import EvidenceOrigin, EvidenceState, JobLevel, Stage, StageState
from okoce.stages.p1_registration.imports.facts import entry_state
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.rulebook import RuleBook

Rows = list[tuple[Any, ...]]
# The database begins with the first of them while the others are being made.
PEOPLE_A_COPY = 2_500

_MEMBER = (
    "id, number, name, name_key, nik_encrypted, nik_hash, nik_masked, phone, email, birth_on, sex, work_status, region,"
    " village, address, group_id, source, registered_on, consent_on"
)
_BELONGING = """
WITH arrived AS MATERIALIZED (
  SELECT id, group_id, consent_on FROM members_member WHERE id = ANY(%s::bigint[]) ORDER BY id
), membership AS (
  INSERT INTO groups_membership (member_id, group_id) SELECT id, group_id FROM arrived WHERE group_id IS NOT NULL
)
INSERT INTO members_consent (member_id, purpose, text_version, given_on, witnessed_by)
SELECT id, purpose, %s, consent_on, %s::bigint FROM arrived, unnest(%s::text[]) AS purpose WHERE consent_on IS NOT NULL
"""
_BUSINESS = "member_id, name, sector, entry_state, since_on, workers, monthly_turnover, nib, npwp"


class Writer:
    """The rows of one chunk, in the order that costs least."""

    def __init__(self, now: datetime, rules: RuleBook, evidence_count: int, *, is_synthetic: bool) -> None:
        self._now = now.isoformat()
        self._rules = rules
        self._is_synthetic = is_synthetic
        self._evidence_ids = iter(free_ids("pipeline_evidence", evidence_count))
        self._author = current_actor().label
        self._witness = current_actor().user_id

    def write_new(self, people: Sequence[Person]) -> None:
        """Everything about new people but their stages; they have their ids already."""
        same = {"is_synthetic": self._is_synthetic}
        sealed = encryptor(NIK_PURPOSE, PEOPLE_A_COPY)
        for part in _parts(sorted(people, key=_place)):
            copy_ready("members_member", _MEMBER, [_member(person, sealed) for person in part], same)
        copy_ready("members_business", _BUSINESS, [_business(person) for person in people])
        if people:
            ids = "{" + ",".join([str(person.id) for person in people]) + "}"
            execute_in_order(_BELONGING, [ids, CONSENT_TEXT, self._witness, list(PAPER_PURPOSES)])

    def write_stages(self, people: Sequence[Person]) -> Rows:
        """Jobs and evidence of these people; answers their stage records, which are to be written last of all."""
        jobs = [f"{p.id}\t{ready_day[day]}\t{workers}" for p in people for day, workers in p.jobs.items()]
        same = {"level": JobLevel.CLAIMED.value, "given_by": self._author}
        copy_ready("pipeline_jobstatement", "member_id, stated_on, workers", jobs, same)
        evidence, records = self._proofs(people)
        copy_ready(
            "pipeline_evidence",
            "id, member_id, stage, requirement, happened_on, kind, number",
            evidence,
            {
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
        ready = [
            f"{member}\t{stage}\t{ready_day[started]}\t{ready_day[completed]}\t{NULL if proof is None else proof}\t{rule}"
            for member, stage, started, completed, proof, rule in records
        ]
        copy_ready("pipeline_stagerecord", columns, ready, {"state": StageState.COMPLETED.value})

    def _proofs(self, people: Sequence[Person]) -> tuple[list[str], Rows]:
        """Verified evidence for P2 to P7, and the stage records that stand on it. P1 of a historic row has none."""
        evidence: list[str] = []
        records: Rows = []
        rule_on, first = self._rules.on, Stage.P1_REGISTRATION.value
        for person in people:
            member, region = person.id, person.facts.region
            for stage, news in person.stages.items():
                proof, day = None, news.day
                if stage != first:
                    proof = next(self._evidence_ids)
                    number = ready_text(news.number) if news.number else ""
                    default = DEFAULT_OF_STAGE[stage]
                    evidence.append(
                        f"{proof}\t{member}\t{stage}\t{default}\t{ready_day[day]}\t{news.kind}\t{number}"
                    )
                rule = rule_on(person.region_on(day) if person.residences else region, day)
                records.append((member, stage, day, day, proof, rule.code))
        return evidence, records


def _place(person: Person) -> tuple[str, str]:
    """Neighbours in the indexes are written one after the other: that costs a tenth less."""
    return person.facts.region, person.facts.name_key


def _member(person: Person, sealed: Callable[[bytes], bytes]) -> str:
    """A line to be copied: nothing here is 0, so whatever is false is absent."""
    f = person.facts
    nik = f.nik
    return (
        f"{person.id}\t{person.number}\t{ready_text(f.name)}\t{ready_text(f.name_key)}\t"
        f"{ready_bytes(sealed(nik.encode())) if nik else NULL}\t"
        f"{ready_bytes(f.nik_hash) if f.nik_hash else NULL}\t{mask_nik(nik) if nik else ''}\t{f.phone or NULL}\t"
        f"{ready_text(f.email)}\t{ready_day[f.birth_on]}\t{f.sex}\t{f.work_status}\t{f.region}\t{f.village}\t"
        f"{ready_text(f.address)}\t{f.group_id or NULL}\t{ready_text(f.source)}\t{ready_day[f.registered_on]}\t"
        f"{ready_day[f.consent_on]}"
    )


def _business(person: Person) -> str:
    f = person.facts
    return (
        f"{person.id}\t{ready_text(f.business_name)}\t{ready_text(f.sector)}\t{entry_state(f).value}\t"
        f"{ready_day[f.business_since]}\t{NULL if f.workers is None else f.workers}\t"
        f"{NULL if f.turnover is None else f.turnover}\t{f.nib}\t{f.npwp}"
    )


def free_ids(table: str, count: int) -> list[int]:
    """As many ids of the table's sequence as wanted, which nobody else will get."""
    with connection.cursor() as cursor:
        # one text is read a good deal faster than as many rows
        cursor.execute(
            f"SELECT string_agg(nextval('{table}_id_seq')::text, ',') FROM generate_series(1, %s)", [count]
        )
        (ids,) = cursor.fetchone()
        return [int(one) for one in ids.split(",")] if ids else []


def _parts(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    for start in range(0, len(people), PEOPLE_A_COPY):
        yield people[start : start + PEOPLE_A_COPY]
