"""What rested is quiet from the day on which it goes on at the earliest."""

from datetime import date

from django.db import migrations

FROM_ON = date(2026, 11, 24)
TEXTS = {
    "group_quiet": (
        "Kegiatan terakhir: hari terakhir sesuatu dicatat tentang anggotanya — mendaftar, bergabung, menyelesaikan tahap, menyebut"
        " pekerja, atau alasan berhenti; yang belum punya catatan dihitung sejak divalidasi, dan yang dibuka lagi sesudah berhenti"
        " sementara paling awal sejak hari dibukanya. Sunyi: lebih lama dari itu daripada jumlah hari yang ditetapkan sekretariat.",
        "Last activity: the last day on which anything was noted of its members (registering, joining, completing a stage, stating"
        " workers, or what holds them back); without any, since it was validated, and of one that was opened again after a rest since"
        " that day at the earliest. Quiet: longer ago than the number of days that the secretariat set.",
    ),
}


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    definition = apps.get_model("pipeline", "Definition")
    definition.objects.bulk_create(
        definition(code=code, version=2, from_on=FROM_ON, text=text, text_en=text_en)
        for code, (text, text_en) in TEXTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0011_one_version_a_day")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
