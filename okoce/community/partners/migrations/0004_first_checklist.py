"""The first checklist for a mitra, where those that are there already serve, and whoever writes these tables must be named."""

from datetime import date

from django.db import migrations

SINCE = date(2026, 11, 1)
ITEMS = [
    (
        "exists",
        "Mitra ini ada dan sah: akta, SK, atau surat resmi sudah dilihat",
        "It exists and is lawful: its deed, decree or an official letter was seen",
    ),
    (
        "speaker_entitled",
        "Narahubungnya sudah dihubungi dan berhak mewakili",
        "Its contact person was reached and may speak for it",
    ),
    (
        "serves_there",
        "Ia sungguh melayani di wilayah yang ditulis",
        "It does serve in the places that were named",
    ),
    (
        "offer_fits",
        "Yang ditawarkan jelas, dan tidak membebani atau menyesatkan anggota",
        "What it offers is clear, and neither burdens nor misleads members",
    ),
    (
        "data_rules",
        "Ia tahu aturan data: yang dirujuk hanya dipakai untuk tujuannya",
        "It knows the rules on data: whoever is referred is served for that purpose alone",
    ),
]
TABLES = ("partners_proposal", "partners_partnerarea", "partners_partnercheck", "partners_contact")


def load(apps, schema_editor):
    item = apps.get_model("partners", "PartnerItem")
    item.objects.bulk_create(
        item(code=code, text=text, text_en=english, place=place, from_on=SINCE)
        for place, (code, text, english) in enumerate(ITEMS)
    )


def home_as_area(apps, schema_editor):
    partner, area = apps.get_model("partners", "Partner"), apps.get_model("partners", "PartnerArea")
    area.objects.bulk_create(
        area(partner=row, region=row.region, from_on=row.created_at.date()) for row in partner.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_life_of_a_partner"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(home_as_area, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
                f"DROP TRIGGER {table}_author ON {table};",
            )
            for table in TABLES
        ),
    ]
