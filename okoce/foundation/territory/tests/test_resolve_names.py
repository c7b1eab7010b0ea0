"""Names as people write them lead to one region, or to the candidates with a sentence."""

import pytest

from okoce.foundation.territory.resolution import Reason
from okoce.foundation.territory.states import Level

PROVINCES = {
    "11": "provinsi aceh | NAD",
    "12": "Sumut | Sumatra Utara",
    "13": "Sumbar",
    "16": "Sumsel",
    "19": "Babel",
    "21": "Kep. Riau | Kepri",
    "31": "DKI | DKI Jakarta | Prov. DKI Jakarta | Jakarta | D.K.I. Jakarta | Daerah Khusus Ibukota Jakarta",
    "32": "Jabar | JAWA  BARAT | Jawa-Barat | jawabarat | Propinsi Jawa Barat",
    "33": "Jateng",
    "34": "DIY | D.I. Yogyakarta | D.I.Y | Jogja | Yogya",
    "35": "Jatim",
    "52": "NTB",
    "53": "N.T.T.",
    "61": "Kalbar",
    "62": "Kalteng",
    "63": "Kalsel",
    "64": "Kaltim",
    "65": "Kaltara",
    "71": "Sulut",
    "72": "Sulteng",
    "73": "Sulsel",
    "74": "Sultra",
    "76": "Sulbar",
    "82": "Malut",
    "91": "PAPUA",
    "96": "Papua Barat Daya",
}
REGENCIES = {
    "12.72": "Pematang Siantar | Pematangsiantar | P. Siantar",
    "13.07": "Lima Puluh Kota | 50 Kota | Kab. Limapuluh Kota",
    "31.01": "Kep. Seribu | Kab. Adm. Kepulauan Seribu | Kepulauan 1000",
    "31.71": "Jakpus | Kota Adm. Jakarta Pusat | Jakarta Pusat",
    "31.72": "Jakut",
    "31.73": "Jakbar | Kotamadya Jakarta Barat",
    "31.74": "Jaksel | KOTA ADMINISTRASI JAKARTA SELATAN",
    "31.75": "Jaktim | Jkt. Timur",
    "32.04": "Kab Bdg | Kab. Bandung | Bandung (Kab)",
    "32.17": "KBB",
    "32.73": "Kota Bandung | Bandung (Kota) | Kota Bdg",
    "33.72": "Solo | Kota Solo",
    "33.74": "Kota Smg",
    "34.03": "Kab. Gunung Kidul",
    "34.04": "Kabupten Sleman",
    "34.71": "Kota Yogya",
    "35.78": "Sby",
    "36.74": "Tangsel",
    "63.02": "Kota Baru | Kab. Kotabaru | Kab. Kota Baru",
    "71.74": "Kotamobagu",
    "72.04": "Kab. Toli Toli",
    "73.71": "Ujung Pandang",
    "96.71": "  kota   sorong. ",
}
DISTRICTS = {
    ("Jakpus", "31.71.04"): "Kec. Senen | KECAMATAN SENEN | senen. | Kec.Senen",
    ("Jaksel", "31.74.07"): "Kebayoran Baru | Kby. Baru | Kebayoranbaru",
    ("Jaksel", "31.74.04"): "Ps. Minggu",
    ("Jakbar", "31.73.05"): "Kebonjeruk | Kb. Jeruk",
    ("Jakut", "31.72.02"): "Tj. Priok | Tg Priok",
    ("Palembang", "16.71.04"): "Ilir Barat I | Ilir Barat 1 | ILIR BARAT SATU | Ilirbarat Satu",
    ("Pangkep", "73.10.08"): "Ma'rang | Marang | Ma’rang",
    ("Kota Yogyakarta", "34.71.01"): "Kemantren Tegalrejo",
    ("Sleman", "34.04.07"): "Kapanewon Depok",
    ("Merauke", "93.01.01"): "Distrik Merauke",
    ("Kab. Cianjur", "32.03.20"): "Cibinong | Cubinong",
    ("Garut", "32.05.38"): "Limbangan | Balubur Limbangan | Bl. Limbangan",
    ("Deli Serdang", "12.07.08"): "STM Hilir | Sinembah Tanjung Muda Hilir",
}


def _one_by_one(table):
    return [(written, meant) for meant, all_written in table.items() for written in all_written.split("|")]


@pytest.mark.parametrize(("written", "code"), _one_by_one(PROVINCES))
def test_a_province_is_known_by_its_usual_names(code_of, written, code):
    assert code_of(province=written) == code


@pytest.mark.parametrize(("written", "code"), _one_by_one(REGENCIES))
def test_a_regency_is_known_by_its_usual_names(code_of, written, code):
    assert code_of(regency=written) == code


@pytest.mark.parametrize(("written", "where"), _one_by_one(DISTRICTS))
def test_a_kecamatan_is_known_by_its_usual_names(code_of, written, where):
    assert code_of(regency=where[0], district=written) == where[1]


def test_the_kecamatan_decides_between_kabupaten_and_kota(code_of, resolver):
    assert code_of(regency="Bandung", district="Coblong") == "32.73.02"
    assert code_of(regency="Bandung", district="Soreang") == "32.04.37"
    alone = resolver.resolve(regency="Bandung")
    assert alone.region is None
    assert alone.reason == Reason.AMBIGUOUS
    assert [one.code for one in alone.candidates] == ["32.04", "32.73"]
    assert alone.field == "kabupaten"
    assert "Kabupaten Bandung, Jawa Barat; Kota Bandung, Jawa Barat" in alone.sentence


def test_jakarta_in_the_regency_column_is_decided_by_the_kecamatan(code_of):
    assert code_of(province="DKI", regency="Jakarta", district="Menteng") == "31.71.06"
    assert code_of(province="DKI", regency="Jakarta") == "ambiguous"


def test_a_kecamatan_of_several_regencies_needs_its_regency(resolver, code_of):
    found = resolver.resolve(district="Karanganyar")
    assert found.region is None
    assert found.reason == Reason.AMBIGUOUS
    assert len(found.candidates) == 6
    assert all(str(one).startswith("Karanganyar, Kabupaten") for one in found.candidates)
    assert found.field == "kabupaten"
    assert code_of(district="Karanganyar", regency="Kab. Demak") == "33.21.09"
    assert code_of(district="Karanganyar", regency="Kab. Karanganyar") == "33.13.09"
    # One of its kind in the whole nation needs nothing else.
    assert code_of(district="Senen") == "31.71.04"


def test_a_kecamatan_that_lies_elsewhere_is_not_moved(resolver):
    found = resolver.resolve(province="DKI Jakarta", regency="Jakarta Pusat", district="Tebet")
    assert found.region is None
    assert found.reason == Reason.CONTRADICTION
    assert found.field == "kecamatan"
    assert "tidak ada di Kota Jakarta Pusat" in found.sentence
    assert "Tebet, Kota Jakarta Selatan, DKI Jakarta" in found.sentence
    assert found.suggestion == "Tebet, Kota Jakarta Selatan, DKI Jakarta (31.74.01)"


def test_a_regency_of_another_province_is_named_with_what_was_meant(resolver):
    found = resolver.resolve(province="Banten", regency="Bogor", district="Cibinong")
    assert found.region is None
    assert found.field == "kabupaten"
    assert found.candidates[0].code == "32.01.01"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ({"regency": "Jakpus", "district": "Sneen"}, "31.71.04"),
        ({"regency": "Jakpus", "district": "Kec. Mentng"}, "31.71.06"),
        ({"province": "DKI", "district": "Kebon Jruk"}, "31.73.05"),
        ({"regency": "Surabya"}, "35.78"),
        ({"regency": "Jakarta Seltan"}, "31.74"),
        ({"province": "Jawa Brat"}, "32"),
        ({"province": "DKI Jakrta"}, "31"),
        ({"province": "Jakata"}, "31"),
        ({"province": "Yogyakata"}, "34"),
        ({"regency": "Kab. Jakarta Pusat"}, "31.71"),
        ({"regency": "Kota Bandung Barat"}, "32.17"),
        ({"regency": "Jakpus", "district": "Senen", "village": "Kwitng"}, "31.71.04.1005"),
    ],
)
def test_one_clear_misspelling_is_put_right_and_said(resolver, address, code):
    found = resolver.resolve(**address)
    assert found.region
    assert found.region.code == code
    assert found.corrected
    assert "dibaca" in found.note


@pytest.mark.parametrize(
    ("address", "among"),
    [
        # Across the nation nobody knows which one was meant.
        ({"district": "Kebon Jruk"}, "31.73.05"),
        # A telling word or number would have to change.
        ({"regency": "Jaksel", "district": "Kebayoran Barat"}, "31.74.07"),
        ({"regency": "Palembang", "district": "Ilir Barat 4"}, "16.71.04"),
        ({"province": "Jawa"}, "32"),
        # Kota Surakarta, or Kabupaten Solok with a letter lost.
        ({"regency": "Kabupaten Solo"}, "13.02"),
        ({"regency": "Kabupaten Solo"}, "33.72"),
        # The wrong column is the one above; the kecamatan shows what was meant.
        ({"province": "DKI", "regency": "Jkt Slatnx", "district": "Tebet"}, "31.74.01"),
    ],
)
def test_an_unclear_misspelling_is_left_to_the_reader(resolver, address, among):
    found = resolver.resolve(**address)
    assert found.region is None
    assert among in [one.code for one in found.candidates]
    assert "Mungkin maksudnya" in found.sentence


def test_a_misspelling_that_is_a_kelurahan_is_no_kecamatan(resolver):
    found = resolver.resolve(regency="Demak", district="Weding")
    assert found.region is None
    assert found.field == "kecamatan"
    assert "desa/kelurahan di kecamatan Bonang" in found.sentence
    assert found.candidates[0].place.name == "Bonang"


def test_a_name_may_carry_its_address_behind_a_comma(resolver, code_of):
    assert code_of(regency="Kota Jakarta Selatan, DKI Jakarta") == "31.74"
    assert code_of(district="Kec. Tebet, Jakarta Selatan, DKI Jakarta") == "31.74.01"
    assert code_of(district="Karanganyar, Kab. Demak") == "33.21.09"
    # What follows must be true.
    for untrue in ("Tebet, Jakarta Pusat", "Tebet, Qwerty", "Tebet, ,Bandung"):
        assert resolver.resolve(district=untrue).region is None
    assert resolver.resolve(district=",").region is None


def test_a_name_in_the_column_above_is_refused_with_what_it_is(resolver):
    found = resolver.resolve(province="Jakarta Selatan", district="Tebet")
    assert (found.region, found.field) == (None, "provinsi")
    assert found.suggestion == "Tebet, Kota Jakarta Selatan, DKI Jakarta (31.74.01)"
    found = resolver.resolve(province="DKI", regency="Tebet")
    assert (found.region, found.field) == (None, "kabupaten")
    assert found.suggestion == "Tebet, Kota Jakarta Selatan, DKI Jakarta (31.74.01)"


def test_a_name_nobody_knows_is_refused_with_a_sentence(resolver):
    found = resolver.resolve(province="DKI", regency="Jakpus", district="Qwxzzz")
    assert (found.region, found.reason, found.candidates) == (None, Reason.UNKNOWN, ())
    assert (
        found.sentence == "Kecamatan “Qwxzzz” tidak ada di Kota Jakarta Pusat, DKI Jakarta. Periksa ejaannya."
    )
    assert found.within
    assert found.within.code == "31.71"


def test_a_kelurahan_is_found_in_its_kecamatan(code_of):
    assert code_of(regency="Jakpus", district="Senen", village="Kel. Kwitang") == "31.71.04.1005"
    # The kelurahan decides between kecamatan of one name.
    assert code_of(district="Menteng", village="Cikini") == "31.71.06.1003"


def test_a_kelurahan_of_another_kecamatan_is_refused_with_a_sentence(resolver):
    found = resolver.resolve(regency="Jakpus", district="Senen", village="Cikini")
    assert found.region is None
    assert found.field == "kelurahan"
    assert "yang ada: Cikini, Menteng, Kota Jakarta Pusat" in found.sentence
    # The kecamatan is certain all the same: the caller may keep it.
    assert found.within
    assert found.within.code == "31.71.04"


def test_a_kelurahan_and_a_desa_of_one_name_are_told_apart_by_their_title(resolver):
    address = {"code": "14.07.06", "village": "Panipahan"}
    found = resolver.resolve(**address)
    assert found.region is None
    assert (found.reason, found.field) == (Reason.AMBIGUOUS, "kelurahan")
    assert len(found.candidates) == 2
    assert resolver.resolve(code="14.07.06", village="Kel. Panipahan").region.kind == "kelurahan"
    assert resolver.resolve(code="14.07.06", village="Desa Panipahan").region.kind == "desa"


def test_a_kecamatan_is_asked_for_where_it_is_missing(resolver):
    found = resolver.resolve(regency="Jakpus", at_least=Level.DISTRICT)
    assert found.region is None
    assert (found.reason, found.field) == (Reason.TOO_SHALLOW, "kecamatan")
    assert found.sentence == "Wilayah baru sampai Kota Jakarta Pusat, DKI Jakarta. Isi juga kolom kecamatan."
    assert resolver.resolve(regency="Jakpus", at_least=Level.REGENCY).region
    # With a kelurahan beside it, the kecamatan can at least be suggested.
    beside = resolver.resolve(regency="Jakpus", village="Cikini")
    assert beside.region is None
    assert [one.code for one in beside.candidates] == ["31.71.06"]


@pytest.mark.parametrize("blank", ["", " ", "-", ".", "--", None])
def test_an_empty_row_is_said_to_be_empty(resolver, blank):
    found = resolver.resolve(province=blank, regency=blank, district=blank, village=blank, code=blank)
    assert found.region is None
    assert found.reason == Reason.EMPTY


@pytest.mark.parametrize(
    "junk", ["\x00\x01", "=cmd|' /C calc'!A0", "x" * 100_000, "🙂" * 50, "٣٤", "a b " * 5_000, "%s%(x)s"]
)
def test_rubbish_is_refused_and_quoted_briefly(resolver, junk):
    for address in (
        {"district": junk},
        {"regency": junk},
        {"code": junk},
        {"regency": "Jakpus", "village": junk},
    ):
        found = resolver.resolve(**address)
        assert found.region is None or found.region.code == "31.71"
        assert len(found.sentence) < 600
        assert "\x00" not in found.sentence


def test_regencies_that_changed_province_are_found_under_the_old_one(resolver):
    found = resolver.resolve(province="Papua", regency="Merauke", district="Merauke")
    assert found.region
    assert found.region.code == "93.01.01"
    assert found.reason == Reason.MOVED
    assert found.note == "“Merauke” kini termasuk Papua Selatan."
    assert resolver.resolve(province="Irian Jaya", regency="Nabire").region.code == "94.01"
    assert resolver.resolve(province="Papua Barat", regency="Kota Sorong").region.code == "96.71"
    assert resolver.resolve(province="Kaltim", regency="Tarakan").region.code == "65.71"


def test_a_former_name_with_two_heirs_is_left_to_the_reader(resolver, code_of):
    found = resolver.resolve(regency="Pekanbaru", district="Tampan")
    assert found.region is None
    assert [one.place.name for one in found.candidates] == ["Tuahmadani", "Binawidya"]
    # A name that is in use today means today's region.
    assert code_of(regency="Pekanbaru", district="Rumbai") == "14.71.12"


def test_an_answer_is_given_in_the_language_of_who_asks(resolver):
    from django.utils import translation

    with translation.override("id"):
        first = resolver.resolve(regency="Jakpus", district="Qzqz")
        assert resolver.resolve(regency="Jakpus", district="Qzqz") is first
    with translation.override("en"):
        assert resolver.resolve(regency="Jakpus", district="Qzqz") is not first
