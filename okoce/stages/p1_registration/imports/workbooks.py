"""What a workbook says about itself: its sheets, its shared texts, which styles show a number as a day."""

import posixpath
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from okoce.stages.p1_registration.imports.containers import Container
from okoce.stages.p1_registration.imports.markup import ForbiddenMarkupError, bare, fed, parser_of, scan
from okoce.stages.p1_registration.imports.sheets import Look, unescaped

_BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)])
_NOT_IN_FORMAT = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]?|[_*].')
_SHOWS_A_DAY = re.compile(r"[yd]|mmm", re.IGNORECASE)
_MOST_PIECES = 64


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible worksheet."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible worksheets in order, and what they borrow."""

    sheets: list[Sheet]
    look: Look


def read_workbook(container: Container) -> Workbook | None:
    """None where the archive holds no workbook of this kind (a document, an .ods, a folder of pictures)."""
    main = _main_part(container)
    if main is None or not container.has(main):
        return None
    related = _related(container, main)
    sheets: list[Sheet] = []
    flags = {"from_1904": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            flags["from_1904"] = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            part = related.get(_relation_id(attributes), ("", ""))
            if part[0] == "worksheet" and container.has(part[1]):
                sheets.append(Sheet(attributes.get("name", ""), part[1]))

    scan(container.chunks(main), start)
    parts = dict(related.values())
    look = Look(
        text_at=_shared_texts(container, parts.get("sharedStrings")),
        date_styles=_date_styles(container, parts.get("styles")),
        from_1904=flags["from_1904"],
    )
    return Workbook(sheets, look)


def _main_part(container: Container) -> str | None:
    if not container.has("_rels/.rels"):
        return "xl/workbook.xml"
    return dict(_relations(container, "_rels/.rels", "").values()).get("officeDocument")


def _related(container: Container, main: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(main)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    return _relations(container, part, folder) if container.has(part) else {}


def _relations(container: Container, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, part)."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    scan(container.chunks(part), start)
    return found


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if ":" in name and bare(name) == "id"), "")


def _date_styles(container: Container, part: str | None) -> frozenset[str]:
    if part is None or not container.has(part):
        return frozenset()
    custom: dict[str, str] = {}
    formats: list[str] = []
    inside = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            formats.append(attributes.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    scan(container.chunks(part), start, end)
    return frozenset(str(style) for style, number in enumerate(formats) if _shows_a_day(number, custom))


def _shows_a_day(number: str, custom: dict[str, str]) -> bool:
    if number in custom:
        return bool(_SHOWS_A_DAY.search(_NOT_IN_FORMAT.sub("", custom[number])))
    return number.isascii() and number.isdigit() and int(number[:5]) in _BUILT_IN_DATES


def _shared_texts(container: Container, part: str | None) -> Callable[[int], str]:
    """All shared texts in one block of bytes: a list of a million strings would weigh five times as much."""
    block, ends = bytearray(), array("Q", [0])
    if part is not None and container.has(part):
        _gather_texts(container, part, block, ends)
    last = len(ends) - 1

    def text_at(place: int) -> str:
        return unescaped(block[ends[place] : ends[place + 1]].decode()) if 0 <= place < last else ""

    return text_at


class _TextGatherer:
    """Appends every shared text to the block; how to pronounce it (phonetic runs) is left out."""

    def __init__(self, block: bytearray, ends: "array[int]") -> None:
        self.pieces: list[str] = []
        self._block, self._ends = block, ends
        self._phonetic = False
        self.parser = parser_of(self._start, self._end)

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "t" and not self._phonetic:
            self.parser.CharacterDataHandler = self.pieces.append
        elif tag == "rPh":
            self._phonetic = True

    def _end(self, tag: str) -> None:
        if tag == "t":
            self.parser.CharacterDataHandler = None
        elif tag == "si":
            self._block.extend("".join(self.pieces).encode())
            self._ends.append(len(self._block))
            self.pieces.clear()
        elif tag == "rPh":
            self._phonetic = False


def _gather_texts(container: Container, part: str, block: bytearray, ends: "array[int]") -> None:
    gatherer = _TextGatherer(block, ends)
    for _chunk in fed(gatherer.parser, container.chunks(part)):
        if len(gatherer.pieces) > _MOST_PIECES:
            raise ForbiddenMarkupError  # one text of megabytes
