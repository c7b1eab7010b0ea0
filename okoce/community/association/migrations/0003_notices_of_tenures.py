"""How many days before a term of office runs out its holder, and whoever appoints, are told."""

from datetime import date

from django.db import migrations, models

SOURCE = "Keputusan sekretariat: sama dengan perjanjian, 90, 30, dan 7 hari sebelumnya"
NOTICES = (("first_notice_days", 90), ("second_notice_days", 30), ("last_notice_days", 7))
KNOWN = ["unvisited_days", "ending_days", *(code for code, _days in NOTICES)]


def load(apps, schema_editor):
    term = apps.get_model("association", "AssociationTerm")
    term.objects.bulk_create(
        term(code=code, value=days, from_on=date(2018, 1, 1), source=SOURCE) for code, days in NOTICES
    )


def unload(apps, schema_editor):
    apps.get_model("association", "AssociationTerm").objects.filter(code__in=dict(NOTICES)).delete()


class Migration(migrations.Migration):
    dependencies = [("association", "0002_guards_and_first_offices")]
    operations = [
        migrations.AlterField(
            "associationterm",
            "code",
            models.TextField(
                choices=[
                    ("unvisited_days", "Belum ditengok sesudah berapa hari"),
                    ("ending_days", "Masa jabatan segera habis, berapa hari sebelumnya"),
                    ("first_notice_days", "Pemberitahuan pertama, berapa hari sebelum masa jabatan habis"),
                    ("second_notice_days", "Pemberitahuan kedua, berapa hari sebelum masa jabatan habis"),
                    ("last_notice_days", "Pemberitahuan terakhir, berapa hari sebelum masa jabatan habis"),
                ]
            ),
        ),
        migrations.RemoveConstraint("associationterm", "association_term_code"),
        migrations.AddConstraint(
            "associationterm",
            models.CheckConstraint(condition=models.Q(code__in=KNOWN), name="association_term_code"),
        ),
        migrations.RunPython(load, unload),
    ]
