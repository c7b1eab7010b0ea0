"""The first words to which whoever applies for a mitra agrees."""

from datetime import date

from django.db import migrations

SINCE = date(2018, 1, 1)
TEXT = (
    "Saya berhak mewakili mitra ini. Saya setuju nama, jabatan, nomor HP, dan surel saya disimpan OK OCE untuk memeriksa pengajuan"
    " ini dan menghubungi saya tentang kemitraan. Hanya sekretariat dan petugas mitra ini yang melihatnya. Persetujuan ini boleh"
    " saya tarik kapan saja di halaman pengajuan."
)
TEXT_EN = (
    "I may speak for this partner. I agree that OK OCE keeps my name, office, telephone number and e-mail address to examine this"
    " application and to contact me about the partnership. Only the secretariat and the officers of this partner see them. I may"
    " withdraw this consent at any time on the page of the application."
)


def load(apps, schema_editor):
    apps.get_model("partners", "ContactText").objects.create(
        version="1", from_on=SINCE, text=TEXT, text_en=TEXT_EN
    )


def unload(apps, schema_editor):
    apps.get_model("partners", "ContactText").objects.filter(version="1").delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0010_public_applications")]
    operations = [migrations.RunPython(load, unload)]
