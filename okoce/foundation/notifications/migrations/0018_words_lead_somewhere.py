"""Whoever is told to open a page or to sign in reads where: a path alone leads nowhere on a phone."""

import re

from django.db import migrations

CODES = (
    "group_asked", "group_refused", "group_validated", "officer_appointed", "partner_asked", "partner_refused", "partner_validated",
    "referral_received", "referral_answered", "referral_taken_back", "referral_late", "referral_escalated", "own_referral_sent",
    "own_referral_accepted", "own_referral_taken_back", "own_referral_closed", "agreement_ending",
)  # fmt: skip
PATH = re.compile(r"(?<=\s)/[a-z]+(?:/[a-z]+)*")
PHRASES = {
    "officer_appointed": (("Masuk dengan", "Masuk di {site}/masuk dengan"), ("Sign in with", "Sign in at {site}/masuk with")),
    "partner_validated": (("Masuk dengan", "Masuk di {site}/masuk dengan"), ("Sign in with", "Sign in at {site}/masuk with")),
    "agreement_ending": (
        ("di daftar perjanjian", "di {site}/perjanjian"),
        ("in the register of agreements", "at {site}/perjanjian"),
    ),
}


def addressed(code, body):
    for plain, led in PHRASES.get(code, ()):
        body = body.replace(plain, led)
    return PATH.sub(r"{site}\g<0>", body)


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    for first in wording.objects.filter(code__in=CODES).order_by("code", "language", "version"):
        versions = wording.objects.filter(code=first.code, language=first.language)
        body = addressed(first.code, first.body)
        if versions.count() > 1 or body == first.body:  # somebody has written her own
            continue
        wording.objects.create(
            code=first.code, language=first.language, version=2, from_on=first.from_on, subject=first.subject, body=body,
            whatsapp_name=f"okoce_{first.code}_2", source="Alamat situs disebut, ditulis bersama sistemnya",
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0017_rules_taken_back")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
