"""Whoever is appointed reads to which office."""

from django.db import migrations

CODE = "officer_appointed"
NAMED = {
    "id": ("menjadi pengurus {group}", "menjadi {office} di {group}"),
    "en": ("an officer of {group}", "{office} of {group}"),
}


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    for language, (plain, named) in NAMED.items():
        last = wording.objects.filter(code=CODE, language=language).order_by("version").last()
        if last is None or plain not in last.body or not last.source.endswith("ditulis bersama sistemnya"):
            continue  # somebody has written her own
        wording.objects.create(
            code=CODE, language=language, version=last.version + 1, from_on=last.from_on, subject=last.subject,
            body=last.body.replace(plain, named), whatsapp_name=f"okoce_{CODE}_{last.version + 1}",
            source="Jabatannya disebut, ditulis bersama sistemnya",
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0018_words_lead_somewhere")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
