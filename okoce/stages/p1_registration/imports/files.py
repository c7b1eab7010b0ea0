"""What kind of file this is, judged by its content. The name is only used to say it back."""

import os
from typing import BinaryIO

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import shown
from okoce.stages.p1_registration.imports.refusals import FileRefused

CSV, XLSX = "csv", "xlsx"
MOST_BYTES = 500 * 1024 * 1024
_LOOK = 64 * 1024
_MOST_CONTROL = 0.1

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP / AVI"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
)


def kind_of(file: BinaryIO, filename: str, most_bytes: int = MOST_BYTES) -> str:
    """`csv` or `xlsx`; anything else is refused with what it is and what to send instead."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(_LOOK)
    file.seek(0)
    name = shown(filename)
    if size == 0:
        raise FileRefused(
            _("“%(name)s” kosong (0 bita). Simpan lagi dari lembar kerja, lalu kirim ulang.") % {"name": name}
        )
    if size > most_bytes:
        raise FileRefused(_too_big(name, size, most_bytes))
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return XLSX
    _refuse_known_kinds(start, name)
    _refuse_binary(start, name)
    return CSV


def _refuse_known_kinds(start: bytes, name: str) -> None:
    if start.startswith(_OLD_OFFICE):
        raise FileRefused(
            _(
                "“%(name)s” berformat Excel lama (.xls) atau dikunci kata sandi. "
                "Buka kuncinya, simpan sebagai .xlsx atau CSV, lalu kirim lagi."
            )
            % {"name": name}
        )
    kind = next((kind for magic, kind in _KINDS if start.startswith(magic)), None)
    text = start[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind is None and text.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<?xml", b"<svg")):
        kind = "HTML / XML"
    if kind:
        raise FileRefused(
            _(
                "“%(name)s” bukan lembar kerja, tetapi %(kind)s. "
                "Simpan datanya sebagai CSV atau .xlsx, lalu kirim lagi."
            )
            % {"name": name, "kind": kind}
        )


def _refuse_binary(start: bytes, name: str) -> None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return  # UTF-16 and UTF-32 are full of zeros
    control = sum(start.count(byte) for byte in range(32) if byte not in (9, 10, 13))
    if control > len(start) * _MOST_CONTROL:
        raise FileRefused(
            _(
                "“%(name)s” bukan lembar kerja: isinya bukan teks. "
                "Simpan datanya sebagai CSV atau .xlsx, lalu kirim lagi."
            )
            % {"name": name}
        )


def _too_big(name: str, size: int, most: int) -> str:
    return _(
        "“%(name)s” terlalu besar: %(size)s MB, paling banyak %(most)s MB. Bagi menjadi beberapa berkas CSV."
    ) % {
        "name": name,
        "size": size // 1024**2,
        "most": most // 1024**2,
    }
