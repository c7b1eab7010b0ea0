"""How many photos a ticket may have, and how large each; and whoever writes them must be named."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
DECISION = "Keputusan sekretariat"
TERMS = [
    ("photos_most", 3, f"{DECISION}: cukup untuk percakapan dan bukti bayar"),
    ("photo_megabytes", 10, f"{DECISION}: sebesar foto telepon biasa"),
]


def load(apps, schema_editor):
    term = apps.get_model("tickets", "TicketTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_photos"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            "CREATE TRIGGER tickets_photo_author BEFORE INSERT OR UPDATE OR DELETE ON tickets_photo"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            "DROP TRIGGER tickets_photo_author ON tickets_photo;",
        ),
    ]
