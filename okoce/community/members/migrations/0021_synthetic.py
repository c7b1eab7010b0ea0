"""An index of the people who are examples: empty where everybody is real."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("members", "0020_words_by_province")]

    operations = [
        AddIndexConcurrently(
            model_name="member",
            index=models.Index(
                condition=models.Q(("is_synthetic", True)),
                fields=["region"],
                name="members_member_synthetic",
            ),
        ),
    ]
