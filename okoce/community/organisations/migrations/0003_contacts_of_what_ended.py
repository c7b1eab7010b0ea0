"""For how long name and number of whoever applied are kept once her komunitas is closed or her mitra's partnership is over."""

from datetime import date

from django.db import migrations, models

CODES = [
    ("most_waiting", "Pengajuan satu nomor yang boleh menunggu bersamaan"),
    ("most_filed", "Pengajuan baru satu nomor dalam satu masa"),
    ("filed_days", "Panjang masa itu dalam hari"),
    ("unfinished_days", "Pengajuan yang tidak dilengkapi berakhir sesudah berapa hari"),
    ("contact_days", "Kontak pengajuan yang ditolak disimpan berapa hari"),
    ("ended_contact_days", "Kontak pendiri komunitas yang ditutup dan mitra yang berakhir disimpan berapa hari"),
]


def load(apps, schema_editor):
    apps.get_model("organisations", "ApplicationTerm").objects.create(
        code="ended_contact_days",
        value=365,
        from_on=date(2018, 1, 1),
        source="Keputusan sekretariat: setahun, selama anggota, pengurus, dan mitra lain masih perlu bertanya kepadanya",
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_first_terms")]
    operations = [
        migrations.AlterField("applicationterm", "code", models.TextField(choices=CODES)),
        migrations.RemoveConstraint("applicationterm", "organisations_applicationterm_code"),
        migrations.AddConstraint(
            "applicationterm",
            models.CheckConstraint(
                condition=models.Q(code__in=[code for code, _label in CODES]),
                name="organisations_applicationterm_code",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
