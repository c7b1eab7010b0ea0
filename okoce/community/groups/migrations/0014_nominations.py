"""Whom chairs propose as officers, and what is said to a chair once the secretariat has answered; by hand for two weeks."""

from datetime import date

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

FIRST_DAY = date(2018, 1, 1)
ROLES = [("chair", "Ketua"), ("secretary", "Sekretaris"), ("treasurer", "Bendahara"), ("mobiliser", "Penggerak")]
STATES = [
    ("waiting", "Menunggu sekretariat"), ("appointed", "Ditunjuk"), ("declined", "Tidak disetujui"), ("withdrawn", "Ditarik"),
]  # fmt: skip
WORDINGS = [
    (
        "nomination_answered", "id", "Usulan pengurus {group} sudah dijawab",
        "Halo {name}, sekretariat OK OCE sudah menjawab usulan pengurus Anda untuk {group}. Masuk, buka halaman komunitas Anda, lalu"
        " Usulkan pengurus: jawabannya tertulis di sana.",
    ),
    (
        "nomination_answered", "en", "Your proposal for {group} has been answered",
        "Hello {name}, the secretariat of OK OCE has answered your proposal of an officer for {group}. Sign in, open the page of your"
        " komunitas, then Propose an officer: the answer is written there.",
    ),
]  # fmt: skip
WAITED_FOR = "Keputusan sekretariat: ketuanya menunggu jawaban ini"


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=FIRST_DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    apps.get_model("notifications", "HandRule").objects.create(
        code="nomination_answered", days=14, from_on=FIRST_DAY, source=WAITED_FOR
    )


class Migration(migrations.Migration):
    dependencies = [("groups", "0013_first_steps_days"), ("notifications", "0016_words_of_referrals")]
    operations = [
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ("user_id", models.BigIntegerField()),
                ("role", models.TextField(choices=ROLES)),
                ("proposed_on", models.DateField()),
                ("state", models.TextField(choices=STATES, default="waiting")),
                ("state_on", models.DateField()),
                ("state_reason", models.TextField(blank=True, db_default="", default="")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="groups.group"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user_id"], name="groups_nomination_by_user"),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="groups_nomination_waiting"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("group", "user_id", "role"),
                        name="groups_nomination_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", [code for code, _label in ROLES])), name="groups_nomination_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", [code for code, _label in STATES])), name="groups_nomination_state"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER groups_nomination_author BEFORE INSERT OR UPDATE OR DELETE ON groups_nomination"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            "DROP TRIGGER groups_nomination_author ON groups_nomination;",
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
