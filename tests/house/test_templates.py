"""Templates: used, translated, no inline handler, no inline style or script (a strict policy forbids them anyway)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "okoce"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def test_no_inline_handler_style_or_script() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {found.group(0)}"
        for path in TEMPLATES
        for found in re.finditer(r"\son[a-z]+=|\sstyle=|<script(?![^>]*\bsrc=)", path.read_text())
    ]
    assert guilty == []


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text() for path in [*PACKAGE.rglob("*.py"), *TEMPLATES])
    names = {path: str(path).rsplit("/templates/", 1)[1] for path in TEMPLATES}
    by_django = {"400.html", "403.html", "404.html", "429.html", "500.html", "403_csrf.html"}
    assert [name for path, name in names.items() if name not in by_django and name not in code] == []


# A server error must not need a catalogue to be shown; the gallery's samples are samples.
STATIC = {"500.html", "503.html", "gallery.html", "gallery_kit.html"}


def test_screen_texts_go_through_gettext() -> None:
    """Words between tags must come from a tag or a variable; a letter outside of both is a bare text."""
    bare = []
    for path in TEMPLATES:
        if path.name in STATIC:
            continue
        text = re.sub(
            r"{%\s*(comment|blocktranslate).*?{%\s*end\1\s*%}", "", path.read_text(), flags=re.DOTALL
        )
        text = re.sub(
            r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style|svg|title).*?</\1>", "", text, flags=re.DOTALL
        )
        for found in re.finditer(r">([^<>]*[A-Za-z]{4,}[^<>]*)<", text):
            words = found.group(1).strip()
            if words not in {"OK OCE", "CSV", "XLSX", "English", "Bahasa Indonesia"}:
                bare.append(f"{path.relative_to(ROOT)}: {words[:60]}")
    assert bare == []


# Longer than this one does not read a line, whatever stands in it. A sentence is one word of a tag and cannot be broken.
LONGEST_LINE = 200


def test_lines_of_templates_can_be_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(re.sub(r'{% translate "[^"]*"', "{% translate", line)) > LONGEST_LINE
    ]
    assert long == []
