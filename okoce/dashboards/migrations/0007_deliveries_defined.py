"""What "delivered under this agreement" counts, in words."""

from datetime import date

from django.db import migrations

TEXTS = {
    "agreement_sent": (
        "Rujukan kepada mitra perjanjian ini, untuk tahapnya, dari wilayahnya, dalam masa berlakunya.",
        "Referrals to the partners of this agreement, for its stages, from its places, within its term.",
    ),
    "agreement_people": (
        "Orang dalam rujukan itu; yang dirujuk dua kali dihitung sekali.",
        "People in those referrals; whoever was referred twice counts once.",
    ),
    "agreement_accepted": (
        "Rujukan yang diterima mitra, dari semua yang dikirim.",
        "Referrals that the partner accepted, out of all that were sent.",
    ),
    "agreement_served": (
        "Rujukan yang ditutup mitra dengan hasil “sudah dilayani”, dari yang diterima.",
        "Referrals that the partner closed as “served”, out of those accepted.",
    ),
    "agreement_completed": (
        "Orang yang tahapnya selesai sesudah dirujuk dan dalam masa berlaku, dari orang yang diterima.",
        "People whose stage was completed after they were referred and within the term, out of the people accepted.",
    ),
    "agreement_promise_people": (
        "Orang yang rujukannya ditutup “sudah dilayani” dalam masa janji itu.",
        "People whose referral was closed as “served” within the time of that promise.",
    ),
    "agreement_promise_stage": (
        "Orang yang dirujuk, diterima, lalu menyelesaikan tahapnya dalam masa janji itu: P4 untuk izin usaha, P7 untuk pinjaman.",
        "People who were referred, accepted, and then completed the stage within the time of that promise: P4 for business permits,"
        " P7 for loans.",
    ),
    "agreement_promise_of_movement": (
        "Janji gerakan; belum dihitung di sini.",
        "A promise of the movement; not counted here yet.",
    ),
    "agreement_promise_uncounted": (
        "Belum ada catatan yang bisa dihitung untuk ukuran ini.",
        "There is no record yet that could be counted for this measure.",
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
    dependencies = [("dashboards", "0006_first_export_limits"), ("pipeline", "0021_targets")]
    operations = [migrations.RunPython(load, unload)]
