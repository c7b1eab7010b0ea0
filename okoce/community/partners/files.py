"""Signed agreements: PDFs, kept as long as the agreement stands here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.shelves import Shelf

PDF_BEGINS = b"%PDF-"
LARGEST = 20 * 1024 * 1024
DOCUMENTS = Shelf("agreements")


@dataclass(frozen=True, slots=True)
class Stored:
    """A document on disk: its name there, and its SHA-256."""

    name: str
    sha256: str


def store(chunks: Iterable[bytes]) -> Stored:
    """Write a document to disk as it comes; refuses, and keeps nothing of, what is no PDF or too large."""
    stored_as = DOCUMENTS.new_name(".pdf")
    return Stored(stored_as, DOCUMENTS.keep(stored_as, _checked(chunks)))


def _checked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        if size == 0 and not chunk.startswith(PDF_BEGINS):
            raise _wrong(_("Berkas ini bukan PDF. Pindai perjanjiannya sebagai PDF, lalu kirim lagi."))
        size += len(chunk)
        if size > LARGEST:
            raise _wrong(_("PDF ini lebih besar dari 20 MB. Pindai dengan mutu lebih rendah."))
        yield chunk
    if size == 0:
        raise _wrong(_("Berkas ini kosong. Pilih PDF perjanjiannya."))


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("document", sentence)])
