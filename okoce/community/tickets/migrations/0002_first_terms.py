"""The first times to answer, terms and limits; what the outbox says to a member; and whoever writes tickets must be named."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
DECISION = "Keputusan sekretariat"
TERMS = [
    ("impostor_hours", 24, f"{DECISION}: penipuan berjalan selama tidak ada yang menjawab"),
    ("complaint_hours", 72, f"{DECISION}: tiga hari, seperti permintaan tentang data pribadi"),
    ("question_hours", 48, f"{DECISION}: dua hari"),
    ("step_hours", 24, f"{DECISION}: tiap tingkat berikutnya punya satu hari"),
    ("reopen_days", 14, f"{DECISION}: dua minggu untuk mencoba jawabannya"),
    ("silent_days", 14, f"{DECISION}: dua minggu untuk menjawab pertanyaan balik"),
    ("kept_days", 730, f"{DECISION}: dua tahun sesudah ditutup, selama sengketa masih mungkin"),
    ("network_hour", 20, f"{DECISION}: satu kampung boleh berbagi satu jaringan"),
    ("network_day", 60, f"{DECISION}: satu kampung boleh berbagi satu jaringan"),
    ("sender_day", 5, f"{DECISION}: selebihnya keterangan pada laporan yang ada"),
    ("words_day", 20, f"{DECISION}: selebihnya bukan lagi keterangan"),
]
OWN = "Kata-kata pertama, ditulis bersama sistemnya"
WORDINGS = [
    (
        "id", "Laporan Anda dibalas",
        "Halo {name}, laporan Anda nomor {number} sudah dibalas. Baca balasannya di halaman Anda: Data saya, lalu Laporan"
        " saya.",
    ),
    (
        "en", "Your report has been answered",
        "Hello {name}, your report number {number} has been answered. Read the answer on your own page: My data, then My"
        " reports.",
    ),
]  # fmt: skip


def load(apps, schema_editor):
    term = apps.get_model("tickets", "TicketTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )
    schema_editor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code="ticket_answered", language=language, version=1, from_on=FIRST_DAY, subject=subject, body=body,
            whatsapp_name="okoce_ticket_answered_1", source=OWN,
        )
        for language, subject, body in WORDINGS
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0001_tickets"),
        ("notifications", "0003_deliveries_by_state"),
        ("events", "0002_append_only"),
    ]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
                f"DROP TRIGGER {table}_author ON {table};",
            )
            for table in ("tickets_ticket", "tickets_entry", "tickets_accused")
        ),
    ]
