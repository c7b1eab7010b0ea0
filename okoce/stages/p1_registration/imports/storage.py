"""Uploads and rejects of imports, kept for thirty days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.shared.shelves import Shelf

KEPT_DAYS = 30
UPLOADS = Shelf("imports")


@dataclass(slots=True)
class Stored:
    """An upload on disk: its name there, SHA-256, size in bytes, and how many lines of text it has."""

    name: str
    sha256: str = ""
    size: int = 0
    lines: int = 0

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.size += len(chunk)
            self.lines += chunk.count(b"\n")
            yield chunk


def store(chunks: Iterable[bytes], file_name: str) -> Stored:
    """Write an upload to disk as it comes."""
    stored = Stored(UPLOADS.new_name(Path(file_name).suffix.lower()[:8]))
    stored.sha256 = UPLOADS.keep(stored.name, stored.counted(chunks))
    return stored
