"""Writes a members file of any size: all columns, people of the whole country, 1 % unusable rows, 2 % repeated ones.

    python bench/members_file.py 100000 members.csv [--seed 7] [--komunitas NAME ...]

About two and a half stage dates a person, in the order of the stages, so that the sequential rule is satisfied.
"""

import argparse
import csv
import gzip
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

TERRITORY = Path(__file__).parent.parent / "okoce" / "foundation" / "territory" / "data" / "territory.csv.gz"
COLUMNS = [
    "nama",
    "telepon",
    "nik",
    "provinsi",
    "kabupaten",
    "kecamatan",
    "kode_wilayah",
    "jenis_kelamin",
    "tanggal_lahir",
    "tanggal_daftar",
    "nama_usaha",
    "bidang_usaha",
    "mulai_usaha",
    "jumlah_pekerja",
    "omzet_bulanan",
    "komunitas",
    "p2_tanggal",
    "p3_tanggal",
    "p4_tanggal",
    "p4_jenis",
    "p4_nomor",
    "pekerja_saat_izin",
    "p5_tanggal",
    "p6_tanggal",
    "p7_tanggal",
    "status_kerja",
    "persetujuan_tanggal",
    "nib",
    "npwp",
    "email",
    "alamat",
    "sumber",
]
FIRST, LAST = date(2017, 10, 16), date(2020, 8, 31)
GIVEN = [
    "Siti",
    "Ahmad",
    "Dewi",
    "Budi",
    "Rina",
    "Agus",
    "Sri",
    "Muhammad",
    "Nur",
    "Eko",
    "Wati",
    "Joko",
    "Ani",
    "Rudi",
    "Lestari",
    "Hendra",
    "Yanti",
    "Dedi",
    "Fitri",
    "Bambang",
]
SYLLABLES = [
    "ba",
    "ca",
    "da",
    "fa",
    "ga",
    "ha",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "ya",
    "bi",
    "di",
    "fi",
    "gi",
    "hi",
    "ji",
    "ki",
    "li",
    "mi",
    "ni",
    "pi",
    "ri",
    "si",
    "ti",
    "wi",
    "yu",
    "ru",
    "su",
    "tu",
]
SECTORS = ["kuliner", "fesyen", "kriya", "jasa", "perdagangan", "pertanian", "perikanan", "digital"]
CONTINUE = (0.72, 0.62, 0.5, 0.4, 0.45, 0.35)  # to P2, P3, … P7
BAD_SHARE, REPEATED_SHARE = 0.01, 0.02
JAKARTA_SHARE = 0.5


class Places:
    """Every kecamatan with the names above it; half of the people live in Jakarta."""

    def __init__(self) -> None:
        with gzip.open(TERRITORY, "rt", encoding="utf-8", newline="") as file:
            named = {row["code"]: row for row in csv.DictReader(file) if len(row["code"]) <= 8}
        self.all = [
            (code, named[code[:2]]["name"], named[code[:5]]["name"], row["name"])
            for code, row in named.items()
            if len(code) == 8
        ]
        self.jakarta = [place for place in self.all if place[0].startswith("31.")]

    def one(self, chance: random.Random) -> tuple[str, str, str, str]:
        return chance.choice(self.jakarta if chance.random() < JAKARTA_SHARE else self.all)


def people(count: int, seed: int, groups: list[str]) -> Iterator[dict[str, str]]:
    """As many rows as wanted; the same seed gives the same rows."""
    chance, places = random.Random(seed), Places()
    recent: list[dict[str, str]] = []
    for number in range(count):
        kind = chance.random()
        if kind < REPEATED_SHARE and recent:
            row = {**chance.choice(recent), "sumber": "dikirim ulang"}
        else:
            row = _person(number, chance, places, groups)
            if kind > 1 - BAD_SHARE:
                _spoil(row, chance)
            elif len(recent) < 5000:
                recent.append(row)
            else:
                recent[chance.randrange(5000)] = row
        yield row


def _person(number: int, chance: random.Random, places: Places, groups: list[str]) -> dict[str, str]:
    code, province, regency, district = places.one(chance)
    birth = date(1960, 1, 1) + timedelta(days=chance.randrange(16_000))
    woman = chance.random() < 0.56
    joined = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    surname = "".join(chance.choices(SYLLABLES, k=3)).title()
    row = {
        "nama": f"{chance.choice(GIVEN)} {surname} {''.join(chance.choices(SYLLABLES, k=3)).title()}",
        "telepon": f"08{11 + number % 88}{number // 88 + 1000000:08d}",
        "nik": _nik(code, birth, woman, number) if chance.random() < 0.8 else "",
        "jenis_kelamin": "P" if woman else "L",
        "tanggal_lahir": f"{birth:%d-%m-%Y}",
        "tanggal_daftar": f"{joined:%d/%m/%Y}",
        "persetujuan_tanggal": f"{joined:%Y-%m-%d}" if chance.random() < 0.7 else "",
        "status_kerja": chance.choice(["menganggur", "bekerja", "usaha", "sekolah", "mengurus rumah"]),
        "email": f"anggota{number}@contoh.id" if chance.random() < 0.3 else "",
        "alamat": f"Jl. {surname} No. {chance.randrange(1, 200)}, RT {chance.randrange(1, 12):02d}",
        "sumber": chance.choice(["teman", "kelurahan", "media sosial", ""]),
        "komunitas": chance.choice(groups) if groups and chance.random() < 0.4 else "",
    }
    if chance.random() < 0.5:
        row["kode_wilayah"] = code
    row |= {"provinsi": province, "kabupaten": regency, "kecamatan": district}
    row |= _business(chance, joined)
    row |= _stages(chance, joined)
    return row


def _nik(code: str, birth: date, woman: bool, number: int) -> str:
    day = birth.day + (40 if woman else 0)
    # The order of issue is drawn from the number, and so is the year's digit before it: no two are alike.
    return f"{code.replace('.', '')}{day:02d}{birth:%m%y}{number % 9999 + 1:04d}"


def _business(chance: random.Random, joined: date) -> dict[str, str]:
    if chance.random() < 0.45:
        return {}
    since = joined - timedelta(days=chance.randrange(-200, 2000))
    return {
        "nama_usaha": chance.choice(["Warung", "Toko", "Dapur", "Kios", "CV"])
        + f" {''.join(chance.choices(SYLLABLES, k=3)).title()}",
        "bidang_usaha": chance.choice(SECTORS),
        "mulai_usaha": f"{min(since, LAST):%Y-%m-%d}",
        "jumlah_pekerja": str(chance.randrange(0, 6)),
        "omzet_bulanan": f"Rp {chance.randrange(5, 300) * 100_000:,}".replace(",", "."),
        "npwp": f"{chance.randrange(10**14, 10**15)}" if chance.random() < 0.1 else "",
    }


def _stages(chance: random.Random, joined: date) -> dict[str, str]:
    row: dict[str, str] = {}
    day = joined
    for stage, onward in enumerate(CONTINUE, 2):
        if chance.random() > onward:
            break
        day += timedelta(days=chance.randrange(120))
        row[f"p{stage}_tanggal"] = f"{day:%Y-%m-%d}"
        if stage == 4:
            kind = chance.choice(["IUMK", "IUMK", "SKU", "NIB"])
            serial = chance.randrange(1000, 9999)
            row |= {
                "p4_jenis": kind,
                "p4_nomor": f"{day:%Y}00000{serial}" if kind == "NIB" else f"{serial}/1.824/{day:%Y}",
                "pekerja_saat_izin": str(chance.randrange(1, 5)),
            }
    return row


def _spoil(row: dict[str, str], chance: random.Random) -> None:
    spoiled = chance.choice(
        [
            {"nama": ""},
            {"telepon": "", "nik": ""},
            {"nik": "3,17404E+15"},
            {"kode_wilayah": "", "kecamatan": "Antah Berantah"},
            {"tanggal_daftar": "17-08-2099"},
            {"p3_tanggal": "2018-05-01", "p2_tanggal": "", "p4_tanggal": "", "tanggal_daftar": "2019-01-01"},
            {"komunitas": "Komunitas yang tidak ada"},
            {"jumlah_pekerja": "banyak"},
        ]
    )
    row |= spoiled


def write_members_file(path: Path, count: int, *, seed: int = 7, groups: tuple[str, ...] = ()) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(itertools.islice(people(count, seed, list(groups)), count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--komunitas", nargs="*", default=[])
    arguments = parser.parse_args()
    write_members_file(arguments.file, arguments.rows, seed=arguments.seed, groups=tuple(arguments.komunitas))


if __name__ == "__main__":
    main()
