"""Messages leave in turn of their urgency; and their words say where the site stands."""

from datetime import date

from django.db import migrations, models

LAW, AWAITED, UNASKED = 0, 1, 2
URGENCIES = {"breach": LAW, "welcome": UNASKED, "next_step": UNASKED, "stuck": UNASKED}
DAY = date(2018, 1, 1)
WORDINGS = [
    (
        "welcome", "id", "Selamat datang di OK OCE",
        "Halo {name}, selamat datang di OK OCE. Nomor anggota Anda {number}. Lihat langkah berikutnya di {site}/saya: masuk"
        " dengan nomor HP ini. Tidak ingin menerima pesan? Atur di {site}/saya/pesan.",
    ),
    (
        "welcome", "en", "Welcome to OK OCE",
        "Hello {name}, welcome to OK OCE. Your member number is {number}. See your next step at {site}/saya: sign in with this"
        " phone number. You would rather get no messages? Say so at {site}/saya/pesan.",
    ),
    (
        "next_step", "id", "Langkah Anda berikutnya",
        "Halo {name}, {stage} selesai dan sudah dicap di paspor Anda. Berikutnya: {order}, sebelum {due}. Selengkapnya di"
        " {site}/saya.",
    ),
    (
        "next_step", "en", "Your next step",
        "Hello {name}, {stage} is done and stamped in your passport. Next: {order}, before {due}. More at {site}/saya.",
    ),
    (
        "stuck", "id", "Ada yang bisa kami bantu?",
        "Halo {name}, sudah {days} hari sejak tahap terakhir Anda. Langkah Anda: {order}. Bila ada yang menghalangi, ceritakan"
        " kepada pendamping atau komunitas Anda; tidak ada yang hangus. Selengkapnya di {site}/saya.",
    ),
    (
        "stuck", "en", "Can we help?",
        "Hello {name}, it has been {days} days since your last stage. Your step: {order}. If something is in the way, tell"
        " your mentor or your community; nothing is lost. More at {site}/saya.",
    ),
    (
        "data_answered", "id", "Permintaan Anda sudah dijawab",
        "Halo {name}, permintaan Anda tentang data pribadi sudah dijawab. Baca jawabannya di {site}/saya/data.",
    ),
    (
        "data_answered", "en", "Your request has been answered",
        "Hello {name}, your request about your personal data has been answered. Read the answer at {site}/saya/data.",
    ),
]  # fmt: skip


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    message, wording = apps.get_model("notifications", "Message"), apps.get_model("notifications", "Wording")
    for code, urgency in URGENCIES.items():
        message.objects.filter(code=code).update(urgency=urgency)
    for code, language, subject, body in WORDINGS:
        latest = wording.objects.filter(code=code, language=language).order_by("-version").first()
        if latest.version > 1:  # somebody has written her own
            continue
        wording.objects.create(
            code=code, language=language, version=2, from_on=DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_2", source="Alamat situs disebut, ditulis bersama sistemnya",
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notifications", "0014_week_most")]
    operations = [
        migrations.AddField(
            "message",
            "urgency",
            models.PositiveSmallIntegerField(
                choices=[(0, "Diwajibkan undang-undang"), (1, "Ditunggu penerimanya"), (2, "Tidak diminta")],
                db_default=AWAITED,
            ),
        ),
        migrations.RemoveIndex("message", "notifications_message_due"),
        migrations.AddIndex(
            "message",
            models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["urgency", "due", "id"],
                name="notifications_message_turn",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
