"""A look that fell into an emergency is marked with it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0017_first_purposes'),
        ('privacy', '0008_first_notices'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='look',
            name='privacy_look_once',
        ),
        migrations.AddField(
            model_name='look',
            name='emergency_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(condition=models.Q(('emergency_id__isnull', False)), fields=['emergency_id'], name='privacy_look_of_emergency'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('span__isnull', False)), fields=('member', 'user_id', 'page', 'span', 'emergency_id'), name='privacy_look_once_each', nulls_distinct=False),
        ),
    ]
