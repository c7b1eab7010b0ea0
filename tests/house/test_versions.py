"""What figures, consents, notices and numbers of the law mean stands in versions: none is changed in place, words need an author."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from okoce.foundation.access.door import opened_by
from okoce.foundation.access.policies import REFERENCE_TABLES
from okoce.pipeline.models import Definition
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db

# The functions by which the database refuses to change what a version says.
KEEPING = {
    "okoce_keep_version",
    "pipeline_keep_rule",
    "notifications_hand_rule_stays",
    "members_consent_words_stay",
}
CHANGED_BY_DEEDS = {
    "accounts.CodeLimit": "how many codes a day may ask for: operators set the same day anew, by a command and with a fact",
    "association.Position": "ended and taken back by deeds alone, and the database asks for their author",
    "pipeline.Target": "withdrawn by a deed, which writes when and why into the row; who set it stands there",
}
AUTHORED = {
    "groups.ChecklistItem",
    "members.ConsentText",
    "members.Purpose",
    "notifications.HandRule",
    "notifications.Wording",
    "partners.ContactText",
    "partners.PartnerItem",
    "partners.ReferralText",
    "pipeline.Definition",
    "pipeline.ProgrammeRule",
    "privacy.NoticeText",
}


def functions_of(model: type[models.Model]) -> set[str]:
    """What the database calls when rows of a table are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgenabled <> 'D'",
            [model._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def versions() -> dict[str, type[models.Model]]:
    """The reference tables whose rows hold from a day on."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model._meta.label in REFERENCE_TABLES
        and any(field.name == "from_on" for field in model._meta.concrete_fields)
    }


def test_what_a_version_says_is_never_changed_in_any_table_of_versions() -> None:
    unkept = {label for label, model in versions().items() if not functions_of(model) & KEEPING}
    assert unkept == set(CHANGED_BY_DEEDS), (
        "add the table to a migration like dashboards/0009, or say why not"
    )


def test_words_that_mean_something_in_law_or_in_public_need_an_author() -> None:
    bare = {label for label in AUTHORED if "okoce_require_author" not in functions_of(apps.get_model(label))}
    assert bare == set()


def test_a_definition_is_followed_by_another_version_and_never_changed_or_deleted() -> None:
    before = list(Definition.objects.order_by("id").values())
    first = Definition.objects.filter(code="p2")
    for deed in (
        lambda: first.update(text="Lain"),
        lambda: first.update(from_on=date(2030, 1, 1)),
        first.delete,
    ):
        with pytest.raises(DatabaseError, match=r"never changes|nobody has said"), transaction.atomic():
            deed()
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), opened_by(SYSTEM):
            deed()
    new = {"code": "p2", "version": 9, "from_on": date(2030, 1, 1), "text": "Lain", "text_en": "Other"}
    with pytest.raises(DatabaseError, match="nobody has said who writes"), transaction.atomic():
        Definition.objects.create(**new)
    assert list(Definition.objects.order_by("id").values()) == before
    with transaction.atomic(), opened_by(SYSTEM):
        Definition.objects.create(**new)
    assert Definition.objects.count() == len(before) + 1
