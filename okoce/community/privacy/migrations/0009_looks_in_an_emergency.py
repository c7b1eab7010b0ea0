"""A look that fell into an emergency is marked with it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0017_first_purposes'),
        ('privacy', '0008_first_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='look',
            name='emergency_id',
            field=models.BigIntegerField(null=True),
        ),
    ]
