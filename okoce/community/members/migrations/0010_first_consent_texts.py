"""The words of the paper form (version 1) and of the public form (version 2)."""

from datetime import date

from django.db import migrations

PAPER = date(2018, 1, 1)
PUBLIC_FORM = date(2026, 11, 1)
# version, from, purpose, text, detail, English text, English detail
TEXTS = [
    (
        "1", PAPER, "programme",
        "Data saya boleh disimpan dan dipakai OK OCE supaya saya bisa mengikuti tujuh tahap", "",
        "OK OCE may keep and use my data so that I can take part in the seven stages", "",
    ),
    ("1", PAPER, "contact", "Saya boleh dihubungi lewat WhatsApp", "", "I may be contacted by WhatsApp", ""),
    (
        "2", PUBLIC_FORM, "programme",
        "Komunitas dan pendamping saya boleh melihat nama, nomor WhatsApp, tempat tinggal, dan usaha saya",
        "untuk melatih dan mendampingi saya",
        "My komunitas and my mentor may see my name, WhatsApp number, place of residence and business",
        "to train and to mentor me",
    ),
    (
        "2", PUBLIC_FORM, "shop",
        "Nama usaha saya boleh tampil di daftar belanja", "orang bisa memesan lewat WhatsApp",
        "The name of my business may stand in the shopping list", "people can order by WhatsApp",
    ),
    (
        "2", PUBLIC_FORM, "contact",
        "Kabari saya lewat WhatsApp soal bazar dan pelatihan", "paling banyak 2 pesan seminggu",
        "Tell me by WhatsApp about bazaars and trainings", "at most 2 messages a week",
    ),
    (
        "2", PUBLIC_FORM, "call_back",
        "Kalau pendaftaran ini terputus, komunitas boleh menghubungi saya",
        "hanya untuk membantu saya menyelesaikannya",
        "If this registration breaks off, the komunitas may contact me", "only to help me finish it",
    ),
    (
        "2", PUBLIC_FORM, "guardian",
        "Saya orang tua atau wali pendaftar ini. Saya setuju ia menjadi anggota dan datanya dipakai seperti di atas",
        "dibaca dan disetujui sendiri oleh orang tua atau wali",
        "I am a parent or guardian of this applicant. I agree that she or he becomes a member and that the data are used"
        " as said above",
        "read and agreed to by the parent or guardian in person",
    ),
]  # fmt: skip


def load(apps, schema_editor):
    text = apps.get_model("members", "ConsentText")
    text.objects.bulk_create(
        text(version=version, from_on=day, purpose=purpose, text=told, detail=more, text_en=english, detail_en=more_en)
        for version, day, purpose, told, more, english, more_en in TEXTS
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0009_consent_texts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
