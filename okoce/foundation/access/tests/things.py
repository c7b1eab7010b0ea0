"""A table for tests of rights: it has every anchor that a scope can name, and exists only while a test runs."""

import pytest
from django.db import connection, models
from django.db.models import Q
from django.test.utils import isolate_apps

from okoce.foundation.access import policies
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.policies import anchored_rows
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.models import ScopedQuerySet

with isolate_apps("okoce.foundation.access"):

    class Thing(models.Model):
        """Something that lies in a kecamatan, a komunitas and a partner's care."""

        name = models.TextField(default="")
        region = models.CharField(max_length=13, default="", db_collation="C")
        group_id = models.BigIntegerField(null=True)
        partner_id = models.BigIntegerField(null=True)

        objects = ScopedQuerySet["Thing"].as_manager()

        class Meta:
            app_label = "access"


def thing_rows(scope: Scope) -> Q:
    return anchored_rows(scope, region="region", group="group_id", partner="partner_id")


@pytest.fixture
def things(db: None, monkeypatch: pytest.MonkeyPatch) -> type[Thing]:
    """The table, with its row rule."""
    monkeypatch.setitem(policies._RULES, Thing, (thing_rows, False))
    with connection.schema_editor() as editor:
        editor.create_model(Thing)
    return Thing


def holder(*grants: tuple[str, Scope]) -> Actor:
    """Somebody with these grants."""
    return Actor(label="user:7", user_id=7, grants=tuple(Grant(role, scope) for role, scope in grants))


def author_told() -> str:
    """Whom the database takes for the author now; "" for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('okoce.author', true), '')")
        return str(cursor.fetchone()[0])
