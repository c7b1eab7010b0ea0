"""What offices and the member are told of a referral, and what whoever applied for a mitra is told when it is decided about."""

from datetime import date

from django.db import migrations

WORDINGS = [
    (
        "referral_received", "id", "Rujukan baru untuk {partner}",
        "Halo {name}, {sender} merujuk seseorang ke {partner} untuk {stage}. Jawab paling lambat {due} di /rujukan: terima, atau"
        " tulis mengapa tidak.",
    ),
    (
        "referral_received", "en", "A new referral for {partner}",
        "Hello {name}, {sender} has referred somebody to {partner} for {stage}. Answer by {due} at /rujukan: accept, or write why"
        " not.",
    ),
    (
        "referral_answered", "id", "Jawaban {partner} atas rujukan Anda",
        "Halo {name}, rujukan Anda ke {partner} untuk {stage}: {answer}. Selengkapnya di /rujukan.",
    ),
    (
        "referral_answered", "en", "The answer of {partner} to your referral",
        "Hello {name}, your referral to {partner} for {stage}: {answer}. Read more at /rujukan.",
    ),
    (
        "referral_taken_back", "id", "Rujukan dari {sender} ditarik kembali",
        "Halo {name}, {sender} menarik kembali rujukannya ke {partner} untuk {stage}. Jangan hubungi orangnya lagi untuk ini."
        " Alasannya di /rujukan.",
    ),
    (
        "referral_taken_back", "en", "A referral of {sender} was taken back",
        "Hello {name}, {sender} has taken back its referral to {partner} for {stage}. Do not contact the person about it any more."
        " The reason stands at /rujukan.",
    ),
    (
        "referral_late", "id", "Rujukan menunggu {partner}",
        "Halo {name}, rujukan dari {sender} untuk {stage} masih menunggu {owed} {partner}. Batasnya {due}. Buka /rujukan hari ini;"
        " sekretariat juga diberi tahu.",
    ),
    (
        "referral_late", "en", "A referral waits for {partner}",
        "Hello {name}, the referral of {sender} for {stage} still waits for {owed} of {partner}. It was due on {due}. Open /rujukan"
        " today; the secretariat is told too.",
    ),
    (
        "referral_escalated", "id", "Rujukan lewat batas di {partner}",
        "Halo {name}, rujukan dari {sender} ke {partner} untuk {stage} masih menunggu {owed}; batasnya {due}. Hubungi mitranya, atau"
        " jawab atas namanya di /rujukan.",
    ),
    (
        "referral_escalated", "en", "A referral is overdue at {partner}",
        "Hello {name}, the referral of {sender} to {partner} for {stage} still waits for {owed}; it was due on {due}. Call the"
        " partner, or answer in its name at /rujukan.",
    ),
    (
        "own_referral_sent", "id", "Anda dirujuk ke {partner}",
        "Halo {name}, dengan persetujuan Anda {sender} merujuk Anda ke {partner} untuk {stage}. {partner} menjawab paling lambat"
        " {due}. Lihat jalannya, atau tarik persetujuan Anda, di /saya/rujukan.",
    ),
    (
        "own_referral_sent", "en", "You were referred to {partner}",
        "Hello {name}, with your consent {sender} has referred you to {partner} for {stage}. {partner} answers by {due}. Follow it, or"
        " take your consent back, at /saya/rujukan.",
    ),
    (
        "own_referral_accepted", "id", "{partner} menerima Anda",
        "Halo {name}, {partner} menerima rujukan Anda untuk {stage} dan akan menghubungi Anda. Hasilnya dicatat paling lambat {due}."
        " Belum dihubungi? Lihat /saya/rujukan.",
    ),
    (
        "own_referral_accepted", "en", "{partner} has accepted you",
        "Hello {name}, {partner} has accepted your referral for {stage} and will contact you. What comes of it is noted by {due}. Not"
        " contacted yet? See /saya/rujukan.",
    ),
    (
        "own_referral_declined", "id", "{partner} belum bisa menerima Anda",
        "Halo {name}, {partner} belum bisa menerima rujukan Anda untuk {stage}. Alasannya: “{reason}”. Petugas yang merujuk Anda juga"
        " diberi tahu dan bisa mencari jalan lain.",
    ),
    (
        "own_referral_declined", "en", "{partner} cannot take you now",
        "Hello {name}, {partner} cannot accept your referral for {stage} now. The reason: “{reason}”. Whoever referred you is told too and"
        " may look for another way.",
    ),
    (
        "own_referral_taken_back", "id", "Rujukan Anda ke {partner} ditarik kembali",
        "Halo {name}, rujukan Anda ke {partner} untuk {stage} ditarik kembali. Alasannya: “{reason}”. Selengkapnya di /saya/rujukan.",
    ),
    (
        "own_referral_taken_back", "en", "Your referral to {partner} was taken back",
        "Hello {name}, your referral to {partner} for {stage} was taken back. The reason: “{reason}”. Read more at /saya/rujukan.",
    ),
    (
        "own_referral_closed", "id", "Rujukan Anda ke {partner} selesai",
        "Halo {name}, {partner} mencatat bahwa rujukan Anda untuk {stage} selesai: {outcome}. Keliru? Beri tahu kami di /lapor.",
    ),
    (
        "own_referral_closed", "en", "Your referral to {partner} is done",
        "Hello {name}, {partner} has noted that your referral for {stage} is done: {outcome}. Is that wrong? Tell us at /lapor.",
    ),
    (
        "partner_asked", "id", "Pertanyaan tentang pengajuan {partner}",
        "Halo {name}, sekretariat OK OCE bertanya tentang pengajuan {partner}. Buka /mitra/daftar, isi nomor ini, lalu baca"
        " pertanyaannya dan jawab di formulirnya.",
    ),
    (
        "partner_asked", "en", "A question about the application of {partner}",
        "Hello {name}, the secretariat of OK OCE has a question about the application of {partner}. Open /mitra/daftar, enter this"
        " number, then read the question and answer it in the form.",
    ),
    (
        "partner_refused", "id", "Jawaban atas pengajuan {partner}",
        "Halo {name}, pengajuan {partner} belum diterima. Alasannya: “{reason}”. Anda boleh mengajukan lagi di /mitra/daftar.",
    ),
    (
        "partner_refused", "en", "The answer about {partner}",
        "Hello {name}, the application of {partner} was not accepted. The reason: “{reason}”. You may apply again at /mitra/daftar.",
    ),
]  # fmt: skip

DECISION = "Keputusan sekretariat"
HANDS = [
    ("referral_received", 7, "seseorang menunggu jawabannya; sesudah tujuh hari batasnya lewat dan pesan berikutnya keluar"),
    ("referral_answered", 14, "yang merujuk menunggu jawaban ini"),
    ("referral_taken_back", 7, "mitra tidak boleh menghubungi orangnya lagi"),
    ("referral_late", 7, "narahubung harus bertindak"),
    ("referral_escalated", 7, "yang mengawasi harus bertindak"),
    ("own_referral_sent", 0, "ke mana anggota dirujuk tidak diketahui relawan"),
    ("own_referral_accepted", 0, "ke mana anggota dirujuk tidak diketahui relawan"),
    ("own_referral_declined", 0, "ke mana anggota dirujuk tidak diketahui relawan"),
    ("own_referral_taken_back", 0, "ke mana anggota dirujuk tidak diketahui relawan"),
    ("own_referral_closed", 0, "ke mana anggota dirujuk tidak diketahui relawan"),
    ("partner_asked", 14, "penerimanya menunggu jawaban ini"),
    ("partner_refused", 14, "penerimanya menunggu jawaban ini"),
]
DAY = date(2018, 1, 1)


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:  # words are written by somebody named
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    wording = apps.get_model("notifications", "Wording")
    wording.objects.bulk_create(
        wording(
            code=code, language=language, version=1, from_on=DAY, subject=subject, body=body,
            whatsapp_name=f"okoce_{code}_1", source="Kata-kata pertama, ditulis bersama sistemnya",
        )
        for code, language, subject, body in WORDINGS
    )  # fmt: skip
    rule = apps.get_model("notifications", "HandRule")
    rule.objects.bulk_create(
        rule(code=code, days=days, from_on=DAY, source=f"{DECISION}: {why}") for code, days, why in HANDS
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0015_turns_and_the_site")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
