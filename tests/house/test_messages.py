"""Texts: Indonesian in the code, complete in the English catalogue, compiled, and the same placeholders on both sides."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import polib
import pytest
import time_machine
from babel.messages.catalog import Catalog
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from okoce.config import messages

# %(name)s, %s, %%, {name}, tags, quotation marks and commands must reach the reader unchanged.
KEPT = re.compile(r"%\(\w+\)\d*[a-z]|%[%sd]|\{\w*\}|</?\w+[^>]*>|`[^`]*`|[“”]")
# Words that no Indonesian sentence has. Names of commands, headers and files may look English: they carry
# none of these.
ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|were|has|have|had|not|please|must|should|cannot|with|from|for|this|that|these|your|you|we"
    r"|our|they|their|it|its|who|what|which|when|where|why|how|all|any|each|only|already|yet|name|number|address|member"
    r"|file|error|invalid|required|unknown|save|delete|remove|add|choose|search|cancel|close|back|next|previous"
    r"|phone|password|date|day|month|year|people|person)\b",
    re.IGNORECASE,
)
REFUSALS = frozenset({"Refused", "NotFound", "NotAllowed", "Conflict", "FieldError"})


@pytest.fixture(scope="module")
def collected() -> Catalog:
    return messages.collected()


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(messages.ENGLISH))


def test_the_catalogue_has_every_text_and_nothing_else_and_is_compiled() -> None:
    assert messages.drift() == [], "run make messages, then translate what is new"


def test_the_catalogue_says_of_itself_what_is_true(catalogue: polib.POFile) -> None:
    """And none of gettext's samples."""
    told = " ".join(catalogue.metadata.values())
    assert re.findall(r"FULL NAME|EMAIL@ADDRESS|LL@li\.org|\bVERSION\b|YEAR", told) == []
    assert catalogue.metadata["Language"] == "en"
    assert catalogue.metadata["Last-Translator"]


def test_collecting_keeps_what_a_translator_has_written_at_the_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "django.po"
    head = messages.ENGLISH.read_text(encoding="utf-8")
    named = head.replace("Last-Translator: OK OCE maintainers", "Last-Translator: Rina <rina@okoce.contoh>")
    place.write_text(named.replace("PO-Revision-Date: 2026-", "PO-Revision-Date: 2025-"), encoding="utf-8")
    monkeypatch.setattr(messages, "ENGLISH", place)
    monkeypatch.setattr(messages, "collected", messages.stored)
    for _again in range(2):
        messages.update()
        kept = polib.pofile(str(place)).metadata
        assert kept["Last-Translator"] == "Rina <rina@okoce.contoh>"
        assert kept["PO-Revision-Date"].startswith("2025-")


def test_a_text_that_is_new_dates_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "django.po"
    place.write_bytes(messages.ENGLISH.read_bytes())
    monkeypatch.setattr(messages, "ENGLISH", place)
    found = messages.stored()
    found.add("Kalimat baru.")
    monkeypatch.setattr(messages, "collected", lambda: found)
    with time_machine.travel("2031-02-03T23:00:00+00:00"):
        messages.update()
    assert polib.pofile(str(place)).metadata["PO-Revision-Date"] == "2031-02-03 00:00+0000"


def test_every_text_is_translated(catalogue: polib.POFile) -> None:
    """Fuzzy entries are guesses that gettext would not show."""
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []


def test_placeholders_tags_and_quotation_marks_are_the_same_on_both_sides(catalogue: polib.POFile) -> None:
    differing = [
        f"{text} → {translated}"
        for text, translated in _pairs(catalogue)
        if Counter(KEPT.findall(text)) != Counter(KEPT.findall(translated))
    ]
    assert differing == []


def test_spaces_at_the_ends_and_closing_marks_are_the_same_on_both_sides(catalogue: polib.POFile) -> None:
    """Texts are joined with others: a lost space or full stop shows."""
    differing = [
        f"{text!r} → {translated!r}"
        for text, translated in _pairs(catalogue)
        if [_edge(text[:1]), _edge(text[-1:])] != [_edge(translated[:1]), _edge(translated[-1:])]
    ]
    assert differing == []


def test_no_text_in_the_code_is_english(collected: Catalog) -> None:
    english = [text for text in _texts(collected) if ENGLISH.search(_plain(text))]
    assert english == [], "texts in the code are Indonesian; English stands in the catalogue"


def test_no_sentence_was_copied_instead_of_translated(catalogue: polib.POFile) -> None:
    assert [
        text
        for text, translated in _pairs(catalogue)
        if text == translated and " " in text.strip() and re.search(r"[a-z]{2}", KEPT.sub("", text))
    ] == []


def test_the_collector_sees_every_text_of_the_code(collected: Catalog) -> None:
    """It does not look into f-strings, nor for gettext under a name of one's own."""
    known = set(_texts(collected))
    unseen = [place for place, text in _translated_in_code() if text not in known]
    assert unseen == [], "write the call outside of the f-string, with a name from messages.KEYWORDS"


def test_refusals_go_through_gettext() -> None:
    """Except what operators read in the console of a start (config)."""
    bare = [
        f"{name}:{call.lineno}: {ast.unparse(text)}"
        for name, call in _calls(lambda _tree: REFUSALS)
        for text in call.args
        if not name.startswith("config/") and isinstance(text, ast.Constant) and " " in str(text.value)
    ]
    assert bare == []


def test_indonesian_readers_get_the_text_of_the_code(collected: Catalog) -> None:
    """A text that is also a msgid of Django would be replaced by Django's translation."""
    with translation.override("id"):
        replaced = {text: said for text in _texts(collected) if (said := translation.gettext(text)) != text}
    assert replaced == {}


def test_english_readers_get_the_catalogue(catalogue: polib.POFile) -> None:
    with translation.override("en"):
        said = [translation.gettext(entry.msgid) for entry in catalogue if not entry.msgctxt]
    assert said == [entry.msgstr or entry.msgstr_plural[0] for entry in catalogue if not entry.msgctxt]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Bidang ini tidak boleh kosong."), ("en", "This field is required.")],
)
def test_django_speaks_the_language_of_the_reader(language: str, sentence: str) -> None:
    with translation.override(language):
        assert _refusal(lambda: forms.CharField().clean("")) == sentence


@pytest.mark.parametrize(
    "field",
    [
        forms.IntegerField(),
        forms.DecimalField(),
        forms.DateField(),
        forms.EmailField(),
        forms.ChoiceField(choices=[("a", "a")]),
        forms.MultipleChoiceField(choices=[("a", "a")]),
        forms.FileField(),
        forms.CharField(max_length=3),
    ],
    ids=lambda field: type(field).__name__,
)
def test_refusals_of_django_forms_have_an_indonesian_sentence(field: forms.Field) -> None:
    with translation.override("id"):
        indonesian = _refusal(lambda: field.clean("salah"))
    with translation.override("en"):
        english = _refusal(lambda: field.clean("salah"))
    assert english
    assert indonesian != english


def _pairs(catalogue: polib.POFile) -> Iterator[tuple[str, str]]:
    for entry in catalogue:
        if entry.msgid_plural:
            yield entry.msgid, entry.msgstr_plural[0]
            yield entry.msgid_plural, entry.msgstr_plural[1]
        else:
            yield entry.msgid, entry.msgstr


def _texts(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            yield from [message.id] if isinstance(message.id, str) else message.id


def _plain(text: str) -> str:
    """The sentence itself, without examples, options and paths."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"|--?\w[\w-]*|/\S+", " ", KEPT.sub(" ", text))


def _edge(mark: str) -> str:
    return mark if mark.isspace() or mark in set(".?!…:") else ""


def _translated_in_code() -> Iterator[tuple[str, str]]:
    for name, call in _calls(_names_of_gettext):
        text = call.args[0]
        if isinstance(text, ast.JoinedStr):
            yield f"{name}:{call.lineno}: f-string", ""
        elif isinstance(text, ast.Constant):
            yield f"{name}:{call.lineno}: {text.value}", str(text.value)


def _calls(names: Callable[[ast.Module], Collection[str]]) -> Iterator[tuple[str, ast.Call]]:
    """Calls in the code of what has one of these names in its module."""
    for path in sorted(messages.SOURCE.rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        wanted = names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted:
                yield path.relative_to(messages.SOURCE).as_posix(), node


def _names_of_gettext(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.startswith(("gettext", "ngettext"))
    }


def _refusal(clean: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as refused:
        clean()
    return " ".join(refused.value.messages)
