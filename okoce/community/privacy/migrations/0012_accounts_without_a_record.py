"""Whoever has an account and is no member asks about her data too, and is erased; for how long her name stays beside what she did in
office is a dated term."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

CODES = [
    ("looks_kept_days", "Berapa hari catatan siapa yang melihat data disimpan"),
    ("nik_a_day", "Berapa NIK lengkap boleh dibuka satu petugas dalam sehari"),
    ("erasure_wait_days", "Berapa hari tunggu sebelum data dihapus"),
    ("request_hours", "Dalam berapa jam permintaan tentang data dijawab"),
    ("breach_hours", "Dalam berapa jam kebocoran data diberitahukan"),
    ("office_name_days", "Berapa hari sesudah tugasnya berakhir nama petugas yang akunnya dihapus disimpan"),
]
ABOUT = Q(member__isnull=True, user_id__isnull=False) | Q(member__isnull=False, user_id__isnull=True)


def load(apps, schema_editor):
    apps.get_model("privacy", "PrivacyTerm").objects.create(
        code="office_name_days",
        value=730,
        from_on=date(2018, 1, 1),
        source="Keputusan sekretariat: dua tahun, selama keputusan, unduhan, dan NIK yang dibuka dalam tugas masih bisa"
        " dipersoalkan (UU 27/2022 tentang Pelindungan Data Pribadi, pencatatan kegiatan pemrosesan)",
    )


def _member(name):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="members.member"
    )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0011_looks_at_photos")]
    operations = [
        migrations.AlterField("datarequest", "member", _member("data_requests")),
        migrations.AlterField("erasurerequest", "member", _member("erasure_requests")),
        migrations.AddField("datarequest", "user_id", models.BigIntegerField(null=True)),
        migrations.AddField("erasurerequest", "user_id", models.BigIntegerField(null=True)),
        migrations.AlterField("privacyterm", "code", models.TextField(choices=CODES)),
        migrations.RemoveConstraint("privacyterm", "privacy_term_code"),
        migrations.AddConstraint(
            "privacyterm",
            models.CheckConstraint(
                condition=Q(code__in=[code for code, _label in CODES]), name="privacy_term_code"
            ),
        ),
        migrations.AddIndex(
            "datarequest",
            models.Index(
                fields=["user_id"], name="privacy_request_of_account", condition=Q(user_id__isnull=False)
            ),
        ),
        migrations.AddConstraint(
            "datarequest", models.CheckConstraint(condition=ABOUT, name="privacy_request_about")
        ),
        migrations.AddConstraint(
            "erasurerequest",
            models.UniqueConstraint(
                fields=["user_id"],
                condition=Q(withdrawn_at__isnull=True, erased_at__isnull=True),
                name="privacy_erasure_one_of_account",
            ),
        ),
        migrations.AddConstraint(
            "erasurerequest", models.CheckConstraint(condition=ABOUT, name="privacy_erasure_about")
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
