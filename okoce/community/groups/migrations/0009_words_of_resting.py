"""What is said to the officers of a komunitas that rests, ends, or goes on; by hand for two weeks."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
WORDINGS = [
    (
        "group_paused", "id", "{group} berhenti sementara",
        "Halo {name}, sekretariat OK OCE menghentikan {group} untuk sementara. Alasannya: {reason} Anggotanya tetap, dan Anda tetap"
        " pengurusnya; anggota baru belum bisa masuk. Ada yang keliru? Tanyakan di /lapor.",
    ),
    (
        "group_paused", "en", "{group} rests for a time",
        "Hello {name}, the secretariat of OK OCE lets {group} rest for a time. The reason: {reason} Its members stay, and you remain"
        " its officer; nobody new can join meanwhile. Is something wrong? Ask at /lapor.",
    ),
    (
        "group_closed", "id", "{group} ditutup",
        "Halo {name}, sekretariat OK OCE menutup {group}. Alasannya: {reason} Masa tugas Anda di sana berakhir hari ini; riwayatnya"
        " tetap tersimpan. Ada yang keliru? Tanyakan di /lapor.",
    ),
    (
        "group_closed", "en", "{group} has been closed",
        "Hello {name}, the secretariat of OK OCE has closed {group}. The reason: {reason} Your office there ends today; its history"
        " is kept. Is something wrong? Ask at /lapor.",
    ),
    (
        "group_reopened", "id", "{group} dibuka lagi",
        "Halo {name}, sekretariat OK OCE membuka {group} lagi, dan anggota baru boleh masuk. Alasannya: {reason} Pusat wirausaha yang"
        " tutup sementara dibuka lagi oleh sekretariat.",
    ),
    (
        "group_reopened", "en", "{group} goes on",
        "Hello {name}, the secretariat of OK OCE has opened {group} again, and new members may join. The reason: {reason} Centres that"
        " are shut for a time are opened again by the secretariat.",
    ),
]  # fmt: skip

WAITED_FOR = "Keputusan sekretariat: pengurus harus tahu apa yang diputuskan tentang komunitasnya"


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=FIRST_DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    rule = apps.get_model("notifications", "HandRule")
    rule.objects.bulk_create(
        rule(code=code, days=14, from_on=FIRST_DAY, source=WAITED_FOR)
        for code in sorted({code for code, *_words in WORDINGS})
    )


class Migration(migrations.Migration):
    dependencies = [("groups", "0008_others_and_answers"), ("notifications", "0010_words_of_groups")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
