"""Collects the texts that people read and keeps the English catalogue; needs no gettext programs.

The texts in the code are Indonesian, so Indonesian has no catalogue.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
ENGLISH = SOURCE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,  # where a module needs both
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "fact": (2,),  # the sentence of a declared fact, shown on history pages
}
MAINTAINERS = "OK OCE maintainers"  # no address: the project publishes none


def collected() -> Catalog:
    """Every text of the code and of the templates, with the files it stands in."""
    found = _empty()
    for path, code in _sources():
        place = path.relative_to(SOURCE.parent).as_posix()
        for _line, text, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            found.add(text, locations=[(place, 0)], context=context)
    return found


def update() -> tuple[int, int]:
    """Bring the catalogue up to date; answers how many texts it has and how many are not translated.

    Its header stays as a translator has left it. The date is that of the last change of texts, so that a run which finds
    nothing new changes nothing.
    """
    catalogue, found = stored(), collected()
    if _keys(catalogue) != _keys(found):
        catalogue.revision_date = _today()
    catalogue.update(found, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(_po(catalogue))
    ENGLISH.with_suffix(".mo").write_bytes(_mo(stored()))
    missing = [message for message in catalogue if message.id and not _is_translated(message.string)]
    return len(catalogue), len(missing)


def drift() -> list[str]:
    """What the catalogue lacks, has in excess, or has not compiled; empty when it is up to date."""
    catalogue, found = stored(), collected()
    ours, theirs = _keys(catalogue), _keys(found)
    problems = [f"baru: {key}" for key in sorted(theirs - ours)]
    problems += [f"tidak dipakai lagi: {key}" for key in sorted(ours - theirs)]
    compiled = ENGLISH.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _mo(catalogue):
        problems.append(f"{compiled.name} bukan hasil dari {ENGLISH.name}")
    return problems


def stored() -> Catalog:
    if not ENGLISH.exists():
        return _empty()
    with ENGLISH.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path, path.read_text(encoding="utf-8")
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        if path.suffix in {".html", ".txt"}:
            # One line of names and calls: the indentation of a page is not that of a program.
            yield path, f"({' '.join(templatize(path.read_text(encoding='utf-8')).split())})"


def _empty() -> Catalog:
    return Catalog(
        locale=LANGUAGE,
        project="OK OCE",
        version="platform",
        last_translator=MAINTAINERS,
        language_team=MAINTAINERS,
        msgid_bugs_address="",
        header_comment="",
        revision_date=_today(),
        fuzzy=False,
    )


def _today() -> datetime:
    return datetime.combine(datetime.now(UTC), time.min, UTC)


def _po(catalogue: Catalog) -> bytes:
    catalogue.header_comment, catalogue.fuzzy = "", False
    changed = catalogue.revision_date
    catalogue.creation_date = changed if isinstance(changed, datetime) else _today()
    text = io.BytesIO()
    write_po(text, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return text.getvalue()


def _mo(catalogue: Catalog) -> bytes:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _keys(catalogue: Catalog) -> set[str]:
    return {f"{message.context or ''}{message.id!r}" for message in catalogue if message.id}


def _is_translated(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)
