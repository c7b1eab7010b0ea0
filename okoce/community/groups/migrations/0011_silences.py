"""Since when each active komunitas is quiet, from which part of its days on its chair is warned, and what is said then; by hand for
two weeks."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

FIRST_DAY = date(2018, 1, 1)
WORDINGS = [
    (
        "group_quiet_soon", "id", "{group} sudah {days} hari tanpa catatan",
        "Halo {name}, sudah {days} hari tidak ada yang dicatat dari anggota {group}. Sesudah {limit} hari komunitas disebut sunyi dan"
        " sekretariat menengoknya. Ada kunjungan, pelatihan, atau izin yang belum dicatat? Catat di halaman anggotanya.",
    ),
    (
        "group_quiet_soon", "en", "Nothing noted of {group} for {days} days",
        "Hello {name}, nothing has been noted of the members of {group} for {days} days. After {limit} days a komunitas counts as quiet"
        " and the secretariat looks after it. Is a visit, a training or a permit not noted yet? Note it on the member's page.",
    ),
    (
        "group_quiet", "id", "{group} sekarang tercatat sunyi",
        "Halo {name}, sejak {since} tidak ada yang dicatat dari anggota {group}: sudah {days} hari. Sekretariat sudah diberi tahu dan"
        " akan menghubungi Anda. Butuh bantuan, atau ada yang menggantikan Anda? Tanyakan di /lapor.",
    ),
    (
        "group_quiet", "en", "{group} now counts as quiet",
        "Hello {name}, nothing has been noted of the members of {group} since {since}: {days} days. The secretariat has been told and"
        " will contact you. Do you need help, or does somebody follow you in office? Ask at /lapor.",
    ),
    (
        "groups_quiet", "id", "{count} komunitas menjadi sunyi",
        "Halo {name}, {count} komunitas menjadi sunyi: {groups}. Ketuanya sudah diberi tahu bila ada. Daftarnya, dengan kontaknya, di"
        " /komunitas/sunyi.",
    ),
    (
        "groups_quiet", "en", "{count} komunitas have gone quiet",
        "Hello {name}, {count} komunitas have gone quiet: {groups}. Their chairs have been told where there is one. The list, with how to"
        " reach them, stands at /komunitas/sunyi.",
    ),
]  # fmt: skip
WAITED_FOR = "Keputusan sekretariat: komunitas yang sunyi perlu ditengok selagi masih bisa bangun lagi"
CODES = [
    ("quiet_days", "Sunyi sesudah berapa hari"),
    ("quiet_warning_percent", "Peringatan sunyi sesudah berapa persen dari hari itu"),
]


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    apps.get_model("groups", "GroupTerm").objects.create(
        code="quiet_warning_percent", value=67, from_on=FIRST_DAY,
        source="Keputusan sekretariat: ketua diperingatkan sesudah dua pertiga dari hari-hari itu",
    )  # fmt: skip
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=FIRST_DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    rule = apps.get_model("notifications", "HandRule")
    rule.objects.bulk_create(
        rule(code=code, days=14, from_on=FIRST_DAY, source=WAITED_FOR)
        for code in sorted({code for code, *_words in WORDINGS})
    )


class Migration(migrations.Migration):
    dependencies = [("groups", "0010_one_officer_at_a_time"), ("notifications", "0014_week_most")]
    operations = [
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="silence",
                        serialize=False,
                        to="groups.group",
                    ),
                ),
                ("since_on", models.DateField()),
                ("warned_on", models.DateField(null=True)),
                ("told_on", models.DateField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["since_on"], name="groups_silence_since")]},
        ),
        migrations.AlterField("groupterm", "code", models.TextField(choices=CODES)),
        migrations.RemoveConstraint("groupterm", "groups_groupterm_code"),
        migrations.AddConstraint(
            "groupterm",
            models.CheckConstraint(
                condition=models.Q(code__in=[code for code, _label in CODES]), name="groups_groupterm_code"
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
