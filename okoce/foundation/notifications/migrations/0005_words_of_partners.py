"""What is said to whoever applied for a mitra when it is validated."""

from datetime import date

from django.db import migrations

CODE = "partner_validated"
WORDINGS = [
    (
        "id", "{partner} sudah menjadi mitra",
        "Halo {name}, {partner} sudah divalidasi sebagai mitra OK OCE, dan Anda narahubungnya. Masuk dengan nomor atau surel ini"
        " untuk melihat perjanjian dan menjawab rujukan.",
    ),
    (
        "en", "{partner} is a partner now",
        "Hello {name}, {partner} has been validated as a partner of OK OCE, and you are its contact person. Sign in with this number"
        " or e-mail address to see agreements and to answer referrals.",
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
    dependencies = [("notifications", "0004_words_of_emergency")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
