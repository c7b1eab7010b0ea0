"""The first words of each kind of message, prices, hours, caps and times to keep; and whoever writes words must be named."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
OWN = "Kata-kata pertama, ditulis bersama sistemnya"
WORDINGS = [
    (
        "welcome", "id", "Selamat datang di OK OCE",
        "Halo {name}, selamat datang di OK OCE. Nomor anggota Anda {number}. Lihat langkah berikutnya di halaman Anda:"
        " masuk dengan nomor HP ini. Tidak ingin menerima pesan? Atur di halaman Pesan.",
    ),
    (
        "welcome", "en", "Welcome to OK OCE",
        "Hello {name}, welcome to OK OCE. Your member number is {number}. See your next step on your own page: sign in"
        " with this phone number. You would rather get no messages? Say so on the page Messages.",
    ),
    (
        "next_step", "id", "Langkah Anda berikutnya",
        "Halo {name}, {stage} selesai dan sudah dicap di paspor Anda. Berikutnya: {order}, sebelum {due}.",
    ),
    (
        "next_step", "en", "Your next step",
        "Hello {name}, {stage} is done and stamped in your passport. Next: {order}, before {due}.",
    ),
    (
        "stuck", "id", "Ada yang bisa kami bantu?",
        "Halo {name}, sudah {days} hari sejak tahap terakhir Anda. Langkah Anda: {order}. Bila ada yang menghalangi, ceritakan"
        " kepada pendamping atau komunitas Anda; tidak ada yang hangus.",
    ),
    (
        "stuck", "en", "Can we help?",
        "Hello {name}, it has been {days} days since your last stage. Your step: {order}. If something is in the way, tell"
        " your mentor or your community; nothing is lost.",
    ),
    (
        "agreement_ending", "id", "Perjanjian {agreement} segera berakhir",
        "Halo {name}, perjanjian {agreement} berakhir {days} hari lagi, hari terakhirnya {last}. Perpanjang atau catat"
        " akhirnya di daftar perjanjian.",
    ),
    (
        "agreement_ending", "en", "Agreement {agreement} is about to end",
        "Hello {name}, agreement {agreement} ends in {days} days; its last day is {last}. Extend it or note its end in the"
        " register of agreements.",
    ),
    (
        "data_answered", "id", "Permintaan Anda sudah dijawab",
        "Halo {name}, permintaan Anda tentang data pribadi sudah dijawab. Baca jawabannya di halaman Anda: Data saya,"
        " lalu Minta sesuatu tentang data saya.",
    ),
    (
        "data_answered", "en", "Your request has been answered",
        "Hello {name}, your request about your personal data has been answered. Read the answer on your own page: My data,"
        " then Ask for something about my data.",
    ),
]  # fmt: skip
DECISION = "Keputusan sekretariat"
TERMS = [
    ("quiet_from_hour", 20, f"{DECISION}: malam untuk keluarga, di zona waktu penerima"),
    ("quiet_until_hour", 8, f"{DECISION}: tidak ada yang dibangunkan"),
    ("whatsapp_cost", 400, f"{DECISION}: perkiraan per pesan utilitas, disesuaikan dengan tagihan penyedia"),
    ("email_cost", 0, f"{DECISION}: peladen surel sendiri"),
    ("day_cap", 1_000_000, f"{DECISION}: batas biaya pesan sehari, dalam rupiah"),
    ("most_tries", 5, f"{DECISION}: sesudah itu dikirim dengan tangan"),
    ("retry_minutes", 2, f"{DECISION}: menunggu dua menit, lalu tiga kali lebih lama tiap kali"),
    ("unsure_seconds", 300, f"{DECISION}: penyedia memberi kabar dalam hitungan detik"),
    ("kept_days", 180, f"{DECISION}: cukup untuk menjawab pertanyaan penerima"),
    ("stuck_days", 30, f"{DECISION}: sebulan tanpa tahap baru"),
]


def load(apps, schema_editor):
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=FIRST_DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source=OWN,
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    term = apps.get_model("notifications", "MessageTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=FIRST_DAY, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_outbox"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
                f"DROP TRIGGER {table}_author ON {table};",
            )
            for table in ("notifications_wording", "notifications_preference")
        ),
    ]
