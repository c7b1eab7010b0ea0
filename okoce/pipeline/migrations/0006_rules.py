"""The two rules that the programme has had so far, as dated data."""

from datetime import date

from django.db import migrations

BINDING = [
    "registration.consent", "training.certificate", "mentoring.visits", "permits.licence", "marketing.first_sale",
    "bookkeeping.three_months", "financing.disbursement",
]
LICENCES = ["IUMK", "SKU", "NIB"]
RULES = [
    {
        "code": "7pas-2018",
        "name": "7 PAS 2018",
        "source": "Pergub DKI Jakarta 102/2018, diganti oleh Pergub 2/2020",
        "region": "31",
        "until_on": date(2020, 1, 1),
        "is_sequential": True,
    },
    {
        "code": "jaringan",
        "name": "jaringan / fasilitas",
        "source": "Di luar Jakarta, dan di Jakarta sejak Pergub 2/2020: hanya P1 yang wajib",
        "region": "",
        "until_on": None,
        "is_sequential": False,
    },
]


def load(apps, schema_editor):
    rule = apps.get_model("pipeline", "ProgrammeRule")
    rule.objects.bulk_create(
        rule(from_on=None, offered=[1, 2, 3, 4, 5, 6, 7], binding=BINDING, licences=LICENCES, **row) for row in RULES
    )


def unload(apps, schema_editor):
    apps.get_model("pipeline", "ProgrammeRule").objects.filter(code__in=[row["code"] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0005_definitions")]
    operations = [migrations.RunPython(load, unload)]
