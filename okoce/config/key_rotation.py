"""`okoce key rotate`: a new key signs what is verified without network; what was printed with the old one stays genuine."""

from collections.abc import Mapping
from dataclasses import dataclass

from okoce.config import signing_keys
from okoce.config.keyring import (
    FIRST_NAMES,
    given_secrets,
    require_room,
    required_secrets,
    rotate_signing_key,
)
from okoce.config.preparation import PROJECT
from okoce.foundation.postgres.locate import default_data_folder

USAGE = """okoce key rotate

Membuat kunci baru untuk menandatangani kode kotak (QR). Yang sudah dicetak tetap asli: kunci lamanya tinggal untuk memeriksa.
Pada folder data diganti di tempat; dengan rahasia dari lingkungan dicetak satu baris untuk dipasang. Lalu jalankan ulang situsnya.
"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What goes to standard output, for an environment file, and what is told."""

    line: str
    told: str


def rotate(environ: Mapping[str, str]) -> Rotated:
    """Where the secrets come from the environment the new value is printed; else it is kept in the data folder."""
    given = given_secrets(environ)
    is_given = signing_keys.NAME in given or all(name in given for name in FIRST_NAMES)
    if environ.get("DATABASE_URL", "").strip() or is_given:
        keys = given.get(signing_keys.NAME) or required_secrets(environ)[signing_keys.NAME]
        if not signing_keys.are_usable(keys):
            keys = required_secrets(environ)[signing_keys.NAME]  # refuses it by its name
        require_room(keys)
        changed = signing_keys.rotated(keys)
        told = (
            "Setel nilai ini sebagai variabel lingkungan, lalu jalankan ulang: "
            f"kunci {signing_keys.newest(changed)} menandatangani."
        )
        return Rotated(f"{signing_keys.NAME}={changed}\n", told)
    number = rotate_signing_key(default_data_folder(environ, PROJECT))
    told = f"Kunci {number} menandatangani sejak situs dijalankan ulang; yang lama tinggal untuk memeriksa."
    return Rotated("", told)
