"""A breach may concern whoever has an account alone, and who saw her contact is kept. What is added to the people of a breach, of whom
there may be millions, is made without reading them: the next migration checks and indexes them beside those who write."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

PAGES = [
    ("account", "Akun Anda, di meja pelindungan data"),
    ("request", "Permintaan Anda tentang data"),
    ("group", "Kontak Anda, di halaman komunitas yang Anda ajukan"),
    ("partner", "Kontak Anda, di halaman mitra"),
    ("own_ticket", "Laporan Anda"),
]
ABOUT = Q(member__isnull=True, user_id__isnull=False) | Q(member__isnull=False, user_id__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0012_accounts_without_a_record")]
    operations = [
        # Django would take the foreign key away and check it anew, with both tables held meanwhile.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "breachperson",
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="breaches",
                        to="members.member",
                    ),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE privacy_breachperson ALTER COLUMN member_id DROP NOT NULL",
                    "ALTER TABLE privacy_breachperson ALTER COLUMN member_id SET NOT NULL",
                )
            ],
        ),
        migrations.AddField("breachperson", "user_id", models.BigIntegerField(null=True)),
        AddConstraintNotValid(
            "breachperson", models.CheckConstraint(condition=ABOUT, name="privacy_breachperson_about")
        ),
        migrations.CreateModel(
            "AccountLook",
            [
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("subject_user_id", models.BigIntegerField()),
                ("user_id", models.BigIntegerField()),
                ("role", models.TextField()),
                ("region", models.CharField(blank=True, db_collation="C", default="", max_length=13)),
                ("group_id", models.BigIntegerField(null=True)),
                ("partner_id", models.BigIntegerField(null=True)),
                ("page", models.TextField(choices=PAGES)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("span", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(page__in=[page for page, _label in PAGES]), name="privacy_accountlook_page"
                    ),
                    models.UniqueConstraint(
                        fields=["subject_user_id", "user_id", "page", "span"], name="privacy_accountlook_once"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["subject_user_id", "-id"], name="privacy_accountlook_of"),
                    models.Index(fields=["at"], name="privacy_accountlook_age"),
                ],
            },
        ),
    ]
