"""What is said to whoever founded a komunitas when it is decided about, and to whoever is to serve one; by hand for two weeks."""

from datetime import date

from django.db import migrations

WORDINGS = [
    (
        "group_asked", "id", "Pertanyaan tentang {group}",
        "Halo {name}, sekretariat OK OCE bertanya tentang pengajuan {group}. Buka /komunitas/daftar, isi nomor ini, lalu baca"
        " pertanyaannya dan jawab di formulirnya.",
    ),
    (
        "group_asked", "en", "A question about {group}",
        "Hello {name}, the secretariat of OK OCE has a question about the application of {group}. Open /komunitas/daftar, enter this"
        " number, then read the question and answer it in the form.",
    ),
    (
        "group_refused", "id", "Jawaban atas pengajuan {group}",
        "Halo {name}, pengajuan {group} belum diterima. Alasannya tertulis di /komunitas/daftar: isi nomor ini untuk membacanya."
        " Anda boleh mengajukan lagi.",
    ),
    (
        "group_refused", "en", "The answer about {group}",
        "Hello {name}, the application of {group} was not accepted. The reason is written at /komunitas/daftar: enter this number to"
        " read it. You may apply again.",
    ),
    (
        "group_validated", "id", "{group} sudah divalidasi",
        "Halo {name}, {group} sudah divalidasi sebagai komunitas OK OCE dan boleh menerima anggota. Buka /komunitas/daftar dengan"
        " nomor ini untuk melihat langkah berikutnya.",
    ),
    (
        "group_validated", "en", "{group} has been validated",
        "Hello {name}, {group} has been validated as a komunitas of OK OCE and may take members. Open /komunitas/daftar with this"
        " number to see what comes next.",
    ),
    (
        "officer_appointed", "id", "Anda pengurus {group}",
        "Halo {name}, Anda ditunjuk menjadi pengurus {group}, mulai {since}. Masuk dengan nomor atau surel ini untuk mengajak dan"
        " mengurus anggotanya.",
    ),
    (
        "officer_appointed", "en", "You are an officer of {group}",
        "Hello {name}, you have been appointed an officer of {group}, from {since} on. Sign in with this number or e-mail address to"
        " invite members and to look after them.",
    ),
]  # fmt: skip

WAITED_FOR = "Keputusan sekretariat: penerimanya menunggu jawaban ini"


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=date(2018, 1, 1), subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    rule = apps.get_model("notifications", "HandRule")
    rule.objects.bulk_create(
        rule(code=code, days=14, from_on=date(2018, 1, 1), source=WAITED_FOR)
        for code in sorted({code for code, *_words in WORDINGS})
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_hands_end")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
