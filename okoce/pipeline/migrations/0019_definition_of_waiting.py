"""What the ageing list counts, in words."""

from datetime import date

from django.db import migrations

TEXT = (
    "Orang menurut tahap terjauh yang sudah selesai dan berapa hari ia berdiri di sana, dihitung dari tanggal selesainya sampai"
    " hari ini. Tiap orang dihitung sekali, di tempat tinggalnya sekarang; yang sudah menyelesaikan P7 tidak menunggu apa pun."
)
TEXT_EN = (
    "People by the furthest stage that they have completed and how many days they have stood there, from the day of its"
    " completion until today. Everybody is counted once, where they live now; whoever has completed P7 waits for nothing."
)


def load(apps, schema_editor):
    definition = apps.get_model("pipeline", "Definition")
    definition.objects.create(code="waiting", version=1, from_on=date(2018, 1, 1), text=TEXT, text_en=TEXT_EN)


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code="waiting", version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0018_positions")]
    operations = [migrations.RunPython(load, unload)]
