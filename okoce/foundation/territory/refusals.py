"""Sentences for addresses that do not lead to one region: which column, what is wrong, what to do."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from okoce.foundation.territory.codes import CodeReading, Heirs, Malformed
from okoce.foundation.territory.gazetteer import Gazetteer
from okoce.foundation.territory.resolution import (
    CODE_FIELD,
    FIELD_OF,
    Candidate,
    Reason,
    Resolution,
    enumerated,
)
from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import NATION, Place

MOST_CANDIDATES = 8
LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE]}…"


class Refusals:
    """Builds the resolution that refuses, with paths and candidates from the gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def candidates(self, codes: Iterable[str]) -> tuple[Candidate, ...]:
        places = self._gazetteer.places(list(dict.fromkeys(codes))[:MOST_CANDIDATES])
        return tuple(self._gazetteer.candidate(place) for place in places)

    def empty(self) -> Resolution:
        sentence = _("Wilayah belum diisi. Isi provinsi, kabupaten/kota dan kecamatan, atau kode_wilayah.")
        plain = _("Tulis nama kecamatannya, dengan kabupaten atau kotanya.")
        return Resolution(Reason.EMPTY, sentence=sentence, plain=plain, field=FIELD_OF[Level.DISTRICT])

    def too_shallow(self, place: Place | None, wanted: Level, codes: Iterable[str] = ()) -> Resolution:
        column = FIELD_OF[wanted]
        if place is None:
            sentence = _("Kolom %(column)s belum diisi.") % {"column": column}
            plain = _("Tulis nama kecamatannya, dengan kabupaten atau kotanya.")
        else:
            facts = {"place": self._gazetteer.tree.path(place), "column": column}
            sentence = _("Wilayah baru sampai %(place)s. Isi juga kolom %(column)s.") % facts
            plain = _("Wilayah baru sampai %(place)s. Tulis juga nama kecamatannya.") % facts
        found = self.candidates(codes)
        return Resolution(
            Reason.TOO_SHALLOW,
            sentence=sentence,
            plain=plain,
            field=column,
            candidates=found,
            within=place,
        )

    def unknown(self, level: Level, text: str, within: Sequence[str], codes: Sequence[str]) -> Resolution:
        found = self.candidates(codes)
        facts = {
            "level": Level(level).label.capitalize(),
            "written": quoted(text),
            "where": self._named(within),
        }
        if found:
            # Candidates of another level only make sense with what they lie in.
            facts["names"] = enumerated(
                one.place.label if one.place.level == level else one.path for one in found
            )
            sentence = (
                _("%(level)s “%(written)s” tidak ada di %(where)s. Mungkin maksudnya: %(names)s.") % facts
            )
            sentence += " " + _("Perbaiki ejaannya.")
        else:
            sentence = _("%(level)s “%(written)s” tidak ada di %(where)s. Periksa ejaannya.") % facts
        reason = Reason.SIMILAR if found else Reason.UNKNOWN
        return self._refuse(reason, sentence, FIELD_OF[level], found, within)

    def contradiction(
        self, level: Level, text: str, within: Sequence[str], elsewhere: Sequence[str], codes: Sequence[str]
    ) -> Resolution:
        facts = {
            "level": Level(level).label.capitalize(),
            "written": quoted(text),
            "where": self._named(within),
            "places": enumerated(candidate.path for candidate in self.candidates(elsewhere)),
        }
        sentence = _("%(level)s “%(written)s” tidak ada di %(where)s; yang ada: %(places)s.") % facts
        advice = _("Perbaiki kolom %(column)s atau kolom wilayah di atasnya.") % {"column": FIELD_OF[level]}
        plain = f"{sentence} " + _("Pilih yang benar, atau tulis kecamatannya saja.")
        found = self.candidates([*codes, *elsewhere])
        return self._refuse(
            Reason.CONTRADICTION, f"{sentence} {advice}", FIELD_OF[level], found, within, plain=plain
        )

    def village_as_district(self, text: str, holding: Sequence[str], codes: Sequence[str]) -> Resolution:
        sentence = _(
            "“%(written)s” adalah desa/kelurahan di kecamatan %(places)s, bukan kecamatan. Isi kecamatannya."
        ) % {"written": quoted(text), "places": enumerated(one.path for one in self.candidates(holding))}
        found = self.candidates([*holding, *codes])
        return self._refuse(Reason.CONTRADICTION, sentence, FIELD_OF[Level.DISTRICT], found)

    def ambiguous(self, level: Level, text: str, codes: Sequence[str]) -> Resolution:
        found = self.candidates(codes)
        column, advice = self._what_decides(level, codes)
        facts = {
            "count": len(codes),
            "level": Level(level).label,
            "written": quoted(text),
            "places": enumerated(candidate.path for candidate in found),
        }
        sentence = _("“%(written)s” dapat berarti %(count)d %(level)s: %(places)s.") % facts
        return Resolution(
            Reason.AMBIGUOUS,
            sentence=f"{sentence} {advice}",
            field=column,
            candidates=found,
            within=self._common(codes),
        )

    def _what_decides(self, level: Level, codes: Sequence[str]) -> tuple[str, str]:
        if level == Level.VILLAGE:
            return FIELD_OF[level], _("Tulis “Kel.” atau “Desa” di depannya.")
        if level == Level.DISTRICT and len({code[:5] for code in codes}) > 1:
            return FIELD_OF[Level.REGENCY], _("Tulis kabupaten atau kotanya dengan lengkap.")
        if level == Level.REGENCY:
            return FIELD_OF[level], _("Tulis “Kabupaten” atau “Kota” di depannya, atau isi kecamatannya.")
        return FIELD_OF[level], _("Pilih salah satu.")

    def malformed(self, text: str, reading: CodeReading) -> Resolution:
        found = self.candidates(reading.possible)
        sentences = {
            Malformed.POWER: _(
                "kode_wilayah “%(written)s” sudah diubah lembar kerja menjadi bilangan berpangkat "
                "sehingga angkanya hilang. Jadikan kolomnya teks dan isi kembali."
            ),
            Malformed.BPS: _(
                "kode_wilayah “%(written)s” berisi 7 angka, seperti kode BPS. Pakai kode Kemendagri "
                "(kecamatan: 6 angka) atau kosongkan dan isi nama wilayahnya."
            ),
            Malformed.LOST_ZERO: _(
                "kode_wilayah “%(written)s” kehilangan angka nol. Jadikan kolomnya teks dan tulis lengkap, "
                "misalnya 32.10."
            ),
            Malformed.OTHER: _(
                "kode_wilayah “%(written)s” bukan kode wilayah. Tulis kode Kemendagri, misalnya 31.71.04 "
                "untuk sebuah kecamatan."
            ),
        }
        sentence = sentences[reading.malformed or Malformed.OTHER] % {"written": quoted(text)}
        return self._refuse(Reason.CODE_MALFORMED, sentence, CODE_FIELD, found)

    def unknown_code(self, code: str, nearest: Place | None) -> Resolution:
        sentence = _(
            "kode_wilayah %(code)s tidak ada dalam daftar Kemendagri 2025. Periksa kodenya (bukan kode BPS) "
            "atau kosongkan dan isi nama wilayahnya."
        ) % {"code": code}
        plain = _("Kode %(code)s tidak ada. Periksa kodenya, atau tulis nama kecamatannya.") % {"code": code}
        if nearest:
            begins = _("Awalan kode itu adalah %(place)s.") % {"place": self._gazetteer.tree.path(nearest)}
            sentence, plain = f"{sentence} {begins}", f"{plain} {begins}"
        return Resolution(
            Reason.CODE_UNKNOWN, sentence=sentence, plain=plain, field=CODE_FIELD, within=nearest
        )

    def split_code(self, code: str, heirs: Heirs) -> Resolution:
        found = self.candidates(heirs.codes)
        facts = {"code": code, "name": heirs.old_name, "places": enumerated(map(str, found))}
        sentence = (
            _("kode_wilayah %(code)s adalah kode lama (%(name)s). Sekarang: %(places)s. Pilih salah satu.")
            % facts
        )
        plain = _("%(code)s adalah kode lama (%(name)s). Sekarang: %(places)s. Pilih salah satu.") % facts
        return self._refuse(Reason.CODE_SPLIT, sentence, CODE_FIELD, found, plain=plain)

    def disagreement(self, place: Place, level: Level, text: str, codes: Sequence[str]) -> Resolution:
        sentence = _(
            "kode_wilayah %(code)s adalah %(place)s, tetapi kolom %(column)s berisi “%(written)s”. Perbaiki "
            "atau kosongkan salah satunya; kodenya harus kode Kemendagri, bukan BPS."
        ) % {
            "code": place.code,
            "place": self._gazetteer.tree.path(place),
            "column": FIELD_OF[level],
            "written": quoted(text),
        }
        found = self.candidates([place.code, *codes])
        return self._refuse(Reason.CODE_DISAGREES, sentence, CODE_FIELD, found)

    def _refuse(
        self,
        reason: Reason,
        sentence: str,
        field: str,
        found: tuple[Candidate, ...],
        within: Sequence[str] = (),
        *,
        plain: str = "",
    ) -> Resolution:
        certain = self._gazetteer.place(within[0]) if len(within) == 1 else None
        return Resolution(
            reason, sentence=sentence, plain=plain, field=field, candidates=found, within=certain
        )

    def _named(self, codes: Sequence[str]) -> str:
        if "" in codes:
            return NATION
        places = self._gazetteer.places(codes)
        if len(places) == 1:
            return self._gazetteer.tree.path(places[0])
        return _(" atau ").join(place.label for place in places[:3])

    def _common(self, codes: Sequence[str]) -> Place | None:
        """The deepest region that holds all of them."""
        above = [{place.code for place in self._gazetteer.tree.ancestors(code)} for code in codes]
        shared = set.intersection(*above) if above else set()
        return self._gazetteer.place(max(shared, key=len)) if shared else None
