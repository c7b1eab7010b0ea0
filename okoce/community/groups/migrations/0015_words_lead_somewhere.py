"""Officers who are told to open a page read where: a path alone leads nowhere on a phone."""

import re

from django.db import migrations

CODES = (
    "nomination_answered", "group_paused", "group_closed", "group_reopened", "group_quiet_soon", "group_quiet", "groups_quiet",
)  # fmt: skip
PATH = re.compile(r"(?<=\s)/[a-z]+(?:/[a-z]+)*")
PHRASES = {
    "nomination_answered": (("Masuk, buka", "Masuk di {site}/masuk, buka"), ("Sign in, open", "Sign in at {site}/masuk, open")),
    "group_reopened": (  # it read as if they were open again already
        (
            "Pusat wirausaha yang tutup sementara dibuka lagi oleh sekretariat.",
            "Pusat wirausaha yang tutup sementara tetap tutup, sampai sekretariat menyatakannya buka. Minta lewat {site}/lapor.",
        ),
        (
            "Centres that are shut for a time are opened again by the secretariat.",
            "Centres that are shut for a time stay shut until the secretariat opens them. Ask for it at {site}/lapor.",
        ),
    ),
    "group_quiet_soon": (
        ("Catat di halaman anggotanya", "Catat di halaman anggotanya, lewat {site}/anggota"),
        ("Note it on the member's page", "Note it on the member's page, by way of {site}/anggota"),
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
    dependencies = [("groups", "0014_nominations")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
