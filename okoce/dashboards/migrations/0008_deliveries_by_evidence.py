"""Promises are counted from verified evidence that names the mitra too, and training seats are counted."""

from datetime import date

from django.db import migrations

TEXTS = {
    "agreement_promise_people": (
        "Orang yang rujukannya ditutup “sudah dilayani” dalam masa janji itu, atau yang bukti terperiksanya dalam masa itu menyebut"
        " mitra perjanjian ini sebagai pemberinya. Tiap orang sekali.",
        "People whose referral was closed as “served” within the time of that promise, or whose verified evidence of that time names"
        " a partner of this agreement as the giver. Each person once.",
    ),
    "agreement_promise_stage": (
        "Orang yang dirujuk, diterima, lalu menyelesaikan tahapnya dalam masa janji itu, atau yang bukti terperiksanya untuk tahap itu"
        " menyebut mitra perjanjian ini sebagai pemberinya: P2 untuk kursi pelatihan, P4 untuk izin usaha, P7 untuk pinjaman. Tiap"
        " orang sekali.",
        "People who were referred, accepted, and then completed the stage within the time of that promise, or whose verified evidence"
        " for that stage names a partner of this agreement as the giver: P2 for training seats, P4 for business permits, P7 for"
        " loans. Each person once.",
    ),
}


def load(apps, schema_editor):
    definition = apps.get_model("pipeline", "Definition")
    # every day is counted anew from the records, so the words hold for every day
    definition.objects.bulk_create(
        definition(code=code, version=2, from_on=date(2018, 1, 1), text=text, text_en=text_en)
        for code, (text, text_en) in TEXTS.items()
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "Definition").objects.filter(code__in=TEXTS, version=2).delete()


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0007_deliveries_defined"), ("pipeline", "0030_evidence_by_partner")]
    operations = [migrations.RunPython(load, unload)]
