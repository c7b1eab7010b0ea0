"""The first checklist of the secretariat, and whoever writes these tables must be named."""

from datetime import date

from django.db import migrations

SINCE = date(2026, 11, 1)
ITEMS = [
    (
        "founder_reached",
        "Pendirinya sudah dihubungi, dan orangnya benar",
        "The founder was contacted and is who she says she is",
    ),
    (
        "name_honest",
        "Namanya tidak menyesatkan dan tidak memakai nama pihak lain tanpa izin",
        "The name does not mislead, nor use somebody else's name without permission",
    ),
    (
        "works_there",
        "Komunitas sungguh bekerja di wilayah yang ditulis",
        "The komunitas does work in the area that was named",
    ),
    (
        "others_join",
        "Ada orang lain yang ikut mengurus selain pendirinya",
        "Others than the founder help to run it",
    ),
    (
        "purpose_fits",
        "Tujuannya sejalan dengan gerakan: menumbuhkan wirausaha",
        "Its purpose is that of the movement: to grow entrepreneurs",
    ),
]
TABLES = ("groups_application", "groups_grouparea", "groups_check")


def load(apps, schema_editor):
    item = apps.get_model("groups", "ChecklistItem")
    item.objects.bulk_create(
        item(code=code, text=text, text_en=english, place=place, from_on=SINCE)
        for place, (code, text, english) in enumerate(ITEMS)
    )


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_applications"), ("events", "0002_append_only")]
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
