"""The people of one chunk of rows: who is known, who is new, what each row adds and where it contradicts.

Rows are taken one after the other, as if each were written before the next is read; so it makes no difference where
one chunk ends and another begins.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okoce.pipeline.states import Stage
from okoce.stages.p1_registration.imports.facts import Facts

# Where a difference is worth a review; the name of the column says which. `sumber` says who sent the row, not who it is.
COMPARED = {
    "email": "email",
    "birth_on": "tanggal_lahir",
    "sex": "jenis_kelamin",
    "work_status": "status_kerja",
    "address": "alamat",
    "business_name": "nama_usaha",
    "sector": "bidang_usaha",
    "business_since": "mulai_usaha",
    "workers": "jumlah_pekerja",
    "turnover": "omzet_bulanan",
    "nib": "nib",
    "npwp": "npwp",
    "group_id": "komunitas",
}
BUSINESS = frozenset({"business_name", "sector", "business_since", "workers", "turnover", "nib", "npwp"})


@dataclass(slots=True)
class StageNews:
    """A completed stage that a row brings, with what its evidence says."""

    day: date
    kind: str = ""
    number: str = ""


@dataclass(slots=True)
class Person:
    """Somebody of whom rows of the chunk speak. `id` is None while the person is new.

    The second half is what this chunk brings; for a new person the facts themselves are news.
    """

    facts: Facts
    completed: dict[int, date]  # with P1
    id: int | None = None
    number: str = ""  # of a new person, once she has her id
    # which transaction wrote the row that was read: tells whether somebody has written since
    version: str = ""
    came_now: bool = False  # with this chunk
    residences: list[tuple[date | None, date | None, str]] = field(default_factory=list)
    had_group: bool = False
    had_consent: bool = False
    statements: dict[date, int] = field(default_factory=dict)  # jobs claimed, by day
    queued: set[str] = field(default_factory=set)  # contradictions that wait already, or were decided

    filled: dict[str, Any] = field(default_factory=dict)
    stages: dict[int, StageNews] = field(default_factory=dict)
    jobs: dict[date, int] = field(default_factory=dict)
    contradictions: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @classmethod
    def new(cls, row: Facts) -> "Person":
        person = cls(row, {}, came_now=True)
        person._take_stages(row)
        return person

    def as_left(self) -> "Person":
        """The person as this chunk leaves her, for the next one. Who has written her row is not known before the commit."""
        return Person(
            replace(self.facts, stages={}),
            dict(self.completed),
            id=self.id,
            version="" if self.is_written else self.version,
            residences=list(self.residences),
            had_group=self.had_group or self.facts.group_id is not None,
            had_consent=self.had_consent or self.facts.consent_on is not None,
            statements={**self.statements, **self.jobs},
            queued=self.queued | self.contradictions.keys(),
        )

    @property
    def is_new(self) -> bool:
        return self.id is None

    @property
    def is_written(self) -> bool:
        """Whether this chunk writes her row itself, and not only what hangs on it."""
        return self.came_now or bool(self.filled.keys() - BUSINESS)

    @property
    def is_altered(self) -> bool:
        return bool(self.filled or self.stages or self.jobs)

    def region_on(self, day: date) -> str:
        """The kecamatan of residence on a day."""
        for from_on, until_on, region in self.residences:
            if (from_on is None or from_on <= day) and (until_on is None or day < until_on):
                return region
        return self.facts.region

    def stages_missing(self, row: Facts) -> dict[int, date]:
        """The stages that the row would add, in their order."""
        return {stage: day for stage, day in sorted(row.stages.items()) if stage not in self.completed}

    def take(self, row: Facts, *, phone_is_anothers: bool = False) -> None:
        """Fill blanks, add stage dates, never overwrite; what differs is noted."""
        self._take_name_and_nik(row)
        if row.phone and row.phone != self.facts.phone and not phone_is_anothers:
            self._take_phone(row)
        self._take_residence(row)
        self._take_days(row)
        for name, column in COMPARED.items():
            came, have = getattr(row, name), getattr(self.facts, name)
            if came is None or came == "":
                continue
            if (have is None or have == "") and not (name == "group_id" and self.had_group):
                self._fill(name, came)
            elif _folded(have) != _folded(came):
                self.contradict(column, have, came)
        if row.source and not self.facts.source:
            self._fill("source", row.source)
        self._take_stages(row)

    def note_claim(self, row: Facts) -> None:
        """The row comes from where she is not theirs to alter: that she is claimed elsewhere is worth a look."""
        if row.region != self.facts.region:
            self.contradict("kecamatan", self.facts.region, row.region)

    def contradict(self, column: str, have: Any, came: Any) -> None:
        if column not in self.queued:
            self.contradictions.setdefault(column, (have, came))

    def _take_name_and_nik(self, row: Facts) -> None:
        mine = self.facts
        if row.name_key != mine.name_key:
            self.contradict("nama", mine.name, row.name)
        if row.nik_hash and mine.nik_hash is None:
            mine.nik = row.nik
            self._fill("nik_hash", row.nik_hash)
        elif row.nik_hash and row.nik_hash != mine.nik_hash:
            self.contradict("nik", None, row.nik)

    def _take_phone(self, row: Facts) -> None:
        # Under another name the number may already be somebody else's key, so it is not filled in.
        if self.facts.phone is None and row.name_key == self.facts.name_key:
            self._fill("phone", row.phone)
        else:
            self.contradict("telepon", self.facts.phone, row.phone)

    def _take_residence(self, row: Facts) -> None:
        mine = self.facts
        if row.region != mine.region:
            self.contradict("kecamatan", mine.region, row.region)
        elif row.village and not mine.village:
            self._fill("village", row.village)
        elif row.village and row.village != mine.village:
            self.contradict("kelurahan", mine.village, row.village)

    def _take_days(self, row: Facts) -> None:
        if row.consent_on and not self.facts.consent_on and not self.had_consent:
            self._fill("consent_on", row.consent_on)
        if row.is_registered_on_given and row.registered_on != self.facts.registered_on:
            self.contradict("tanggal_daftar", self.facts.registered_on, row.registered_on)

    def _take_stages(self, row: Facts) -> None:
        if 1 not in self.completed:
            self._complete(1, StageNews(self.facts.registered_on))
        for stage, day in row.stages.items():
            have = self.completed.get(stage)
            if have is None:
                is_licence = stage == Stage.P4_PERMITS
                self._complete(
                    stage,
                    StageNews(day, row.licence_kind, row.licence_number) if is_licence else StageNews(day),
                )
            elif have != day:
                self.contradict(f"p{stage}_tanggal", have, day)
        if row.workers_at_licence is not None and 4 in row.stages and self.completed[4] == row.stages[4]:
            self._take_jobs(row.stages[4], row.workers_at_licence)

    def _complete(self, stage: int, news: StageNews) -> None:
        self.completed[stage] = news.day
        self.stages[stage] = news

    def _take_jobs(self, day: date, workers: int) -> None:
        have = self.statements.get(day, self.jobs.get(day))
        if have is None:
            self.jobs[day] = workers
        elif have != workers:
            self.contradict("pekerja_saat_izin", have, workers)

    def _fill(self, name: str, value: Any) -> None:
        setattr(self.facts, name, value)
        self.filled[name] = value


def _folded(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
