"""Whether somebody is written down in a text or a file, however her number was spelt there; and the text without her."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from okoce.foundation.personal.person import Person

CHUNK = 1 << 20
OVERLAP = 512  # nothing that is looked for is longer
# What people write between the digits of a number.
_BETWEEN_DIGITS = b" .-()/\t"
_ANY_BETWEEN = r"[ .()/\t-]*"
# What stands where somebody was named who is erased.
MARK = "[dihapus]"
# A workbook that is damaged or has a password.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError)


def is_named_in(person: Person, text: bytes, *, by_name: bool = False) -> bool:
    """Whether the text holds her e-mail, member number, telephone or NIK; `by_name` also her name, which others may have."""
    text = text.replace(b"\0", b"")  # half of a file in UTF-16
    small = text.decode(errors="ignore").casefold()
    if any(word in small for word in person.words):
        return True
    names = person.full_names if by_name else None
    if names is not None and names.search(small):
        return True
    bare = text.translate(None, _BETWEEN_DIGITS)
    return any(number in bare for number in person.digits)


def pattern_of(person: Person) -> re.Pattern[str] | None:
    """Her name as whole words, e-mail, member number, telephone and NIK however they are spelt; none of whom nothing is known."""
    names = person.full_names
    spelt = [
        *([names.pattern] if names else ()),
        *(re.escape(word) for word in person.words),
        *(rf"(?:(?:\+?62|0){_ANY_BETWEEN})?{_ANY_BETWEEN.join(number.decode())}" for number in person.digits),
    ]
    return re.compile("|".join(spelt), re.IGNORECASE) if spelt else None


def struck_out(person: Person, text: str) -> str:
    """The text with the mark wherever she is named; all else as it was."""
    wanted = pattern_of(person)
    return wanted.sub(MARK, text) if wanted else text


def is_named_in_file(person: Person, path: Path) -> bool:
    """The same for a file, also by her name; of a workbook every part is read. A file that is gone names nobody; of a workbook
    that cannot be read nobody can say that she is not in it."""
    try:
        return any(is_named_in(person, piece, by_name=True) for piece in _pieces(path))
    except FileNotFoundError:
        return False
    except _UNREADABLE:
        return True


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
