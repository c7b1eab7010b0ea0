"""Whether somebody is written down in a text or a file, however her number was spelt there."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from okoce.foundation.personal.person import Person

CHUNK = 1 << 20
OVERLAP = 512  # nothing that is looked for is longer
# What people write between the digits of a number.
_BETWEEN_DIGITS = b" .-()/\t"


def is_named_in(person: Person, text: bytes, *, by_name: bool = False) -> bool:
    """Whether the text holds her e-mail, member number, telephone or NIK; `by_name` also her name, which others may have."""
    small = text.decode(errors="ignore").casefold().encode()
    if any(word in small for word in (*person.words, *(person.full_names if by_name else ()))):
        return True
    bare = text.translate(None, _BETWEEN_DIGITS)
    return any(number in bare for number in person.digits)


def is_named_in_file(person: Person, path: Path) -> bool:
    """The same for a file, also by her name; of a workbook every part is read. A file that is gone names nobody."""
    if not path.exists():
        return False
    return any(is_named_in(person, piece, by_name=True) for piece in _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield from _overlapping(stream)
        return
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            with book.open(name) as part:
                yield from _overlapping(part)


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces; each begins with the end of the one before, so that nothing is cut in two unseen."""
    tail = b""
    while chunk := stream.read(CHUNK):
        yield tail + chunk
        tail = chunk[-OVERLAP:]
