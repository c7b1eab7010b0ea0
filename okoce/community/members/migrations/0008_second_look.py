from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when newcomers were looked at again: so that a worker that was away overlooks nobody."""

    dependencies = [("members", "0007_slimmer_indexes")]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("looked_until", models.DateTimeField()),
            ],
        ),
    ]
