"""How many people each role may take along in files on one day."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
DECISION = "Keputusan sekretariat"
LIMITS = [
    ("pengurus_komunitas", 5_000, f"{DECISION}: seluruh anggota sebuah komunitas, beberapa kali sehari"),
    ("petugas_kecamatan", 10_000, f"{DECISION}: seluruh anggota sebuah kecamatan"),
    ("petugas_skpd", 25_000, f"{DECISION}: seluruh binaan sebuah kota"),
    ("sekretariat", 100_000, f"{DECISION}: laporan sebuah provinsi; lebih dari itu lewat angka, bukan nama"),
    ("administrator", 100_000, f"{DECISION}: sama dengan sekretariat"),
]


def load(apps, schema_editor):
    limit = apps.get_model("dashboards", "ExportLimit")
    limit.objects.bulk_create(
        limit(role=role, people_a_day=people, from_on=FIRST_DAY, source=source) for role, people, source in LIMITS
    )


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0005_traced_exports")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
