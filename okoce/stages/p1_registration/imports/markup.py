"""Reading the XML inside an XLSX file, chunk by chunk. Documents that define entities are refused."""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]

# No tag of a spreadsheet comes near it; a longer one would be scanned again with every chunk.
LONGEST_TOKEN = 2 * 1024 * 1024


class ForbiddenMarkupError(Exception):
    """A document type, an entity, or a token without end: no spreadsheet needs them."""


def parser_of(start: Start, end: End | None = None) -> expat.XMLParserType:
    """A parser that calls back with tag names free of their namespace prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def first(tag: str, attributes: dict[str, str]) -> None:
        # The root tells whether this file writes `row` or `x:row`; the plain case then costs nothing.
        prefixed = ":" in tag
        parser.StartElementHandler = _bare_start(start) if prefixed else start
        parser.EndElementHandler = _bare_end(end) if prefixed and end else end
        parser.StartElementHandler(tag, attributes)

    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    return parser


def fed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Feeds the parser and yields each chunk after it was parsed; a last empty one at the end."""
    total = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        total += len(chunk)
        if total - parser.CurrentByteIndex > LONGEST_TOKEN:
            raise ForbiddenMarkupError
        yield chunk
    parser.Parse(b"", True)
    yield b""


def scan(chunks: Iterable[bytes], start: Start, end: End | None = None) -> None:
    """Parses a whole small part."""
    for _chunk in fed(parser_of(start, end), chunks):
        pass


def bare(name: str) -> str:
    return name.rpartition(":")[2]


def _bare_start(start: Start) -> Start:
    return lambda tag, attributes: start(bare(tag), attributes)


def _bare_end(end: End) -> End:
    return lambda tag: end(bare(tag))


def _forbid(*_declared: object) -> None:
    raise ForbiddenMarkupError
