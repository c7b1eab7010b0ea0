"""The ZIP around an XLSX file, looked at before anything is unpacked."""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from okoce.stages.p1_registration.imports.markup import ForbiddenMarkupError
from okoce.stages.p1_registration.imports.refusals import FileRefused

MOST_UNPACKED = 300 * 1024 * 1024
_MOST_DIRECTORY = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_END, _END_SIZE = b"PK\x05\x06", 22
_END64, _LOCATOR64, _LOCATOR64_SIZE, _END64_SIZE = b"PK\x06\x06", b"PK\x06\x07", 20, 56
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What a broken or hostile archive may raise while it is read.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    ForbiddenMarkupError,
    ValueError,
    LookupError,
)


class Container:
    """The parts of one archive, unpacked only as streams and never more than the limit."""

    def __init__(self, file: BinaryIO, most_unpacked: int = MOST_UNPACKED) -> None:
        self._most = most_unpacked
        if _directory_bytes(file) > _MOST_DIRECTORY:
            raise FileRefused(broken())
        try:
            self._zip = zipfile.ZipFile(file)
        except (*BROKEN, OSError, RuntimeError):
            raise FileRefused(broken()) from None
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        self._judge()

    def names(self) -> list[str]:
        return list(self._parts)

    def has(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part in pieces. What the archive claims about its size is not believed, but counted."""
        info = self._parts[name.lstrip("/").lower()]
        seen = 0
        with self._zip.open(info) as part:
            while chunk := part.read(_CHUNK):
                seen += len(chunk)
                if seen > self._most:
                    raise FileRefused(too_large_unpacked(self._most))
                yield chunk

    def _judge(self) -> None:
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > self._most:
            raise FileRefused(too_large_unpacked(self._most))
        if any(info.flag_bits & 1 for info in infos):
            raise FileRefused(
                _("Berkas ini dikunci kata sandi. Buka kuncinya, simpan lagi, lalu kirim ulang.")
            )
        if any(info.compress_type not in _METHODS for info in infos):
            raise FileRefused(broken())


def _directory_bytes(file: BinaryIO) -> int:
    """The size of the table of contents, which `zipfile` would read whole into memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_SIZE - 65_535))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise FileRefused(broken())
    directory = struct.unpack_from("<L", tail, at + 12)[0]
    if tail[max(0, at - _LOCATOR64_SIZE) : at].startswith(_LOCATOR64):
        start = at - _LOCATOR64_SIZE - _END64_SIZE
        if start < 0 or not tail.startswith(_END64, start):
            raise FileRefused(broken())
        directory = struct.unpack_from("<Q", tail, start + 40)[0]
    return int(directory)


def broken() -> str:
    return _(
        "Berkas .xlsx ini rusak atau bukan lembar kerja. "
        "Buka di Excel atau LibreOffice, simpan lagi, lalu kirim ulang."
    )


def too_large_unpacked(most: int) -> str:
    return _(
        "Isi berkas .xlsx ini lebih dari %(most)s MB setelah dibuka. Simpan sebagai CSV, lalu kirim lagi."
    ) % {"most": most // 1024**2}
