"""At what age one answers for oneself, and how long a registration that nobody finished is kept."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
TERMS = [
    (
        "adult_age", 18,
        "UU 35/2014 tentang Perlindungan Anak, pasal 1; UU 27/2022 tentang Pelindungan Data Pribadi, pasal 25",
    ),
    ("draft_days", 30, "Keputusan sekretariat: pendaftaran yang tidak selesai dihapus setelah 30 hari"),
]  # fmt: skip


def load(apps, schema_editor):
    term = apps.get_model("registration", "RegistrationTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("registration", "0004_drafts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
