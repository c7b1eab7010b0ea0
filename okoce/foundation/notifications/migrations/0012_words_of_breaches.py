"""What is said to whom a breach of data concerns; no volunteer sends it, and nobody can refuse it."""

from datetime import date

from django.db import migrations

WORDINGS = [
    (
        "id", "Data Anda terkena kebocoran",
        "Halo {name}, kami wajib memberi tahu Anda (pasal 46 UU 27/2022): {title}. Data yang terkena: {data}. Diketahui: {noticed}."
        " Yang kami lakukan: {measures}. Waspadai pesan yang mengaku dari OK OCE dan meminta kode atau uang. Selengkapnya di"
        " halaman Data saya.",
    ),
    (
        "en", "Your data was part of a breach",
        "Hello {name}, we are bound to tell you (article 46 of law 27/2022): {title}. Data concerned: {data}. Noticed on: {noticed}."
        " What we have done: {measures}. Beware of messages in the name of OK OCE that ask for a code or for money. The whole notice"
        " stands on the page My data.",
    ),
]  # fmt: skip
DAY = date(2018, 1, 1)


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code="breach", language=language, version=1, from_on=DAY, subject=subject, body=body,
            whatsapp_name="okoce_breach_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for language, subject, body in WORDINGS
    )  # fmt: skip
    apps.get_model("notifications", "HandRule").objects.create(
        code="breach", days=0, from_on=DAY,
        source="Keputusan sekretariat: siapa yang datanya bocor tidak diketahui relawan",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0011_hand_rules_stay")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
