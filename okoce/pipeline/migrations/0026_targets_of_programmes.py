"""A target may be a programme's; and what is counted of a programme."""

from datetime import date

from django.db import migrations, models

COUNTED = (
    "Program: dihitung siapa yang pada hari itu tinggal di tempat yang aturannya, pada hari itu, milik program ini; aturan wilayah yang"
    " lebih sempit didahulukan. Semua program bersama sama dengan seluruh Indonesia. Bila tempatnya bertambah atau berkurang, laju dan"
    " ramalan dihitung di tempat-tempat hari ini saja: berubahnya batas bukan kemajuan dan bukan kemunduran. Program yang berakhir"
    " sebelum targetnya dinilai pada hari terakhirnya.",
    "Programme: whoever lives, on that day, in a place whose rule on that day is this programme's; the rule of a narrower territory goes"
    " first. All programmes together are the whole of Indonesia. Where its places became more or fewer, pace and forecast are counted in"
    " today's places alone: a border that moved is neither progress nor loss. A programme that ends before its target is judged on its"
    " last day.",
)


def load(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.create(
        code="target_programme", version=1, from_on=date(2018, 1, 1), text=COUNTED[0], text_en=COUNTED[1]
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code="target_programme", version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0024_rules_by_version")]
    operations = [
        migrations.AlterField(
            "target", "node", models.CharField(blank=True, db_collation="C", default="", max_length=80)
        ),
        migrations.RunPython(load, unload),
    ]
