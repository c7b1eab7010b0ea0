"""Of the first steps of a chair, the one that no other record tells."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0011_silences")]
    operations = [
        migrations.AddField(model_name="officer", name="targets_read_on", field=models.DateField(null=True)),
    ]
