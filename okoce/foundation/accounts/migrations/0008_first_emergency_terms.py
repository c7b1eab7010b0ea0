"""How long an emergency lasts and how long whoever opened it rests; and the database refuses one without an author."""

from datetime import date

from django.db import migrations

TABLE = "accounts_emergencyaccess"
TERMS = [
    ("minutes", 30, "Keputusan sekretariat: cukup untuk satu perkara, terlalu singkat untuk bekerja sehari-hari"),
    ("rest_minutes", 720, "Keputusan sekretariat: siapa yang memerlukannya lagi pada hari yang sama memerlukan peran, bukan darurat"),
]


def load(apps, schema_editor):
    term = apps.get_model("accounts", "EmergencyTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=date(2018, 1, 1), source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_emergency_access"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            f"CREATE TRIGGER {TABLE}_author BEFORE INSERT OR UPDATE OR DELETE ON {TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            f"DROP TRIGGER {TABLE}_author ON {TABLE};",
        ),
    ]
