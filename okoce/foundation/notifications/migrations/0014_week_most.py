"""How many messages a week a member gets that she did not ask for, as the words of her consent say."""

from datetime import date

from django.db import migrations, models


def load(apps, schema_editor):
    apps.get_model("notifications", "MessageTerm").objects.create(
        code="week_most", value=2, from_on=date(2018, 1, 1),
        source="Persetujuan dihubungi, versi 2: paling banyak 2 pesan seminggu",
    )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0013_words_at_once'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='messageterm',
            name='notifications_term_code',
        ),
        migrations.AlterField(
            model_name='messageterm',
            name='code',
            field=models.TextField(choices=[('quiet_from_hour', 'Jam tenang mulai'), ('quiet_until_hour', 'Jam tenang sampai'), ('whatsapp_cost', 'Biaya satu pesan WhatsApp'), ('email_cost', 'Biaya satu surel'), ('day_cap', 'Batas biaya sehari'), ('most_tries', 'Percobaan paling banyak'), ('retry_minutes', 'Menit sebelum mencoba lagi'), ('unsure_seconds', 'Detik menunggu kabar kiriman yang terputus'), ('kept_days', 'Hari pesan disimpan'), ('taken_minutes', 'Menit pesan dipegang seorang relawan'), ('week_most', 'Pesan seminggu yang tidak diminta, paling banyak'), ('stuck_days', 'Hari tanpa kemajuan sebelum disapa')]),
        ),
        migrations.AddConstraint(
            model_name='messageterm',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['quiet_from_hour', 'quiet_until_hour', 'whatsapp_cost', 'email_cost', 'day_cap', 'most_tries', 'retry_minutes', 'unsure_seconds', 'kept_days', 'taken_minutes', 'week_most', 'stuck_days'])), name='notifications_term_code'),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
