"""That somebody asked and nobody knows is a reason of its own, noted with author and day; its cell stands behind the others."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

earlier = import_module("okoce.pipeline.migrations.0018_positions")
REASONS = (*earlier.REASONS, "unknown")
CHOICES = [
    ("no_npwp", "Belum punya NPWP"),
    ("zone", "Zona tempat usaha tidak sesuai"),
    ("documents_missing", "Berkas belum lengkap"),
    ("form_unclear", "Tidak paham formulir"),
    ("never_applied", "Belum pernah mengajukan"),
    ("waiting_for_class", "Menunggu kelas pelatihan"),
    ("waiting_for_mentor", "Menunggu pendamping"),
    ("waiting_for_office", "Menunggu kantor izin"),
    ("no_time", "Tidak ada waktu"),
    ("not_interested", "Tidak berminat"),
    ("stopped_business", "Berhenti usaha"),
    ("moved", "Pindah"),
    ("unreachable", "Tidak bisa dihubungi"),
    ("refused_slik", "Ditolak bank: catatan SLIK"),
    ("refused_capacity", "Ditolak bank: kemampuan bayar"),
    ("other", "Alasan lain"),
    ("unknown", "Sudah ditanya, belum diketahui"),
]
LISTED = earlier.listed(earlier.REASONS)
CELL = earlier.CELL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
NAME = "pipeline_standstill_reason"


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0031_evidence_by_partner_index")]
    operations = [
        migrations.RemoveConstraint("standstill", NAME),
        migrations.AlterField("standstill", "reason", models.TextField(choices=CHOICES)),
        migrations.AddConstraint("standstill", models.CheckConstraint(condition=Q(reason__in=list(REASONS)), name=NAME)),
        migrations.RunSQL(CELL.replace(LISTED, earlier.listed(REASONS)), CELL),
    ]
