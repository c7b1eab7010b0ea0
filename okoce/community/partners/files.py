"""Where signed agreements lie: in the data folder, readable by the site's account alone, as long as the agreement stands here."""

import hashlib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import FieldError, Invalid

PDF_BEGINS = b"%PDF-"
LARGEST = 20 * 1024 * 1024


def folder() -> Path:
    """The folder of agreements, made on first use."""
    place = Path(settings.MEDIA_ROOT) / "agreements"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def path_of(stored_as: str) -> Path:
    """The path of a stored name; a name is only ever made here, so it cannot lead elsewhere."""
    return folder() / Path(stored_as).name


@dataclass(frozen=True, slots=True)
class Stored:
    """A document on disk: its name there, and its SHA-256."""

    name: str
    sha256: str


def store(chunks: Iterable[bytes]) -> Stored:
    """Write a document to disk as it comes; refuses, and keeps nothing of, what is no PDF or too large."""
    stored_as = f"{uuid.uuid4().hex}.pdf"
    try:
        return Stored(stored_as, _written(stored_as, chunks))
    except Exception:
        forget(stored_as)
        raise


def _written(stored_as: str, chunks: Iterable[bytes]) -> str:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path_of(stored_as), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            if size == 0 and not chunk.startswith(PDF_BEGINS):
                raise _wrong(_("Berkas ini bukan PDF. Pindai perjanjiannya sebagai PDF, lalu kirim lagi."))
            size += len(chunk)
            if size > LARGEST:
                raise _wrong(_("PDF ini lebih besar dari 20 MB. Pindai dengan mutu lebih rendah."))
            digest.update(chunk)
            target.write(chunk)
    if size == 0:
        raise _wrong(_("Berkas ini kosong. Pilih PDF perjanjiannya."))
    return digest.hexdigest()


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("document", sentence)])


def forget(stored_as: str) -> None:
    """Delete a stored document; one that is gone already is fine."""
    if stored_as:
        path_of(stored_as).unlink(missing_ok=True)
