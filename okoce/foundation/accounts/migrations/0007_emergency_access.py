"""Accesses that officers open for themselves for some minutes, and their terms."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_codes_for_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField()),
                ('role', models.TextField()),
                ('region', models.CharField(db_collation='C', max_length=13)),
                ('reason', models.TextField()),
                ('opened_since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', '-until'], name='accounts_emergency_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['akses_darurat', 'akses_darurat_menulis'])), name='accounts_emergency_role'), models.CheckConstraint(condition=models.Q(models.Q(('region', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='accounts_emergency_stated'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('opened_since'))), name='accounts_emergency_period'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='accounts_emergency_ended_paired')],
            },
        ),
        migrations.CreateModel(
            name='EmergencyTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField(choices=[('minutes', 'Berapa menit akses darurat berlaku'), ('rest_minutes', 'Berapa menit sesudahnya orang yang sama tidak bisa membukanya lagi')])),
                ('value', models.PositiveIntegerField()),
                ('from_on', models.DateField()),
                ('source', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'from_on'), name='accounts_emergencyterm_once'), models.CheckConstraint(condition=models.Q(('code__in', ['minutes', 'rest_minutes'])), name='accounts_emergencyterm_code')],
            },
        ),
    ]
