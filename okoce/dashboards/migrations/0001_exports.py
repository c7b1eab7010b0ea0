"""Files of people that officers asked for."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('author', models.TextField()),
                ('author_user_id', models.BigIntegerField()),
                ('query', models.TextField(blank=True, default='')),
                ('format', models.TextField(choices=[('csv', 'CSV'), ('xlsx', 'XLSX')])),
                ('state', models.TextField(choices=[('waiting', 'Menunggu giliran'), ('running', 'Sedang disusun'), ('done', 'Siap diunduh'), ('cancelled', 'Dibatalkan'), ('failed', 'Gagal')], default='waiting')),
                ('done', models.IntegerField(default=0)),
                ('is_cut', models.BooleanField(default=False)),
                ('stored_as', models.TextField(blank=True, default='')),
                ('error', models.TextField(blank=True, default='')),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('cancel_asked_at', models.DateTimeField(null=True)),
                ('purged_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['author_user_id', '-id'], name='dashboards_export_author'), models.Index(condition=models.Q(('purged_at__isnull', True)), fields=['created_at'], name='dashboards_export_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'cancelled', 'failed'])), name='dashboards_export_state'), models.CheckConstraint(condition=models.Q(('format__in', ['csv', 'xlsx'])), name='dashboards_export_format')],
            },
        ),
    ]
