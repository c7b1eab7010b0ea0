"""The first limits and terms of public applications. What was filed before counts from here: nobody knows how often."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
DECISION = "Keputusan sekretariat"
TERMS = [
    ("most_waiting", 3, f"{DECISION}: supaya satu nomor tidak memenuhi antrean"),
    ("most_filed", 5, f"{DECISION}: selebihnya menarik dan mengajukan lagi hanya memenuhi antrean"),
    ("filed_days", 30, f"{DECISION}: sebulan"),
    ("unfinished_days", 60, f"{DECISION}: dua bulan untuk menjawab pertanyaan sekretariat"),
    ("contact_days", 180, f"{DECISION}: setengah tahun, selama pengaju masih boleh bertanya mengapa"),
]


def load(apps, schema_editor):
    term = apps.get_model("organisations", "ApplicationTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_applications"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            "CREATE TRIGGER organisations_filed_author BEFORE INSERT OR UPDATE OR DELETE ON organisations_filed"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            "DROP TRIGGER organisations_filed_author ON organisations_filed;",
        ),
    ]
