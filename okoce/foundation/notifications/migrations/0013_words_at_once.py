"""The words of what leaves at once: codes, and what a phone is told; they stood in the code before. None goes by hand."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
WORDINGS = [
    (
        "sign_in_code", "id", "{what} Anda",
        "OK OCE: {what} Anda {code}. Berlaku sampai pukul {until}. Jangan berikan kepada siapa pun, juga petugas.",
    ),
    (
        "sign_in_code", "en", "Your {what}",
        "OK OCE: your {what} is {code}. Valid until {until}. Give it to nobody, not even to officers.",
    ),
    (
        "guardian_code", "id", "Kode persetujuan wali",
        "OK OCE: kode persetujuan orang tua atau wali {code}. Berikan hanya kepada anak yang Anda izinkan menjadi anggota."
        " Berlaku sampai pukul {until}. Tidak tahu soal ini? Abaikan.",
    ),
    (
        "guardian_code", "en", "The guardian's consent code",
        "OK OCE: parent's or guardian's consent code {code}. Give it only to the child whom you allow to become a member."
        " Valid until {until}. You know nothing of this? Ignore it.",
    ),
    (
        "guardian_asked", "id", "Seorang anak meminta izin Anda",
        "OK OCE: seorang anak meminta izin Anda untuk menjadi anggota. Sesudah pesan ini Anda menerima sebuah kode, yang berlaku"
        " sampai pukul {until}. Memberikan kode itu berarti setuju. Berikan hanya kepada anak yang Anda izinkan, dan tidak kepada"
        " orang lain. Tidak tahu soal ini? Abaikan keduanya.",
    ),
    (
        "guardian_asked", "en", "A child asks for your consent",
        "OK OCE: a child asks for your consent to become a member. After this message you receive a code, which is valid until"
        " {until}. To give it away is to agree. Give it only to the child whom you allow, and to nobody else. You know nothing of"
        " this? Ignore both.",
    ),
    (
        "sign_in_locked", "id", "Nomor Anda dikunci",
        "OK OCE: kode masuk untuk nomor Anda salah diisi berkali-kali, jadi dikunci sampai pukul {until}. Data Anda aman."
        " Bila bukan Anda, beri tahu pendamping; jangan berikan kode kepada siapa pun.",
    ),
    (
        "sign_in_locked", "en", "Your number is locked",
        "OK OCE: wrong sign-in codes for your number were typed many times, so it is locked until {until}. Your data are safe."
        " If it was not you, tell your mentor; give codes to nobody.",
    ),
    (
        "phone_changed", "id", "Nomor HP seorang anggota diganti",
        "OK OCE: nomor HP seorang anggota yang memakai nomor ini diganti menjadi {phone}. Bila bukan Anda atau keluarga yang"
        " mengganti, segera beri tahu pendamping. Jangan berikan kode kepada siapa pun.",
    ),
    (
        "phone_changed", "en", "The phone number of a member was changed",
        "OK OCE: the phone number of a member who uses this number was changed to {phone}. If neither you nor your family changed"
        " it, tell your mentor at once. Give no code to anybody.",
    ),
    (
        "phone_left", "id", "Nomor ini tidak dipakai lagi",
        "OK OCE: nomor HP ini tidak dipakai lagi oleh seorang anggota. Bila bukan Anda atau keluarga yang mengganti, segera"
        " beri tahu pendamping. Jangan berikan kode kepada siapa pun.",
    ),
    (
        "phone_left", "en", "This number is no longer used",
        "OK OCE: a member no longer uses this phone number. If neither you nor your family changed it, tell your mentor at once."
        " Give no code to anybody.",
    ),
]  # fmt: skip

AT_ONCE = "Keputusan sekretariat: keluar seketika atau tidak sama sekali; kode tidak lewat tangan siapa pun"


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
        rule(code=code, days=0, from_on=FIRST_DAY, source=AT_ONCE)
        for code in sorted({code for code, *_words in WORDINGS})
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0012_words_of_breaches")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
