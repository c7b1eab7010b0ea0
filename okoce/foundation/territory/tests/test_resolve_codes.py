"""Codes in the scheme of Kemendagri, today's and former ones, alone and beside names."""

import pytest

from okoce.foundation.territory.codes import Malformed, read_code
from okoce.foundation.territory.resolution import Reason

WRITTEN = {
    "31": "31 | 31.0",
    "31.71": "3171 | 31.71 | 31,71 | 3171.0",
    "31.71.04": "31.71.04 | 317104 | 31 71 04 | 31-71-04 | 317104.0 | '317104 | 31.71.04.",
    "31.71.04.1001": "31.71.04.1001 | 3171041001 | 3171041001.0",
}
SPOILT = {
    Malformed.POWER: "3,17104E+05 | 3.17104e5",
    Malformed.BPS: "3171040",
    Malformed.LOST_ZERO: "32.1 | 31.71.4",
    Malformed.OTHER: "abc | 31.71.1001 | 1 | 31.71.04.1001.1 | ٣١ | 99999999999 | 31..71",
}


def _one_by_one(table):
    return [
        (written.strip(), meant) for meant, all_written in table.items() for written in all_written.split("|")
    ]


@pytest.mark.parametrize(("written", "code"), _one_by_one(WRITTEN))
def test_a_code_is_read_with_dots_and_without(code_of, written, code):
    assert code_of(code=written) == code
    assert code_of(code=f"  {written} ") == code


def test_the_codes_of_jakarta_are_those_of_kemendagri(resolver):
    """In the scheme of BPS 3171 is Selatan and 3174 Barat; that must never creep in."""
    names = {
        code: resolver.resolve(code=code).region.name
        for code in ("3171", "3172", "3173", "3174", "3175", "3101")
    }
    assert names == {
        "3171": "Kota Jakarta Pusat", "3172": "Kota Jakarta Utara", "3173": "Kota Jakarta Barat",
        "3174": "Kota Jakarta Selatan", "3175": "Kota Jakarta Timur", "3101": "Kabupaten Kepulauan Seribu",
    }  # fmt: skip


@pytest.mark.parametrize(("written", "malformed"), _one_by_one(SPOILT))
def test_a_spoilt_code_is_refused_with_its_reason(resolver, written, malformed):
    assert read_code(written).malformed == malformed
    found = resolver.resolve(code=written)
    assert (found.region, found.reason, found.field) == (None, Reason.CODE_MALFORMED, "kode_wilayah")
    assert found.sentence


def test_a_code_that_lost_its_zero_names_what_it_may_have_been(resolver):
    assert [one.code for one in resolver.resolve(code="32.1").candidates] == ["32.01", "32.10"]
    assert [one.code for one in resolver.resolve(code="31.71.4").candidates] == ["31.71.04"]


def test_an_unknown_code_is_refused(resolver):
    found = resolver.resolve(code="31.71.99")
    assert (found.region, found.reason) == (None, Reason.CODE_UNKNOWN)
    assert "Awalan kode itu adalah Kota Jakarta Pusat" in found.sentence
    assert resolver.resolve(code="98.76.54").region is None
    # Villages of BPS end in 0001: the four digits of Kemendagri never begin with 0.
    assert resolver.resolve(code="3171010001").region is None


HEIRS = {
    "93.01": "91.01 | 9101",
    "93.01.01": "91.01.01 | 91.01.01.1001",
    "95.03.34": "91.13.36",
    "96.71.01": "92.71.01",
    "65.71": "64.73",
}


@pytest.mark.parametrize(("old", "heir"), _one_by_one(HEIRS))
def test_a_former_code_leads_to_its_heir_and_says_so(resolver, old, heir):
    found = resolver.resolve(code=old)
    assert found.region.code == heir
    assert found.reason == Reason.MOVED
    assert found.note.startswith("Kode lama")


def test_every_former_code_of_the_table_leads_to_its_heir_or_names_it(resolver):
    for row in resolver.gazetteer.old_codes._rows.values():
        found = resolver.resolve(code=row.old_code)
        if row.status == "retired" and row.is_certain:
            assert found.region, row
            assert found.region.code == row.new_code
        elif row.status == "retired":
            assert found.region is None
            assert row.new_code in [one.code for one in found.candidates]
        else:
            # In use again: the code means today's region.
            assert found.region.code == row.old_code


def test_an_uncertain_heir_is_only_named(resolver):
    found = resolver.resolve(code="64.04")
    assert (found.region, found.reason) == (None, Reason.CODE_SPLIT)
    assert [one.code for one in found.candidates] == ["65.01"]
    assert resolver.resolve(code="64.04.01").region is None


def test_the_heirs_of_a_code_are_what_the_first_digits_of_a_nik_may_mean(resolver):
    def codes(written):
        return [place.code for place in resolver.heirs(written)]

    assert codes("910101") == ["93.01.01"]
    assert codes("317104") == ["31.71.04"]
    # In use again since the split in Pekanbaru: today's region, and the heirs of the former one.
    assert codes("147108") == ["14.71.08", "14.71.13"]
    assert codes("999999") == []
    assert codes("") == []


def test_a_code_and_names_that_agree_are_one(code_of):
    assert code_of(code="31.71.04", province="DKI", regency="Jakpus", district="Kec. Senen") == "31.71.04"
    assert code_of(code="31.71", district="Senen") == "31.71.04"
    assert code_of(code="31.71.04", village="Kwitang") == "31.71.04.1005"
    assert code_of(code="31.71.04.1005", village="Kel. Kwitang", regency="Jakarta") == "31.71.04.1005"
    assert code_of(code="32.04", regency="Bandung") == "32.04"
    assert code_of(code="31.71.04", district="Snen") == "31.71.04"
    assert code_of(code="91.01.01", province="Papua", regency="Merauke") == "93.01.01"
    assert code_of(code="93.01.01", province="Papua", regency="Merauke") == "93.01.01"


DISAGREEING = [
    {"regency": "Jakarta Barat"},
    {"regency": "Kota Surabaya"},
    {"province": "Jawa Barat"},
    {"district": "Tebet"},
    {"regency": "Qwerty"},
]


@pytest.mark.parametrize("names", DISAGREEING)
def test_a_code_and_names_that_disagree_are_refused(resolver, names):
    found = resolver.resolve(code="31.74.07", **names)
    assert found.region is None
    assert (found.reason, found.field) == (Reason.CODE_DISAGREES, "kode_wilayah")
    assert found.sentence.startswith("kode_wilayah 31.74.07 adalah Kebayoran Baru, Kota Jakarta Selatan")
    assert "Kemendagri, bukan BPS" in found.sentence
    assert found.candidates[0].code == "31.74.07"


def test_a_kelurahan_that_is_not_in_the_kecamatan_of_the_code_is_refused(resolver):
    found = resolver.resolve(code="31.74.07", village="Cikini")
    assert found.region is None
    assert found.field == "kelurahan"
    beside = resolver.resolve(code="31.71.04.1001", village="Kwitang")
    assert (beside.region, beside.reason) == (None, Reason.CODE_DISAGREES)
