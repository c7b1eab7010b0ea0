"""How many days before its end an agreement stands on the list, and whoever writes these tables must be named."""

from datetime import date

from django.db import migrations

SINCE = date(2018, 1, 1)
SOURCE = "Keputusan sekretariat: cukup waktu untuk merundingkan, menulis, dan menandatangani perpanjangan"
TABLES = (
    "partners_agreement",
    "partners_party",
    "partners_extension",
    "partners_obligation",
)


def load(apps, schema_editor):
    notice = apps.get_model("partners", "NoticeTerm")
    notice.objects.bulk_create(notice(days=days, from_on=SINCE, source=SOURCE) for days in (90, 30, 7))


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_agreements"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
                f"DROP TRIGGER {table}_author ON {table};",
            )
            for table in TABLES
        ),
    ]
