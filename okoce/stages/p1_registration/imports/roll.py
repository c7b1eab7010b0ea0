"""Takes the rows of a chunk one by one, so that each finds what the rows before it have said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from okoce.pipeline.states import LicenceKind, Stage
from okoce.stages.p1_registration.applications.queries import AdultAges
from okoce.stages.p1_registration.imports.candidates import Candidate
from okoce.stages.p1_registration.imports.facts import Facts
from okoce.stages.p1_registration.imports.people import Person
from okoce.stages.p1_registration.imports.reach import Reach
from okoce.stages.p1_registration.imports.reading import Refusal
from okoce.stages.p1_registration.imports.refusals import RowError
from okoce.stages.p1_registration.imports.rulebook import RuleBook, chain_of, problem_with

PhoneKey = tuple[str, str]


@dataclass(slots=True)
class Roll:
    """Everybody of the chunk, found by NIK, or by phone and name."""

    reach: Reach
    ages: AdultAges = field(default_factory=AdultAges)
    rules: RuleBook = field(default_factory=RuleBook)
    by_nik: dict[bytes, Person] = field(default_factory=dict)
    by_phone: dict[PhoneKey, Person] = field(default_factory=dict)
    touched: dict[int, Person] = field(default_factory=dict)  # by identity, in order of first appearance
    disagreements: dict[tuple[int, int], tuple[Person, Person]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    new_rows: int = 0
    known_rows: int = 0

    def follow(self, before: "Roll", candidates: Iterable[Candidate]) -> None:
        """The chunk before is not committed yet: its people are as it leaves them, not as the database shows them."""
        by_id = {person.id: person for person in before.touched.values()}
        heirs: dict[int, Person] = {}

        def heir_of(person: Person) -> Person:
            if id(person) not in heirs:
                heirs[id(person)] = person.as_left()
            return heirs[id(person)]

        self.by_nik |= {key: heir_of(by_id[one.id]) for key, one in self.by_nik.items() if one.id in by_id}
        self.by_phone |= {
            key: heir_of(by_id[one.id]) for key, one in self.by_phone.items() if one.id in by_id
        }
        for candidate in candidates:
            facts = candidate.facts
            if facts.nik_hash and (one := before.by_nik.get(facts.nik_hash)) and id(one) in before.touched:
                self.by_nik[facts.nik_hash] = heir_of(one)
            key = (facts.phone or "", facts.name_key)
            if (one := before.by_phone.get(key)) and id(one) in before.touched:
                self.by_phone[key] = heir_of(one)

    def take_all(self, candidates: Iterable[Candidate]) -> None:
        for candidate in candidates:
            errors = self._take(candidate)
            if errors:
                self.refused.append((candidate.raw, errors))

    def _take(self, candidate: Candidate) -> list[RowError]:
        row = candidate.facts
        person, other = self._find(row)
        errors = self._faults(person, row)
        if errors:
            return errors
        if person is None:
            person = Person.new(row)
            self.new_rows += 1
        else:
            self.known_rows += 1
            self._add_to(person, candidate, other)
        self.touched[id(person)] = person
        self._remember(person)
        return []

    def _find(self, row: Facts) -> tuple[Person | None, Person | None]:
        """The person of the NIK, else of phone and name; and the other one where both point to different people."""
        by_nik = self.by_nik.get(row.nik_hash) if row.nik_hash else None
        by_phone = self.by_phone.get((row.phone, row.name_key)) if row.phone else None
        if by_nik is None:
            return by_phone, None
        return by_nik, by_phone if by_phone is not by_nik else None

    def _add_to(self, person: Person, candidate: Candidate, other: Person | None) -> None:
        row = candidate.facts
        if other is not None:
            self.disagreements[id(person), id(other)] = (person, other)
        if person.is_new or self.reach.covers(person.facts.region, person.facts.group_id):
            # the row may leave her birth date out; that she is under age is known all the same
            if row.consent_on and self.ages.is_minor(person.facts.birth_on, row.consent_on):
                candidate.await_guardian()
            person.take(row, phone_is_anothers=other is not None)
        else:
            person.note_claim(row)

    def _remember(self, person: Person) -> None:
        facts = person.facts
        if facts.nik_hash:
            self.by_nik.setdefault(facts.nik_hash, person)
        if facts.phone:
            self.by_phone.setdefault((facts.phone, facts.name_key), person)

    def _faults(self, person: Person | None, row: Facts) -> list[RowError]:
        if person is None:
            coming = row.stages
            if not coming:
                return []
            completed = {**row.stages, 1: row.registered_on}
        else:
            coming = person.stages_missing(row)
            completed = {1: row.registered_on, **row.stages, **person.completed}
            if (
                coming
                and not person.is_new
                and not self.reach.covers(person.facts.region, person.facts.group_id)
            ):
                return [_known_elsewhere()]
        errors = []
        chain = chain_of(completed)
        for stage, day in coming.items():
            region = person.region_on(day) if person else row.region
            errors += self._faults_of_stage(stage, day, region, row, completed, chain)
        return errors

    def _faults_of_stage(
        self, stage: int, day: date, region: str, row: Facts, completed: dict[int, date], chain: int
    ) -> list[RowError]:
        rule = self.rules.on(region, day)
        problem = problem_with(rule, completed, chain, stage, day)
        if problem:
            return [
                RowError(
                    f"p{stage}_tanggal",
                    problem,
                    _("Lengkapi atau perbaiki tanggalnya, atau kosongkan sel ini."),
                )
            ]
        if stage == Stage.P4_PERMITS and row.licence_kind and row.licence_kind not in rule.licences:
            return [_licence_does_not_count(row.licence_kind, rule.licences)]
        if not self.reach.vouches_for(stage, region, row.group_id):
            return [_may_not_vouch(stage)]
        return []


def _known_elsewhere() -> RowError:
    return RowError(
        "",
        _(
            "Tahap orang ini tidak bisa ditambah dari sini: tempat tinggalnya tercatat di luar wilayah tugas Anda."
        ),
        _("Minta petugas setempat atau sekretariat yang mengimpornya."),
    )


def _licence_does_not_count(kind: str, counted: frozenset[str]) -> RowError:
    return RowError(
        "p4_jenis",
        _("Izin %(kind)s tidak menyelesaikan P4.") % {"kind": LicenceKind(kind).label},
        _("P4 selesai dengan %(kinds)s. Isi izin itu, atau kosongkan p4_tanggal dan p4_jenis.")
        % {"kinds": ", ".join(sorted(counted))},
    )


def _may_not_vouch(stage: int) -> RowError:
    return RowError(
        f"p{stage}_tanggal",
        _("Peran Anda tidak boleh memeriksa P%(stage)s di wilayah ini.") % {"stage": stage},
        _("Kosongkan kolom ini, atau minta sekretariat yang mengimpornya."),
    )
