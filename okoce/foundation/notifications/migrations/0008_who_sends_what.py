"""Which kinds a volunteer is asked to send and for how long, how long one has a message, and what waits already by these rules."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
DECISION = "Keputusan sekretariat"
RULES = [
    ("welcome", 0, f"{DECISION}: salam untuk semua orang berdiri di halaman masing-masing; tidak ada yang menunggunya"),
    ("next_step", 0, f"{DECISION}: langkah berikutnya selalu terlihat di halaman sendiri"),
    ("stuck", 14, f"{DECISION}: siapa yang lama berhenti perlu disapa seseorang; sesudah dua minggu sapaannya basi"),
    ("agreement_ending", 7, f"{DECISION}: pengurus harus bertindak, dan tujuh hari sebelum akhir ada pesan berikutnya"),
    ("data_answered", 30, f"{DECISION}: penerima memintanya dan menunggunya"),
    ("ticket_answered", 0, f"{DECISION}: laporan tidak lewat tangan orang lain"),
    ("emergency_opened", 1, f"{DECISION}: harus dilihat hari itu juga"),
    ("partner_validated", 14, f"{DECISION}: pelamar menunggunya"),
    ("tenure_ending", 7, f"{DECISION}: pemegang jabatan harus bertindak, dan tujuh hari sebelum akhir ada pesan berikutnya"),
]
BY_RULE = """
UPDATE notifications_message m SET hand_until = m.at + make_interval(days => coalesce(
    (SELECT r.days FROM notifications_handrule r WHERE r.code = m.code), 0))
WHERE m.state = 'by_hand';
"""


def load(apps, schema_editor):
    rule = apps.get_model("notifications", "HandRule")
    rule.objects.bulk_create(
        rule(code=code, days=days, from_on=FIRST_DAY, source=source) for code, days, source in RULES
    )
    apps.get_model("notifications", "MessageTerm").objects.create(
        code="taken_minutes", value=10, from_on=FIRST_DAY, source=f"{DECISION}: cukup untuk membuka WhatsApp dan mengirim"
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(BY_RULE)  # whose time is over already goes to its own page within the hour


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_hands")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
