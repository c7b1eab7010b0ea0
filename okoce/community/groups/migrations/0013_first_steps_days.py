"""For how many days a chair is new, so that signing in leads her to her first steps."""

from datetime import date

from django.db import migrations, models

CODES = [
    ("quiet_days", "Sunyi sesudah berapa hari"),
    ("quiet_warning_percent", "Peringatan sunyi sesudah berapa persen dari hari itu"),
    ("first_steps_days", "Ketua dibawa ke langkah pertama selama berapa hari"),
]


def load(apps, schema_editor):
    apps.get_model("groups", "GroupTerm").objects.create(
        code="first_steps_days", value=30, from_on=date(2018, 1, 1),
        source="Keputusan sekretariat: ketua baru dituntun selama bulan pertamanya",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("groups", "0012_targets_read")]
    operations = [
        migrations.AlterField("groupterm", "code", models.TextField(choices=CODES)),
        migrations.RemoveConstraint("groupterm", "groups_groupterm_code"),
        migrations.AddConstraint(
            "groupterm",
            models.CheckConstraint(
                condition=models.Q(code__in=[code for code, _label in CODES]), name="groups_groupterm_code"
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
