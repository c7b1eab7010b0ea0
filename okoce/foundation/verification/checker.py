"""What the page needs to know that checks a QR without network: the public keys, the kinds, its sentences."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from okoce.foundation.verification.codes import compact
from okoce.foundation.verification.registry import KINDS
from okoce.foundation.verification.signing import DOMAIN, Forged, UnknownKey, public_keys, read_claim


class Signature(StrEnum):
    """What a claim is worth."""

    OURS = "ours"
    FORGED = "forged"
    UNKNOWN = "unknown"  # by a key that was taken out, e.g. since it was stolen: no proof, and no lie of whoever shows it


def signature_of(code: str, claim: str) -> Signature:
    """Whether a claim was signed by us for this code."""
    try:
        read_claim(compact(code), claim)
    except UnknownKey:
        return Signature.UNKNOWN
    except Forged:
        return Signature.FORGED
    return Signature.OURS


def checker_settings() -> dict[str, Any]:
    """For its script; sentences in the reader's language."""
    return {
        "domain": DOMAIN.decode(),
        "keys": {str(number): key for number, key in public_keys().items()},
        "kinds": {prefix: str(kind.name) for prefix, kind in KINDS.items()},
        "sentences": {**_verdicts(), **_troubles()},
    }


def _verdicts() -> dict[str, str]:
    return {
        "genuine": _("Asli saat kode kotaknya dibuat"),
        "genuineText": _(
            "Tanda tangan OK OCE cocok. Apakah sudah dibatalkan sesudah {day}, tidak bisa diketahui tanpa jaringan."
        ),
        "over": _("Asli, tetapi masanya sudah habis"),
        "overText": _("Tanda tangan OK OCE cocok, tetapi hanya berlaku sampai {day}."),
        "forged": _("Palsu: tanda tangannya tidak cocok"),
        "forgedText": _("Isi kode kotak ini diubah atau bukan dari OK OCE. Jangan percaya."),
        "unknownKey": _("Belum bisa diperiksa: kuncinya tidak dikenal"),
        "unknownKeyText": _(
            "Kunci nomor {key} tidak ada di perangkat ini. Sambungkan ke internet, muat ulang halaman ini, lalu coba lagi."
        ),
        "unsigned": _("Tidak bisa diperiksa tanpa jaringan"),
        "unsignedText": _(
            "Tautan ini tidak membawa tanda tangan, misalnya karena kartunya cetakan lama. Periksa lewat internet."
        ),
        "foreign": _("Bukan kode OK OCE"),
        "foreignText": _("Yang dibaca bukan tautan pemeriksaan OK OCE: {text}"),
    }


def _troubles() -> dict[str, str]:
    """What a browser or a photo lacks, and the names of what is shown."""
    return {
        "cannot": _("Peramban ini tidak bisa memeriksa"),
        "cannotText": _(
            "Peramban ini terlalu lama: tidak mengenal tanda tangan Ed25519. Perbarui, pakai peramban lain, atau periksa"
            " lewat internet."
        ),
        "unsafe": _("Halaman ini hanya bisa memeriksa bila dibuka lewat https://."),
        "noCode": _("Tidak ada kode kotak dalam foto itu. Foto lebih dekat dan lurus, lalu coba lagi."),
        "noCamera": _("Kamera tidak bisa dibuka. Izinkan kamera, pilih foto, atau tempel tautannya."),
        "code": _("Kode"),
        "holder": _("Atas nama"),
        "place": _("Wilayah"),
        "from": _("Sejak"),
        "until": _("Sampai"),
        "signed": _("Ditandatangani"),
        "online": _("Periksa lewat internet"),
    }
