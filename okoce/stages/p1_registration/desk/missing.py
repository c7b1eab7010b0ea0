"""What an officer reads when nobody within reach was found by what she typed."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from okoce.community.members.numbers import DIGITS as NUMBER_DIGITS
from okoce.stages.p1_registration.desk.reading import (
    LENGTH,
    LONGEST_PHONE,
    SHORTEST_PHONE,
    is_member_number,
    is_unfinished,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """`is_final`: somebody to be registered; otherwise there is to be searched again."""

    title: str
    sentence: str
    is_final: bool = True

    @classmethod
    def of(cls, typed: str, carried: dict[str, str]) -> Self:
        """What it means that nobody was found, and what to do; of what was typed only what is true."""
        if is_unfinished(typed):
            return cls(_("Nomornya belum lengkap"), _how_long(), is_final=False)
        nobody = _("Belum ada di wilayah tugas Anda")
        if is_member_number(typed):
            return cls(
                nobody,
                _("Periksa nomor anggotanya, atau cari dengan nama, nomor HP, atau NIK."),
                is_final=False,
            )
        elsewhere = _("Orang yang terdaftar di tempat lain akan dikenali dan tidak menjadi ganda.")
        do = (
            _("Daftarkan di bawah; yang Anda ketik sudah dibawa ke sana.")
            if carried
            else _("Daftarkan di bawah.")
        )
        return cls(nobody, f"{do} {elsewhere}")


def _how_long() -> str:
    sentence = _(
        "Nomor HP %(phone)s angka, NIK %(nik)s angka, nomor anggota %(number)s angka. Lengkapi lalu cari lagi, atau cari"
        " dengan nama."
    )
    return sentence % {
        "phone": f"{SHORTEST_PHONE}–{LONGEST_PHONE}",
        "nik": LENGTH,
        "number": NUMBER_DIGITS + 1,
    }
