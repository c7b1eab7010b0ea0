"""Which promises of agreements no record tells of yet, why, and by which record to come they will be counted."""

from datetime import date

from django.db import migrations

TEXTS = {
    "agreement_promise_mentors": (
        "Belum dihitung: belum ada catatan yang menyebut pendamping mana berasal dari mitra mana. Dihitung begitu daftar pendamping"
        " (tahap P3) mencatat asal tiap pendamping.",
        "Not counted yet: no record says which mentor comes from which partner. It will be counted once the register of mentors"
        " (stage P3) notes where each mentor comes from.",
    ),
    "agreement_promise_places": (
        "Belum dihitung: belum ada catatan tempat jualan yang diberikan mitra. Dihitung begitu pemasaran (tahap P5) mencatat bazar dan"
        " tempat jualan, beserta mitra yang memberinya.",
        "Not counted yet: no record tells of places to sell that a partner gave. It will be counted once marketing (stage P5) notes"
        " bazaars and places to sell, with the partner that gave them.",
    ),
    "agreement_promise_rupiah": (
        "Belum dihitung: bukti pinjaman menyebut mitra dan harinya, belum jumlah rupiahnya. Dihitung begitu pembiayaan (tahap P7)"
        " mencatat pencairan beserta jumlahnya.",
        "Not counted yet: evidence of a loan names the partner and the day, not the amount in rupiah. It will be counted once"
        " financing (stage P7) notes disbursements with their amounts.",
    ),
}
AGAIN = {
    "agreement_promise_of_movement": (
        "Belum dihitung: ini janji gerakan. Yang dihitung di sini baru yang diberikan mitra; yang diberikan gerakan kepada mitra belum"
        " punya catatan.",
        "Not counted yet: this is a promise of the movement. So far only what partners give is counted here; what the movement gives"
        " to a partner stands in no record yet.",
    ),
}


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    definition = apps.get_model("pipeline", "Definition")
    for texts, version in ((TEXTS, 1), (AGAIN, 2)):
        definition.objects.bulk_create(
            definition(code=code, version=version, from_on=date(2018, 1, 1), text=text, text_en=text_en)
            for code, (text, text_en) in texts.items()
        )


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0009_versions_stay"), ("pipeline", "0034_evidence_for_many")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
