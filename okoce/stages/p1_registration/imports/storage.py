"""Where uploads and rejects lie: in the data folder, readable by the site's account alone, for thirty days."""

import hashlib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

KEPT_DAYS = 30


def folder() -> Path:
    """The folder of imports, made on first use."""
    place = Path(settings.MEDIA_ROOT) / "imports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def path_of(stored_as: str) -> Path:
    """The path of a stored name; a name is only ever made here, so it cannot lead elsewhere."""
    return folder() / Path(stored_as).name


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload on disk: its name there, SHA-256, size in bytes, and how many lines of text it has."""

    name: str
    sha256: str
    size: int
    lines: int


def store(chunks: Iterable[bytes], file_name: str) -> Stored:
    """Write an upload to disk as it comes."""
    stored_as = uuid.uuid4().hex + Path(file_name).suffix.lower()[:8]
    digest, size, lines = hashlib.sha256(), 0, 0
    descriptor = os.open(path_of(stored_as), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
            target.write(chunk)
    return Stored(stored_as, digest.hexdigest(), size, lines)


def forget(stored_as: str) -> None:
    """Delete a stored file; one that is gone already is fine."""
    if stored_as:
        path_of(stored_as).unlink(missing_ok=True)
