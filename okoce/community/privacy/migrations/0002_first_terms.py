"""How long looks are kept, how many NIK an officer opens a day, how long somebody may think over her erasure."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
TERMS = [
    ("looks_kept_days", 365, "Keputusan sekretariat: setahun, supaya anggota sempat memeriksa"),
    ("nik_a_day", 10, "Keputusan sekretariat: lebih dari itu bukan lagi pekerjaan satu petugas sehari"),
    (
        "erasure_wait_days", 3,
        "Keputusan sekretariat, dalam 3×24 jam UU 27/2022 tentang Pelindungan Data Pribadi",
    ),
    (
        "request_hours", 72,
        "3×24 jam menurut UU 27/2022 tentang Pelindungan Data Pribadi",
    ),
]  # fmt: skip


def load(apps, schema_editor):
    term = apps.get_model("privacy", "PrivacyTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_rights")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
