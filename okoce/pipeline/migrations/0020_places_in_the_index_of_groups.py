"""A komunitas spread over the country has few people in one kabupaten: 20,000 rows were looked at to find 200 of them. The
index now tells where each lives, so that only the rows of those found are read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0019_definition_of_waiting")]
    operations = [
        migrations.RemoveIndex(model_name="position", name="pipeline_position_group_id"),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["group_id", "cell", "since_on", "member_id"],
                include=("name_key", "province", "regency", "region"),
                condition=models.Q(("group_id__isnull", False)),
                name="pipeline_position_group_id",
            ),
        ),
    ]
