"""What the board of komunitas says besides the stages."""

from datetime import date

from django.db import migrations

TEXTS = {
    "group_gained": (
        "Bertambah: anggota komunitas hari ini dikurangi anggotanya pada akhir tahun lalu; yang pindah atau keluar mengurangi. Di"
        " sampingnya tambahan sepanjang tahun lalu.",
        "Gained: members of the komunitas today, less those at the end of last year; whoever moved or left takes away. Beside it the"
        " gain of the whole year before.",
    ),
    "group_age": (
        "Umur: sejak hari komunitas divalidasi.",
        "Age: since the day on which the komunitas was validated.",
    ),
    "group_quiet": (
        "Kegiatan terakhir: hari terakhir sesuatu dicatat tentang anggotanya — mendaftar, bergabung, menyelesaikan tahap, menyebut"
        " pekerja, atau alasan berhenti; yang belum punya catatan dihitung sejak divalidasi. Sunyi: lebih lama dari itu daripada jumlah"
        " hari yang ditetapkan sekretariat.",
        "Last activity: the last day on which anything was noted of its members (registering, joining, completing a stage, stating"
        " workers, or what holds them back); without any, since it was validated. Quiet: longer ago than the number of days that the"
        " secretariat set.",
    ),
}


def load(apps, schema_editor):
    definition = apps.get_model("pipeline", "Definition")
    definition.objects.bulk_create(
        definition(code=code, version=1, from_on=date(2018, 1, 1), text=text, text_en=text_en)
        for code, (text, text_en) in TEXTS.items()
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code__in=TEXTS, version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0003_coverage_defined")]
    operations = [migrations.RunPython(load, unload)]
