"""Who had a file of people made and why, by which code its lines are found again, and how many people a role takes along a day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboards', '0004_board_defined'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExportLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.TextField()),
                ('people_a_day', models.PositiveIntegerField()),
                ('from_on', models.DateField()),
                ('source', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='export',
            name='code',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='export',
            name='counted',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='export',
            name='fetched_last',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='export',
            name='fetches_count',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='export',
            name='reason',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='dashboards_export_code'),
        ),
        migrations.AddConstraint(
            model_name='exportlimit',
            constraint=models.UniqueConstraint(fields=('role', 'from_on'), name='dashboards_exportlimit_once'),
        ),
    ]
