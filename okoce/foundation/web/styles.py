"""Joins the CSS sources into the one committed stylesheet: `python -m okoce.foundation.web.styles`."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static" / "web"
SOURCES = STATIC / "css"
COMMITTED = STATIC / "okoce.css"
LAYERS = ("tokens", "base", "layout", "components", "aids", "print")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'("[^"\n]*"|\'[^\'\n]*\')')


def sources() -> list[Path]:
    """The files in the order of their layers; order inside a layer never matters across components."""
    components = sorted((SOURCES / "components").glob("*.css"))
    return [
        SOURCES / "tokens.css",
        SOURCES / "base.css",
        SOURCES / "layout.css",
        *components,
        SOURCES / "aids.css",
    ]


def built() -> str:
    """The whole stylesheet, cascade layers declared once and first."""
    text = "".join(path.read_text(encoding="utf-8") for path in sources())
    return f"@layer {','.join(LAYERS)};{_squeeze(text)}\n"


def committed() -> str:
    return COMMITTED.read_text(encoding="utf-8") if COMMITTED.exists() else ""


def _squeeze(text: str) -> str:
    """Takes comments and needless white space out; what stands in quotes stays as it is."""
    parts = _STRING.split(_COMMENT.sub("", text))
    return "".join(part if odd % 2 else _squeeze_plain(part) for odd, part in enumerate(parts)).strip()


def _squeeze_plain(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    text = re.sub(r":\s+", ":", text)
    # a child or sibling combinator needs no space; "+" and "*" inside calc() do, so they keep theirs
    text = re.sub(r"\s*>\s*", ">", text)
    return text.replace(";}", "}")


def build() -> None:
    COMMITTED.write_text(built(), encoding="utf-8")


if __name__ == "__main__":
    build()
