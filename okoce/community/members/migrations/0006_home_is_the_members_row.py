"""Whoever never moved has no row in the residences: her own row says where she lives, since ever.

Nearly everybody had one row that said the same again; writing it, its four indexes and its triggers was a twentieth of an
import (measured). What is left are periods with a day, so that one exclusion holds all of them.
"""

from importlib import import_module

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import okoce.foundation.shared.ranges

alone = import_module("okoce.community.members.migrations.0004_undated_stands_alone")

# Where somebody counts is the same before and after, so nobody is restated; were an undated row ever at odds with the
# member's own, the second statement would restate her.
UNDATED = """
ALTER TABLE members_residence DISABLE TRIGGER USER;
DELETE FROM members_residence r USING members_member m
  WHERE m.id = r.member_id AND m.region = r.region AND r.from_on IS NULL AND r.until_on IS NULL;
ALTER TABLE members_residence ENABLE TRIGGER USER;
DELETE FROM members_residence WHERE from_on IS NULL AND until_on IS NULL;
"""

KNOWN = """
CREATE FUNCTION members_require_known() RETURNS trigger LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  ids bigint[] := ARRAY(SELECT DISTINCT c.member_id FROM changed c);
BEGIN
  -- the ids are distinct, and a person that exists is never deleted
  IF (SELECT count(*) FROM members_member WHERE id = ANY(ids)) <> cardinality(ids) THEN
    RAISE EXCEPTION 'okoce: there is no such member' USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME,
      DETAIL = (SELECT format('id %s', min(id)) FROM unnest(ids) AS asked(id)
        WHERE NOT EXISTS (SELECT FROM members_member m WHERE m.id = asked.id));
  END IF;
  RETURN NULL;
END $$;
"""


def held_to_members(table: str) -> str:
    """Triggers that hold a table to existing people (ADR 0012)."""
    return "".join(
        f"CREATE TRIGGER members_known_{deed} AFTER {deed.upper()} ON {table} REFERENCING NEW TABLE AS changed"
        " FOR EACH STATEMENT EXECUTE FUNCTION members_require_known();"
        for deed in ("insert", "update")
    )


def let_go(table: str) -> str:
    return "".join(f"DROP TRIGGER members_known_{deed} ON {table};" for deed in ("insert", "update"))


class Migration(migrations.Migration):
    dependencies = [("members", "0005_newcomers")]
    operations = [
        migrations.RunSQL(alone.NOT_ALONE + UNDATED, alone.ALONE),
        migrations.RemoveConstraint(model_name="residence", name="members_residence_one_at_a_time"),
        migrations.RemoveConstraint(model_name="residence", name="members_residence_one_open"),
        migrations.RemoveConstraint(model_name="residence", name="members_residence_one_since_ever"),
        migrations.RemoveConstraint(model_name="residence", name="members_residence_period"),
        migrations.AddConstraint(
            model_name="residence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("member", "="),
                    (okoce.foundation.shared.ranges.DateRange("from_on", "until_on", models.Value("[)")), "&&"),
                ],
                name="members_residence_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_on__isnull", False), ("until_on__isnull", False), _connector="OR"),
                    models.Q(
                        ("from_on__isnull", True),
                        ("until_on__isnull", True),
                        ("until_on__gt", models.F("from_on")),
                        _connector="OR",
                    ),
                ),
                name="members_residence_period",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="member",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="consents",
                to="members.member",
            ),
        ),
        migrations.RunSQL(
            KNOWN + held_to_members("members_consent"),
            let_go("members_consent") + "DROP FUNCTION members_require_known();",
        ),
        # an index of nothing but nulls, as long as nobody was merged
        migrations.AlterField(
            model_name="member",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absorbed",
                to="members.member",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="members_member_absorbed",
            ),
        ),
    ]
