"""Every table with something of a person is told to her and forgotten with her, or excused by name with a reason."""

from django.apps import apps
from django.db import models
from django.utils.module_loading import autodiscover_modules

from okoce.community.members.models import Member
from okoce.foundation.personal.registry import FORGOTTEN, TOLD

# Columns that are a person's wherever they stand, also in tables of libraries.
PERSONAL = {
    "member_id", "subject_id", "name", "name_key", "phone", "phone_hash", "phone_encrypted", "contact_hash", "key_hash",
    "email", "address", "nik_encrypted", "nik_hash", "nik_masked", "birth_on", "nib", "npwp", "answers", "answer", "journal",
    "changes", "note", "letter", "file_name", "chosen", "session_data", "session_key", "ip", "user_agent",
}  # fmt: skip
# Also behind a word that says whose: `founder_phone`.
OF_SOMEBODY = ("_name", "_phone", "_email", "_address", "_user_id")
# Columns of such a name that are nobody's.
NOBODYS = {
    "auth.Group",
    "auth.Permission",
    "territory.Region",
    "territory.OldCode",
    "territory.Edition",
    "pipeline.ProgrammeRule",
    "members.Purpose",
    # of allauth, which keeps nothing there: we sign in with our own codes
    "account.EmailAddress",
    "account.EmailConfirmation",
}
# Who did something in office: an account, no member.
AUTHORS = {"author_user_id"}
QUEUE = "procrastinate"


def tables_with_a_person() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label != QUEUE and model._meta.label not in NOBODYS and _is_personal(model)
    }


def _is_personal(model: type[models.Model]) -> bool:
    return model is Member or any(
        field.related_model is Member
        or field.column in PERSONAL
        or (field.column.endswith(OF_SOMEBODY) and field.column not in AUTHORS)
        for field in model._meta.concrete_fields
    )


def test_every_table_with_a_person_is_told_to_her_or_says_why_not() -> None:
    autodiscover_modules("personal")
    assert tables_with_a_person() - set(TOLD) == set(), "say in the feature's personal.py: tells, or not_told"


def test_every_table_with_a_person_forgets_her_or_says_why_not() -> None:
    autodiscover_modules("personal")
    assert tables_with_a_person() - set(FORGOTTEN) == set(), (
        "say in the feature's personal.py: forgets, or not_forgotten"
    )


def test_what_is_spoken_for_exists_and_excuses_have_a_reason() -> None:
    autodiscover_modules("personal")
    known = {model._meta.label for model in apps.get_models()}
    assert set(TOLD) | set(FORGOTTEN) <= known
    assert all(len(reason) > 20 for reason in (*TOLD.values(), *FORGOTTEN.values()) if reason)
