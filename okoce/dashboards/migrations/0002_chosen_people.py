"""A file of those alone who were ticked; and within which rights a file was made."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("dashboards", "0001_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="chosen",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="reach",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("chosen__isnull", True), ("chosen__len__gt", 0), _connector="OR"),
                name="dashboards_export_chosen",
            ),
        ),
    ]
