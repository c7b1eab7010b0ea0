"""Synthetic people: names that could be anybody's, telephone numbers of a range that no operator has been given."""

from dataclasses import dataclass
from random import Random

WOMEN = (
    "Siti",
    "Sri",
    "Dewi",
    "Nur",
    "Rina",
    "Yuni",
    "Wati",
    "Lestari",
    "Ayu",
    "Fitri",
    "Indah",
    "Ratna",
    "Endang",
    "Sulastri",
    "Maria",
    "Rosmini",
    "Kartini",
    "Aminah",
    "Halimah",
    "Suryani",
    "Yanti",
    "Mega",
    "Puji",
    "Tuti",
    "Lilis",
    "Neng",
)
MEN = (
    "Agus",
    "Budi",
    "Eko",
    "Joko",
    "Slamet",
    "Hendra",
    "Ahmad",
    "Rudi",
    "Dedi",
    "Yohanes",
    "Bambang",
    "Iwan",
    "Asep",
    "Wahyu",
    "Suparman",
    "Teguh",
    "Muhammad",
    "Andi",
    "Fajar",
    "Gunawan",
    "Ketut",
    "Made",
    "Rizal",
    "Suryadi",
    "Tono",
    "Usman",
)
FAMILY = (
    "",
    "",
    "Hidayat",
    "Saputra",
    "Wijaya",
    "Santoso",
    "Nugroho",
    "Siregar",
    "Simanjuntak",
    "Nasution",
    "Permana",
    "Kusuma",
    "Rahayu",
    "Setiawan",
    "Maulana",
    "Hasanah",
    "Prasetyo",
    "Wibowo",
    "Harahap",
    "Lubis",
    "Handayani",
    "Purnama",
    "Utami",
    "Anggraini",
    "Firmansyah",
    "Suhendar",
    "Rachman",
    "Susanto",
    "Yulianto",
    "Mahendra",
    "Sihombing",
    "Manurung",
)
SECTORS = (
    "Makanan",
    "Minuman",
    "Kue dan roti",
    "Busana",
    "Kerajinan",
    "Warung",
    "Jasa",
    "Salon",
    "Laundry",
    "Pertanian",
)
TRADES = {
    "Makanan": "Dapur",
    "Minuman": "Kedai",
    "Kue dan roti": "Kue",
    "Busana": "Jahit",
    "Kerajinan": "Kriya",
}

# Seventy percent of the registrants were women (Kompas, 8 March 2018).
SHARE_OF_WOMEN = 0.70
# 0890 is given to no operator: nobody can be called by mistake.
PHONE_RANGE = "0890"


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """Somebody who does not exist."""

    name: str
    sex: str
    phone: str
    birth_on: str
    business: str
    sector: str


def phone_of(number: int) -> str:
    """The telephone number of the person of that number."""
    return f"{PHONE_RANGE}{number:08d}"


def synthetic_person(number: int, chance: Random) -> SyntheticPerson:
    """The person of that number; numbers give distinct telephones (up to a hundred million)."""
    is_woman = chance.random() < SHARE_OF_WOMEN
    first = chance.choice(WOMEN if is_woman else MEN)
    second = chance.choice(WOMEN if is_woman else MEN) if chance.random() < 0.4 else ""
    name = " ".join(
        part for part in (first, second if second != first else "", chance.choice(FAMILY)) if part
    )
    sector = chance.choice(SECTORS)
    return SyntheticPerson(
        name=name,
        sex="P" if is_woman else "L",
        phone=phone_of(number),
        birth_on=f"{chance.randint(1958, 1999)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        business=f"{TRADES.get(sector, 'Usaha')} {first}",
        sector=sector,
    )
