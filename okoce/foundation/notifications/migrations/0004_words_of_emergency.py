"""What is said to whoever answers for personal data when an officer opens an emergency."""

from datetime import date

from django.db import migrations

CODE = "emergency_opened"
WORDINGS = [
    (
        "id", "Akses darurat dibuka",
        "Halo {name}, {who} membuka akses darurat ke data di {place} sampai {until}. Alasannya, yang dilihat, dan tombol untuk"
        " menghentikannya ada di Data pribadi, lalu Akses darurat.",
    ),
    (
        "en", "Emergency access opened",
        "Hello {name}, {who} has opened emergency access to the data in {place} until {until}. The reason, what is looked at, and"
        " the button that stops it are under Personal data, then Emergency access.",
    ),
]  # fmt: skip


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=CODE, language=language, version=1, from_on=date(2018, 1, 1), subject=subject, body=body,
            whatsapp_name=f"okoce_{CODE}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for language, subject, body in WORDINGS
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_deliveries_by_state")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
