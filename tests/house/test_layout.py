"""The folders are the programme, features meet by their face, and nothing grows too large."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from okoce.pipeline.states import Stage

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "okoce"
FACE = {"actions", "queries", "models", "events", "states", "policies"}
HOMES = ("okoce.stages.", "okoce.community.", "okoce.pipeline")
DRAWERS = {"utils", "helpers", "common", "misc"}


def sources() -> Iterator[Path]:
    """Python files of the product, without migrations."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def feature_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2] if parts[1] == "pipeline" else parts[:3])


def face_of(module: str) -> str:
    return module[len(feature_of(module)) + 1 :].split(".", maxsplit=1)[0]


def test_the_seven_names_at_the_top() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == {"config", "demo", "dashboards", "stages", "pipeline", "community", "foundation"}


def test_the_stage_folders_are_the_stages_in_order() -> None:
    folders = sorted(path.name for path in (PACKAGE / "stages").iterdir() if (path / "__init__.py").exists())
    assert folders == [stage.name.lower() for stage in Stage]


def test_features_meet_only_by_their_face() -> None:
    graph = grimp.build_graph("okoce")
    trespasses = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        if not importer.startswith("okoce.config.") and ".tests" not in importer
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith(HOMES) and not _may_import(importer, imported)
    ]
    assert trespasses == []


# Pure rules (no tables) that others may read as they are: they say what a value means.
PUBLIC_RULES = {
    "okoce.community.groups": {"interests", "naming", "once_a_day"},
    "okoce.community.partners": {"interests"},
    "okoce.community.members": {
        "births",
        "consent_days",
        "consenting",
        "duplicates",
        "help_ending",
        "lasting",
        "names",
        "nik",
        "numbers",
        "searching",
        "verifying",
    },
    "okoce.pipeline": {
        "programmes",
        "rules",
        "rule_plans",
        "rule_changes",
        "requirements",
        "licences",
        "next_steps",
        "terms",
        "tallies",
        "positions",
        "standing_still",
        "handing_in",
        "recount",
        "schemas",
    },
    "okoce.stages.p1_registration": {"imports"},
    # what komunitas and mitra have in common
    "okoce.community.organisations": {
        "addressees",
        "applying",
        "areas",
        "board_notes",
        "checklists",
        "contact_looks",
        "entrusted",
        "filing",
        "forms",
        "limits",
        "lists",
        "name_notes",
        "support_notes",
        "target_notes",
        "persons",
        "proving",
        "rules",
        "sheets",
        "terms",
    },
}


def _may_import(importer: str, imported: str) -> bool:
    if importer.startswith(HOMES) and feature_of(importer) == feature_of(imported):
        return True
    face = face_of(imported)
    return face == "" or face in FACE or face in PUBLIC_RULES.get(feature_of(imported), set())


def test_no_drawers() -> None:
    assert [str(path) for path in sources() if path.stem in DRAWERS] == []


def test_files_stay_under_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [
            *sources(),
            *sorted((ROOT / "tests").rglob("*.py")),
            *sorted((ROOT / "bench").rglob("*.py")),
        ]
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_stay_under_40_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for path in sources()
        if "tests" not in path.parts
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno + 1 > 40
    ]
    assert long == []


@pytest.mark.parametrize("pattern", [r"# ?TODO", r"# ?FIXME", r"# ?XXX", r"raise NotImplementedError"])
def test_nothing_is_left_for_later_in_the_code(pattern: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in sources() if re.search(pattern, path.read_text())] == []


# What silences a tool; behind it stands the reason.
SILENCED = re.compile(r"# ?(?:noqa:? ?[A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*|noqa|type: ?ignore(?:\[[a-z, -]+\])?)")


def test_whatever_silences_a_tool_says_why() -> None:
    places = [*sources(), *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in places
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(parts := SILENCED.split(line)) > 1 and not re.search(r"[a-z]{3}", parts[-1])
    ]
    assert bare == []


def test_no_index_address_is_committed() -> None:
    names = ["requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile"]
    text = "\n".join((ROOT / name).read_text() for name in names)
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://(?!127\.0\.0\.1)", text)
