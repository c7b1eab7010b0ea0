"""Targets, the published ones loaded; and what is counted where no definition stood yet."""

from datetime import date

import django.db.models.functions.datetime
from django.db import migrations, models

import okoce.foundation.shared.models

# metric, node, from, until, value, source: as printed, contradictions included
PUBLISHED = (
    ("entrepreneurs", "31", date(2018, 1, 1), date(2022, 10, 16), 200_000, "Republika 2020-01-09"),
    ("members", "", date(2020, 8, 31), date(2024, 12, 31), 2_000_000, "Bisnis.com 2020-09-03"),
    ("communities", "", date(2020, 8, 31), date(2024, 12, 31), 500, "Bisnis.com 2020-09-03"),
    ("entrepreneurs_per_community", "K:*", date(2020, 9, 5), date(2024, 12, 31), 200, "Swakarya 2020-09-06"),
    ("communities", "19", date(2020, 9, 5), date(2021, 9, 5), 50, "Swakarya 2020-09-06"),
    ("entrepreneurs", "", date(2018, 9, 6), date(2023, 9, 6), 5_000_000, "Republika 2018-09-10"),
    ("p4_licensed", "31", date(2018, 1, 1), date(2018, 12, 31), 20_000, "Kompas 2018-09-19"),
)
LICENSED = (
    "Orang yang sampai dengan tanggal itu memegang izin usaha pertama yang sudah diperiksa (P4). Berita yang memuat targetnya tidak"
    " mengatakan apa yang dihitung; gerakan sendiri menyebut izin sebagai ukuran keberhasilan (Kompas, 9-9-2018).",
    "People who by that day held a first verified business permit (P4). The report with the target does not say what is"
    " counted; the movement itself named the permit as its measure of success (Kompas, 9-9-2018).",
)
TEXTS = {
    "entrepreneurs": LICENSED,
    "communities": (
        "Komunitas penggerak yang sekarang aktif dan sudah divalidasi sampai dengan tanggal itu.",
        "Communities that are active now and had been validated by that day.",
    ),
    "entrepreneurs_per_community": (
        "Komunitas aktif yang anggotanya berizin usaha (P4) sudah sebanyak targetnya, dari semua komunitas aktif.",
        "Active communities with as many licensed members (P4) as the target says, out of all active communities.",
    ),
    "target_pace": (
        "Laju: rata-rata pertambahan sebulan selama paling lama empat triwulan terakhir. Laju yang perlu: kekurangan dibagi bulan"
        " yang tersisa.",
        "Pace: average increase a month over the last four quarters at most. Pace needed: what is missing, divided by the months that"
        " remain.",
    ),
    "target_forecast": (
        "Ramalan: keadaan sekarang ditambah bulan yang tersisa dikali laju. Batas bawah dan atas memakai triwulan paling lambat dan"
        " paling cepat dari empat triwulan itu; tanpa dua triwulan penuh tidak ada ramalan.",
        "Forecast: the present plus the months that remain times the pace. Its limits use the slowest and the quickest of those four"
        " quarters; without two whole quarters there is none.",
    ),
}


def load(apps, schema_editor):
    definition, target = apps.get_model("pipeline", "Definition"), apps.get_model("pipeline", "Target")
    definition.objects.bulk_create(
        definition(code=code, version=1, from_on=date(2018, 1, 1), text=text, text_en=text_en)
        for code, (text, text_en) in TEXTS.items()
    )
    target.objects.bulk_create(
        target(metric=metric, node=node, from_on=first, until_on=last, value=value, source=source, set_by="Berita")
        for metric, node, first, last, value, source in PUBLISHED
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code__in=TEXTS, version=1).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('pipeline', '0020_places_in_the_index_of_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.TextField(choices=[('members', 'Anggota terdaftar (P1)'), ('p2_trained', 'Orang terlatih (P2)'), ('p3_mentored', 'Orang didampingi (P3)'), ('p4_licensed', 'Orang berizin usaha (P4)'), ('p5_selling', 'Orang berjualan lewat toko atau bazar (P5)'), ('p6_reporting', 'Orang melaporkan pembukuan (P6)'), ('p7_financed', 'Orang menerima modal (P7)'), ('entrepreneurs', 'Wirausaha'), ('jobs_claimed', 'Lapangan kerja menurut anggota'), ('jobs_verified', 'Lapangan kerja yang diperiksa'), ('communities', 'Komunitas aktif'), ('entrepreneurs_per_community', 'Wirausaha per komunitas')])),
                ('node', models.CharField(blank=True, db_collation='C', default='', max_length=24)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('value', models.BigIntegerField()),
                ('source', models.TextField()),
                ('set_by', models.TextField()),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawal_reason', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['node', 'until_on'], name='pipeline_target_node')],
                'constraints': [models.UniqueConstraint(fields=('metric', 'node', 'from_on', 'until_on', 'value', 'source'), name='pipeline_target_once'), models.CheckConstraint(condition=models.Q(('metric__in', ['members', 'p2_trained', 'p3_mentored', 'p4_licensed', 'p5_selling', 'p6_reporting', 'p7_financed', 'entrepreneurs', 'jobs_claimed', 'jobs_verified', 'communities', 'entrepreneurs_per_community'])), name='pipeline_target_metric'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='pipeline_target_period'), models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='pipeline_target_value'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='pipeline_target_source'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='pipeline_target_withdrawn'), models.CheckConstraint(condition=models.Q(models.Q(('metric', 'entrepreneurs_per_community'), _negated=True), ('node__startswith', 'K:'), _connector='OR'), name='pipeline_target_per_group')],
            },
        ),
        migrations.RunPython(load, unload),
    ]
