"""Files that are kept beside the database: in the data folder, readable by the site's account alone."""

import hashlib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of them. Whoever keeps a file notes its name, and forgets it when its time is over."""

    name: str

    def folder(self) -> Path:
        """Made on first use."""
        place = Path(settings.MEDIA_ROOT) / self.name
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return place

    def path_of(self, stored_as: str) -> Path:
        """The path of a stored name; a name is only ever made here, so it cannot lead elsewhere."""
        return self.folder() / Path(stored_as).name

    def new_name(self, suffix: str) -> str:
        """A name that nobody guesses, with a suffix like `.pdf`."""
        return f"{uuid.uuid4().hex}{suffix}"

    def keep(self, stored_as: str, chunks: Iterable[bytes]) -> str:
        """Write a file as it comes, and answer its SHA-256. Of one that breaks off nothing is kept."""
        digest = hashlib.sha256()
        descriptor = os.open(self.path_of(stored_as), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as target:
                for chunk in chunks:
                    digest.update(chunk)
                    target.write(chunk)
        except BaseException:
            self.forget(stored_as)
            raise
        return digest.hexdigest()

    def forget(self, stored_as: str) -> None:
        """Delete a file; one that is gone already is fine."""
        if stored_as:
            self.path_of(stored_as).unlink(missing_ok=True)
