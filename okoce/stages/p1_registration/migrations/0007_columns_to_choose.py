"""Files whose columns are still to be chosen, and how often each reason was said of an import's rows."""

from django.db import migrations, models
from django.db.models import Q

STATES = ["unclear", "uploaded", "checking", "checked", "running", "done", "cancelled", "failed"]


class Migration(migrations.Migration):

    dependencies = [
        ("registration", "0006_import_warnings"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="refused_kinds",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="import",
            name="warned_kinds",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.TextField(
                choices=[
                    ("unclear", "Kolom belum jelas"),
                    ("uploaded", "Berkas diterima"),
                    ("checking", "Sedang diperiksa"),
                    ("checked", "Sudah diperiksa"),
                    ("running", "Sedang diimpor"),
                    ("done", "Selesai"),
                    ("cancelled", "Dibatalkan"),
                    ("failed", "Gagal"),
                ],
                default="uploaded",
            ),
        ),
        migrations.RemoveConstraint(model_name="import", name="registration_import_state"),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(condition=Q(state__in=STATES), name="registration_import_state"),
        ),
    ]
