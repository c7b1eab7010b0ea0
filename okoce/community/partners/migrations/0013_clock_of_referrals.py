"""Until when a referral is answered and its outcome noted. For what was sent before there was a clock it runs from now on."""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

FIRST = (
    ("answer", 7, "Keputusan sekretariat: orangnya menunggu, seminggu cukup untuk menjawab ya atau tidak"),
    ("outcome", 30, "Keputusan sekretariat: sebulan cukup untuk melayani atau mengatakan mengapa tidak"),
)
OPEN = ["sent", "accepted"]
RUNS_FROM_NOW = """
UPDATE partners_referral SET due_on = (now() AT TIME ZONE 'Asia/Jakarta')::date
    + CASE state WHEN 'sent' THEN 7 ELSE 30 END
WHERE state IN ('sent', 'accepted');
"""
GUARDED = """
CREATE TRIGGER partners_referralterm_version BEFORE UPDATE OR DELETE ON partners_referralterm
  FOR EACH ROW EXECUTE FUNCTION okoce_keep_version();
CREATE TRIGGER partners_referralterm_author BEFORE INSERT ON partners_referralterm
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
DROPPED = """
DROP TRIGGER partners_referralterm_author ON partners_referralterm;
DROP TRIGGER partners_referralterm_version ON partners_referralterm;
"""


def load(apps, schema_editor):
    term = apps.get_model("partners", "ReferralTerm")
    term.objects.bulk_create(
        term(code=code, days=days, from_on=date(2018, 1, 1), source=source) for code, days, source in FIRST
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
        cursor.execute(RUNS_FROM_NOW)


class Migration(migrations.Migration):
    dependencies = [("partners", "0012_answers"), ("events", "0006_versions_stay")]
    operations = [
        migrations.CreateModel(
            name="ReferralTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.TextField(
                        choices=[
                            ("answer", "Hari untuk menjawab rujukan"),
                            ("outcome", "Hari untuk mencatat hasilnya, sejak diterima"),
                        ]
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField()),
                ("source", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["code", "from_on"], name="partners_referralterm_since"),
                    models.CheckConstraint(
                        condition=Q(code__in=["answer", "outcome"]), name="partners_referralterm_code"
                    ),
                    models.CheckConstraint(condition=Q(days__gt=0), name="partners_referralterm_days"),
                ]
            },
        ),
        migrations.AddField("referral", "due_on", models.DateField(null=True)),
        migrations.AddField("referral", "escalated_since", models.DateTimeField(null=True)),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | (~Q(state__in=OPEN) & Q(due_on__isnull=True, escalated_since__isnull=True)),
                name="partners_referral_due_while_open",
            ),
        ),
        migrations.AddIndex(
            "referral",
            models.Index(
                fields=["due_on"],
                name="partners_referral_due",
                condition=Q(state__in=OPEN, escalated_since__isnull=True),
            ),
        ),
        migrations.RunSQL(GUARDED, DROPPED),
    ]
