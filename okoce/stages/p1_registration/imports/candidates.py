"""A parsed row meets what the programme knows: its kecamatan, its komunitas, and whether the officer may bring it in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.members.names import name_key
from okoce.community.members.nik import WrittenNik, is_of_known_region, region_warning
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import latest_today, today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.keys import hasher
from okoce.foundation.shared.unreadable import shown
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.queries import resolver
from okoce.foundation.territory.resolution import CODE_FIELD, FIELD_OF, Resolution
from okoce.foundation.territory.resolution import Candidate as Meant
from okoce.foundation.territory.resolver import Resolver
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.pipeline.states import LicenceKind
from okoce.stages.p1_registration.applications.queries import AdultAges, adult_ages
from okoce.stages.p1_registration.imports.facts import UNDATED, Facts
from okoce.stages.p1_registration.imports.reach import Reach
from okoce.stages.p1_registration.imports.reading import RawRow, Refusal
from okoce.stages.p1_registration.imports.refusals import RowError, RowWarning
from okoce.stages.p1_registration.imports.rows import ParsedRow, RawRegion, of_nik, parse_rows

NIK_PURPOSE = "members.nik"
_VILLAGE_LENGTH = 13
_DISTRICT_LENGTH = 8
# The part of an address that each column tells.
_PART_OF = {CODE_FIELD: "code"} | {column: level.value for level, column in FIELD_OF.items()}
_NAMED_PARTS = tuple((column, part) for column, part in _PART_OF.items() if column != CODE_FIELD)
Residence = tuple[str, str, tuple[RowWarning, ...]]
_LICENCE_KINDS = frozenset(LicenceKind.values)
_MOST_RESIDENCES = 30_000


@dataclass(slots=True)
class Candidate:
    """A row that can be somebody. `awaits_guardian`: she is under age, so that no consent of hers alone is taken over."""

    raw: RawRow
    facts: Facts
    warnings: list[RowWarning]
    awaits_guardian: bool = False

    def await_guardian(self) -> None:
        """Counted, but neither written to nor shared until somebody who answers for her agrees."""
        self.facts.consent_on = None
        if not self.awaits_guardian:
            self.awaits_guardian = True
            self.warnings.append(_guardian_missing())


@dataclass(slots=True)
class ReadRows:
    """Rows of a file, one after another, and who they can be."""

    raws: list[RawRow] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def extend(self, later: "ReadRows") -> None:
        """Take in the rows that follow."""
        self.raws += later.raws
        self.candidates += later.candidates
        self.refused += later.refused


class Gate:
    """What rows are held against; made anew for every import."""

    def __init__(self, actor: Actor, groups: Mapping[str, int], ages: AdultAges = AdultAges()) -> None:
        self.reach = Reach(actor)
        self.ages = ages
        self._groups = groups
        self._resolver = _resolver()
        self._hash_of = hasher(NIK_PURPOSE)
        self._today = today_wib()
        self._latest_day = latest_today()
        # of every residence that was found: kecamatan, village, and what was read as something else; what was not found is looked up
        # and explained anew
        self._residences: dict[RawRegion, Residence] = {}
        self._nik_regions: dict[str, bool] = {}  # by the first six digits

    @classmethod
    def of(cls, actor: Actor) -> "Gate":
        return cls(actor, _groups_by_name_and_code(), adult_ages())

    def read(self, raws: list[RawRow]) -> ReadRows:
        """Rows of one table, read anew each time: what a candidate says is filled up by the rows after it."""
        found = ReadRows(raws)
        for raw, row in zip(raws, parse_rows(raws, self._latest_day), strict=True):
            admitted = row if isinstance(row, list) else self.admit(raw, row)
            if isinstance(admitted, list):
                found.refused.append((raw, admitted))
            else:
                found.candidates.append(admitted)
        return found

    def admit(self, raw: RawRow, row: ParsedRow) -> Candidate | list[RowError]:
        """The person that the row states, or what only the programme's own data show to be wrong. Takes the row over."""
        errors: list[RowError] = []
        region, village, misspelt = self._residences.get(row.region) or self._residence(row.region, errors)
        group_id = self._group(row.group, errors)
        if region and not self.reach.covers(region, group_id):
            errors.append(_out_of_reach())
        if errors:
            return errors
        facts = row.facts
        self._complete(facts, region, village, group_id)
        if row.nik is not None and not self._knows_region_of(row.nik):
            row.warnings.append(of_nik(region_warning(row.nik)))
        if misspelt:
            row.warnings += misspelt
        candidate = Candidate(raw, facts, row.warnings)
        if self.ages.is_minor(facts.birth_on, facts.consent_on or self._today):
            candidate.await_guardian()
        return candidate

    def _complete(self, facts: Facts, region: str, village: str, group_id: int | None) -> None:
        """What the row itself could not tell."""
        facts.region, facts.village, facts.group_id = region, village, group_id
        if facts.nik:
            facts.nik_hash = self._hash_of(facts.nik)
        if facts.registered_on is UNDATED:
            facts.registered_on = self._today
        if facts.licence_kind:
            facts.licence_kind = _licence_kind(facts.licence_kind)

    def _knows_region_of(self, nik: WrittenNik) -> bool:
        """Asked of every row, and answered once for the few thousand kecamatan there are."""
        digits = nik.digits[:6]
        known = self._nik_regions.get(digits)
        if known is None:
            known = self._nik_regions[digits] = is_of_known_region(nik)
        return known

    def _residence(self, asked: RawRegion, errors: list[RowError]) -> Residence:
        found = self._resolved(asked)
        if found.region is None:
            errors.append(RowError(found.field, found.sentence, " | ".join(self._cures(asked, found))))
            return "", "", ()
        code = found.region.code
        village = code if len(code) == _VILLAGE_LENGTH else ""
        residence = (
            code[:_DISTRICT_LENGTH],
            village,
            (*_moved(asked, code, found.path), *_misspelt(asked, found)),
        )
        if len(self._residences) >= _MOST_RESIDENCES:
            self._residences.clear()
        self._residences[asked] = residence
        return residence

    def _resolved(self, asked: RawRegion) -> Resolution:
        return self._resolver.resolve(
            province=asked.province,
            regency=asked.regency,
            district=asked.district,
            village=asked.village,
            code=asked.code,
            at_least=Level.DISTRICT,
        )

    def _cures(self, asked: RawRegion, found: Resolution) -> Iterator[str]:
        """What may be written into the very column at fault instead, best first: each was tried beside the other columns."""
        part = _PART_OF.get(found.field)
        if part is None:
            return
        values = (_as_written(found.field, meant, self._resolver) for meant in found.candidates)
        for value in dict.fromkeys(value for value in values if value):
            cured = self._resolved(asked._replace(**{part: value}))
            if cured.region is not None or cured.field != found.field:
                yield value

    def _group(self, written: str, errors: list[RowError]) -> int | None:
        if not written:
            return None
        group_id = self._groups.get(written.casefold()) or self._groups.get(name_key(written))
        if group_id is None:
            errors.append(self._unknown_group(written))
        return group_id

    def _unknown_group(self, written: str) -> RowError:
        near = get_close_matches(name_key(written), self._groups, n=3, cutoff=0.6)
        reason = _("Komunitas “%(name)s” tidak ada di antara komunitas yang sudah divalidasi.") % {
            "name": shown(written)
        }
        if near:
            return RowError(
                "komunitas", reason, _("Mungkin maksudnya: %(names)s.") % {"names": ", ".join(near)}
            )
        return RowError("komunitas", reason, _("Tulis nama atau kode komunitas yang aktif, atau kosongkan."))


def _moved(asked: RawRegion, code: str, path: str) -> tuple[RowWarning, ...]:
    """Whose code is no longer given, and which one came after it: taken, and told."""
    written = read_code(asked.code).code if asked.code else ""
    if not written or code.startswith(written):
        return ()
    facts = {"old": written, "new": code, "place": path}
    return (
        RowWarning(
            CODE_FIELD, _("Kode lama “%(old)s” dibaca sebagai “%(new)s, %(place)s”.") % facts, _not_meant()
        ),
    )


def _not_meant() -> str:
    return _("Bila bukan itu yang dimaksud, betulkan wilayahnya di berkas, atau alamat orangnya.")


def _misspelt(asked: RawRegion, found: Resolution) -> tuple[RowWarning, ...]:
    """What was read as the one name that it comes close to: taken, and told."""
    if not found.corrected:
        return ()
    cure = _not_meant()
    return tuple(
        RowWarning(
            column,
            _("“%(written)s” dibaca sebagai “%(place)s”.") % {"written": shown(written), "place": found.path},
            cure,
        )
        for column, part in _NAMED_PARTS
        if (written := getattr(asked, part).strip()) and f"“{written}”" in found.note
    ) or (RowWarning("kecamatan", found.note, cure),)


def _as_written(column: str, meant: Meant, resolver: Resolver) -> str:
    """The region that may be meant, or the one above it, as it belongs into the column; "" where that asks for something smaller."""
    if column == CODE_FIELD:
        return meant.code
    length = next(LENGTH_OF[level] for level, name in FIELD_OF.items() if name == column)
    place = resolver.gazetteer.place(meant.code[:length]) if len(meant.code) >= length else None
    return place.label if place else ""


def _resolver() -> Resolver:
    try:
        return resolver()
    except LookupError as error:
        raise Refused(
            _(
                "Data wilayah belum dimuat ke basis data ini. Jalankan okoce run (atau make run) sekali, lalu impor lagi."
            )
        ) from error


def _groups_by_name_and_code() -> dict[str, int]:
    groups = Group.objects.filter(state=GroupState.ACTIVE).values_list("id", "code", "name", "name_key")
    names: dict[str, int] = {}
    for group_id, code, name, key in groups:
        names |= {
            key: group_id,
            name_key(name): group_id,
            name.casefold(): group_id,
            code.casefold(): group_id,
        }
    return names


def _licence_kind(written: str) -> str:
    kind = written.upper()
    return kind if kind in _LICENCE_KINDS else LicenceKind.OTHER.value


def _guardian_missing() -> RowWarning:
    return RowWarning(
        "tanggal_lahir",
        _(
            "Orang ini belum dewasa: persetujuannya belum dihitung, jadi ia tidak dikirimi pesan dan tidak dibagikan."
        ),
        _("Minta orang tua atau walinya ikut menyetujui."),
    )


def _out_of_reach() -> RowError:
    return RowError(
        "kecamatan",
        _("Orang ini di luar wilayah atau komunitas yang menjadi tugas Anda."),
        _(
            "Periksa wilayah dan komunitasnya, atau minta petugas setempat atau sekretariat yang mengimpornya."
        ),
    )
