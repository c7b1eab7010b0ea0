import re
from pathlib import Path

import brotli

from okoce.foundation.web import styles

TEMPLATES = Path(styles.__file__).resolve().parent / "templates"
BUDGET = 9_216  # 9 KB; the whole first load of the public page has 40


def test_the_committed_stylesheet_is_what_the_sources_build() -> None:
    assert styles.built() == styles.committed(), "run: python -m okoce.foundation.web.styles"


def test_the_stylesheet_stays_within_its_budget() -> None:
    assert len(brotli.compress(styles.built().encode(), quality=11)) <= BUDGET


def test_layers_are_declared_first_and_every_block_is_closed() -> None:
    text = styles.built()
    assert text.startswith("@layer tokens,base,layout,components,aids,print;")
    assert text.count("{") == text.count("}")
    assert set(re.findall(r"@layer (\w+)\{", text)) == set(styles.LAYERS)


def test_every_custom_property_that_is_used_is_defined_and_the_other_way_round() -> None:
    text = styles.built()
    defined = set(re.findall(r"(--[a-z0-9-]+):", text))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", text))
    assert used == defined


def test_components_use_meaning_tokens_and_never_force() -> None:
    for path in (styles.SOURCES / "components").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert path.name == "print.css" or "!important" not in text, path.name
        assert "style=" not in text


def test_nothing_newer_than_the_browser_floor_is_used() -> None:
    assert not re.search(r"light-dark\(|color-mix\(|oklch\(|subgrid|&\s*[.:{]", styles.built())


def test_every_class_in_a_template_has_a_rule() -> None:
    gallery = (styles.STATIC / "gallery.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", styles.built() + gallery))
    hooks = {"qr", "pager"}
    unknown: dict[str, set[str]] = {}
    for path in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{%.*?%\}", " ", path.read_text(encoding="utf-8"))
        text = re.sub(r"[\w-]*\{\{.*?\}\}", " ", text)
        names = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}
        odd = {name for name in names if name not in known | hooks and not name.endswith("-")}
        if odd:
            unknown[path.name] = odd
    assert unknown == {}


def test_no_template_carries_inline_script_style_or_handler() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text), (
            path.name
        )
