"""What "lit" and "coverage" mean where centres of entrepreneurship are counted."""

from datetime import date

from django.db import migrations

TEXT = (
    "Kecamatan menyala bila pada akhir hari itu paling sedikit satu pusat wirausaha di dalamnya buka. Cakupan: kecamatan yang menyala"
    " dibagi semua kecamatan di wilayah itu. Penyebutnya daftar kecamatan yang dipakai sekarang, juga untuk hari yang lalu."
)
TEXT_EN = (
    "A kecamatan is lit when at the end of that day at least one centre of entrepreneurship in it was open. Coverage: kecamatan lit,"
    " divided by all kecamatan of the place. The denominator is the list of kecamatan in use now, for past days too."
)


def load(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.create(
        code="centre_coverage", version=1, from_on=date(2018, 1, 1), text=TEXT, text_en=TEXT_EN
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code="centre_coverage", version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0002_chosen_people"), ("pipeline", "0021_targets")]
    operations = [migrations.RunPython(load, unload)]
