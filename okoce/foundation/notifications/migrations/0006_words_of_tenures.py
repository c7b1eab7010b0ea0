"""What is said when a term of office of the association runs out."""

from datetime import date

from django.db import migrations

CODE = "tenure_ending"
WORDINGS = [
    (
        "id", "Masa jabatan segera berakhir",
        "Halo {name}, masa jabatan {who} sebagai {position} ({branch}) berakhir {days} hari lagi, hari terakhirnya {last}."
        " Serah terima atau penunjukan lagi dicatat di halaman cabangnya oleh yang menunjuk.",
    ),
    (
        "en", "A term of office is about to end",
        "Hello {name}, the term of {who} as {position} ({branch}) ends in {days} days; its last day is {last}. Whoever appoints notes"
        " the handing over, or a new term, on the page of the branch.",
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
    dependencies = [("notifications", "0005_words_of_partners")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
