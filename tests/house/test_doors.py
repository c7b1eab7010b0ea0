"""Every write comes through a door, every table has a row rule, and doors never touch tables."""

import ast
import importlib
import inspect
from pathlib import Path

from django.apps import apps

from okoce.community.members.models import Member
from okoce.foundation.access.door import ACTIONS, OWN_ACTIONS
from okoce.foundation.access.permissions import READING, WRITING, Permission
from okoce.foundation.access.policies import REFERENCE_TABLES, has_policy
from okoce.foundation.access.roles import ALL_ROLES, NATIONAL_ROLES, ROLES, Breadth
from okoce.pipeline.actions.merging import COMING_ALONG
from okoce.pipeline.row_images import IMAGED, STAYING

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "okoce"
WRITES = {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}
# Tables without persons or decisions that need no row rule: how the machinery keeps its own notes.
MACHINERY = {
    "events.SubjectKey",
    "events.GatheredFact",
    "api.IdempotentAnswer",
    "territory.Edition",
    "demo.SyntheticData",
    "demo.DemoMessage",
    "verification.LookupCount",
    "organisations.Filed",
}


def modules(name: str) -> list[Path]:
    """Every `<name>.py`, or the modules of a folder `<name>/`, of all features."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if name in {path.stem, path.parent.name} and "tests" not in path.parts and path.name != "__init__.py"
    ]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def own_models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("okoce.")]


def test_every_table_has_a_row_rule_or_is_reference_data() -> None:
    bare = [
        model._meta.label
        for model in own_models()
        if not has_policy(model) and model._meta.label not in REFERENCE_TABLES | MACHINERY
    ]
    assert bare == []


def test_every_public_action_is_behind_a_door() -> None:
    bare = [
        f"{dotted(path)}.{name}"
        for path in modules("actions")
        for name, function in inspect.getmembers(importlib.import_module(dotted(path)), inspect.isfunction)
        if function.__module__ == dotted(path)
        and not name.startswith("_")
        and not hasattr(function, "__okoce_permission__")
    ]
    assert bare == []


def test_every_permission_stands_in_a_role_and_every_door_names_one() -> None:
    given = {permission for role in ROLES.values() for permission in role.permissions}
    assert given == set(Permission)
    assert set(ACTIONS.values()) <= set(Permission)


def test_every_right_is_marked_as_reading_or_writing_and_its_name_says_so() -> None:
    assert set(Permission) == READING | WRITING
    assert not READING & WRITING
    assert {right for right in Permission if right.partition(".")[2].startswith("read")} == READING


def test_the_auditor_has_every_right_that_reads_and_not_one_that_writes() -> None:
    assert ROLES["auditor"].permissions == READING


def test_no_deed_stands_behind_a_right_that_only_reads() -> None:
    assert {deed: right for deed, right in ACTIONS.items() if right in READING} == {}


# What somebody does about herself alone, by no role: each refuses what is another's, and has a test of that.
DONE_ABOUT_ONESELF = {
    "okoce.community.association.actions.own_naming.withdraw_own_naming",
    "okoce.community.privacy.actions.account_rights.ask_about_own_account",
    "okoce.community.privacy.actions.account_rights.ask_own_account_erasure",
    "okoce.community.privacy.actions.account_rights.change_own_account_phone",
    "okoce.community.privacy.actions.account_rights.take_own_account_file",
    "okoce.community.privacy.actions.account_rights.withdraw_own_account_erasure",
    "okoce.community.privacy.actions.account_looks.note_account_look",
    "okoce.community.privacy.actions.files.take_own_file",
    "okoce.community.privacy.actions.looks.note_look",
    "okoce.foundation.notifications.actions.choose_own_preference",
    "okoce.foundation.notifications.actions.mark_own_read",
}


def test_only_what_is_about_the_doer_herself_needs_no_right() -> None:
    for path in modules("actions"):
        importlib.import_module(dotted(path))
    assert {deed for deed in OWN_ACTIONS if ".tests." not in deed} == DONE_ABOUT_ONESELF


# Where reading is a right apart from the deed: whoever may do it reads, and of those who may not, the auditor alone.
READ_WITH = {
    Permission.GROUPS_READ_DESK: {Permission.GROUPS_MANAGE},
    Permission.MEMBERS_READ_CONSENTS: {Permission.MEMBERS_NOTE_CONSENT},
    Permission.MEMBERS_READ_DUPLICATES: {Permission.MEMBERS_REVIEW_DUPLICATES},
    Permission.MEMBERS_READ_EXPORTS: {Permission.MEMBERS_EXPORT},
    Permission.MEMBERS_READ_IMPORTS: {Permission.MEMBERS_IMPORT},
    Permission.MEMBERS_READ_UNFINISHED: {Permission.MEMBERS_REGISTER},
    Permission.MESSAGES_READ: {Permission.MESSAGES_MANAGE},
    Permission.MESSAGES_READ_BY_HAND: {Permission.MESSAGES_SEND},
    Permission.PARTNERS_READ_PROPOSALS: {Permission.PARTNERS_MANAGE},
    Permission.PIPELINE_READ_EVIDENCE: {Permission.PIPELINE_GIVE_EVIDENCE},
    Permission.PRIVACY_READ: {Permission.MEMBERS_ANSWER_DATA_REQUEST, Permission.MEMBERS_ERASE},
}


def holders(right: Permission) -> set[str]:
    return {name for name, role in ALL_ROLES.items() if right in role.permissions}


def test_beside_the_auditor_only_whoever_does_the_deed_has_the_reading_apart_from_it() -> None:
    for reading, deeds in READ_WITH.items():
        for deed in deeds:
            assert holders(reading) - {"auditor"} == holders(deed), f"{reading} beside {deed}"


def test_national_roles_are_those_of_the_command() -> None:
    assert {name for name, role in ROLES.items() if role.breadth is Breadth.NATION} == NATIONAL_ROLES
    assert {
        "administrator",
        "auditor",
        "sekretariat",
        "petugas_pelindungan_data",
        "direktorat_diklat",
    } == NATIONAL_ROLES


def test_queries_take_the_actor_first_or_say_that_they_are_public() -> None:
    public = {"okoce.foundation.territory.queries", "okoce.foundation.accounts.queries"}
    strangers = []
    for path in modules("queries"):
        if dotted(path) in public:
            continue
        module = importlib.import_module(dotted(path))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if (
                function.__module__ != dotted(path)
                or name.startswith("_")
                or "Public" in (function.__doc__ or "")
            ):
                continue
            first = next(iter(inspect.signature(function).parameters), "")
            if first != "actor":
                strangers.append(f"{dotted(path)}.{name}")
    assert strangers == []


def test_doors_do_not_write_and_do_not_reach_for_tables() -> None:
    trespasses = []
    for path in [*modules("views"), *modules("api"), *modules("jobs"), *modules("templatetags")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                trespasses.append(f"{path.relative_to(ROOT)}:{node.lineno} .objects")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES - {"update"}
                and not isinstance(node.func.value, ast.Attribute)
            ):
                trespasses.append(f"{path.relative_to(ROOT)}:{node.lineno} .{node.func.attr}(")
    assert trespasses == []


def test_every_table_with_rows_of_a_member_says_what_a_merge_does_with_them() -> None:
    """Name a new one in `pipeline.row_images` (IMAGED, with the deed that moves its rows: COMING_ALONG where all of them
    come along; or STAYING), so that nothing of a person is left behind and an undoing brings all of it back."""
    told = set(IMAGED) | STAYING
    about = {
        model._meta.label
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.related_model is Member and model is not Member
    }
    assert about - told == set()
    assert set(COMING_ALONG) <= set(IMAGED)


def test_no_signals_anywhere() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "django.db.models.signals" in path.read_text() or "django.dispatch" in path.read_text()
    ]
    assert guilty == []
