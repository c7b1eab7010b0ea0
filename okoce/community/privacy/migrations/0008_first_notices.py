"""Within how many hours a breach is told, and the first words of both notices."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2018, 1, 1)
SUBJECT = """Data Anda terkena kebocoran: {title}.

Yang terjadi: {what}
Data yang terkena: {data}
Waktu kejadian: {happened}. Kami mengetahuinya pada {noticed}.
Yang sudah kami lakukan: {measures}

Yang bisa Anda lakukan: waspadai pesan atau telepon yang meminta kode atau uang atas nama OK OCE, dan laporkan kepada kami. Anda boleh bertanya dan meminta penjelasan lewat halaman Permintaan tentang data saya."""
SUBJECT_EN = """Your data is part of a breach: {title}.

What happened: {what}
Which data: {data}
When it happened: {happened}. We noticed it on {noticed}.
What we have done: {measures}

What you can do: beware of messages or calls that ask for codes or money in the name of OK OCE, and report them to us. You may ask and have things explained on the page of requests about your data."""
AGENCY = """Pemberitahuan kegagalan pelindungan data pribadi menurut pasal 46 UU 27/2022.

Pengendali: Perkumpulan Gerakan OK OCE
Perihal: {title}
Data pribadi yang terungkap: {data}
Kapan dan bagaimana terungkap: {happened}; diketahui {noticed}. {what}
Banyaknya subjek data: {count}
Upaya penanganan dan pemulihan: {measures}"""
AGENCY_EN = """Notice of a failure to protect personal data under article 46 of Law 27/2022.

Controller: Perkumpulan Gerakan OK OCE
Subject: {title}
Personal data disclosed: {data}
When and how: {happened}; noticed {noticed}. {what}
Number of data subjects: {count}
Handling and recovery: {measures}"""


def load(apps, schema_editor):
    apps.get_model("privacy", "PrivacyTerm").objects.create(
        code="breach_hours", value=72, from_on=FIRST_DAY, source="3×24 jam menurut pasal 46 UU 27/2022"
    )
    text = apps.get_model("privacy", "NoticeText")
    for audience, words, english in (("subject", SUBJECT, SUBJECT_EN), ("agency", AGENCY, AGENCY_EN)):
        text.objects.create(audience=audience, version="1", from_on=FIRST_DAY, text=words, text_en=english)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0007_breaches")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
